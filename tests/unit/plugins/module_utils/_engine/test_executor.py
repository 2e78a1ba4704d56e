# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine between server and report: order, stops, and what is said of what was not done."""

from __future__ import annotations

import signal

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Interrupted, NotSent, Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.executor import Executor
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.planner import Planner
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.report import target_result
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.signals import Signals
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Source
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Finding, Operation, Resource
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import Accepted

from ..fakes import Clock

STEPS = ("size", "policy", "state")
THING = Resource(
    noun="thing",
    title="Thing",
    collection="/things",
    arguments={},
    desired=dict,
    find=lambda desired: Finding(key="k"),
    current=dict,
    plan=lambda before, desired: [
        Operation(name, "PATCH", {name: desired[name]}, {name: before[name]}, {name: desired[name]})
        for name in STEPS
        if before[name] != desired[name]
    ],
)


class Server:
    """One thing, changed by jobs that end as a script says; each takes a second of the clock."""

    def __init__(self, clock, seconds, ends):
        self.clock = clock
        self.deadline = clock.deadline(seconds)
        self.transport = self
        self.thing = {"key": "k", "size": 1, "policy": 1, "state": 1}
        self.ends = list(ends)
        self.sent = []
        self.announced = []

    def server_time(self):
        return None

    def get(self, path, query=None):
        return dict(self.thing)

    def records(self, collection, query=None, limit=None):
        return iter(())

    def write(self, request, job_due=True):
        self.sent.append((request.method, request.path, request.body))
        end = self.ends[0]
        if isinstance(end, Exception):
            raise self.ends.pop(0)
        return Accepted(202, {}, f"job{len(self.sent)}")

    def now(self):
        return self.clock.now()

    def announce(self, watch):
        self.announced.append(watch.key)

    def wait_for_next(self, watches):
        self.clock.time += 1
        for watch in watches:
            status = self.ends.pop(0)
            if status == "normal":
                self.thing.update(self.sent[-1][2])
            task = {"state": "completed", "status": "error", "description": "Do it", "failure_reason": "No room."}
            tasks = [task] if status in ("error", "partial_failures") else []
            watch.saw(
                parse({"key": watch.key, "state": "completed", "status": status, "task_reports": tasks}), self.now()
            )
        return list(watches)


def run(*ends, seconds=600, **how):
    server = Server(Clock(), seconds, ends)
    target = Target(THING, {"name": "t", "size": 2, "policy": 2, "state": 2})
    planner = Planner(server)
    planner.prepare([target])
    Executor(planner, server, Signals(), **how).perform([target])
    return server, target, target_result(target, False, how.get("ignore_partial_failure", False))


def test_all_in_order():
    server, _item, result = run("normal", "normal", "normal")
    assert server.sent == [("PATCH", "/things/k", {name: 2}) for name in STEPS]
    assert server.announced == ["job1", "job2", "job3"]
    assert (result["outcome"], result["changed"], result.get("failed")) == ("changed", True, None)
    assert result["diff"] == {"before": dict.fromkeys(STEPS, 1), "after": dict.fromkeys(STEPS, 2)}
    assert result["thing"] == {"key": "k", "size": 2, "policy": 2, "state": 2}


@pytest.mark.parametrize(
    ("ends", "outcome", "applied", "not_applied", "changed", "diff"),
    [
        (["error"], "failed", [], list(STEPS), False, []),
        (["normal", "error"], "partial", ["size"], ["policy", "state"], True, ["size"]),
        (["normal", "partial_failures"], "partial", ["size"], ["state"], True, ["size", "policy"]),
        (["normal", "splendid"], "unknown", ["size"], ["state"], True, ["size"]),
        (["normal", Refused("HTTP 400: no.", 400)], "partial", ["size"], ["policy", "state"], True, ["size"]),
        (["normal", NotSent("refused")], "partial", ["size"], ["policy", "state"], True, ["size"]),
        ([Refused("HTTP 400: no.", 400)], "failed", None, None, False, []),
        (["normal", Refused("HTTP 500: oops.", 500)], "unknown", ["size"], ["state"], True, ["size"]),
    ],
)
def test_the_first_that_does_not_succeed_stops_the_rest(ends, outcome, applied, not_applied, changed, diff):
    result = run(*ends)[2]
    assert (result["outcome"], result["changed"], result["failed"]) == (outcome, changed, True)
    assert (result.get("applied"), result.get("not_applied")) == (applied, not_applied)
    assert list(result["diff"]["after"]) == diff
    told = f"Applied: {', '.join(applied or ['nothing'])}.", f"Not applied: {', '.join(not_applied or [])}."
    assert [one in result["msg"] for one in told] == [applied is not None] * 2
    assert all(job["key"] in result["msg"] for job in result["jobs"][-1:] if ends[-1] in ("error", "partial_failures"))


def test_an_ignored_partial_failure_goes_on():
    server, target, result = run("normal", "partial_failures", "normal", ignore_partial_failure=True)
    assert len(server.sent) == 3
    assert (result["outcome"], result["changed"], result.get("failed")) == ("partial", True, None)
    assert len(target.warnings) == 1


@pytest.mark.parametrize(
    ("ends", "failed"),
    [
        (["partial_failures", Refused("HTTP 400: no.", 400)], True),
        (["partial_failures", "error"], True),
        (["normal", "normal", "partial_failures"], None),
        (["partial_failures", "normal", "normal"], None),
    ],
)
def test_only_partial_failures_are_ignored(ends, failed):
    result = run(*ends, ignore_partial_failure=True)[2]
    assert (result["outcome"], result["changed"], result.get("failed")) == ("partial", True, failed)


def test_nothing_is_begun_after_the_deadline():
    server, _item, result = run("normal", "normal", seconds=1.5)
    assert len(server.sent) == 2
    assert (result["outcome"], result["failed"], result["applied"], result["not_applied"]) == (
        "timeout",
        True,
        ["size", "policy"],
        ["state"],
    )
    assert "wait_timeout passed before state was begun" in result["msg"]


def test_without_waiting_only_the_first_is_submitted():
    server, target, result = run("normal", wait=False)
    assert len(server.sent) == 1
    assert (result["outcome"], result["changed"], result.get("failed")) == ("submitted", True, None)
    assert target.warnings == [
        (
            "Thing 't': with wait: false only size was submitted, since changes of one object follow each"
            " other; to submit policy, state, run the task again when that job has ended."
        )
    ]


FOLLOWED = THING._replace(under_way=lambda record: Source("/things", parse))


@pytest.mark.parametrize(
    ("end", "wait", "outcome", "failed"),
    [
        ("normal", True, "unchanged", None),
        ("warning", True, "unchanged", None),
        ("error", True, "failed", True),
        ("splendid", True, "unknown", True),
        ("error", False, "unchanged", None),
    ],
)
def test_a_change_that_was_begun_before_is_waited_for_and_is_none_of_this_run(end, wait, outcome, failed):
    server = Server(Clock(), 600, [end])
    target = Target(FOLLOWED, {"name": "t", "size": 1, "policy": 1, "state": 1})
    planner = Planner(server)
    planner.prepare([target])
    server.sent.append(("PATCH", "/things/k", {"size": 1}))
    Executor(planner, server, Signals(), wait).perform([target])
    result = target_result(target, False, False)
    assert (result["outcome"], result["changed"], result.get("failed")) == (outcome, False, failed)
    assert [job["key"] for job in result["jobs"]] == (["k"] if wait else [])
    assert len(server.sent) == 1
    assert result["diff"] == {"before": {}, "after": {}}
    assert target.warnings == (["job k has warnings"] if end == "warning" else [])


def test_a_refused_wish_has_no_diff_not_even_in_check_mode():
    target = Target(THING, {"name": "t", "size": 2, "policy": 2, "state": 2})
    Planner(Server(Clock(), 600, [])).prepare([target])
    assert list(target_result(target, True, False)["diff"]["after"]) == list(STEPS)
    target.error = Refused("HTTP 400: no.", 400)
    result = target_result(target, True, False)
    assert (result["outcome"], result["changed"], result["diff"]) == ("failed", False, {"before": {}, "after": {}})


class Told(Server):
    """Is told to stop while each change is on its way, and answers as a script says."""

    signals = Signals()

    def write(self, request, job_due=True):
        self.signals._handle(signal.SIGTERM, None)
        end = self.ends[0]
        if end == "done":
            self.ends.pop(0)
            self.sent.append((request.method, request.path, request.body))
            return Accepted(200, {}, None)
        return super().write(request, job_due)


def run_told(*ends):
    server = Told(Clock(), 600, ends)
    server.signals = Signals()
    targets = [Target(THING, {"name": name, "size": 2, "policy": 2, "state": 2}) for name in ("t", "u")]
    planner = Planner(server)
    for target in targets:
        planner.prepare([target])
    with pytest.raises(Interrupted) as error:
        Executor(planner, server, server.signals).perform(targets, 2)
    return server, targets, error.value


def test_a_signal_during_a_change_that_is_done_at_once():
    server, (target, other), error = run_told("done")
    target.error = other.error = error
    assert len(server.sent) == 1
    assert [target_result(one, False, False)["changed"] for one in (target, other)] == [True, False]
    assert target_result(target, False, False)["applied"] == ["size"]


def test_a_signal_during_a_change_that_is_refused_ends_the_run_after_it():
    server, (target, other), _error = run_told(Refused("HTTP 400: no.", 400), "done")
    assert len(server.sent) == 1
    assert (target.error.status, other.error) == (400, None)
