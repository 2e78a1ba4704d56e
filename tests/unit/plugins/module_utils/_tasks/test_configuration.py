# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One structure for a whole UM: planned as one, created in the order of dependency, and pruned with a limit."""

from __future__ import annotations

import copy
import json

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.configuration import SECTIONS
from tests.local import LocalServer

LEVEL = {
    "name": "Databases",
    "absolute_min_iops": 500,
    "expected_iops_per_tb": 2000,
    "peak_iops_per_tb": 4000,
    "peak_iops_allocation_policy": "used_space",
    "latency_expected": 2,
}
IGROUP = {
    "name": "ig_new",
    "svm": "svm1",
    "os_type": "linux",
    "protocol": "iscsi",
    "initiators": ["iqn.1994-05.com.redhat:new"],
}
LUN = {
    "name": "db01",
    "svm": "svm1",
    "size": "10GiB",
    "os_type": "linux",
    "performance_service_level": "Databases",
    "lun_maps": [{"igroup": "ig_new"}],
}
STRUCTURE = {"luns": [LUN], "igroups": [IGROUP], "performance_service_levels": [LEVEL]}


@pytest.fixture
def server():
    return LocalServer()


def apply(server, structure, check_mode=False, **options):
    return server.run("configuration", {"configuration": copy.deepcopy(structure), **options}, check_mode)


def export(server, **options):
    return server.run("configuration_info", options)["configuration"]


def outcomes(result):
    return {
        kind: [(entry["name"], entry["outcome"]) for entry in found] for kind, found in result["configuration"].items()
    }


def writes(server):
    return [(sent.method, sent.path.partition("?")[0].removeprefix("/api/v2")) for sent in server.writes]


def test_what_refers_to_what_the_same_run_creates_comes_after_it(server):
    predicted = apply(server, STRUCTURE, check_mode=True)
    assert server.writes == []
    real = apply(server, STRUCTURE)
    assert (predicted["changed"], predicted["outcome"], predicted["jobs"]) == (True, "changed", [])
    assert (real["changed"], real["outcome"], len(real["jobs"])) == (True, "changed", 1)
    assert predicted["diff"] == real["diff"]
    assert writes(server) == [
        ("POST", "/storage-provider/performance-service-levels"),
        ("POST", "/datacenter/protocols/san/igroups"),
        ("POST", "/storage-provider/luns"),
    ]
    (planned,) = predicted["configuration"]["luns"]
    assert planned["lun"]["assigned_performance_service_level"] == {"name": "Databases"}
    assert planned["lun"]["lun_maps"][0]["igroup"] == {"name": "ig_new"}
    again = apply(server, STRUCTURE)
    assert (again["changed"], again["outcome"]) == (False, "unchanged")
    assert again["diff"] == {"before": {}, "after": {}}
    assert len(server.writes) == 3


def test_everything_in_a_new_svm(server):
    template = next(entry for entry in export(server, kinds=["svms"])["svms"] if entry["name"] == "svm2")
    structure = {
        "svms": [{**template, "name": "svm_new", "iscsi": True}],
        "igroups": [{**IGROUP, "svm": "svm_new", "cluster": "cluster1"}],
    }
    assert apply(server, structure, check_mode=True)["outcome"] == "changed"
    assert server.writes == []
    result = apply(server, structure)
    assert result["outcome"] == "changed", result.get("msg")
    assert apply(server, structure)["outcome"] == "unchanged"


def test_an_export_is_applied_without_a_change(server):
    exported = export(server)
    server.sent.clear()
    result = apply(server, exported)
    assert (result["outcome"], server.writes) == ("unchanged", [])
    assert set(result["configuration"]) == {kind for kind, entries in exported.items() if entries}


def test_a_plan_that_does_not_hold_sends_nothing(server):
    structure = {**STRUCTURE, "luns": [LUN, {**LUN, "name": "db02", "svm": "nowhere", "lun_maps": []}]}
    for check_mode in (True, False):
        result = apply(server, structure, check_mode)
        assert (result["failed"], result["changed"], server.writes) == (True, False, [])
        assert "Nothing was done" in result["msg"]
        assert "nowhere" in result["msg"]
        assert result["diff"] == {"before": {}, "after": {}}
        assert outcomes(result)["luns"] == [("db01", "skipped"), ("db02", "failed")]


def test_a_misspelt_key_is_named_with_its_path(server):
    result = apply(server, {"luns": [{"name": "db01", "siez": "1GiB"}]})
    assert (result["outcome"], "configuration.luns, entry 1, siez" in result["msg"], server.sent) == (
        "failed",
        True,
        [],
    )


def test_what_no_list_names_is_pruned_within_its_scope(server):
    before = export(server, kinds=["igroups"])["igroups"]
    kept = [entry for entry in before if (entry["svm"], entry["name"]) != ("svm2", "ig_win01")]
    named = [entry for entry in kept if entry["svm"] == "svm2"]
    predicted = apply(server, {"igroups": named}, check_mode=True, prune=["igroups"], svm="svm2")
    assert server.writes == []
    result = apply(server, {"igroups": named}, prune=["igroups"], svm="svm2")
    assert predicted["diff"] == result["diff"]
    assert [method for method, _path in writes(server)] == ["DELETE"]
    assert outcomes(result)["igroups"][-1] == ("ig_win01", "changed")
    assert export(server, kinds=["igroups"])["igroups"] == kept


def test_what_the_system_defines_is_never_pruned(server):
    structure = {"performance_service_levels": [], "storage_efficiency_policies": [], "users": []}
    result = apply(
        server, structure, check_mode=True, prune=["performance_service_levels", "storage_efficiency_policies"]
    )
    assert (result["outcome"], result["configuration"]) == ("unchanged", {})


def test_too_many_deletions_are_refused(server):
    result = apply(server, {"igroups": []}, prune=["igroups"], max_deletions=5)
    assert (result["failed"], result["changed"], server.writes) == (True, False, [])
    assert "max_deletions: 21 objects" in result["msg"]
    assert (result["msg"].count("igroup '"), "(+16 more)" in result["msg"]) == (5, True)


def test_what_has_no_name_is_called_by_its_kind(server):
    settings = export(server, kinds=["backup_settings"])
    assert outcomes(apply(server, settings)) == {"backup_settings": [("settings of backups", "unchanged")]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"prune": ["luns"]}, "configuration has no luns"),
        ({"svm": "svm1"}, "it limits what prune deletes"),
        ({"prune": ["igroups", "alerts"], "svm": "svm1"}, "alerts do not lie in one"),
        ({"max_in_flight": 0}, "max_in_flight"),
    ],
)
def test_options_that_do_not_fit(server, options, words):
    result = apply(server, {"igroups": [IGROUP], "alerts": []}, **options)
    assert (result["failed"], words in result["msg"], server.writes) == (True, True, []), result["msg"]


def test_without_waiting_nothing_can_refer_to_what_is_created(server):
    result = apply(server, STRUCTURE, wait=False)
    assert (result["failed"], "Set wait: true." in result["msg"], server.writes) == (True, True, [])


ALONE = {**LUN, "performance_service_level": "Value", "lun_maps": []}


@pytest.mark.parametrize(
    "structure",
    [
        {"igroups": [IGROUP]},
        {"luns": [{**ALONE, "lun_maps": [{"igroup": "ig_linux01"}]}]},
        {"luns": [{**ALONE, "name": "/vol/AIQUM_new/a", "volume_name_tag": "new"}]},
    ],
)
def test_without_waiting_what_is_there_can_be_referred_to(server, structure):
    result = apply(server, structure, wait=False)
    assert (result["outcome"] in ("changed", "submitted"), len(server.writes)) == (True, 1), result["msg"]


@pytest.mark.parametrize(("stop", "alert"), [(True, "skipped"), (False, "changed")])
def test_a_failure_stops_what_follows_if_asked_for(server, stop, alert):
    too_large = {**LUN, "size": "900TiB"}
    other = {"name": "Pager", "emails": ["a@example.com"], "event_severities": ["critical"]}
    result = apply(server, {**STRUCTURE, "luns": [too_large], "alerts": [other]}, stop_on_failure=stop)
    assert (outcomes(result)["luns"], outcomes(result)["alerts"]) == ([("db01", "failed")], [("Pager", alert)])
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "partial")


def test_every_kind_that_can_be_changed_is_a_section():
    assert {section.name for section in SECTIONS.values()} == set(SECTIONS)
    assert len({section.resource.noun for section in SECTIONS.values()}) == len(SECTIONS)


@pytest.mark.parametrize("by_name", [True, False])
def test_a_policy_goes_with_the_luns_that_alone_have_it(server, by_name):
    assert apply(server, STRUCTURE)["outcome"] == "changed"
    server.sent.clear()
    gone = {"name": "Databases", "state": "absent"}
    structure = {
        "performance_service_levels": [gone] if by_name else [],
        "luns": [{"name": "db01", "svm": "svm1", "state": "absent", "lun_maps": []}],
    }
    prune = {} if by_name else {"prune": ["performance_service_levels"]}
    planned = apply(server, structure, check_mode=True, **prune)
    done = apply(server, structure, **prune)
    assert (planned["outcome"], planned["diff"], done["outcome"]) == ("changed", done["diff"], "changed"), planned
    assert [method for method, _path in writes(server)] == ["PATCH", "DELETE", "DELETE"]
    assert writes(server)[-1][1].startswith("/storage-provider/performance-service-levels/")


@pytest.mark.parametrize("level", ["Databases", None])
def test_a_policy_stays_if_a_workload_gets_or_keeps_it(server, level):
    """Nothing is sent, since the server would refuse the last of it."""
    apply(
        server, {**STRUCTURE, "luns": [{**LUN, "performance_service_level": "Databases" if level is None else "Value"}]}
    )
    server.sent.clear()
    luns = [{"name": "db01", "svm": "svm1", **({"performance_service_level": level} if level else {})}]
    result = apply(server, {"performance_service_levels": [], "luns": luns}, prune=["performance_service_levels"])
    assert (result["failed"], "is assigned to 1 workloads" in result["msg"], server.writes) == (True, True, [])


def test_several_luns_in_one_volume_that_um_makes(server):
    names = ["a", "b", "c"]
    luns = [{**LUN, "name": f"/vol/AIQUM_shared/{name}", "volume_name_tag": "shared", "lun_maps": []} for name in names]
    structure = {"performance_service_levels": [LEVEL], "luns": luns}
    assert apply(server, structure, check_mode=True)["outcome"] == "changed"
    assert "Set wait: true." in apply(server, structure, wait=False)["msg"]
    assert server.writes == []
    assert apply(server, structure)["outcome"] == "changed"
    bodies = [json.loads(sent.content) for sent in server.writes if sent.path.endswith("/luns")]
    assert [("name_tag" in body["volume"], "key" in body["volume"]) for body in bodies] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    apply(server, {"luns": [{**luns[0], "state": "absent"}]})
    assert outcomes(apply(server, structure))["luns"] == [
        (luns[0]["name"], "changed"),
        (luns[1]["name"], "unchanged"),
        (luns[2]["name"], "unchanged"),
    ]


def test_a_volume_that_the_inventory_does_not_show_yet_is_found_by_its_lun(server):
    server.state.switches.set("acquisition_delay", 900)
    made = {**LUN, "name": "/vol/AIQUM_new/a", "volume_name_tag": "new", "lun_maps": []}
    assert apply(server, {"performance_service_levels": [LEVEL], "luns": [made]})["outcome"] == "changed"
    second = {**LUN, "name": "/vol/AIQUM_new/b", "lun_maps": []}
    assert apply(server, {"luns": [second]})["outcome"] == "changed"


def read_one_by_one(server):
    return [sent for sent in server.sent if sent.path.startswith("/api/v2/storage-provider/luns/")]


def test_a_plan_reads_no_lun_for_what_its_inventory_shows(server):
    luns = export(server, kinds=["luns"])
    server.sent.clear()
    assert apply(server, luns, check_mode=True)["outcome"] == "unchanged"
    assert len(server.sent) == 3  # both lists, and what jobs have changed lately
    mapped = next(lun for lun in luns["luns"] if lun["lun_maps"])
    mapped["lun_maps"] = []
    server.sent.clear()
    assert apply(server, luns, check_mode=True)["outcome"] == "changed"
    assert len(read_one_by_one(server)) == 1


def test_what_a_job_has_changed_lately_is_not_taken_from_the_inventory(server):
    server.state.switches.set("acquisition_delay", 900)
    luns = export(server, kinds=["luns"])
    mapped = next(lun for lun in luns["luns"] if lun["lun_maps"])
    assert server.run("lun", {"name": mapped["name"], "svm": mapped["svm"], "lun_maps": []})["outcome"] == "changed"
    server.sent.clear()
    planned = apply(server, luns, check_mode=True)
    assert [entry["name"] for entry in planned["configuration"]["luns"] if entry["outcome"] == "changed"] == [
        mapped["name"]
    ]
    assert len(read_one_by_one(server)) == 1
