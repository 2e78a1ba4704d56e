# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LUN from nothing to nothing: each step in check mode, for real, and again; with exact lists of requests."""

from __future__ import annotations

import urllib.parse

import pytest

from .conftest import NEW, lun
from .lifecycle import take_step

LUNS = "/storage-provider/luns"
MAPPED = {"lun_maps": [{"igroup": "ig_linux01", "logical_unit_number": 7}]}
STEPS = {
    "create": ({"state": "absent"}, {**NEW, **MAPPED}),
    "create in a volume": ({"state": "absent"}, {**NEW, "volume": "vol_db", "storage_efficiency_policy": "High"}),
    "grow": (NEW, {"size": "20GiB"}),
    "reassign": (NEW, {"performance_service_level": "Performance", "storage_efficiency_policy": "Low"}),
    "take the level away": (NEW, {"performance_service_level": "Unassigned"}),
    "map": (NEW, MAPPED),
    "unmap": ({**NEW, **MAPPED}, {"lun_maps": []}),
    "take offline": (NEW, {"operational_state": "offline"}),
    "all at once": (NEW, {"size": "11GiB", "performance_service_level": "Performance", **MAPPED}),
    "delete": (NEW, {"state": "absent"}),
}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired = STEPS[step]
    jobs = {"reassign": 2, "all at once": 3}.get(step, 1)
    task = lun(name="db01", **{"svm": "svm1", **desired})
    check, real = take_step(um, play, [lun(name="db01", **{"svm": "svm1", **before})], task, writes=jobs)[:2]
    assert len(real["jobs"]) == len(check["planned"]) == jobs


def test_creation_with_names_takes_five_requests_beside_the_polls(um, here):
    result = here(lun(name="db01", **NEW)).results[0]
    assert result["outcome"] == "changed"
    assert [(method, urllib.parse.unquote(path)) for method, path in um.requests()] == [
        ("GET", LUNS),
        ("GET", "/storage-provider/performance-service-levels"),
        ("GET", "/datacenter/svm/svms"),
        ("POST", LUNS),
        ("GET", f"{LUNS}/{result['lun']['key']}"),
    ]


@pytest.mark.parametrize(
    ("desired", "count"),
    [
        ({"size": "10GiB", "performance_service_level": "Value"}, 1),
        ({"os_type": "linux"}, 2),
        ({"os_type": "linux", "lun_maps": []}, 2),
        ({"operational_state": "online"}, 2),
    ],
)
def test_no_change_costs_one_get_or_two(um, here, desired, count):
    here(lun(name="db01", **NEW))
    um.forget_requests()
    assert here(lun(name="db01", svm="svm1", **desired)).results[0]["outcome"] == "unchanged"
    assert [method for method, path in um.requests()] == ["GET"] * count


def test_a_run_has_one_connection(um, here):
    here(lun(name="db01", lun_maps=[{"igroup": "ig_linux01"}], **NEW))
    exchanges = um.control("GET", "exchanges")["exchanges"]
    assert {"GET", "POST"} == {exchange["method"] for exchange in exchanges}
    assert len({exchange["client_port"] for exchange in exchanges}) == 1


def test_by_path_and_by_key(um, here):
    created = here(lun(name="db01", volume="vol_db", **NEW)).results[0]["lun"]
    by_path, by_key, elsewhere, read, gone = here(
        lun(name="/vol/vol_db/db01", size="10GiB"),
        lun(name=created["key"], size="11GiB", svm=created["svm"]["key"]),
        lun(name=created["key"], svm="svm2", state="absent"),
        {"aiqum.unified_manager.lun_info": {"name": created["key"], "svm": "svm2"}},
        lun(name=created["key"], state="absent"),
    ).results
    assert (elsewhere["outcome"], "svm: the LUN is in 'svm1', not in 'svm2'." in elsewhere["msg"]) == ("failed", True)
    assert read["luns"] == []
    assert (by_path["outcome"], by_key["outcome"], gone["outcome"]) == ("unchanged", "changed", "changed")
    assert by_key["lun"]["space"]["size"] == 11 * 1024**3


BAD = {
    "a size that is none": ({**NEW, "size": "10 bananas"}, "'10 bananas' is not a size"),
    "an unknown level": (
        {**NEW, "performance_service_level": "Gold"},
        "Performance Service Level 'Gold' does not exist",
    ),
    "a LUN id out of range": (
        {**NEW, "lun_maps": [{"igroup": "ig_linux01", "logical_unit_number": 5000}]},
        "5000 is out of range; LUN ids go from 0 to 4095",
    ),
    "a missing igroup": ({**NEW, "lun_maps": [{"igroup": "ig_none"}]}, "igroup 'ig_none' does not exist in svm 'svm1'"),
    "an aggregate beside a volume": (
        {**NEW, "volume": "vol_db", "aggregate": "aggr1"},
        "aggregate: it is for a volume",
    ),
    "an unknown SVM": ({**NEW, "svm": "svm_none"}, "SVM 'svm_none' does not exist"),
    "an SVM on two clusters": ({**NEW, "svm": "svm_shared"}, "2 objects of kind SVM match 'svm_shared'"),
    "too little to create it": ({"svm": "svm1"}, "also set size, os_type and performance_service_level"),
    "a choice that is none": ({**NEW, "os_type": "beos"}, "os_type: 'beos' is not one of its values; give aix, "),
    "no password": ({**NEW, "password": ""}, None),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_before_anything_is_sent(um, play, case):
    desired, words = BAD[case]
    result = play(
        lun(name="db01", **desired), UM_PASSWORD="" if words is None else um.environment["UM_PASSWORD"]
    ).results[0]
    assert (result["failed"], result["changed"], result["outcome"], result["jobs"]) == (True, False, "failed", [])
    assert (words or "lacks password") in result["msg"]
    assert um.writes() == []


def test_one_igroup_by_name_and_by_key_is_refused(um, here):
    igroups = um.control("GET", "world?table=/datacenter/protocols/san/igroups")["records"]
    key = next(one["key"] for one in igroups if (one["name"], one["svm"]["name"]) == ("ig_linux01", "svm1"))
    result = here(lun(name="db01", **NEW, lun_maps=[{"igroup": "ig_linux01"}, {"igroup": key}])).results[0]
    assert (result["failed"], result["outcome"], um.writes()) == (True, "failed", [])
    assert f"'ig_linux01' and '{key}' are the same igroup" in result["msg"]


def test_a_shrink_is_refused(um, here):
    shrunk = here(lun(name="db01", **NEW), lun(name="db01", svm="svm1", size="1GiB")).results[1]
    assert shrunk["outcome"] == "failed"
    assert "1GiB is smaller than the LUN, which has 10GiB" in shrunk["msg"]
    assert len(um.writes()) == 1


def test_without_a_san_interface_it_is_partial_and_the_rest_is_told(um, here):
    desired = {"name": "p1", **NEW, "svm": "svm_nosan", "lun_maps": [{"igroup": "ig_linux01"}]}
    first, ignored = here(lun(**desired), lun(**desired, ignore_partial_failure=True)).results
    assert (first["failed"], first["changed"], first["outcome"]) == (True, True, "partial")
    assert first["lun"]["name"].endswith("/p1")
    assert "have no LIFs configured with the iSCSI or FCP protocol for Vserver svm_nosan" in first["msg"]
    assert first["jobs"][0]["key"] in first["msg"]
    assert first["jobs"][0]["failures"][0]["reason"].startswith("The nodes ")
    assert (ignored["failed"], ignored["changed"], ignored["outcome"]) == (False, True, "partial")
    assert len(ignored["warnings"]) == 1


def test_wait_false_and_job_wait(um, play):
    um.set(job_seconds=0.6)
    submitted, waited, later = play(
        {**lun(name="w1", wait=False, **NEW), "register": "it"},
        {"aiqum.unified_manager.job_wait": {"keys": "{{ it.jobs | map(attribute='key') }}"}},
        lun(name="w1", **NEW),
    ).results
    assert (submitted["changed"], submitted["outcome"]) == (True, "submitted")
    assert (submitted["jobs"][0]["finished"], submitted["jobs"][0]["succeeded"]) == (False, None)
    assert (waited["changed"], waited["outcome"], waited["jobs"][0]["outcome"]) == (False, "unchanged", "success")
    assert later["outcome"] == "unchanged"


def test_the_diff_of_a_run_that_stopped_has_what_was_done(um, here):
    here(lun(name="w1", **NEW))
    um.forget_requests()
    um.outcome(method="PATCH", path="luns", times=1, seconds=0.1)
    um.outcome(method="PATCH", path="luns", status="error", failures=[{"task": 0, "reason": "No room."}])
    result = here(lun(name="w1", svm="svm1", size="12GiB", performance_service_level="Performance")).results[0]
    assert (result["outcome"], result["applied"], len(um.writes())) == ("partial", ["size"], 2)
    assert result["diff"] == {"before": {"size": "10GiB"}, "after": {"size": "12GiB"}}


def test_wait_false_with_several_changes_submits_the_first(um, here):
    here(lun(name="w1", **NEW))
    um.forget_requests()
    result = here(
        lun(name="w1", svm="svm1", size="12GiB", performance_service_level="Performance", wait=False)
    ).results[0]
    assert (result["outcome"], len(um.writes())) == ("submitted", 1)
    assert "only size was submitted" in result["warnings"][0]
