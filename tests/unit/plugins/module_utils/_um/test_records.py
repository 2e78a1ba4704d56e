# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door of records, by whole modules: whatever arrives as text is compared as what it stands for."""

from __future__ import annotations

import copy
import json

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.records import FIELDS, SHAPES, typed
from tests.local import LocalServer

LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
LEVEL = {
    "absolute_min_iops": 1000,
    "expected_iops_per_tb": 1000,
    "latency_expected": 1.5,
    "name": "Ours",
    "peak_iops_allocation_policy": "used_space",
    "peak_iops_per_tb": 2000,
}
ALERT = {
    "name": "Full",
    "enabled": True,
    "event_severities": ["critical"],
    "resources": [{"type": "volume", "include_all": True}],
    "send_snmp_trap": False,
}
CLUSTER = {"address": "10.0.0.77", "cluster_port": 443, "cluster_username": "admin", "cluster_password": "x"}
TASKS = {
    "alert": ALERT,
    "backup_settings": {"frequency": "daily", "hour": 3, "minute": 10, "retention_count": 7},
    "datasource": {**CLUSTER, "update_password": "on_create", "wait": False},  # a cluster is discovered later
    "file_share": {"name": "fs9", "svm": "svm1", "size": "1GiB", "performance_service_level": "Value"},
    "igroup": {"name": "ig9", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"},
    "lun": {**LUN, "lun_maps": [{"igroup": "ig_linux01", "logical_unit_number": 7}]},
    "performance_service_level": LEVEL,
    "storage_efficiency_policy": {"name": "Ours", "space_thin_provisioned": False, "description": ""},
    "svm": {"name": "svm9", "cluster": "cluster1", "aggregates": ["aggr1"], "nfs": True, "iscsi": False},
    "user": {
        "name": "kim",
        "authentication_type": "ldap_group",
        "role": "operator",
        "group": True,
        "email": "",
    },
}


def in_text(value):
    """All numbers and booleans as texts, and empty texts for null."""
    if isinstance(value, dict):
        return {name: in_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [in_text(part) for part in value]
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, (bool, int, float)) else value


def without_empty(value):
    """As a server that leaves out what is empty."""
    if isinstance(value, dict):
        return {name: without_empty(part) for name, part in value.items() if part not in (None, "")}
    return [without_empty(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("change", [in_text, without_empty])
@pytest.mark.parametrize("module", TASKS)
def test_a_second_run_changes_nothing_however_records_are_written(module, change):
    server = LocalServer()
    first = server.run(module, TASKS[module])
    assert first["outcome"] in ("changed", "submitted"), first.get("msg")
    server.let_pass(600)

    def spoil(sent):
        if sent.method != "GET" or "/jobs" in sent.path:
            return None
        status, text = server.true_answer
        return (status, json.dumps(change(json.loads(text)))) if status == 200 else None

    server.spoil = spoil
    second = server.run(module, copy.deepcopy(TASKS[module]))
    assert (second["outcome"], second["changed"]) == ("unchanged", False), second.get("msg")


def test_a_policy_that_is_assigned_to_no_workload_in_text_can_be_changed():
    server = LocalServer()
    server.run("performance_service_level", LEVEL)
    server.spoil = lambda sent: (
        (200, server.true_answer[1].replace('"workload_count": 0', '"workload_count": "0"'))
        if sent.method == "GET" and "levels" in sent.path
        else None
    )
    assert server.run("performance_service_level", {**LEVEL, "description": "d"})["outcome"] == "changed"


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_what_stands_for_nothing_stays(name):
    for value in ("e0a", "", None, {}, []):
        assert typed({"x": {name: value}}) == {"x": {name: value}}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_field_of_another_shape_is_as_good_as_absent(name):
    due = SHAPES[name]
    for value in ("x", 5, True, {"a": {"b": 1}}, ["x", {"a": 1}, 5, None]):
        shaped = typed({"x": {name: value}})["x"]
        if isinstance(value, due):
            assert isinstance(shaped[name], due)
            assert len({type(entry) for entry in shaped[name]}) == 1
        else:
            assert shaped == {}
    assert typed({name: None}) == {name: None}


def test_links_lead_to_the_next_page_and_are_no_part_of_a_record():
    page = {
        "_links": {"next": 1},
        "records": [{"_links": {}, "svm": {"_links": {}, "name": "s"}}],
        "total_records": "1",
    }
    assert typed(page) == {"_links": {"next": 1}, "records": [{"svm": {"name": "s"}}], "total_records": 1}
    assert typed({"key": "k", "_links": {}}) == {"key": "k"}


def test_a_deep_record_ends_no_run():
    body = node = {}
    for _level in range(5000):
        node["a"] = node = {}
    typed(body)


@pytest.mark.parametrize(
    ("module", "options", "release", "needed"),
    [
        ("alert", ALERT, "9.9", "9.10"),
        ("alert_info", {}, "9.9", "9.10"),
        ("alert_script", {"name": "a.sh", "content": "x"}, "9.8", "9.10"),
        ("alert_script_info", {}, "9.9P2", "9.10"),
        ("event", {"keys": ["dddddddd-2222-3333-4444-555555555555"], "state": "resolved"}, "9.9", "9.10"),
        ("datacenter_info", {"subsets": ["licenses"]}, "9.8", "9.9"),
        ("datacenter_info", {"subsets": ["ip_interfaces"]}, "9.9", "9.10"),
        ("metrics_info", {"kind": "cluster"}, "9.8", "9.9"),
        ("metrics_info", {"kind": "cluster", "name": "cluster1"}, "9.8", "9.9"),
        ("metrics_info", {"kind": "ip_interface"}, "9.9", "9.10"),
    ],
)
def test_a_server_that_is_too_old_says_so(module, options, release, needed):
    server = LocalServer()
    server.state.switches.set("release", release)
    result = server.run(module, options)
    assert result["failed"]
    assert f"needs UM {needed} or newer; this is {release}" in result["msg"]
    assert [sent.path.partition("?")[0] for sent in server.sent].count("/api/v2/management-server/system") <= 1


def test_an_object_that_is_missing_on_a_new_server_is_just_missing():
    server = LocalServer()
    result = server.run("event", {"keys": ["dddddddd-2222-3333-4444-555555555555"], "state": "resolved"})
    assert "needs UM" not in result["msg"]


def test_a_mark_before_utf_8_is_no_part_of_an_answer():
    """Some proxies and servers write one (a byte order mark) before every body, refusals among them."""
    server = LocalServer()
    server.spoil = lambda sent: (sent.status, "\ufeff" + server.true_answer[1])
    result = server.run("lun", LUN)
    assert (result["outcome"], result["jobs"][0]["outcome"]) == ("changed", "success")
    refused = server.run("lun", {**LUN, "name": "x", "operational_state": "online", "size": "7PiB"})
    assert "\ufeff" not in str(refused)
