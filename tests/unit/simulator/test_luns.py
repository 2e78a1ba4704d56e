# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs: creation, change, removal and what is refused (wire facts 3.4, 5.11, 5.17 and 8.9)."""

from __future__ import annotations

import pytest

from tests.simulator import paths
from tests.simulator.storage import MIB, whole_mebibytes

from .um import JOB_SECONDS, UM, results

LUNS = paths.LUNS


def body(um, svm_name="svm1", **changes):
    wanted = {
        "name": "lun1",
        "space": {"size": 1024_000_000},
        "os_type": "linux",
        "performance_service_level": {"key": um.key(paths.PERFORMANCE_SERVICE_LEVELS, "Value")},
        "svm": {"key": um.key(paths.SVMS, svm_name)},
    }
    wanted.update(changes)
    return {name: value for name, value in wanted.items() if value is not None}


def igroup(um, name="ig_linux01", svm="svm1"):
    key = um.key(paths.SVMS, svm)
    return next(one["key"] for one in um.world.table(paths.IGROUPS).find("svm.key", key) if one["name"] == name)


def made(um, **changes):
    """The key of a new LUN."""
    return results(um.job("POST", LUNS, body(um, **changes)))["lunKey"]


@pytest.mark.parametrize(
    ("size", "kept"),
    [(1, MIB), (MIB - 1, MIB), (MIB, MIB), (MIB + 1, 2 * MIB), (1024_000_000, 1024_458_752), (0, 0)],
)
def test_sizes_are_rounded_up_to_whole_mebibytes(size, kept):
    assert whole_mebibytes(size) == kept


def test_a_created_lun():
    um = UM()
    job = um.job("POST", LUNS, body(um))
    assert (job["state"], job["status"]) == ("completed", "normal")
    lun = um.get(f"{LUNS}/{results(job)['lunKey']}")
    assert lun["name"].startswith("/vol/AIQUM_VOL_LUN_")
    assert lun["name"] == f"/vol/{lun['volume']['name']}/lun1"
    assert lun["space"] == {"size": 1024_458_752}
    assert lun["os_type"] == "linux"
    assert not {"lun_maps", "operational_state", "performance_service_level"} & set(lun)
    level = lun["assigned_performance_service_level"]
    assert (level["name"], level["peak_iops"], level["expected_iops"]) == ("Value", 75, 75)
    assert lun["assigned_storage_efficiency_policy"] == {"key": None, "name": "Unassigned"}
    assert lun["recommended_performance_service_level"]["name"] == "Idle"
    assert lun["volume"]["key"] == results(job)["volumeKey"]
    listed = um.get(f"{LUNS}?name={lun['name']}")["records"][0]
    assert set(lun) - set(listed) == {"os_type"}
    inventory = um.get(f"{paths.DATACENTER_LUNS}/{lun['key']}")
    assert inventory["status"] == {"mapped": False, "state": "online"}
    assert um.get(f"{paths.DATACENTER_LUNS}?volume.key={lun['volume']['key']}")["num_records"] == 1


def test_the_work_is_done_when_its_task_runs():
    um = UM()
    um.ask("POST", LUNS, body(um))
    assert not um.world.table(paths.VOLUMES).find("name", "x")
    volumes = len(um.world.table(paths.VOLUMES))
    um.pass_time(JOB_SECONDS / 3)
    assert len(um.world.table(paths.VOLUMES)) == volumes + 1
    assert um.get(f"{LUNS}?name=*lun1")["num_records"] == 0
    um.pass_time(JOB_SECONDS)
    assert um.get(f"{LUNS}?name=*lun1")["num_records"] == 1


def test_a_mapped_lun_gets_the_lowest_free_number():
    um = UM()
    key = made(um, lun_maps=[{"igroup": {"key": igroup(um)}}, {"igroup": {"key": igroup(um, "ig_esx01")}}])
    maps = um.get(f"{LUNS}/{key}")["lun_maps"]
    assert [(entry["igroup"]["name"], entry["logical_unit_number"]) for entry in maps] == [
        ("ig_linux01", 2),
        ("ig_esx01", 1),
    ]
    assert um.get(f"{paths.DATACENTER_LUNS}/{key}")["status"]["mapped"] is True


def test_a_number_that_is_taken_fails_in_the_job():
    um = UM()
    job = um.job("POST", LUNS, body(um, lun_maps=[{"igroup": {"key": igroup(um)}, "logical_unit_number": "0"}]))
    assert job["status"] == "error"
    assert um.get(f"{LUNS}/{results(job)['lunKey']}").get("lun_maps") is None


@pytest.mark.parametrize("status", ["partial_failures", "error"])
def test_mapping_without_a_san_lif(status):
    um = UM(lifless_mapping=status)
    maps = [{"igroup": {"key": igroup(um, svm="svm_nosan")}}]
    job = um.job("POST", LUNS, body(um, "svm_nosan", lun_maps=maps))
    assert (job["state"], job["status"]) == ("completed", status)
    (reason,) = [task["failure_reason"] for task in job["task_reports"] if task["status"] == "error"]
    assert reason == (
        "The nodes cluster1-01 and cluster1-02 have no LIFs configured with the iSCSI or FCP protocol for Vserver"
        " svm_nosan. Use the access-endpoints API to create a LIF for the LUN."
    )
    key = results(job)["lunKey"]
    assert "lun_maps" not in um.get(f"{LUNS}/{key}")
    assert um.job("PATCH", f"{LUNS}/{key}", {"lun_maps": maps})["status"] == status
    endpoint = {"data_protocols": ["iscsi"], "ip": {"address": "10.9.9.9", "netmask": "255.0.0.0"}, "lun": {"key": key}}
    assert um.job("POST", paths.ACCESS_ENDPOINTS, endpoint)["status"] == "normal"
    assert um.job("PATCH", f"{LUNS}/{key}", {"lun_maps": maps})["status"] == "normal"


def test_an_aggregate_without_space():
    um = UM()
    aggregate = {"key": um.key(paths.AGGREGATES, "aggr_full")}
    job = um.job("POST", LUNS, body(um, aggregate=aggregate, space={"size": 5 << 30}))
    assert (job["status"], [task["status"] for task in job["task_reports"]]) == (
        "error",
        ["error", "skipped", "skipped"],
    )
    assert "aggr_full has" in job["task_reports"][0]["failure_reason"]
    assert um.job("POST", LUNS, body(um, aggregate=aggregate, space={"size": 1 << 30}))["status"] == "normal"


def test_a_lun_in_a_volume_that_exists():
    um = UM()
    volume = um.key(paths.VOLUMES, "vol_lab")
    before = um.world.record(paths.VOLUMES, volume)["space"]["size"]
    key = made(um, svm=None, volume={"key": volume, "name_tag": "ignored"}, space={"size": 400 << 30})
    assert um.get(f"{LUNS}/{key}")["name"] == "/vol/vol_lab/lun1"
    assert um.world.record(paths.VOLUMES, volume)["space"]["size"] == before + (220 << 30)
    assert um.refused("POST", LUNS, body(um, svm=None, volume={"key": volume})) == (400, "name")
    um.job("DELETE", f"{LUNS}/{key}")
    assert um.get(f"{paths.VOLUMES}/{volume}")["name"] == "vol_lab"


def test_the_status_of_a_duplicate_is_a_switch():
    um = UM(duplicate_status=409)
    volume = {"key": um.key(paths.VOLUMES, "vol_db")}
    assert um.refused("POST", LUNS, body(um, svm=None, volume=volume, name="lun_ora01")) == (409, "name")


@pytest.mark.parametrize(("prefix", "name"), [("AIQUM_", "AIQUM_tag"), ("NSLM_", "NSLM_tag")])
def test_the_name_of_the_volume(prefix, name):
    um = UM(volume_prefix=prefix)
    key = made(um, volume={"name_tag": "tag"})
    assert um.get(f"{LUNS}/{key}")["volume"]["name"] == name
    assert um.job("POST", LUNS, body(um, volume={"name_tag": "tag"}))["status"] == "error"


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"name": None}, "name"),
        ({"name": "a/b"}, "name"),
        ({"space": None}, "space.size"),
        ({"space": {"size": 0}}, "space.size"),
        ({"os_type": None}, "os_type"),
        ({"os_type": "beos"}, "os_type"),
        ({"svm": None}, "svm.key or volume.key"),
        ({"svm": {"key": "no such"}}, "svm.key"),
        ({"volume": {"key": "no such"}}, "volume.key"),
        ({"aggregate": {"key": "no such"}}, "aggregate.key"),
        ({"performance_service_level": None}, "performance_service_level.key"),
        ({"performance_service_level": {"key": "no such"}}, "performance_service_level.key"),
        ({"performance_service_level": {"key": "Unassigned"}}, "performance_service_level.key"),
        ({"storage_efficiency_policy": {"key": "no such"}}, "storage_efficiency_policy.key"),
        ({"lun_maps": [{"igroup": {"key": "no such"}}]}, "lun_maps.igroup.key"),
        ({"lun_maps": [{}]}, "igroup.key"),
        ({"lun_maps": [{"logical_unit_number": 4096}]}, "lun_maps.logical_unit_number"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_creations_that_are_refused_at_once(changes, target):
    um = UM()
    assert um.refused("POST", LUNS, body(um, **changes)) == (400, target)
    assert um.get("/management-server/jobs")["total_records"] == 0


def test_an_igroup_or_aggregate_from_elsewhere_is_refused():
    um = UM()
    maps = [{"igroup": {"key": igroup(um, svm="svm2")}}]
    assert um.refused("POST", LUNS, body(um, lun_maps=maps)) == (400, "lun_maps.igroup.key")
    aggregate = {"key": um.key(paths.AGGREGATES, "fas_aggr1", "cluster2")}
    assert um.refused("POST", LUNS, body(um, aggregate=aggregate)) == (400, "aggregate.key")


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
    svm = um.world.record(paths.SVMS, um.key(paths.SVMS, "svm_nas"))
    volume = um.key(paths.VOLUMES, "vol_home")
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
