# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change and removal of LUNs, and the lag of what shows it (docs/facts/server.md, 4.9 and 5.11)."""

from __future__ import annotations

import pytest

from tests.simulator import paths
from tests.simulator.storage import MIB

from .luns import LUNS, body, igroup, made
from .um import JOB_SECONDS, UM, results


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"space": {"size": 3_000_000_000}}, "space", {"size": 3_000_000_512 // MIB * MIB + MIB}),
        ({"performance_service_level": {"key": "Unassigned"}}, "assigned_performance_service_level.name", "Unassigned"),
        ({"storage_efficiency_policy": {"key": "High"}}, "assigned_storage_efficiency_policy.name", "High"),
    ],
)
def test_changes(change, field, value):
    um = UM()
    key = made(um)
    if "storage_efficiency_policy" in change:
        change = {"storage_efficiency_policy": {"key": um.key(paths.STORAGE_EFFICIENCY_POLICIES, "High")}}
    assert um.job("PATCH", f"{LUNS}/{key}", change)["status"] == "normal"
    found = um.get(f"{LUNS}/{key}")
    for name in field.split("."):
        found = found[name]
    assert found == value


def test_the_operational_state_shows_in_the_inventory_only():
    um = UM()
    key = made(um)
    um.job("PATCH", f"{LUNS}/{key}", {"operational_state": "offline"})
    assert "operational_state" not in um.get(f"{LUNS}/{key}")
    assert um.get(f"{paths.DATACENTER_LUNS}/{key}")["status"]["state"] == "offline"


def test_maps_are_replaced_whole_and_taken_off():
    um = UM()
    key = made(um, lun_maps=[{"igroup": {"key": igroup(um)}, "logical_unit_number": 9}])
    um.job("PATCH", f"{LUNS}/{key}", {"lun_maps": [{"igroup": {"key": igroup(um, "ig_esx01")}}]})
    assert [entry["igroup"]["name"] for entry in um.get(f"{LUNS}/{key}")["lun_maps"]] == ["ig_esx01"]
    um.job("PATCH", f"{LUNS}/{key}", {"lun_maps": []})
    assert "lun_maps" not in um.get(f"{LUNS}/{key}")


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"space": {"size": 1}}, "space.size"),
        ({"space": {}}, "space.size"),
        ({"operational_state": "asleep"}, "operational_state"),
        ({"storage_efficiency_policy": {"key": "Unassigned"}}, "storage_efficiency_policy.key"),
        ({"operational_state": "offline", "space": {"size": 1 << 40}}, "space"),
    ],
)
def test_changes_that_are_refused_at_once(change, target):
    um = UM()
    key = made(um)
    assert um.refused("PATCH", f"{LUNS}/{key}", change) == (400, target)


def test_read_only_fields_of_a_change_do_not_count():
    um = UM()
    key = made(um)
    change = {"name": "other", "svm": {"key": "x"}, "operational_state": "online"}
    assert um.job("PATCH", f"{LUNS}/{key}", change)["status"] == "normal"
    um.switches.set("read_only_fields", "refuse")
    assert um.refused("PATCH", f"{LUNS}/{key}", change) == (400, "name")


@pytest.mark.parametrize(("setting", "reported"), [("absent", False), ("key", True)])
def test_results_of_changes(setting, reported):
    um = UM(job_results_of_changes=setting)
    key = made(um)
    job = um.job("PATCH", f"{LUNS}/{key}", {"operational_state": "online"})
    assert (results(job) == {"lunKey": key}) is reported


def test_the_last_lun_takes_its_volume_along():
    um = UM()
    aggregates = um.get(paths.AGGREGATES)["records"]
    first = made(um)
    volume = um.get(f"{LUNS}/{first}")["volume"]["key"]
    second = made(um, svm=None, volume={"key": volume}, name="lun2")
    um.job("DELETE", f"{LUNS}/{first}")
    assert um.get(f"{paths.VOLUMES}/{volume}")
    um.job("DELETE", f"{LUNS}/{second}")
    assert um.ask("GET", f"{paths.VOLUMES}/{volume}")[0] == 404
    assert um.ask("GET", f"{LUNS}/{second}")[0] == 404
    assert um.ask("GET", f"{paths.DATACENTER_LUNS}/{second}")[0] == 404
    assert um.get(paths.AGGREGATES)["records"] == aggregates


def test_a_volume_of_others_may_go_too():
    um = UM(last_lun_deletes_volume="any_provisioned")
    svm = um.world.record(paths.SVMS, um.key(paths.SVMS, "svm_nosan"))
    volume = um.key(paths.VOLUMES, "vol_nosan")
    key = made(um, svm={"key": svm["key"]}, volume={"key": volume})
    um.job("DELETE", f"{LUNS}/{key}")
    assert um.ask("GET", f"{paths.VOLUMES}/{volume}")[0] == 404


@pytest.mark.parametrize(("unmaps", "status"), [(True, "normal"), (False, "error")])
def test_deleting_a_mapped_lun(unmaps, status):
    um = UM(lun_delete_unmaps=unmaps)
    key = made(um, lun_maps=[{"igroup": {"key": igroup(um)}}])
    assert um.job("DELETE", f"{LUNS}/{key}")["status"] == status


def test_workloads_are_counted():
    um = UM()

    def count():
        return um.get(f"{paths.PERFORMANCE_SERVICE_LEVELS}?name=Value")["records"][0]["workload_count"]

    before = count()
    key = made(um)
    assert count() == before + 1
    um.job("DELETE", f"{LUNS}/{key}")
    assert count() == before


def test_the_inventory_lags():
    um = UM(acquisition_delay=60, readback_lag=5)
    job = um.job("POST", LUNS, body(um))
    key = results(job)["lunKey"]
    seen = []
    for seconds in (0, 5, 55):
        um.pass_time(seconds)
        seen.append(tuple(um.ask("GET", f"{path}/{key}")[0] for path in (LUNS, paths.DATACENTER_LUNS)))
    assert seen == [(404, 404), (200, 404), (200, 200)]


def test_what_a_lost_job_has_done_stays():
    um = UM()
    um.ask("POST", LUNS, body(um))
    um.pass_time(JOB_SECONDS * 0.7)
    um.world.jobs.lose_all()
    um.pass_time(JOB_SECONDS)
    assert um.get(f"{LUNS}?name=*lun1")["num_records"] == 1


def test_what_is_not_there():
    um = UM()
    for method in ("GET", "PATCH", "DELETE"):
        assert um.ask(method, f"{LUNS}/no%3Asuch", {})[0] == 404
