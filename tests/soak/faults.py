# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is injected into a run: drawn from a seeded generator, and named for the table."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from typing import Any, NamedTuple

WRITE = {"method": "POST|PATCH|DELETE", "path": "/(storage-provider|datacenter)/"}
LOOK = {"method": "GET", "path": "/management-server/jobs/"}
READ = {"method": "GET", "path": "/(storage-provider|datacenter)/"}
ANY = {"path": ""}
SERVER_TROUBLE = (500, 502, 503, 504)
NEVER = 10_000.0  # seconds
GARBAGE = ("html", "truncated", "array", "string")


class Injection(NamedTuple):
    """One thing that goes wrong.

    :param name: in the table
    :param faults: for the simulator's control API
    :param outcomes: likewise
    :param before: what happens before the run: an earlier run of the same desired state that is not waited for, is
        killed, or runs out of time
    :param together: how many runs begin at once
    :param overlapping: they do not have the same desired state, but others of the same objects
    :param sick: one job of several is never shown
    :param lag: seconds for which the server does not show what jobs have done
    :param event: done at ``moment`` seconds after the run began: restart kept, restart lost, signal
    """

    name: str
    faults: tuple[dict[str, Any], ...] = ()
    outcomes: tuple[dict[str, Any], ...] = ()
    event: str | None = None
    moment: float = 0.0
    neighbour: bool = False
    before: str | None = None
    together: int = 1
    overlapping: bool = False
    sick: bool = False
    lag: float = 0.0


def _fault(name, kind, where, **more):
    def draw(dice):
        return Injection(name, ({"kind": kind, **where, **{key: _drawn(value, dice) for key, value in more.items()}},))

    return draw


def _drawn(value, dice):
    return dice.choice(value) if isinstance(value, (tuple, range)) else value


def _statuses(name, where, **more):
    """A sequence of one to four errors, after a few requests that pass."""

    def draw(dice):
        count = dice.randint(1, 4)
        faults = [
            {"kind": "status", "status": dice.choice(SERVER_TROUBLE), "body": dice.choice(("json", "html", "empty"))}
            for dummy in range(count)
        ]
        return Injection(name, tuple({**fault, **where, **more} for fault in faults))

    return draw


def _outcome(name, **outcome):
    return lambda dice: Injection(name, outcomes=(outcome,))


def _event(name, event):
    return lambda dice: Injection(name, event=event, moment=dice.uniform(0.0, 0.4))


def _administrator(dice):
    """Somebody else changes a part of it while the answer to a change is lost."""
    fault = {"kind": dice.choice(("reset_before", "reset_after")), **WRITE}
    return Injection(
        "a second administrator beside a lost answer", (fault,), event="administrator", moment=dice.uniform(0.0, 0.2)
    )


def _neighbour(dice):
    """Somebody else's LUN is being made when an answer to ours is lost."""
    fault = {"kind": dice.choice(("reset_before", "reset_after")), **WRITE}
    return Injection("a neighbour's job beside a lost answer", (fault,), neighbour=True)


DRAWS = (
    lambda dice: Injection("nothing"),
    _fault("write: reset before the work", "reset_before", WRITE, after=range(2)),
    _fault("write: reset after the work", "reset_after", WRITE, after=range(2)),
    _fault("write: half an answer", "half_answer", WRITE, after=range(2)),
    _fault("write: garbage for an answer", "garbage", WRITE, garbage=GARBAGE),
    _fault("write: no body", "drop_body", WRITE),
    _fault("write: 5xx, not done", "status", WRITE, status=SERVER_TROUBLE, body=("json", "html", "empty")),
    _fault("write: 5xx, but done", "status", WRITE, status=SERVER_TROUBLE, process=True),
    _fault("write: 429 or 503 with Retry-After", "status", WRITE, status=(429, 503), retry_after=1, times=range(1, 4)),
    _fault("write: refused", "status", WRITE, status=(400, 401, 403, 409), body=("json", "html", "empty")),
    _fault("write: refused as not found", "status", {**WRITE, "method": "POST|PATCH"}, status=404, body="empty"),
    _fault("write: the answer is late", "delay", WRITE, seconds=0.5, when="after"),
    _fault("write: the work is late", "delay", WRITE, seconds=0.5, when="before"),
    _fault("read: resets", "reset_before", READ, times=range(1, 4), after=range(4)),
    _fault("read: half an answer", "half_answer", READ, times=range(1, 3), after=range(4)),
    _fault("read: garbage", "garbage", READ, garbage=GARBAGE, times=range(1, 4), after=range(4)),
    _statuses("read: a run of 5xx", READ),
    _fault("read: 5xx to the end", "status", READ, status=SERVER_TROUBLE, times=99, after=range(6)),
    _fault("look at a job: resets", "reset_before", LOOK, times=range(1, 6)),
    _fault("look at a job: garbage", "garbage", LOOK, garbage=GARBAGE, times=range(1, 4)),
    _fault("look at a job: half an answer", "half_answer", LOOK, times=range(1, 4)),
    _fault("look at a job: 401", "status", LOOK, status=401, times=range(1, 4), body="empty"),
    _fault("look at a job: 403", "status", LOOK, status=403),
    _fault("look at a job: 404", "status", LOOK, status=404, times=range(1, 3), after=range(2)),
    _fault("look at a job: trouble to the end", "reset_before", LOOK, times=999),
    _statuses("look at a job: a run of 5xx", LOOK),
    _statuses("anywhere: a run of 5xx", ANY),
    _fault("anywhere: reset after the work", "reset_after", ANY, times=range(1, 4), after=range(8)),
    _fault("anywhere: reset before the work", "reset_before", ANY, times=range(1, 4), after=range(8)),
    _fault("anywhere: garbage", "garbage", ANY, garbage=GARBAGE, after=range(8)),
    _outcome("job: fails", status="error", failures=["No space left."]),
    _outcome("job: aborted", state="aborted"),
    _outcome("job: in part", status="partial_failures", failures=["No LIF."]),
    _outcome("job: warns", status="warning", work="all"),
    _outcome("job: an unknown status", status="splendid", work="all"),
    _outcome("job: forgotten at its end", lost=True),
    _outcome("job: listed late", never_seen=0.3),
    _outcome("job: does not end in time", seconds=6),
    _event("restart, jobs kept", "restart kept"),
    _event("restart, jobs lost", "restart lost"),
    _event("signal", "signal"),
    _neighbour,
    _administrator,
    lambda dice: Injection("inventory lag", lag=dice.uniform(0.05, 0.3)),
    lambda dice: Injection("inventory lag, longer than the run", lag=3.0),
    lambda dice: Injection("an earlier run with wait: false", before="submitted"),
    lambda dice: Injection("an earlier run that was killed", before="killed", moment=dice.uniform(0.0, 0.3)),
    lambda dice: Injection("an earlier run that ran out of time", before="timed out"),
    lambda dice: Injection("two runs at once", together=2),
    lambda dice: Injection("five runs at once", together=5),
    lambda dice: Injection("two runs that overlap", together=2, overlapping=True),
    lambda dice: Injection("five runs that overlap", together=5, overlapping=True),
    lambda dice: Injection("one sick job among many", outcomes=({"never_seen": NEVER},), sick=True),
    lambda dice: Injection("a second administrator", event="administrator", moment=dice.uniform(0.0, 0.2)),
)


def draw(dice):
    """One injection, and now and then a second one on top of it."""
    first = dice.choice(DRAWS)(dice)
    if dice.random() >= 0.15:
        return [first]
    return [first, dice.choice(DRAWS)(dice)]


class Events:
    """What happens on its own while a run is under way; ``over`` waits for it.

    :param edit: () -> what a second administrator does then, for the control API, or None
    """

    def __init__(self, simulator, injections, edit):
        self._simulator = simulator
        self._edit = edit
        self._threads = [
            threading.Thread(target=self._happen, args=(injection,), daemon=True)
            for injection in injections
            if injection.event
        ]
        self.trouble = []

    def begin(self):
        for thread in self._threads:
            thread.start()

    def over(self):
        for thread in self._threads:
            thread.join()

    def _happen(self, injection):
        time.sleep(injection.moment)
        if injection.event == "signal":
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if injection.event == "administrator":
            self._administrate()
            return
        self._restart(injection.event.rpartition(" ")[2])

    def _restart(self, jobs):
        """Another restart may be under way, during which the simulator refuses connections."""
        for left in reversed(range(100)):
            try:
                self._simulator.control("POST", "restart", {"seconds": 0.3, "jobs": jobs})
                break
            except (OSError, ValueError) as error:
                if not left:
                    self.trouble.append(error)
            time.sleep(0.1)
        time.sleep(0.4)

    def _administrate(self):
        with contextlib.suppress(OSError, ValueError):  # the object may have gone meanwhile
            edit = self._edit()
            if edit is not None:
                self._simulator.control("POST", "world", edit)
