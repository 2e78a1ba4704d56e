# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of states (docs/facts/job-contract.md, 1), row by row, and the reading of Job records."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import Children, Failure, parse, verdict

END = "2026-01-01T10:00:04.000Z"


def test_a_record_without_a_key_has_an_empty_one():
    assert [parse(record).key for record in ({}, {"key": None}, {"key": ["k"]}, {"key": "k:1"})] == ["", "", "", "k:1"]


@pytest.mark.parametrize(
    ("state", "status", "complete_time", "outcome"),
    [
        # completed, by status
        ("completed", "normal", END, "success"),
        ("completed", "warning", END, "warning"),
        ("completed", "partial_failures", END, "partial"),
        ("completed", "error", END, "failed"),
        ("COMPLETED", "NORMAL", END, "success"),
        ("completed", "normal", None, "success"),
        (" Completed ", "Normal", None, "success"),
        # an unknown word with complete_time, by status
        ("finished", "normal", END, "success"),
        ("finished", "warning", END, "warning"),
        ("finished", "partial_failures", END, "partial"),
        ("finished", "error", END, "failed"),
        (None, "error", END, "failed"),
        # ended, status missing or unknown
        ("completed", None, END, "unknown"),
        ("completed", "", None, "unknown"),
        ("completed", "splendid", END, "unknown"),
        ("finished", None, END, "unknown"),
        ("completed", 7, END, "unknown"),
        # stopped, whatever the status
        ("aborted", "normal", END, "failed"),
        ("aborted", None, None, "failed"),
        ("cancelled", "normal", None, "failed"),
        ("canceled", "warning", None, "failed"),
        ("FAILED", "normal", None, "failed"),
        # the guide's dialect: status absent or equal
        ("NORMAL", None, None, "success"),
        ("NORMAL", "NORMAL", None, "success"),
        ("ERROR", None, None, "failed"),
        ("error", "error", END, "failed"),
        ("PARTIAL_FAILURES", None, None, "partial"),
        ("partial_failures", "partial_failures", None, "partial"),
        # warning is a state, and not a terminal one
        ("WARNING", None, None, "submitted"),
        ("warning", "warning", None, "submitted"),
        ("warning", "normal", None, "submitted"),
        ("WARNING", None, END, "warning"),
        # the guide's word beside another status: not that dialect
        ("normal", "error", None, "submitted"),
        ("normal", "error", END, "failed"),
        # still running: status normal does not end a job
        ("running", "normal", None, "submitted"),
        ("running", "error", None, "submitted"),
        ("queued", None, None, "submitted"),
        ("waiting", "normal", None, "submitted"),
        ("aborting", "error", None, "submitted"),
        ("running", "normal", END, "submitted"),
        ("hibernating", "normal", None, "submitted"),
        ("", "", None, "submitted"),
        (None, None, None, "submitted"),
        (["completed"], {"a": 1}, None, "submitted"),
    ],
)
def test_state_and_status(state, status, complete_time, outcome):
    assert verdict(state, status, complete_time) == outcome


@pytest.mark.parametrize(
    ("own", "children", "outcome"),
    [
        (("completed", "normal"), Children(2, 1, 1, 0, 0), "submitted"),
        (("completed", "error"), Children(2, 1, 0, 1, 0), "submitted"),
        (("NORMAL", None), Children(1, 1, 0, 0, 0), "submitted"),
        (("completed", "normal"), Children(2, 0, 2, 0, 0), "success"),
        (("completed", "normal"), Children(2, 0, 1, 1, 0), "partial"),
        (("completed", "warning"), Children(2, 0, 1, 0, 1), "partial"),
        (("completed", "normal"), Children(2, 0, 0, 1, 1), "failed"),
        (("completed", "partial_failures"), Children(2, 0, 0, 2, 0), "partial"),
        (("completed", "error"), Children(2, 0, 2, 0, 0), "failed"),
    ],
)
def test_children_count(own, children, outcome):
    assert verdict(*own, END, children) == outcome


def test_a_full_record():
    read = parse(
        {
            "key": "a:b:c:-1",
            "name": "Create LUN",
            "type": "provision_lun_create",
            "state": "completed",
            "status": "partial_failures",
            "parent_job_key": "p",
            "submit_time": "2026-01-01T10:00:00.000Z",
            "complete_time": END,
            "spawned_job_summary": {"total_jobs": 3, "successful_jobs": 3, "failed_jobs": None, "running_jobs": "0"},
            "job_results": [
                {"name": "lunKey", "value": "K"},
                {"name": "x", "value": None},
                {"name": "count", "value": 7},
                "junk",
            ],
            "task_reports": [
                {"name": "create_lun", "description": "Create LUN l1", "state": "completed", "status": "normal"},
                {
                    "name": "check",
                    "description": "Check it",
                    "state": "completed",
                    "status": "warning",
                    "failure_reason": "hm",
                },
                {
                    "name": "map",
                    "description": "Map it",
                    "state": "completed",
                    "status": "error",
                    "failure_reason": "no LIF",
                },
                {"name": "later", "state": "completed", "status": "skipped"},
                None,
            ],
        }
    )
    assert (read.outcome, read.finished, read.succeeded) == ("partial", True, False)
    assert (read.tasks_total, read.tasks_completed) == (4, 2)
    assert read.failures == (Failure("map", "Map it", "no LIF"),)
    assert read.remarks == ("Check it: hm",)
    assert read.descriptions == ("Create LUN l1", "Check it", "Map it")
    assert read.children == Children(3, 0, 3, 0, 0)
    assert read.result("LUNKEY") == "K"
    assert read.result("volumeKey") is None
    assert read.results == {"lunKey": "K", "count": "7"}
    assert read.parent == "p"


def test_the_emptiest_failure_has_a_reason():
    read = parse({"state": "completed", "status": "error", "task_reports": [{"status": "error"}]})
    assert read.failures == (Failure(None, None, "no reason given"),)


@pytest.mark.parametrize("junk", [None, 3, "text", [], {}, [1], {"a": []}, True])
def test_wrong_types_count_as_absent(junk):
    fields = (
        "key",
        "name",
        "type",
        "state",
        "status",
        "task_reports",
        "job_results",
        "spawned_job_summary",
        "complete_time",
    )
    read = parse(dict.fromkeys(fields, junk))
    assert read.outcome in ("submitted", "unknown")
    assert read.failures == ()
    assert read.children == Children()


@pytest.mark.parametrize(
    ("running", "count"), [(2, 2), ("2", 2), (2.0, 2), ("0", 0), (-1, 0), (True, 0), ("two", 0), (None, 0)]
)
def test_counts_may_arrive_as_text(running, count):
    read = parse({"state": "completed", "status": "normal", "spawned_job_summary": {"running_jobs": running}})
    assert read.children.running == count
    assert read.finished == (count == 0)


def test_a_text_that_cannot_be_encoded_is_mended():
    read = parse({"key": "k", "name": "LUN \ud800", "job_results": [{"name": "lunKey", "value": "\udfff"}]})
    assert (read.name, read.results) == ("LUN \ufffd", {"lunKey": "\ufffd"})


def nested(depth):
    value = []
    for _level in range(depth):
        value = [value]
    return value


def test_values_of_another_shape_are_no_results():
    results = [{"name": "a", "value": nested(5000)}, {"name": "b", "value": {"c": 1}}, {"name": "d", "value": True}]
    assert parse({"job_results": results}).results == {"d": "True"}


def task(state="completed", status="normal", **fields):
    return {"state": state, "status": status, **fields}


ONE_FAILED = {"total_jobs": 2, "successful_jobs": 1, "failed_jobs": 1}


@pytest.mark.parametrize(
    ("record", "settles_as"),
    [
        ({"task_reports": [task()]}, "warning"),
        ({"task_reports": [task(), task(status="warning"), task(status="skipped")]}, "warning"),
        ({"task_reports": [task(), task(state="finished", complete_time=END)]}, "warning"),
        ({"task_reports": [task()], "status": "normal"}, "warning"),
        ({"task_reports": [task()], "spawned_job_summary": ONE_FAILED}, "partial"),
        # what failed is not green
        ({"task_reports": [task(), task(status="error")]}, "partial"),
        ({"task_reports": [task(status="error")]}, "failed"),
        ({"task_reports": [task()], "status": "error"}, "failed"),
        ({"task_reports": [task()], "status": "partial_failures"}, "partial"),
        # something runs, or may run
        ({"task_reports": [task(), task(state="running")]}, None),
        ({"task_reports": [task(), task(state="running", complete_time=END)]}, None),
        ({"task_reports": [task(), task(state="hibernating")]}, None),
        ({"task_reports": [task()], "spawned_job_summary": {"total_jobs": 1, "running_jobs": "1"}}, None),
        ({"task_reports": []}, None),
        ({}, None),
        # not the guide's warning, or ended anyway
        ({"task_reports": [task()], "state": "running", "status": "warning"}, None),
        ({"task_reports": [task()], "complete_time": END}, None),
    ],
)
def test_what_the_guides_warning_settles_as(record, settles_as):
    assert parse({"key": "k", "state": "WARNING", **record}).settles_as == settles_as
