# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creation of LUNs, and what is refused of it (docs/facts/server.md, 3.4, 5.11, 5.17 and 8.9)."""

from __future__ import annotations

import pytest

from tests.simulator import paths
from tests.simulator.storage import MIB, whole_mebibytes

from .luns import LUNS, body, igroup, made
from .um import JOB_SECONDS, UM, results


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
