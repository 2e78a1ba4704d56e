# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An initiator group from nothing to nothing: a resource that UM changes at once, without a job."""

from __future__ import annotations

import pytest

from .conftest import lun
from .lifecycle import take_step

IGROUPS = "/datacenter/protocols/san/igroups"
NEW = {"svm": "svm1", "os_type": "linux", "protocol": "iscsi", "initiators": ["iqn.a", "iqn.b"]}
STEPS = {
    "create": ({"state": "absent"}, NEW),
    "set the initiators": (NEW, {"initiators": ["iqn.c"], "os_type": "windows"}),
    "add one": (NEW, {"initiators": ["iqn.c"], "initiators_mode": "add"}),
    "remove one": (NEW, {"initiators": ["iqn.a"], "initiators_mode": "remove"}),
    "remove all": (NEW, {"initiators": []}),
    "rename": ({**NEW, "name": "ig_old"}, {"from_name": "ig_old"}),
    "delete": (NEW, {"state": "absent"}),
}


def igroup(**options):
    return {"aiqum.unified_manager.igroup": {"name": "ig_db01", "svm": "svm1", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired = STEPS[step]
    take_step(um, play, [igroup(**before)], igroup(**desired))


def test_what_has_yet_to_be_renamed_is_not_deleted_for_it(um, here):
    gone, old = here(
        igroup(name="ig_old", **{n: v for n, v in NEW.items() if n != "svm"}),
        igroup(from_name="ig_old", state="absent"),
    ).results
    assert (gone["outcome"], old["outcome"]) == ("changed", "unchanged")
    assert [method for method, _path in um.writes()] == ["POST"]


def test_a_mapped_one_is_kept_and_ums_reason_told(um, here):
    maps = [{"igroup": "ig_linux01"}]
    desired = {
        "svm": "svm1",
        "size": "1GiB",
        "os_type": "linux",
        "performance_service_level": "Value",
        "lun_maps": maps,
    }
    kept = here(lun(name="db01", **desired), igroup(name="ig_linux01", state="absent")).results[1]
    assert (kept["failed"], kept["changed"], kept["outcome"]) == (True, False, "failed")
    assert "is mapped to LUN" in kept["msg"]
    assert kept["error"]["status"] == 400


def test_a_protocol_cannot_be_changed(um, here):
    here(igroup(**NEW))
    um.forget_requests()
    refused = here(igroup(protocol="fcp")).results[0]
    assert (refused["failed"], um.writes()) == (True, [])
    assert "it cannot be changed to fcp; create another igroup" in refused["msg"]


def test_of_two_with_one_name_none_is_changed(um, here):
    both = [igroup(svm=svm, os_type="linux", protocol="iscsi") for svm in ("svm1", "svm2")]
    assert [made["outcome"] for made in here(*both).results] == ["changed"] * 2
    um.forget_requests()
    refused = here(igroup(svm=None, state="absent"), igroup(svm=None, os_type="vmware")).results
    assert [one["outcome"] for one in refused] == ["failed"] * 2
    assert all("svm svm1" in one["msg"] and "svm svm2" in one["msg"] for one in refused)
    assert um.writes() == []


def test_one_that_went_meanwhile_is_gone(um, here):
    here(igroup(svm="svm1", os_type="linux", protocol="iscsi"))
    um.fault(kind="status", status=404, method="DELETE", path="igroups")
    gone = here(igroup(svm="svm1", state="absent")).results[0]
    assert (gone["outcome"], gone["failed"], gone["igroup"]) == ("unchanged", False, None)


@pytest.mark.parametrize("kind", ["reset_after", "reset_before"])
def test_a_lost_answer_is_not_sent_again(um, here, kind):
    um.fault(kind=kind, method="POST", path=IGROUPS)
    result = here(igroup(**NEW)).results[0]
    assert len(um.writes()) == 1
    done = kind == "reset_after"
    assert (result["failed"], result["outcome"]) == ((False, "changed") if done else (True, "unknown"))


def test_they_are_read(um, here):
    here(igroup(**NEW))
    one, linux = here(
        {"aiqum.unified_manager.igroup_info": {"name": "ig_db01", "svm": "svm1"}},
        {"aiqum.unified_manager.igroup_info": {"os_type": "linux", "cluster": "cluster1"}},
    ).results
    assert [[initiator["name"] for initiator in found["initiators"]] for found in one["igroups"]] == [
        ["iqn.a", "iqn.b"]
    ]
    assert {found["os_type"] for found in linux["igroups"]} == {"linux"}
    assert {found["cluster"]["name"] for found in linux["igroups"]} == {"cluster1"}
