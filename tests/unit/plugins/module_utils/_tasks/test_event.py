# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects in one run: what is said of each when the run ends early."""

from __future__ import annotations

import contextlib

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    Interrupted,
    NotSent,
    Refused,
    UMError,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.event import EVENT
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import batch, event
from tests.local import LocalServer

KEYS = [f"{number}32ac515-5ebe-11ea-969a-fa163e4da292" for number in range(3)]


class Host:
    """A host with all defaults, that remembers what it was told."""

    check_mode = False

    def __init__(self):
        self.argument_spec = options.for_changing(EVENT.arguments, {})["argument_spec"]
        given = {"hostname": "um.invalid", "username": "admin", "password": "sesame", "keys": KEYS, "state": "resolved"}
        self.params = {name: given.get(name, option.get("default")) for name, option in self.argument_spec.items()}
        self.warnings = []
        self.check_mode = False

    def warn(self, text):
        self.warnings.append(text)

    def progress(self, text):
        pass

    def finish(self, result):
        self.result = result


class Deadline:
    """Passes after so many looks."""

    waiting = contextlib.nullcontext

    def __init__(self, looks):
        self.looks = looks

    def now(self):
        return 0.0

    def passed(self):
        self.looks -= 1
        return self.looks < 0


class Planner:
    """Plans every event."""

    def __init__(self, client):
        pass

    def prepare(self, targets):
        for target in targets:
            target.desired = target.resource.desired(target.params)
            target.record = {"key": target.params["key"], "name": "Full", "current_state": "new", "severity": "error"}
            target.operations = list(target.resource.plan(target.resource.current(target.record), target.desired))


class Executor:
    """Has something happen at the second event."""

    def __init__(self, happens):
        self.happens = happens

    def __call__(self, *arguments):
        return self

    def perform(self, targets, max_in_flight, hold_back):
        assert max_in_flight == 1
        for target in targets:
            if not hold_back(target):
                self._perform(target)

    def _perform(self, target):
        if target.params["key"] == KEYS[1] and isinstance(self.happens, UMError):
            target.error = self.happens
        elif target.params["key"] == KEYS[1] and self.happens:
            raise self.happens
        else:
            target.applied = 1


@pytest.mark.parametrize(
    ("happens", "looks", "outcome", "each"),
    [
        (None, 9, "changed", ["changed", "changed", "changed"]),
        (Refused("HTTP 400: no.", 400), 9, "partial", ["changed", "failed", "changed"]),
        (Refused("HTTP 403: no.", 403), 9, "partial", ["changed", "failed", "skipped"]),
        (NotSent("unreachable"), 9, "partial", ["changed", "failed", "skipped"]),
        (UMError("lost", outcome="unknown"), 9, "partial", ["changed", "unknown", "changed"]),
        (Interrupted("SIGTERM"), 9, "interrupted", ["changed", "skipped", "skipped"]),
        (RuntimeError("a bug"), 9, "partial", ["changed", "skipped", "skipped"]),
        (None, 0, "partial", ["changed", "timeout", "timeout"]),
    ],
)
def test_what_ends_a_run_early(monkeypatch, happens, looks, outcome, each):
    host = Host()
    monkeypatch.setattr(event, "Planner", Planner)
    monkeypatch.setattr(batch, "Executor", Executor(happens))
    monkeypatch.setattr(
        "ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.session.Deadline",
        lambda *_: Deadline(looks),
    )
    event.change_events(host)
    result = host.result
    assert (result["outcome"], result["changed"], "failed" in result) == (outcome, True, outcome != "changed")
    assert [entry["outcome"] for entry in result["events"]] == each
    assert [entry["changed"] for entry in result["events"]] == [one == "changed" for one in each]
    assert list(result["diff"]["after"]) == [key for key, one in zip(KEYS, each) if one == "changed"]


class InterruptedPlanner(Planner):
    """Is told to stop while it plans the second event."""

    def prepare(self, targets):
        super().prepare(targets[:1])
        raise Interrupted("SIGTERM")


def test_what_was_not_planned_is_not_told_to_be_unchanged(monkeypatch):
    host = Host()
    monkeypatch.setattr(event, "Planner", InterruptedPlanner)
    event.change_events(host)
    assert (host.result["outcome"], host.result["changed"]) == ("interrupted", False)
    assert [entry["outcome"] for entry in host.result["events"]] == ["skipped"] * 3


def test_what_was_found_and_cannot_go_there_is_left_out_and_no_failure():
    states = ["new", "acknowledged", "resolved", "obsolete"]
    result = LocalServer().run("event", {"cluster": "cluster1", "current_state": states, "state": "acknowledged"})
    outcomes = [entry["outcome"] for entry in result["events"]]
    assert (result["outcome"], result.get("failed"), outcomes.count("skipped")) == ("changed", None, 2)
    assert ["2 of 6 were skipped: " in warning for warning in result["warnings"]] == [True]
    assert [entry for entry in result["events"] if {"not_applied", "jobs", "diff", "failed"} & set(entry)] == []


def test_what_cannot_be_read_back_is_warned_of():
    server = LocalServer()
    server.instead = lambda method, path: (403, "{}") if method == "GET" and server.writes else None
    states = ["new", "acknowledged", "resolved", "obsolete"]
    result = server.run("event", {"cluster": "cluster1", "current_state": states, "state": "acknowledged"})
    assert (result["outcome"], result.get("failed")) == ("changed", None)
    assert any("cannot be read back" in warning for warning in result["warnings"])
