# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""UM's clock, and the agenda of what happens later: tasks of jobs, acquisition cycles."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

LOOK_AGAIN = 0.02  # seconds; what another request changes meanwhile is seen that much later


class Clock:
    """Seconds that only go forward, and the time of day that UM believes in."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self.seconds = seconds
        self._start = seconds()
        self._start_of_day = wall()
        self._stopped_at: float | None = None
        self.offset = 0.0

    def stop(self) -> None:
        """Stand still from now on; only ``forward`` and pauses of the server move it."""
        self._stopped_at = self.seconds()
        self.seconds = lambda: self._stopped_at or 0.0

    def forward(self, seconds: float) -> None:
        """Let so much time go by on a clock that stands still.

        :raises ValueError: it runs by itself
        """
        if self._stopped_at is None:
            raise ValueError("the clock is not stopped")
        self._stopped_at += seconds

    async def pause(self, seconds: float) -> None:
        """Wait for so long, or a moment of it; a clock that stands still goes forward by all of it."""
        seconds = max(seconds, 0.001)
        if self._stopped_at is None:
            await asyncio.sleep(min(seconds, LOOK_AGAIN))
        else:
            self.forward(seconds)

    def date(self, moment: float) -> datetime:
        """The time of day at a moment of ``seconds``; wrong by ``offset``."""
        elapsed = moment - self._start
        return datetime.fromtimestamp(self._start_of_day, UTC) + timedelta(seconds=elapsed + self.offset)


def timestamp(date: datetime) -> str:
    """``2026-01-31T10:00:00.000+00:00`` (docs/facts/server.md, 4.4)."""
    return date.isoformat(timespec="milliseconds")


class Agenda:
    """Actions with a due time. They run when somebody looks, in the order in which they were due.

    While an action runs, ``now`` is the moment at which it was due, so that late looks change no times.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._now: float | None = None

    def now(self) -> float:
        return self.clock.seconds() if self._now is None else self._now

    def timestamp(self) -> str:
        return timestamp(self.clock.date(self.now()))

    def after(self, delay: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now() + delay, next(self._order), action))

    def run_due(self) -> None:
        """Run everything that is due by now, including what that adds."""
        limit = self.clock.seconds()
        try:
            while self._due and self._due[0][0] <= limit:
                self._now, action = heapq.heappop(self._due)[::2]
                action()
        finally:
            self._now = None

    def next_moment(self) -> float | None:
        return self._due[0][0] if self._due else None
