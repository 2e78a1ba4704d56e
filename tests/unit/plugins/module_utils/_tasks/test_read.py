# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading by key: what is asked beside it is refused, not passed over."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.backup_settings import (
    BACKUP_SETTINGS_READ,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.system import SYSTEM
from tests.local import LocalServer

SVM = "70567416-8e4c-56d2-b19e-e65ec518ff72:type=vserver,uuid=01fe85f9-2d9f-585e-9946-a789fc88ec7b"
JOB = "06a6148bf9e862df:-2611856e:16e8d47e722:-7f87"


@pytest.mark.parametrize(
    ("module", "options", "beside"),
    [
        ("svm_info", {"name": SVM}, {"filters": {"state": "stopped"}}),
        ("svm_info", {"name": SVM}, {"limit": 1}),
        ("job_info", {"keys": [JOB]}, {"state": "running"}),
        ("event_info", {"keys": ["1"]}, {"order_by": "timestamp"}),
        ("user_info", {"name": "admin"}, {"filters": {"role": "operator"}}),
        (
            "aggregate_capability_info",
            {"name": SVM.replace("vserver", "aggregate")},
            {"performance_service_level": "Value"},
        ),
    ],
)
def test_a_key_stands_alone(module, options, beside):
    server = LocalServer()
    (option,) = beside
    refused = server.run(module, {**options, **beside})
    assert (refused.get("failed"), refused["outcome"], server.sent) == (True, "failed", [])
    assert refused["msg"].startswith(f"{option}: ")
    for nothing in ({}, {option: None}, *([{option: {}}] if option == "filters" else [])):
        assert not server.run(module, {**options, **nothing}).get("failed")


def test_details_of_a_key_may_be_asked_for():
    assert not LocalServer().run("lun_info", {"name": SVM.replace("vserver", "lun"), "details": True}).get("failed")


EVENTS = "/management-server/events"
OPEN = {"current_state": "new|acknowledged"}


@pytest.mark.parametrize(
    ("options", "expected", "requests"),
    [
        ({}, {"normal": 0, "information": 1, "warning": 2, "error": 2, "critical": 2}, 6),
        ({"filters": OPEN, "limit": 1}, {"normal": 0, "information": 1, "warning": 2, "error": 2, "critical": 0}, 6),
        ({"current_state": ["resolved"], "severity": ["critical", "error"]}, {"critical": 1, "error": 0}, 3),
        ({"history": {"state": "acknowledged"}, "severity": ["warning"], "limit": 1}, {"warning": 1}, 2),
        ({"name": "Node Reboot", "severity": ["information"]}, {"information": 1}, 2),
        ({"name": "node reboot", "severity": ["information"]}, {"information": 0}, 2),
    ],
)
def test_events_are_counted_by_severity(options, expected, requests):
    server = LocalServer()
    result = server.run("event_info", {**options, "summary": True})
    assert (result["summary"], len(server.sent)) == (expected, requests)
    assert len(result["events"]) == options.get("limit", sum(expected.values()))


def test_a_count_takes_one_event_from_the_server_where_it_counts_itself():
    server = LocalServer()
    server.run("event_info", {"filters": OPEN, "limit": 1, "summary": True})
    assert {dict(sent.query)["max_records"] for sent in server.sent} == {"1"}


def test_events_are_counted_one_by_one_where_the_server_does_not_count():
    server = LocalServer()

    def uncounted(sent):
        return 200, server.true_answer[1].replace("total_records", "total_of_them")

    server.spoil = uncounted
    result = server.run("event_info", {"filters": OPEN, "summary": True})
    assert result["summary"] == {"normal": 0, "information": 1, "warning": 2, "error": 2, "critical": 0}


@pytest.mark.parametrize("options", [{"keys": ["1"]}, {"filters": {"severity": "error"}}])
def test_a_count_that_makes_no_sense_is_refused(options):
    server = LocalServer()
    refused = server.run("event_info", {**options, "summary": True})
    assert (refused["failed"], server.sent) == (True, [])
    assert "summary" in refused["msg"]


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"limit": 3}, "3"),
        ({"limit": 3, "summary": True}, "3"),
        ({"limit": 3, "filters": {"name": "*a*"}}, "3"),
        ({"limit": 3, "name": "lun_ora01"}, "1000"),
        ({}, "1000"),
    ],
)
def test_a_limit_is_the_size_of_the_page_where_nothing_is_compared_here(options, size):
    server = LocalServer()
    server.run("workload_info", options)
    assert dict(server.sent[0].query)["max_records"] == size


@pytest.mark.parametrize(
    ("module", "single"), [("system_info", SYSTEM), ("backup_settings_info", BACKUP_SETTINGS_READ)]
)
def test_the_one_thing_of_its_kind_costs_one_get(module, single):
    server = LocalServer()
    result = server.run(module, {})
    (request,) = server.sent
    assert (request.method, request.path.endswith(single.path)) == ("GET", True)
    assert (result["changed"], bool(result[single.noun])) == (False, True)


def test_what_the_server_lists_is_meant_where_nothing_is_compared_here():
    assert LocalServer().run("performance_guarantee_levels_info", {}).get("failed") is None
    assert len(LocalServer().run("user_info", {})["users"]) > 1


def test_jobs_that_could_not_be_read_are_not_told_to_have_ended():
    server = LocalServer()
    whole = set(server.run("job_info", {"keys": [JOB]}))
    server.instead = lambda method, path: (403, "{}")
    refused = server.run("job_info", {"keys": [JOB]})
    assert (refused["failed"], whole - set(refused)) == (True, set())
