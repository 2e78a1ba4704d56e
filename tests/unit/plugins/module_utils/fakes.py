# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that only moves when somebody sleeps or asks, and a client that answers from a script."""

from __future__ import annotations

from urllib.parse import unquote

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.poller import JobPoller
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

START = 1000.0  # seconds of the clock at which every run begins


class Clock:
    """Seconds; ``sleeps`` lists every sleep in order."""

    def __init__(self):
        self.time = START
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

    The last entry is repeated. ``asked`` lists every path and query; each answer takes ``latency`` seconds. Answers
    have a ``Date`` unless ``dated`` is False; the run's clock begins at ``START``.
    """

    dated = True

    def __init__(self, clock, *script, latency=0.0):
        self.clock = clock
        self.script = list(script)
        self.latency = latency
        self.asked = []
        self.times = []

    def server_time(self):
        return self.clock.time if self.dated else None

    def look(self, path, query=None):
        self.asked.append((path, dict(query or {})))
        self.times.append(round(self.clock.time - START, 3))
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        self.clock.time += self.latency
        if callable(answer):
            answer = answer(query)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def job(state="running", status="normal", key="k:1", **fields):
    return {"key": key, "name": "Create LUN", "state": state, "status": status, **fields}


def refused(status, retry_after=None):
    return Refused(f"HTTP {status}", status, retry_after=retry_after)


class JobServer:
    """A server's job collection, on the clock of a Setting.

    :param ends: by key, the second of the run in which the job ends
    :param filters: whether ``key=a|b`` finds several jobs
    :param sick: by key, what each look at that job fails with, alone or in a list
    :param latency: seconds that each answer takes
    """

    def __init__(self, clock, ends, filters=True, sick=None, latency=0.0):
        self.clock = clock
        self.ends = ends
        self.filters = filters
        self.sick = sick or {}
        self.latency = latency
        self.asked = []

    def server_time(self):
        return None

    def look(self, path, query=None):
        keys = query["key"].split("|") if query and "key" in query else [unquote(path.rpartition("/")[2])]
        self.asked.append((round(self.clock.time - START, 3), keys))
        self.clock.time += self.latency
        together = len(keys) > 1
        if together and not self.filters:
            return {"records": []}
        for error in (self.sick[key] for key in keys if key in self.sick):
            raise error
        records = [self._record(key) for key in keys]
        return {"records": records} if together else records[0]

    def _record(self, key):
        ended = self.clock.time - START >= self.ends[key]
        return job("completed" if ended else "running", key=key)


class Setting:
    """A poller over a script or a server, with what it warned of and which changes it told.

    :param script: answers, as for ScriptedJobs; or a function that makes a client of the clock
    """

    def __init__(self, *script, serve=None, seconds=600.0, latency=0.0, jitter=0.0, **options):
        self.clock = Clock()
        self.client = serve(self.clock) if serve else ScriptedJobs(self.clock, *script, latency=latency)
        self.warnings = []
        self.changes = []
        self.poller = JobPoller(
            self.client,
            self.clock.deadline(seconds),
            warn=self.warnings.append,
            on_change=lambda watch: self.changes.append(watch.progress()),
            random_fraction=lambda: jitter,
            **options,
        )

    def watch(self, key="k:1"):
        return Watch(key, self.clock.now())

    def wait(self, *watches):
        watches = watches or (self.watch(),)
        self.poller.wait_for_all(watches)
        return watches[0]

    def wait_for(self, keys):
        watches = [self.watch(key) for key in keys]
        self.poller.wait_for_all(watches)
        return watches

    def elapsed(self):
        return self.clock.now() - START
