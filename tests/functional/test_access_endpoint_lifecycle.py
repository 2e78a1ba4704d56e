# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An access endpoint from nothing to nothing, for an SVM and for a LUN with its partner node."""

from __future__ import annotations

import pytest

from .conftest import NEW as NEW_LUN
from .conftest import lun
from .lifecycle import take_step

NEW = {"data_protocols": ["iscsi"], "address": "10.20.30.41", "netmask": "24", "gateway": "10.20.30.1"}
STEPS = {
    "create": ({"state": "absent"}, NEW),
    "create with a VLAN": ({"state": "absent"}, {**NEW, "vlan": 16, "mtu": 9000}),
    "create for fcp": ({"state": "absent"}, {"data_protocols": ["fcp"]}),
    "change": (NEW, {"address": "10.20.30.42", "gateway": "10.20.30.2"}),
    "delete": (NEW, {"state": "absent"}),
}


def endpoint(**options):
    return {"aiqum.unified_manager.access_endpoint": {"name": "lif1", "svm": "svm_nosan", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired = STEPS[step]
    take_step(um, play, [endpoint(**before)], endpoint(**desired))


PAIR = {
    "lun": "db01",
    "data_protocols": ["iscsi"],
    "address": "10.20.30.41",
    "ha_address": "10.20.30.42",
    "netmask": "24",
    "gateway": "10.20.30.1",
}
FCP = {"lun": "db01", "data_protocols": ["fcp"]}
WITHOUT_PARTNER = {"name": "lif1_Partner", "lun": "db01", "state": "absent"}
OF_TWO = {
    "create": ([], PAIR, 1),
    "create for fcp": ([], FCP, 1),
    "create on the partner node alone": ([], {name: PAIR[name] for name in PAIR if name != "address"}, 1),
    "make the partner": ([PAIR, WITHOUT_PARTNER], PAIR, 1),
    "make the first": ([PAIR, {"lun": "db01", "state": "absent"}], PAIR, 1),
    "move the partner": ([PAIR], {"lun": "db01", "ha_address": "10.20.30.52"}, 1),
    "move both": ([PAIR], {**PAIR, "address": "10.20.30.51", "ha_address": "10.20.30.52"}, 2),
    "delete": ([PAIR], {**PAIR, "state": "absent"}, 2),
    "delete what is left": ([PAIR, {"lun": "db01", "state": "absent"}], {**PAIR, "state": "absent"}, 1),
    "delete for fcp": ([FCP], {**FCP, "state": "absent"}, 2),
}


@pytest.mark.parametrize("step", OF_TWO)
def test_the_two_for_a_lun(um, play, step):
    before, desired, writes = OF_TWO[step]
    made = lun(name="db01", **{**NEW_LUN, "svm": "svm_nosan"})
    real = take_step(um, play, [made, *(endpoint(**one) for one in before)], endpoint(**desired), writes)[1]
    info = {"aiqum.unified_manager.access_endpoint_info": {"lun": "db01", "svm": "svm_nosan"}}
    found = play(info).results[0]["access_endpoints"]
    addresses = {one["name"]: one.get("ip", {}).get("address") for one in found}
    shown = real["access_endpoint"] or {}
    alone = step == "create on the partner node alone"
    both = [one for one in (shown, shown.get("partner")) if one]
    assert {one["name"]: one.get("ip", {}).get("address") for one in both} == addresses
    assert len(found) == (0 if desired.get("state") == "absent" else 1 if alone else 2)
    for name, option in (("lif1", "address"), ("lif1_Partner", "ha_address")):
        if found and option in desired and not alone:
            assert addresses[name] == desired[option]


def test_a_partner_that_is_made_is_not_lost_with_its_answer(um, here):
    made = lun(name="db01", **{**NEW_LUN, "svm": "svm_nosan"})
    here(made, endpoint(**PAIR), endpoint(**WITHOUT_PARTNER))
    um.fault(kind="reset_after", method="POST", path="/storage-provider/access-endpoints")
    result = here(endpoint(**PAIR)).results[0]
    assert (result["outcome"], result["access_endpoint"]["partner"]["name"]) == ("changed", "lif1_Partner")


def test_two_for_a_lun_make_its_map_possible(um, here):
    mapped = lun(name="db01", **{**NEW_LUN, "svm": "svm_nosan"}, lun_maps=[{"igroup": "ig_linux01"}])
    san = endpoint(lun="db01", data_protocols=["iscsi"], address="10.20.30.41", ha_address="10.20.30.42", netmask="24")
    info = {"aiqum.unified_manager.access_endpoint_info": {"lun": "db01", "svm": "svm_nosan"}}
    by_address = endpoint(lun="db01", address="10.20.30.42")
    del by_address["aiqum.unified_manager.access_endpoint"]["name"]
    first, made, found, known, mended = here(mapped, san, info, by_address, mapped).results
    assert (first["outcome"], made["outcome"], known["outcome"], mended["outcome"]) == (
        "partial",
        "changed",
        "unchanged",
        "changed",
    )
    assert {one["name"] for one in found["access_endpoints"]} == {"lif1", "lif1_Partner"}
    key = made["access_endpoint"]["key"]
    by_key = {"aiqum.unified_manager.access_endpoint": {"name": key, "state": "absent"}}
    read = {"aiqum.unified_manager.access_endpoint_info": {"name": key}}
    there, gone, missing = here(read, by_key, read).results
    assert [one["key"] for one in there["access_endpoints"]] == [key]
    assert (gone["outcome"], missing["access_endpoints"]) == ("changed", [])


def test_a_missing_svm_is_an_error_unless_nothing_shall_be_there(um, here):
    wanted, unwanted = here(endpoint(svm="svm_none", **NEW), endpoint(svm="svm_none", state="absent")).results
    assert "svm: SVM 'svm_none' does not exist" in wanted["msg"]
    assert unwanted["outcome"] == "unchanged"
    assert um.writes() == []


def test_an_address_in_use_fails_the_job(um, here):
    here(endpoint(**NEW))
    taken = here(endpoint(**{**NEW, "name": "lif2"})).results[0]
    assert (taken["failed"], taken["outcome"]) == (True, "failed")
    assert "already in use" in taken["msg"]
