# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory shows late (docs/facts/server.md, 4.9): SVMs and all that lies in them, and requests meanwhile."""

from __future__ import annotations

import pytest

from tests.simulator import paths

from .um import JOB_SECONDS, UM, results

LAG = 20.0


def svm_body(um, name="svm_new"):
    return {"name": name, "cluster": {"key": um.key(paths.CLUSTERS, "cluster1")}, "iscsi": {"enabled": True}}


def created(um, name="svm_new"):
    """The key of a new SVM; its job has ended."""
    return results(um.job("POST", paths.SVMS, svm_body(um, name)))["svmKey"]


def named(um, path, name):
    return [record["key"] for record in um.get(f"{path}?name={name}")["records"]]


def lun_body(um, svm, name="lun_new"):
    level = um.key(paths.PERFORMANCE_SERVICE_LEVELS, "Value")
    return {
        "name": name,
        "space": {"size": 1 << 30},
        "os_type": "linux",
        "performance_service_level": {"key": level},
        "svm": {"key": svm},
    }


@pytest.mark.parametrize("references", ["known", "shown"])
def test_an_svm_is_listed_and_read_only_after_the_next_acquisition(references):
    um = UM(acquisition_delay=LAG, references=references)
    key = created(um)
    for seconds, there in ((0.0, False), (LAG - 0.1, False), (0.1, True)):
        um.pass_time(seconds)
        assert named(um, paths.SVMS, "svm_new") == ([key] if there else [])
        assert um.ask("GET", f"{paths.SVMS}/{key}")[0] == (200 if there else 404)


def test_meanwhile_the_clusters_know_its_name():
    um = UM(acquisition_delay=LAG)
    created(um)
    assert um.refused("POST", paths.SVMS, svm_body(um)) == (400, "name")
    um = UM(acquisition_delay=LAG, references="shown")
    created(um)
    again = um.job("POST", paths.SVMS, svm_body(um))
    assert (again["status"], again["job_results"]) == ("error", [])
    assert "already in use" in again["task_reports"][0]["failure_reason"]
    um.pass_time(LAG)
    assert len(named(um, paths.SVMS, "svm_new")) == 1
    assert um.refused("POST", paths.SVMS, svm_body(um)) == (400, "name")


def test_two_jobs_at_once_make_one_svm():
    um = UM()
    answers = [um.ask("POST", paths.SVMS, svm_body(um)) for _time in range(2)]
    um.pass_time(JOB_SECONDS)
    jobs = [um.get(f"{paths.JOBS}/{answer['job']['key']}") for _status, answer in answers]
    assert [job["status"] for job in jobs] == ["normal", "error"]
    assert len(named(um, paths.SVMS, "svm_new")) == 1


def test_what_is_asked_of_an_svm_that_um_does_not_show_yet():
    for references, statuses in (("known", (202, 201, 200)), ("shown", (400, 400, 200))):
        um = UM(acquisition_delay=LAG, references=references)
        key = created(um)
        igroup = {"name": "ig", "svm": {"key": key}, "os_type": "linux", "protocol": "iscsi"}
        asked = (
            um.ask("POST", paths.LUNS, lun_body(um, key))[0],
            um.ask("POST", paths.IGROUPS, igroup)[0],
            um.ask("GET", f"{paths.ACCESS_ENDPOINTS}?resource.key={key}")[0],
        )
        assert asked == statuses
        assert um.ask("PATCH", f"{paths.SVMS}/{key}", {"state": "stopped"})[0] == (
            202 if references == "known" else 404
        )
        um.pass_time(LAG)
        assert um.ask("POST", paths.IGROUPS, {**igroup, "name": "ig2"})[0] == 201


def test_lists_by_svm_show_what_storage_provider_made_in_it_at_once_and_the_inventory_later():
    um = UM(acquisition_delay=LAG)
    svm = um.key(paths.SVMS, "svm1")
    um.job("POST", paths.LUNS, lun_body(um, svm))
    assert um.get(f"{paths.LUNS}?svm.key={svm}&name=*lun_new")["num_records"] == 1
    assert um.get(f"{paths.DATACENTER_LUNS}?svm.key={svm}&name=*lun_new")["num_records"] == 0
    um.pass_time(LAG)
    assert um.get(f"{paths.DATACENTER_LUNS}?svm.key={svm}&name=*lun_new")["num_records"] == 1


@pytest.mark.parametrize(("references", "again"), [("known", 404), ("shown", 202)])
def test_a_deleted_svm_is_listed_until_the_next_acquisition(references, again):
    um = UM(acquisition_delay=LAG, references=references)
    key = created(um)
    um.pass_time(LAG)
    assert um.job("DELETE", f"{paths.SVMS}/{key}")["status"] == "normal"
    assert named(um, paths.SVMS, "svm_new") == [key]
    status, answer = um.ask("DELETE", f"{paths.SVMS}/{key}")
    assert status == again
    um.pass_time(JOB_SECONDS)
    if again == 202:
        job = um.get(f"{paths.JOBS}/{answer['job']['key']}")
        assert (job["status"], "any more" in job["task_reports"][0]["failure_reason"]) == ("error", True)
    um.pass_time(LAG)
    assert named(um, paths.SVMS, "svm_new") == []
    assert um.ask("DELETE", f"{paths.SVMS}/{key}")[0] == 404


@pytest.mark.parametrize("path", [paths.LUNS, paths.FILE_SHARES])
def test_read_back_lags_for_changes_and_removals_too(path):
    um = UM(readback_lag=5)
    name = {paths.LUNS: "/vol/vol_esx/lun_spare", paths.FILE_SHARES: "vol_home"}[path]
    key = um.key(path, name)
    size = um.get(f"{path}/{key}")["space"]["size"]
    um.job("PATCH", f"{path}/{key}", {"space": {"size": size + (1 << 30)}})
    assert um.get(f"{path}/{key}")["space"]["size"] == size
    um.pass_time(5)
    assert um.get(f"{path}/{key}")["space"]["size"] == size + (1 << 30)
    um.job("DELETE", f"{path}/{key}")
    assert um.ask("GET", f"{path}/{key}")[0] == 200
    um.pass_time(5)
    assert um.ask("GET", f"{path}/{key}")[0] == 404


def test_with_a_forced_svm_goes_all_that_lies_in_it():
    um = UM()
    svm, free = um.key(paths.SVMS, "svm1"), um.world.record(paths.AGGREGATES, um.key(paths.AGGREGATES, "aggr2"))
    before = free["space"]["block_storage"]["available"]
    um.ask("POST", paths.IGROUPS, {"name": "ig", "svm": {"key": svm}, "os_type": "linux", "protocol": "iscsi"})
    assert um.job("DELETE", f"{paths.SVMS}/{svm}?force=true")["status"] == "normal"
    for path in set(um.world.tables()) - {paths.EVENTS}:
        for record in um.world.table(path).values():
            assert svm not in (record.get("key"), (record.get("svm") or {}).get("key")), path
    assert um.world.record(paths.AGGREGATES, free["key"])["space"]["block_storage"]["available"] > before
    names = [one["svm"]["key"] for one in um.get("/storage-provider/workloads?max_records=1000")["records"]]
    assert svm not in names
