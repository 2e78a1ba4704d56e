# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that only moves when somebody sleeps or asks, and a client that answers from a script."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline


class Clock:
    """Seconds; ``sleeps`` lists every sleep in order."""

    def __init__(self):
        self.time = 1000.0
        self.sleeps = []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.sleeps.append(round(seconds, 3))
        self.time += seconds

    def deadline(self, seconds):
        return Deadline(seconds, self.now, self.sleep)


class ScriptedJobs:
    """Answers ``look`` with the next entry of a script: a record, an exception, or a function of the query.

    The last entry is repeated. ``asked`` lists every path and query; each answer takes ``latency`` seconds.
    """

    def __init__(self, clock, *script, latency=0.0):
        self.clock = clock
        self.script = list(script)
        self.latency = latency
        self.asked = []
        self.times = []

    def look(self, path, query=None):
        self.asked.append((path, dict(query or {})))
        self.times.append(round(self.clock.time - 1000.0, 3))
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        self.clock.time += self.latency
        if callable(answer):
            answer = answer(query)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def job(state="running", status="normal", key="k:1", **fields):
    return {"key": key, "name": "Create LUN", "state": state, "status": status, **fields}
