# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole inventory, its performance and its workloads are read, list by list and one by one."""

from __future__ import annotations

import yaml

from .conftest import ROOT

DOCUMENTATION = (ROOT / "plugins" / "modules" / "datacenter_info.py").read_text(encoding="utf-8").split('"""')[1]
SUBSETS = yaml.safe_load(DOCUMENTATION)["options"]["subsets"]["choices"]
METRICS = (ROOT / "plugins" / "modules" / "metrics_info.py").read_text(encoding="utf-8").split('"""')[1]
KINDS = yaml.safe_load(METRICS)["options"]["kind"]["choices"]


def read(**options):
    return {"aiqum.unified_manager.datacenter_info": options}


def measure(kind, **options):
    return {"aiqum.unified_manager.metrics_info": {"kind": kind, **options}}


def test_every_part_in_one_task_and_one_of_each_by_key(um, here):
    everything = here(read(subsets=SUBSETS)).results[0]["datacenter"]
    assert {name: bool(records) for name, records in everything.items()} == dict.fromkeys(SUBSETS, True)
    keys = {name: records[0]["key"] for name, records in everything.items()}
    um.forget_requests()
    one_by_one = here(read(keys=[*keys.values(), keys["volumes"][:-4] + "0000"])).results[0]
    assert {name: [one["key"] for one in found] for name, found in one_by_one["datacenter"].items()} == {
        name: [key] for name, key in keys.items()
    }
    assert len(um.requests()) == len(SUBSETS) + 1


def test_it_is_limited_to_a_place(um, here):
    desired = {"subsets": ["svms", "volumes", "nodes"], "svm": "svm1", "cluster": "cluster1"}
    found, refused, nothing, unknown = here(
        read(**desired, filters={"volumes": {"state": "online"}}, order_by="name desc", limit=2),
        read(gather_subset=["nodes"], filters={"volumes": {"state": "online"}}),
        read(),
        read(keys=["dddddddd-2222-3333-4444-555555555555"]),
    ).results
    places = {one["svm"]["name"] for one in found["datacenter"]["volumes"]}
    assert (places, [one["name"] for one in found["datacenter"]["svms"]]) == ({"svm1"}, ["svm1"])
    names = [one["name"] for one in found["datacenter"]["nodes"]]
    assert names == ["cluster1-04", "cluster1-03"]
    assert "volumes is not among the subsets" in refused["msg"]
    assert "Give subsets to list, or keys" in nothing["msg"]
    assert "is not a key of the inventory" in unknown["msg"]


def test_metrics_of_one_and_analytics_of_all(um, here):
    rows = here(*(measure(kind, limit=1) for kind in KINDS)).results
    keys = {kind: result["analytics"][0][kind]["key"] for kind, result in zip(KINDS, rows, strict=True)}
    found = here(*(measure(kind, name=key) for kind, key in keys.items())).results
    for kind, result in zip(KINDS, found, strict=True):
        metrics = result["metrics"]
        assert (result["changed"], metrics["num_samples"], len(metrics["samples"])) == (False, 12, 12), kind
        assert metrics["summary"]
    by_name, of_node, ambiguous, which, wrong, always, gone = here(
        measure("lun", name="lun_ora01", interval="15d"),
        measure("ethernet_port", name="e0c", node="cluster1-02"),
        measure("svm", name="svm_shared"),
        measure("fc_port", name="0a", cluster="cluster2"),
        measure("volume", name="vol_db", limit=3),
        measure("volume", interval="1d"),
        measure("volume", name=keys["volume"][:-4] + "0000"),
    ).results
    assert by_name["metrics"]["duration"] == "PT1H"
    assert of_node["metrics"]["ethernet_port"]["name"] == "e0c"
    assert "2 objects of kind SVM match 'svm_shared'" in ambiguous["msg"]
    assert "0a, cluster cluster2, node cluster2-01" in which["msg"]
    assert "filters, order_by and limit are for all objects" in wrong["msg"]
    assert "analytics are always of 72 hours" in always["msg"]
    assert (gone["failed"], gone["metrics"], gone["error"]["status"]) == (True, None, 404)


def test_analytics_say_where_their_objects_lie(um, here):
    um.forget_requests()
    busy, there, none = here(
        measure("volume", svm="svm1", cluster="cluster1", order_by="iops desc", limit=2),
        measure("fc_port", node="cluster1-02", filters={"utilization_percent": ">0"}),
        measure("node", cluster="cluster4"),
    ).results
    rows = busy["analytics"]
    assert {row["svm"]["name"] for row in rows} == {"svm1"}
    assert [row["iops"] for row in rows] == sorted((row["iops"] for row in rows), reverse=True)
    assert len(rows) == 2
    assert {row["node"]["name"] for row in there["analytics"]} == {"cluster1-02"}
    assert none["analytics"] == []
    assert len(um.requests()) == 3


def test_workloads_capabilities_and_the_server_itself(um, here):
    lun, some, capable, place, system = here(
        {"aiqum.unified_manager.workload_info": {"name": "lun_ora01", "summary": True}},
        {"aiqum.unified_manager.workload_info": {"type": "file_share", "svm": "svm_nas"}},
        {"aiqum.unified_manager.aggregate_capability_info": {"performance_service_level": "Value", "limit": 1}},
        {"aiqum.unified_manager.aggregate_capability_info": {"name": "aggr1", "cluster": "cluster1"}},
        {"aiqum.unified_manager.system_info": {}},
    ).results
    assert [one["name"] for one in lun["workloads"]] == ["/vol/vol_db/lun_ora01"]
    assert lun["summary"]["total_workload_count"] > 2
    assert {one["name"] for one in some["workloads"]} == {"vol_home", "vol_projects"}
    assert system["system"]["version"]
    key = capable["aggregate_capabilities"][0]["key"]
    assert [one["name"] for one in place["aggregate_capabilities"]] == ["aggr1"]
    again, alone, elsewhere = here(
        {"aiqum.unified_manager.aggregate_capability_info": {"name": key}},
        {"aiqum.unified_manager.aggregate_capability_info": {"name": key, "performance_service_level": "Value"}},
        {"aiqum.unified_manager.aggregate_capability_info": {"name": key, "cluster": "cluster2"}},
    ).results
    assert again["aggregate_capabilities"] == capable["aggregate_capabilities"]
    assert "a key already means one object" in alone["msg"]
    assert elsewhere["aggregate_capabilities"] == []
