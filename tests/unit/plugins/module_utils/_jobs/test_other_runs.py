# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before something is made: is somebody else making it?"""

from __future__ import annotations

import os

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import lock, other_runs
from tests.local import LocalServer

from ..fakes import Clock

NOW = 1767261600.0  # 2026-01-01T10:00:00Z
DESIRED = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}


class Jobs:
    """A server that lists these jobs."""

    server = f"um of process {os.getpid()}"  # tests of other processes take turns of their own

    def __init__(self, *jobs):
        self.clock = Clock()
        self.deadline = self.clock.deadline(600)
        self.transport = self
        self.jobs = jobs
        self.looks = 0

    def server_time(self):
        return NOW

    def records(self, collection, query=None, limit=None):
        self.looks += 1
        if isinstance(self.jobs[0], Exception):
            raise self.jobs[0]
        return iter(self.jobs)


def sought(mention="db01", lag=60.0):
    return other_runs.Sought(mention, "LUN", "lunKey", lag, NOW)


def job(submit_time, text="Create LUN db01", key="theirs", state="running", **fields):
    tasks = [{"description": text}]
    return {"key": key, "submit_time": submit_time, "state": state, "status": "normal", "task_reports": tasks, **fields}


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (job("2026-01-01T09:30:00Z"), True),
        (job("2026-01-01T08:30:00Z"), False),
        (job("2026-01-01T09:30:00Z", state="completed"), False),
        (job("2026-01-01T10:00:00Z", state="completed"), True),
        (job("2026-01-01T10:00:00Z", "Create LUN db012"), False),
        (job("2026-01-01T10:00:00Z", key="ours"), False),
        (job("2026-01-01T10:00:00Z", parent_job_key="p"), False),
        (Refused("no", 403), False),
    ],
)
def test_whose_job_counts(one, found):
    others = other_runs.OtherRuns(Jobs(one))
    others.known.add("ours")
    assert bool(others.find(sought())) is found


def ended(minute, name="Create LUN", text="Create LUN db01", status="normal", **fields):
    at = f"2026-01-01T09:{minute}:00Z"
    results = [{"name": "lunKey", "value": "k"}] if "Create" in name else []
    told = {"name": name, "status": status, "complete_time": at, "job_results": results, **fields}
    return job(at, text, f"at {minute}", "completed", **told)


@pytest.mark.parametrize(
    ("jobs", "lag", "found"),
    [
        ([ended(58)], 300, "at 58"),
        ([ended(50)], 300, None),
        ([ended(58)], 0, None),
        ([ended(58)], 121, "at 58"),
        ([ended(58)], 120, None),
        ([ended(58), {**ended(59), "submit_time": "soon"}], 300, "at 58"),
        ([ended(58, status="warning")], 300, "at 58"),
        ([ended(58, status="partial_failures")], 300, "at 58"),
        ([ended(58, status="error")], 300, None),
        ([ended(57), ended(58)], 300, "at 58"),
        ([ended(57), ended(58, "Delete LUN", "Delete LUN /vol/v/db01")], 300, None),
        ([ended(57), ended(58, "Delete LUN", "Delete LUN /vol/v/db02")], 300, "at 57"),
        ([ended(57), ended(58, "Delete LUN", "Delete LUN")], 300, None),
        ([ended(57), ended(58, "Delete SVM", "Delete SVM")], 300, "at 57"),
        ([ended(57), ended(58, "code_1", "Delete LUN")], 300, None),
        ([ended(57), ended(58, "code_1", "Delete LUN db01")], 300, None),
        ([ended(57), ended(58, "code_1", "Delete LUN db02")], 300, "at 57"),
        ([ended(57), ended(58, "code_1", "Delete SVM")], 300, "at 57"),
        ([ended(57), ended(58, "code_1", "Resize LUN")], 300, "at 57"),
        ([ended(57), ended(58, "Modify LUN", "Change size of LUN db01")], 300, None),
        ([ended(58, "Delete LUN", "Delete LUN db01", job_results=[{"name": "lunKey", "value": "k"}])], 300, None),
    ],
)
def test_what_a_finished_job_has_made_may_not_be_shown_yet(jobs, lag, found):
    """Of the jobs that speak of the object, the newest decides, whatever order they are listed in."""
    for listed in (jobs, jobs[::-1]):
        job = other_runs.OtherRuns(Jobs(*listed)).find(sought(lag=lag))
        assert (job and job.key) == found


@pytest.mark.parametrize(
    "sought",
    [
        other_runs.Sought("", "LUN", "lunKey", 300.0, NOW),
        other_runs.Sought("db01", "LUN", "lunKey", 300.0, None),
        other_runs.Sought("db01", "LUN", None, 300.0, NOW),
    ],
)
@pytest.mark.parametrize("one", [ended(58), ended(58, "Delete LUN", "Delete LUN")])
def test_what_cannot_be_told_is_not_waited_for(sought, one):
    """Without a name, a time of the look-up, or a key in the results of its jobs."""
    assert other_runs.OtherRuns(Jobs(one)).find(sought) is None


def test_a_job_under_way_of_an_object_without_a_name_is_nobodys():
    server = Jobs(job("2026-01-01T10:00:00Z", "Delete LUN", name="Delete LUN"))
    assert other_runs.OtherRuns(server).find(sought("")) is None
    assert other_runs.OtherRuns(server).find(sought("db01")).key == "theirs"


DELETED = ended(58, "Delete LUN", "Delete LUN /vol/v/db01")


@pytest.mark.parametrize(
    ("jobs", "found"),
    [
        ([DELETED], "at 58"),
        ([ended(57), DELETED], "at 58"),
        ([DELETED, ended(59)], "at 58"),
        ([{**DELETED, "status": "error"}], None),
        ([{**DELETED, "state": "running", "complete_time": None}], None),
        ([{**DELETED, "key": "ours"}], None),
        ([{**DELETED, "parent_job_key": "p"}], None),
        ([ended(58, "Delete LUN", "Delete LUN /vol/v/db02")], None),
        ([ended(58)], None),
        ([Refused("no", 403)], None),
    ],
)
def test_whose_deletion_it_was(jobs, found):
    others = other_runs.OtherRuns(Jobs(*jobs))
    others.known.add("ours")
    job = others.deletion(sought())
    assert (job and job.key) == found


def test_a_deletion_is_sought_among_the_jobs_of_now():
    server = Jobs(ended(57))
    others = other_runs.OtherRuns(server)
    others.find(sought())
    server.jobs = (DELETED,)
    assert others.deletion(sought()).key == "at 58"


def test_many_creations_ask_once_a_second():
    server = Jobs(job("2026-01-01T08:00:00Z"))
    others = other_runs.OtherRuns(server)
    for _look in range(50):
        others.find(sought())
        server.clock.time += 0.1
    assert server.looks <= 5


def test_what_was_made_in_between_is_seen_at_once(monkeypatch, tmp_path):
    monkeypatch.setattr(lock, "places", lambda: [str(tmp_path)])
    server = Jobs(job("2026-01-01T08:00:00Z"))
    one, other = other_runs.OtherRuns(server), other_runs.OtherRuns(server)
    for _time in range(2):
        with one.kept_off(sought()):
            assert server.looks == 1
    with other.kept_off(sought("db02")):
        server.jobs = (job("2026-01-01T10:00:00Z", "Create LUN db02"),)
    with pytest.raises(other_runs.Overtaken), one.kept_off(sought("db02")):
        pass


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(lock, "places", lambda: [str(tmp_path)])
    others = other_runs.OtherRuns(Jobs(job("2026-01-01T08:00:00Z")))
    others.close()
    with others.kept_off(sought()):
        assert list(tmp_path.rglob("*.lock"))
    others.close()
    assert not list(tmp_path.rglob("*.lock"))


@pytest.fixture
def server():
    return LocalServer()


def test_what_another_run_is_making_is_waited_for(server):
    """The first run ran into its time limit, or was interrupted: its job goes on."""
    server.state.switches.set("job_seconds", 1.5)
    first = server.run("lun", {**DESIRED, "wait": False})
    refused = server.run("lun", {**DESIRED, "wait": False})
    assert (refused["outcome"], refused["changed"], refused["jobs"]) == ("failed", False, [])
    assert first["jobs"][0]["key"] in refused["msg"]
    server.sent.clear()
    second = server.run("lun", DESIRED)
    assert (second["outcome"], second["changed"], server.writes) == ("unchanged", False, [])
    assert first["jobs"][0]["key"] in second["warnings"][0]


def test_what_another_run_failed_to_make_is_made(server):
    server.state.switches.set("job_seconds", 1.5)
    server.state.world.outcomes.add({"status": "error", "failures": [{"task": 0, "reason": "No."}]})
    server.run("lun", {**DESIRED, "wait": False})
    second = server.run("lun", DESIRED)
    assert (second["outcome"], len(second["jobs"])) == ("changed", 1)


def test_what_another_run_does_not_finish_is_a_timeout(server):
    server.state.switches.set("job_seconds", 60)
    first = server.run("lun", {**DESIRED, "wait": False})
    server.sent.clear()
    second = server.run("lun", {**DESIRED, "wait_timeout": 5})
    assert (second["outcome"], second["changed"], server.writes) == ("timeout", False, [])
    assert first["jobs"][0]["key"] in second["msg"]
