# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for jobs: one loop and one deadline for all of them (docs/facts/job-contract.md, 2).

Private to this collection.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from .._base.deadline import GRAIN, Deadline
from .job import UNKNOWN
from .long_polling import LongPolling
from .look import KEYS_PER_LIST, Looks
from .schedule import SHORTEST_GAP, Schedule
from .watched_job import LONG, Watch

if TYPE_CHECKING:
    from .._um.protocols import Looker

_turn = attrgetter("turn")
LIST_FAILURES = 2  # in a row, until the jobs of a list are asked for one by one: one of them may be the reason


class JobPoller:
    """Looks at jobs until they end.

    A round asks for all jobs that are due, those first that were not asked for the longest. Retry-After, a refused
    login and a server that cannot be reached end it early, and the next one begins where it ended.

    :param client: shows jobs
    :param poll_interval: the longest gap between two looks, in seconds
    :param polling: standard, or long to let the server hold the request until something changes
    :param request_timeout: seconds for one request
    :param warn: called with a sentence
    :param on_submit: called with a Watch whose job was just submitted
    :param on_change: called with a Watch when its job moved
    :param on_look: called with all that are waited for, after each round
    :param random_fraction: 0 to 1, for the jitter
    """

    def __init__(
        self,
        client: Looker,
        deadline: Deadline,
        poll_interval: float = 5.0,
        polling: str = "standard",
        request_timeout: float = 30.0,
        warn: Callable[[str], object] = lambda text: None,
        on_submit: Callable[[Watch], object] = lambda watch: None,
        on_change: Callable[[Watch], object] = lambda watch: None,
        on_look: Callable[[Sequence[Watch]], object] = lambda watches: None,
        random_fraction: Callable[[], float] = random.random,
    ) -> None:
        self._on_submit = on_submit
        self._deadline = deadline
        self._schedule = Schedule(poll_interval)
        self._looks = Looks(client, deadline, LongPolling(polling == LONG, request_timeout, warn), warn, on_change)
        self._on_look = on_look
        self._random_fraction = random_fraction
        self._asked_last = False

    def announce(self, watch: Watch) -> None:
        """Show the key of a job that was just submitted."""
        self._on_submit(watch)

    def now(self) -> float:
        """Seconds on the run's clock, for the ``since`` of a Watch."""
        return self._deadline.now()

    def wait_for_all(self, watches: Sequence[Watch]) -> None:
        """Return when every watch has ended; at the deadline that is with outcome timeout or unknown."""
        while self.wait_for_next(watches):
            pass

    def wait_for_next(self, watches: Iterable[Watch], until: float = float("inf")) -> list[Watch]:
        """Return the watches that ended, at least one; an empty list when none was left to wait for.

        :param until: a moment of the run's clock at which to return even if none has ended
        """
        running = [watch for watch in watches if not watch.ended]
        while running:
            due = self._seconds_until_due(running)
            if self._deadline.now() + due > until:
                return []
            self._deadline.pause(due)
            self._look_around(running)
            self._on_look(running)
            self._end_in_vain(running)
            ended = [watch for watch in running if watch.ended]
            if ended:
                return ended
        return []

    def _seconds_until_due(self, running: Sequence[Watch]) -> float:
        due = max(self._looks.not_before, min(map(self._due, running)))
        return max(0.0, due - self._deadline.now())

    def _due(self, watch: Watch) -> float:
        return self._schedule.first(watch.since) if watch.due is None else watch.due

    def _look_around(self, running: Sequence[Watch]) -> None:
        """One round."""
        began = self._deadline.now()
        requests = deque(sorted(self._requests(running, began), key=lambda watches: watches[0].turn))
        lacking: list[Watch] = []
        self._looks.begin_round(running)
        while requests:
            watches = requests.popleft()
            if len(watches) > 1 and not self._looks.together:
                requests.extend([watch] for watch in watches)
                continue
            if not self._may_ask() or (self._deadline.now() - began > SHORTEST_GAP and _any_ended(running)):
                break
            if len(watches) > 1:
                lacking += (lacks := self._look_at_several(watches))
                requests.extend([watch] for watch in sorted(lacks, key=_turn))
            else:
                self._look_at_one(watches[0])
        if self._looks.together:
            self._looks.lacked(lacking)

    def _requests(self, running: Sequence[Watch], now: float) -> list[list[Watch]]:
        """What is asked for by one request each: lists of jobs, and single ones that are due."""
        order = sorted(running, key=_turn)
        shared = [watch for watch in order if watch.source is None and watch.list_failures < LIST_FAILURES]
        if len(shared) < 2 or not self._looks.together:
            shared = []
        listed = set(map(id, shared))
        at_deadline = self._deadline.passed()
        return [
            *[shared[start : start + KEYS_PER_LIST] for start in range(0, len(shared), KEYS_PER_LIST)],
            *[
                [watch]
                for watch in order
                if id(watch) not in listed and (at_deadline or self._due(watch) <= now + GRAIN)
            ],
        ]

    def _may_ask(self) -> bool:
        """Whether the round goes on: the deadline is looked at before each request, and passes with one last look."""
        if self._looks.unreachable or self._looks.denied:
            return False
        if self._deadline.passed():
            may, self._asked_last = not self._asked_last, True
            return may
        return self._deadline.now() + GRAIN >= self._looks.not_before

    def _look_at_several(self, watches: Sequence[Watch]) -> list[Watch]:
        lacking = self._looks.at_several(watches)
        self._asked(watches)
        return lacking

    def _look_at_one(self, watch: Watch) -> None:
        asked_at = self._deadline.now()
        gap = self._looks.at_one(watch)
        self._asked([watch])
        if gap is not None:
            watch.due = max(self._deadline.now(), asked_at + gap)

    def _asked(self, watches: Sequence[Watch]) -> None:
        """After each request: when the next is due, and whether it was the last."""
        now = self._deadline.now()
        fraction = self._random_fraction()
        for watch in watches:
            watch.due = self._schedule.following(watch.since, now, fraction)
        if self._looks.unreachable:
            self._looks.not_before = max(self._looks.not_before, min(map(self._due, watches)))
        if self._deadline.passed():
            self._asked_last = True

    def _end_in_vain(self, running: Sequence[Watch]) -> None:
        """End what cannot be waited for any longer: the logins or the time are used up."""
        for watch in running:
            if self._looks.denied and not watch.ended:
                watch.end(UNKNOWN, self._deadline.now(), self._looks.denied)
            if self._deadline.passed() and not watch.ended:
                watch.expire(self._deadline.now(), self._looks.outage)


def _any_ended(watches: Sequence[Watch]) -> bool:
    return any(watch.ended for watch in watches)
