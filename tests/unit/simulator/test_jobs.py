# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state machine of jobs, with a clock that stands still (docs/facts/server.md, 4)."""

from __future__ import annotations

import re

import pytest

from tests.simulator.jobs import Task, TaskFailure
from tests.simulator.query import values_at
from tests.simulator.resources.jobs import holds

from .um import JOB_SECONDS, UM

STATES = ("state", "status")


def submit(um, *works, **outcome):
    """A job with one task for each of the works; returns a function that looks at it."""
    if outcome:
        um.world.outcomes.add(outcome)
    tasks = [Task(f"task{index}", f"Task {index}", work) for index, work in enumerate(works)]
    job = um.world.jobs.submit("Do it", "do_it", tasks, "POST", "/things")
    return lambda: um.ask("GET", f"/management-server/jobs/{job.key}")[1]


def at(job, *fields):
    return tuple(next(values_at(job, field)) for field in fields)


def tasks_of(job):
    return [(task["state"], task["status"], task["failure_reason"]) for task in job["task_reports"]]


def fail(reason, status="error"):
    def work(job):
        raise TaskFailure(reason, status)

    return work


def test_tasks_run_one_after_the_other_and_work_when_they_end():
    um, done = UM(), []
    look = submit(um, lambda job: done.append("first"), lambda job: done.append("second"))
    seen = []
    for seconds in [JOB_SECONDS / 4] * 4:
        seen.append((at(look(), *STATES), [task["state"] for task in look()["task_reports"]], list(done)))
        um.pass_time(seconds)
    seen.append((at(look(), *STATES), [task["state"] for task in look()["task_reports"]], list(done)))
    running, ended = ("running", "normal"), ("completed", "normal")
    assert seen == [
        (running, ["running", "queued"], []),
        (running, ["running", "queued"], []),
        (running, ["completed", "running"], ["first"]),
        (running, ["completed", "running"], ["first"]),
        (ended, ["completed", "completed"], ["first", "second"]),
    ]


def test_times_are_those_of_the_events_however_late_one_looks():
    um = UM()
    look = submit(um, None, None)
    um.pass_time(1000)
    job = look()
    assert at(job, "submit_time", "complete_time") == (
        "2026-01-01T00:00:00.000+00:00",
        "2026-01-01T00:00:04.000+00:00",
    )
    assert [at(task, "start_time", "complete_time") for task in job["task_reports"]] == [
        ("2026-01-01T00:00:00.000+00:00", "2026-01-01T00:00:02.000+00:00"),
        ("2026-01-01T00:00:02.000+00:00", "2026-01-01T00:00:04.000+00:00"),
    ]


def test_keys_have_the_vendors_form_and_tasks_share_three_fields():
    job = submit(UM(), None)()
    assert re.fullmatch(r"[0-9a-f]{16}:-?[0-9a-f]{1,8}:[0-9a-f]{11}:-[0-9a-f]{1,4}", job["key"])
    assert job["task_reports"][0]["key"].rpartition(":")[0] == job["key"].rpartition(":")[0]


@pytest.mark.parametrize("status", ["error", "partial_failures"])
def test_a_failing_task_ends_the_job_and_skips_the_rest(status):
    um, done = UM(), []
    look = submit(um, lambda job: done.append(1), fail("It broke.", status), lambda job: done.append(3))
    um.pass_time(JOB_SECONDS)
    assert at(look(), *STATES) == ("completed", status)
    assert tasks_of(look()) == [
        ("completed", "normal", None),
        ("completed", "error", "It broke."),
        ("completed", "skipped", None),
    ]
    assert done == [1]


def test_a_warning():
    um = UM()
    look = submit(um, lambda job: "Mind the gap.", None)
    um.pass_time(JOB_SECONDS)
    assert at(look(), *STATES) == ("completed", "warning")
    assert tasks_of(look())[0] == ("completed", "warning", "Mind the gap.")


def test_results_show_at_the_end():
    um = UM()
    look = submit(um, lambda job: job.results.update(lunKey="k"), None)
    um.pass_time(JOB_SECONDS / 2)
    assert look()["job_results"] == []
    um.pass_time(JOB_SECONDS / 2)
    assert look()["job_results"] == [{"name": "lunKey", "value": "k"}]


@pytest.mark.parametrize("state", ["queued", "waiting"])
def test_a_job_may_wait_before_it_runs(state):
    um = UM(initial_job_state=state)
    look = submit(um, None)
    assert look()["state"] == state
    um.pass_time(JOB_SECONDS / 2)
    assert look()["state"] == "running"
    um.pass_time(JOB_SECONDS / 2)
    assert look()["state"] == "completed"


@pytest.mark.parametrize(
    ("works", "running", "ended"),
    [
        ([None, None], "RUNNING", "NORMAL"),
        ([lambda job: "Hm.", None], "WARNING", "WARNING"),
        ([None, fail("No.")], "RUNNING", "ERROR"),
        ([None, fail("No.", "partial_failures")], "RUNNING", "PARTIAL_FAILURES"),
    ],
)
def test_the_guides_dialect(works, running, ended):
    um = UM(job_dialect="guide")
    look = submit(um, *works)
    um.pass_time(JOB_SECONDS / 2)
    assert at(look(), *STATES) == (running, None)
    um.pass_time(JOB_SECONDS / 2)
    assert at(look(), *STATES) == (ended, None)
    assert "status" not in look()


@pytest.mark.parametrize(("setting", "shown"), [("absent", False), ("null", True)])
def test_complete_time_of_a_running_job(setting, shown):
    job = submit(UM(complete_time_while_running=setting), None)()
    assert ("complete_time" in job) is shown
    assert job.get("complete_time") is None


@pytest.mark.parametrize(
    ("outcome", "states", "tasks", "done"),
    [
        ({"status": "error"}, ("completed", "error"), ["skipped", "skipped"], []),
        ({"state": "aborted"}, ("aborted", "normal"), ["skipped", "skipped"], []),
        ({"status": "error", "work": "all"}, ("completed", "error"), ["normal", "normal"], [0, 1]),
        ({"status": "partial_failures"}, ("completed", "partial_failures"), ["normal", "normal"], [0, 1]),
        ({"failures": ["Full."]}, ("completed", "error"), ["normal", "error"], [0]),
        ({"failures": [{"task": 0, "reason": "Full."}]}, ("completed", "error"), ["error", "skipped"], []),
        (
            {"failures": [{"task": "task1", "reason": "No LIF."}], "status": "partial_failures"},
            ("completed", "partial_failures"),
            ["normal", "error"],
            [0],
        ),
        ({"warnings": ["Slow."]}, ("completed", "warning"), ["normal", "warning"], [0, 1]),
        ({"state": "pondered", "status": "odd"}, ("pondered", "odd"), ["normal", "normal"], [0, 1]),
        ({"type": "^other$", "status": "error"}, ("completed", "normal"), ["normal", "normal"], [0, 1]),
        ({"method": "PATCH", "status": "error"}, ("completed", "normal"), ["normal", "normal"], [0, 1]),
        ({"path": "/things", "status": "warning"}, ("completed", "warning"), ["normal", "normal"], [0, 1]),
    ],
)
def test_forced_outcomes(outcome, states, tasks, done):
    um, worked = UM(), []
    look = submit(um, lambda job: worked.append(0), lambda job: worked.append(1), **outcome)
    um.pass_time(JOB_SECONDS)
    assert at(look(), *STATES) == states
    assert [task["status"] for task in look()["task_reports"]] == tasks
    assert worked == done


def test_an_outcome_is_for_so_many_jobs():
    um = UM()
    first = submit(um, None, status="error", seconds=1)
    second = submit(um, None)
    um.pass_time(1)
    assert (first()["state"], second()["state"]) == ("completed", "running")
    um.pass_time(JOB_SECONDS)
    assert (first()["status"], second()["status"]) == ("error", "normal")


def test_words_and_fields_of_an_outcome():
    um = UM()
    look = submit(um, None, running_state="pondering", omit=["complete_time", "status"], results=[])
    assert at(look(), *STATES) == ("pondering", None)
    um.pass_time(JOB_SECONDS)
    assert look()["state"] == "completed"
    assert not {"complete_time", "status"} & set(look())


def test_a_job_can_be_unknown_at_first_and_lost_at_last():
    um = UM()
    look = submit(um, None, never_seen=1, lost=True)
    found = []
    for seconds in [JOB_SECONDS / 2] * 3:
        found.append("error" in look())
        um.pass_time(seconds)
    assert found == [True, False, True]


def test_jobs_are_forgotten():
    um = UM(job_retention=10)
    look = submit(um, None)
    um.pass_time(JOB_SECONDS + 9)
    assert look()["state"] == "completed"
    um.pass_time(1)
    assert "error" in look()


def test_losing_all_jobs_stops_their_work():
    um, done = UM(), []
    look = submit(um, lambda job: done.append(1))
    um.world.jobs.lose_all()
    um.pass_time(JOB_SECONDS)
    assert "error" in look()
    assert done == []


@pytest.mark.parametrize(("early", "states"), [(False, ("running", "completed")), (True, ("completed", "completed"))])
def test_spawned_jobs(early, states):
    um = UM(parent_ends_before_children=early)
    children = [
        {"name": "Good", "seconds": 8},
        {"name": "Bad", "seconds": 1, "failure_reason": "No."},
        {"name": "Gone", "seconds": 1, "state": "aborted"},
    ]
    look = submit(um, None, children=children)
    um.pass_time(JOB_SECONDS)
    first = look()
    um.pass_time(JOB_SECONDS)
    last = look()
    assert (first["state"], last["state"]) == states
    assert first["spawned_job_summary"] == {
        "total_jobs": 3,
        "running_jobs": 1,
        "completed_jobs": 2,
        "successful_jobs": 0,
        "failed_jobs": 1,
        "aborted_jobs": 1,
    }
    assert last["spawned_job_summary"]["successful_jobs"] == 1
    spawned = um.get(f"/management-server/jobs?parent_job_key={last['key']}")["records"]
    assert [(job["name"], job["status"]) for job in spawned] == [
        ("Gone", "normal"),
        ("Bad", "error"),
        ("Good", "normal"),
    ]
    assert spawned[1]["task_reports"][0]["failure_reason"] == "No."


def test_the_list_is_newest_first_and_has_twenty():
    um = UM()
    for seconds in [0.01] * 25:
        submit(um, None)
        um.pass_time(seconds)
    jobs = um.get("/management-server/jobs")
    times = [job["submit_time"] for job in jobs["records"]]
    assert times == sorted(times, reverse=True)
    assert (jobs["num_records"], jobs["total_records"]) == (20, 25)
    assert jobs["_links"]["next"]["href"] == "/api/management-server/jobs?offset=20&max_records=20"


@pytest.mark.parametrize(("works", "number"), [(True, 2), (False, 0)])
def test_several_keys_in_one_look(works, number):
    um = UM(job_filter_by_keys=works)
    keys = [submit(um, None)()["key"] for dummy in range(3)]
    assert um.get(f"/management-server/jobs?key={keys[0]}|{keys[2]}")["num_records"] == number
    assert um.get(f"/management-server/jobs?key={keys[1]}")["num_records"] == 1


def test_long_polling_can_be_refused():
    um = UM(polling_long="refused")
    key = submit(um, None)()["key"]
    assert um.refused("GET", f"/management-server/jobs/{key}?poll_timeout=5") == (400, "poll_timeout")


@pytest.mark.parametrize("mode", ["ignored", "held"])
def test_an_ended_job_is_not_held(mode):
    um = UM(polling_long=mode)
    key = submit(um, None)()["key"]
    um.pass_time(JOB_SECONDS)
    assert um.get(f"/management-server/jobs/{key}?poll_timeout=100")["state"] == "completed"


@pytest.mark.parametrize(
    ("mode", "parameters", "held"),
    [
        ("ignored", ["poll_timeout", "last_modified"], False),
        ("held", [], False),
        ("held", ["last_modified"], False),
        ("held", ["poll_timeout"], True),
        ("held_with_last_modified", ["poll_timeout"], False),
        ("held_with_last_modified", ["last_modified"], False),
        ("held_with_last_modified", ["poll_timeout", "last_modified"], True),
    ],
)
def test_what_is_held(mode, parameters, held):
    assert holds(mode, dict.fromkeys(parameters, "1")) == held


@pytest.mark.parametrize(
    "known", ["2025-12-31T23:00:00%2B00:00", "2025-12-31T23:00:00Z", "Wed, 31 Dec 2025 23:00:00 GMT"]
)
def test_a_job_that_changed_since_is_not_held(known):
    um = UM(polling_long="held_with_last_modified")
    key = submit(um, None)()["key"]
    job = um.get(f"/management-server/jobs/{key}?poll_timeout=100&last_modified={known.replace(' ', '+')}")
    assert job["state"] == "running"


def test_nothing_is_held_longer_than_the_server_holds():
    um = UM(polling_long="held", longest_hold=0)
    key = submit(um, None)()["key"]
    assert um.get(f"/management-server/jobs/{key}?poll_timeout=100")["state"] == "running"
