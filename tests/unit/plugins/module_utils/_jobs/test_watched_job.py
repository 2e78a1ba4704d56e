# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job that is waited for has come to, and how a result tells it."""

from __future__ import annotations

import json

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Garbled, Lost
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Source, Watch

from ..fakes import Setting, job, refused

END = "2026-01-01T10:00:04.000Z"
DONE = [{"state": "completed", "status": "normal"}, {"state": "completed", "status": "warning", "name": "check"}]


def guide(state="WARNING", tasks=(), **fields):
    return {"key": "k:1", "state": state, "task_reports": list(tasks), **fields}


def test_a_warning_of_the_guide_whose_tasks_are_done_counts_after_thirty_seconds():
    setting = Setting(guide(tasks=DONE))
    watch = setting.wait()
    assert watch.outcome == "warning"
    assert 30.25 <= watch.elapsed <= 34.0
    assert watch.remarks == ["check"]
    described = watch.describe()
    assert (described["finished"], described["succeeded"]) == (True, True)


def test_the_thirty_seconds_begin_anew_when_something_runs():
    child = {"total_jobs": 1, "running_jobs": 1}
    script = [
        lambda query: guide(
            tasks=DONE, spawned_job_summary=child if 20 <= setting.elapsed() < 25 else {"total_jobs": 1}
        )
    ]
    setting = Setting(*script)
    watch = setting.wait()
    assert watch.outcome == "warning"
    assert 55.0 <= watch.elapsed <= 60.0


def test_a_warning_of_the_guide_that_goes_on_is_waited_for():
    running = [*DONE, {"state": "running", "status": "normal"}]
    setting = Setting(lambda query: guide("NORMAL") if setting.elapsed() >= 90 else guide(tasks=running))
    watch = setting.wait()
    assert (watch.outcome, watch.elapsed >= 90) == ("success", True)


def test_failed_children_of_a_warning_of_the_guide_are_not_green():
    setting = Setting(
        guide(tasks=DONE, spawned_job_summary={"total_jobs": 2, "successful_jobs": 1, "failed_jobs": "1"})
    )
    assert setting.wait().outcome == "partial"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ([refused(401)], "job k:1: the server refused the login for 5 s. HTTP 401"),
        ([Lost("reset")], "job k:1: Unified Manager was unreachable for 5 s. reset"),
        ([refused(500)], "job k:1: Unified Manager was unreachable for 5 s. HTTP 500"),
        ([Garbled("HTML", 200)], "job k:1: Unified Manager was unreachable for 5 s. HTML"),
        ([refused(404)], "job k:1: it does not exist 5 s after the wait began, so its outcome is unknown."),
        ([job()], "job k:1 (Create LUN): it has not ended after 5 s (Create LUN, running)."),
    ],
)
def test_the_deadline_says_what_kept_the_end_from_being_seen(script, sentence):
    setting = Setting(*script, seconds=5.25)
    assert setting.wait().sentence() == sentence


@pytest.mark.parametrize(
    ("script", "may"),
    [
        ([job("completed", None)], False),  # ended, and how is not known: waiting tells no more
        ([job("completed", "normal")], False),
        ([job("completed", "error")], False),
        ([job(), refused(404)], False),
        ([job(), refused(403)], True),
        ([job()], True),
        ([Lost("reset")], True),
    ],
)
def test_whether_waiting_again_can_help(script, may):
    assert Setting(*script, seconds=5).wait().may_still_run == may


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        (None, "To go on waiting, run aiqum.unified_manager.job_wait with keys: ['k:1'], then this task again."),
        (
            Source("/c", parse, place="cluster: 'c'"),
            (
                "To go on waiting, run aiqum.unified_manager.job_wait with cluster: 'c' and keys: ['k:1'],"
                " then this task again."
            ),
        ),
        (Source("/d", parse), "To go on waiting, run this task again."),
    ],
)
def test_how_to_go_on_waiting(source, advice):
    watch = Watch("k:1", 0.0, source=source)
    watch.expire(600.0)
    assert watch.advice() == [advice]


def test_what_ended_needs_no_advice_but_a_check():
    watch = Watch("k:1", 0.0)
    watch.saw(parse(job("completed", None)), 1.0)
    assert watch.advice() == ["Check what it did, then run this task again."]
    watch.vanished = True
    assert watch.advice() == []


def test_the_emptiest_entry_of_a_result():
    assert Watch("k:1", 0.0).describe() == {
        "key": "k:1",
        "outcome": "submitted",
        "finished": False,
        "succeeded": None,
        "elapsed": 0.0,
        "polling": "standard",
        "polls": 0,
        "poll_errors": 0,
    }


def test_the_fullest_entry_of_a_result():
    watch = Watch("k:1", 10.0)
    watch.polls = 3
    watch.saw(
        parse(
            job(
                "completed",
                "partial_failures",
                type="provision_lun_create",
                submit_time="2026-01-01T10:00:00.000Z",
                complete_time=END,
                job_results=[{"name": "lunKey", "value": "K"}],
                task_reports=[
                    {"name": "create", "state": "completed", "status": "normal"},
                    {"name": "map", "description": "Map it", "status": "error", "failure_reason": "no LIF"},
                ],
                spawned_job_summary={"total_jobs": 1, "successful_jobs": 1},
            )
        ),
        14.26,
    )
    assert watch.describe() == {
        "key": "k:1",
        "outcome": "partial",
        "finished": True,
        "succeeded": False,
        "name": "Create LUN",
        "type": "provision_lun_create",
        "state": "completed",
        "status": "partial_failures",
        "submit_time": "2026-01-01T10:00:00.000Z",
        "complete_time": END,
        "results": {"lunKey": "K"},
        "tasks": {"total": 2, "completed": 1, "failed": 1},
        "children": {"total": 1, "running": 0, "successful": 1, "failed": 0, "aborted": 0},
        "failures": [{"task": "map", "description": "Map it", "reason": "no LIF"}],
        "elapsed": 4.3,
        "polling": "standard",
        "polls": 3,
        "poll_errors": 0,
    }


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (job("completed"), "job k:1 (Create LUN) succeeded."),
        (job("completed", "warning"), "job k:1 (Create LUN) succeeded with warnings."),
        (
            job("completed", "splendid"),
            "job k:1 (Create LUN) ended, but its outcome is unknown: state 'completed', status 'splendid'.",
        ),
        (
            job("completed", "error"),
            "job k:1 (Create LUN) failed: state 'completed', status 'error', no reason given.",
        ),
        (
            job("completed", spawned_job_summary={"total_jobs": 3, "failed_jobs": 1, "aborted_jobs": 1}),
            "job k:1 (Create LUN) failed: 2 of its 3 spawned jobs failed.",
        ),
        (
            job("completed", "error", task_reports=[{"name": "a", "status": "error", "failure_reason": "full."}] * 3),
            "job k:1 (Create LUN) failed: a: full (+2 more).",
        ),
    ],
)
def test_sentences(record, sentence):
    watch = Watch("k:1", 0.0)
    watch.saw(parse(record), 1.0)
    assert watch.sentence() == sentence


def test_a_lone_surrogate_in_a_name_can_be_handed_over():
    setting = Setting(json.loads('{"key": "k:1", "name": "LUN \\ud83d", "state": "completed", "status": "normal"}'))
    watch = setting.wait()
    assert json.dumps(watch.describe(), ensure_ascii=False).encode()
    assert watch.sentence() == "job k:1 (LUN \ufffd) succeeded."
