# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before something is made: is somebody else making it?"""

from __future__ import annotations

import os
import types

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import lock, other_runs
from tests.local import LocalServer

from ..fakes import Clock

NOW = 1767261600.0  # 2026-01-01T10:00:00Z
WISH = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}


class Jobs:
    """A server that lists these jobs."""

    def __init__(self, *jobs):
        self.clock = Clock()
        self.deadline = self.clock.deadline(600)
        self.transport = self
        self.jobs = jobs
        self.looks = 0

    connection = types.SimpleNamespace(url="https://um:443")

    def server_time(self):
        return NOW

    def records(self, collection, query=None, limit=None):
        self.looks += 1
        if isinstance(self.jobs[0], Exception):
            raise self.jobs[0]
        return iter(self.jobs)


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
    rivals = other_runs.OtherRuns(Jobs(one))
    rivals.known.add("ours")
    assert bool(rivals.find("db01", NOW)) is found


def test_many_creations_ask_once_a_second():
    server = Jobs(job("2026-01-01T08:00:00Z"))
    rivals = other_runs.OtherRuns(server)
    for _look in range(50):
        rivals.find("db01", NOW)
        server.clock.time += 0.1
    assert server.looks <= 5


def test_what_was_made_in_between_is_seen_at_once(monkeypatch, tmp_path):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: str(tmp_path))
    server = Jobs(job("2026-01-01T08:00:00Z"))
    one, other = other_runs.OtherRuns(server), other_runs.OtherRuns(server)
    for _time in range(2):
        with one.kept_off("db01", NOW, True):
            assert server.looks == 1
    with other.kept_off("db02", NOW, True):
        server.jobs = (job("2026-01-01T10:00:00Z", "Create LUN db02"),)
    with pytest.raises(other_runs.Overtaken), one.kept_off("db02", NOW, True):
        pass


def test_a_file_that_is_something_else_is_left_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: str(tmp_path))
    with lock.one_at_a_time("https://um:443", Clock().deadline(600), b"mark"):
        (path,) = tmp_path.iterdir()
    precious = tmp_path / "precious"
    precious.write_text("text", encoding="utf-8")
    for link in (os.link, os.symlink):
        path.unlink()
        link(precious, path)
        with lock.one_at_a_time("https://um:443", Clock().deadline(600), b"mark") as nobody_between:
            assert not nobody_between
    assert precious.read_text(encoding="utf-8") == "text"


def test_the_lock_is_waited_for_but_not_for_ever(monkeypatch, tmp_path):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: str(tmp_path))
    clock = Clock()
    with lock.one_at_a_time("https://um:443", clock.deadline(600)):
        with lock.one_at_a_time("https://other:443", clock.deadline(600)):
            assert clock.sleeps == []
        with lock.one_at_a_time("https://um:443", clock.deadline(600)):
            assert 10 <= sum(clock.sleeps) <= 11


def test_the_file_of_another_user_is_no_lock(monkeypatch, tmp_path):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: str(tmp_path))
    clock = Clock()
    with lock.one_at_a_time("https://um:443", clock.deadline(600)):
        monkeypatch.setattr(lock.os, "geteuid", lambda: -1)
        with lock.one_at_a_time("https://um:443", clock.deadline(600)):
            assert clock.sleeps == []


def test_without_a_place_for_locks_it_goes_on(monkeypatch):
    monkeypatch.setattr(lock.tempfile, "gettempdir", lambda: "/nowhere")
    with lock.one_at_a_time("https://um:443", Clock().deadline(600)):
        pass


@pytest.fixture
def server():
    return LocalServer()


def test_what_another_run_is_making_is_waited_for(server):
    """The first run ran into its time limit, or was interrupted: its job goes on."""
    server.state.switches.set("job_seconds", 0.3)
    first = server.run("lun", {**WISH, "wait": False})
    refused = server.run("lun", {**WISH, "wait": False})
    assert (refused["outcome"], refused["changed"], refused["jobs"]) == ("failed", False, [])
    assert first["jobs"][0]["key"] in refused["msg"]
    server.sent.clear()
    second = server.run("lun", WISH, share=1.0)
    assert (second["outcome"], second["changed"], server.writes) == ("unchanged", False, [])
    assert first["jobs"][0]["key"] in second["warnings"][0]


def test_what_another_run_failed_to_make_is_made(server):
    server.state.switches.set("job_seconds", 0.3)
    server.state.world.outcomes.add({"status": "error", "failures": [{"task": 0, "reason": "No."}]})
    server.run("lun", {**WISH, "wait": False})
    second = server.run("lun", WISH, share=1.0)
    assert (second["outcome"], len(second["jobs"])) == ("changed", 1)


def test_what_another_run_does_not_finish_is_a_timeout(server):
    server.state.switches.set("job_seconds", 60)
    first = server.run("lun", {**WISH, "wait": False})
    server.sent.clear()
    second = server.run("lun", {**WISH, "wait_timeout": 5})
    assert (second["outcome"], second["changed"], server.writes) == ("timeout", False, [])
    assert first["jobs"][0]["key"] in second["msg"]
