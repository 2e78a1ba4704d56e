# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clusters that are removed take all with them that UM knew of them, and bring it back when they are added again."""

from __future__ import annotations

import json

import pytest

from tests.simulator import paths
from tests.simulator.resources.datasources import CERTIFICATE

from .um import UM

LISTS = (
    paths.CLUSTERS,
    paths.NODES,
    paths.AGGREGATES,
    paths.SVMS,
    paths.VOLUMES,
    paths.DATACENTER_LUNS,
    paths.IGROUPS,
    paths.IP_INTERFACES,
    paths.FC_INTERFACES,
    paths.CIFS_SHARES,
    paths.EXPORT_POLICIES,
    paths.LICENSES,
    paths.ETHERNET_PORTS,
    paths.FC_PORTS,
    paths.QOS_POLICIES,
    paths.QTREES,
    paths.LUNS,
    paths.FILE_SHARES,
    paths.ACTIVE_DIRECTORY_MAPPINGS,
    paths.DATASOURCES,
    paths.EVENTS,
    "/storage-provider/workloads",
    "/storage-provider/aggregate-capabilities",
    "/gateways",
)
SECONDS = 1.0  # of the removal and of the discovery


def shown(um, path):
    return um.get(f"{path}?max_records=1000")["records"]


def remove(um, name="cluster1"):
    """The datasource that is removed."""
    (found,) = [one for one in shown(um, paths.DATASOURCES) if one["name"] == name]
    assert um.ask("DELETE", f"{paths.DATASOURCES}/{found['key']}")[0] == 200
    um.pass_time(SECONDS)
    return found


@pytest.mark.parametrize("path", LISTS)
def test_nothing_of_a_removed_cluster_is_listed(path):
    um = UM()
    uuid = um.key(paths.CLUSTERS, "cluster1").partition(":")[0]
    before = shown(um, path)
    remove(um)
    after = shown(um, path)
    assert uuid not in json.dumps(after)
    assert [one["uuid" if path == "/gateways" else "key"] for one in after] == [
        one["uuid" if path == "/gateways" else "key"] for one in before if uuid not in json.dumps(one)
    ]


def test_every_list_had_something_of_it():
    um = UM()
    uuid = um.key(paths.CLUSTERS, "cluster1").partition(":")[0]
    without = [path for path in LISTS if uuid not in json.dumps(shown(um, path))]
    assert without == [paths.ACTIVE_DIRECTORY_MAPPINGS]


def test_its_objects_are_unknown_and_access_endpoints_and_mappings_go_too():
    um = UM()
    svm = um.key(paths.SVMS, "svm1")
    mapping = {"dns": "d", "domain": "e", "username": "u", "password": "p", "svm": {"key": svm}}
    assert um.ask("POST", paths.ACTIVE_DIRECTORY_MAPPINGS, mapping)[0] == 201
    assert um.get(f"{paths.ACCESS_ENDPOINTS}?resource.key={svm}")["records"]
    remove(um)
    assert um.ask("GET", f"{paths.SVMS}/{svm}")[0] == 404
    assert um.get(f"{paths.ACCESS_ENDPOINTS}?resource.key={svm}")["records"] == []
    assert um.get(paths.ACTIVE_DIRECTORY_MAPPINGS)["records"] == []
    igroup = {"name": "ig", "svm": {"key": svm}, "os_type": "linux", "protocol": "iscsi"}
    assert um.refused("POST", paths.IGROUPS, igroup) == (400, "svm.key")


def test_the_inventory_shows_it_as_late_as_everything():
    um = UM(acquisition_delay=20)
    remove(um)
    assert um.world.table(paths.SVMS).find("name", "svm1") == []
    assert [one["name"] for one in shown(um, paths.SVMS) if one["name"] == "svm1"] == ["svm1"]
    um.pass_time(20)
    assert [one["name"] for one in shown(um, paths.SVMS) if one["name"] == "svm1"] == []


def test_policies_are_free_of_its_workloads():
    um = UM()
    for one in shown(um, paths.DATASOURCES):
        remove(um, one["name"])
    for path in (paths.PERFORMANCE_SERVICE_LEVELS, paths.STORAGE_EFFICIENCY_POLICIES):
        assert {one["workload_count"] for one in um.get(path)["records"]} == {0}


def test_a_job_that_runs_meanwhile_fails_and_ends():
    um = UM(job_seconds=10)
    key = um.get(paths.LUNS)["records"][0]["key"]
    svm = um.key(paths.SVMS, "svm1")
    level = um.get(paths.PERFORMANCE_SERVICE_LEVELS)["records"][0]["key"]
    body = {
        "name": "late",
        "space": {"size": 1 << 30},
        "os_type": "linux",
        "performance_service_level": {"key": level},
        "svm": {"key": svm},
    }
    asked = [
        um.ask("POST", paths.LUNS, body),
        um.ask("DELETE", f"{paths.LUNS}/{key}"),
        um.ask("DELETE", f"{paths.SVMS}/{um.key(paths.SVMS, 'svm_shared')}"),
    ]
    assert [status for status, _answer in asked] == [202, 202, 202]
    remove(um)
    um.pass_time(20)
    jobs = [um.get(f"{paths.JOBS}/{answer['job']['key']}") for _status, answer in asked]
    assert [job["state"] for job in jobs] == ["completed"] * 3
    assert jobs[0]["status"] == "error"
    assert any("any more" in (task["failure_reason"] or "") for task in jobs[0]["task_reports"])


def test_the_same_cluster_added_again_is_found_as_it_was_without_assigned_policies():
    um = UM()
    svms, luns = shown(um, paths.SVMS), shown(um, paths.LUNS)
    gone = remove(um)
    account = {"username": "admin", "password": "right", "protocol": "https", "port": 443}
    status, added = um.ask("POST", paths.DATASOURCES, {"address": gone["address"], **account})
    assert (status, added["key"]) == (201, gone["key"])
    assert added["id"] not in [one["id"] for one in shown(um, paths.DATASOURCES) if one["key"] != added["key"]]
    um.pass_time(SECONDS)
    assert um.get(f"{paths.DATASOURCES}/{gone['key']}")["name"] == "cluster1"
    assert sorted(one["key"] for one in shown(um, paths.SVMS)) == sorted(one["key"] for one in svms)
    assert sorted(one["key"] for one in shown(um, paths.LUNS)) == sorted(one["key"] for one in luns)
    back = [one for one in shown(um, paths.LUNS) if one["cluster"]["key"] == gone["key"]]
    assert {one["assigned_performance_service_level"]["name"] for one in back} == {"Unassigned"}


def test_asking_for_a_certificate_needs_an_address():
    assert UM().refused("GET", f"{CERTIFICATE}?port=443") == (400, "address")
