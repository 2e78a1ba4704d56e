# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one clock of a run. Private to this collection."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Waiting = Callable[[], AbstractContextManager[None]]
GRAIN = 0.001  # seconds; a shorter pause is skipped


class Deadline:
    """A run's start and end on a monotonic clock, and the only place that sleeps.

    :param seconds: how long the run may take; None for no limit
    :param clock: seconds, never going back
    :param sleep: takes seconds
    :param waiting: what is around each call that waits, here and below
    """

    def __init__(
        self,
        seconds: float | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        waiting: Waiting = nullcontext,
    ) -> None:
        self.seconds = seconds
        self.now = clock
        self.waiting = waiting
        self._sleep = sleep
        self._start = clock()

    def elapsed(self) -> float:
        """Seconds since the run began."""
        return self.now() - self._start

    def left(self) -> float:
        """Seconds until the end, never negative."""
        if self.seconds is None:
            return float("inf")
        left = self.seconds - self.elapsed()
        return left if left > GRAIN else 0.0

    def overdue(self) -> float:
        """Seconds since the end, never negative."""
        return 0.0 if self.seconds is None else max(0.0, self.elapsed() - self.seconds)

    def passed(self) -> bool:
        return self.left() <= 0

    def pause(self, seconds: float) -> None:
        """Sleep, but not past the end."""
        seconds = min(seconds, self.left())
        if seconds > 0:
            with self.waiting():
                self._sleep(seconds)
