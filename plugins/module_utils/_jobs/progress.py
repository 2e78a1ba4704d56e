# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees while jobs are waited for. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .watched_job import Watch

SILENCE = 30.0  # seconds; some platforms end a task that prints nothing for minutes
CROWD_PAUSE = 1.0  # seconds between two lines about many jobs
WIDTH = 20  # characters of the bar


class Progress:
    """One line for each submitted job, with its key, and one for each change of it; for many jobs changes are counted.

    After a long silence the last line is repeated.

    :param tell: takes a line
    :param now: seconds of the run's clock
    """

    def __init__(self, tell: Callable[[str], object], now: Callable[[], float]) -> None:
        self._tell = tell
        self._now = now
        self._began = self._told = now()
        self._seen: dict[str, Watch] = {}
        self._expected = 1
        self._pause = 0.0

    def expect(self, jobs: int) -> None:
        """How many jobs there will be if all goes well; two or more are counted."""
        self._expected = jobs

    def submitted(self, watch: Watch) -> None:
        """A job was accepted: its key is on the screen even where the run is ended from outside and has no result."""
        self._say(f"{watch.purpose or 'change'}: job {watch.key} was submitted")

    def moved(self, watch: Watch) -> None:
        self._seen[watch.key] = watch
        if self._expected < 2:
            self._say(_line(watch, self._now()))
        elif self._now() - self._told >= self._pause or self._ended() == self._expected:
            self._pause = CROWD_PAUSE
            self._say(self._counts())

    def looked(self, running: Iterable[Watch]) -> None:
        """Take in a round of looks in which no job may have moved."""
        if self._now() - self._told < SILENCE:
            return
        if self._expected < 2:
            for watch in running:
                self._say(_line(watch, self._now()))
        else:
            self._say(self._counts())

    def _say(self, text: str) -> None:
        self._told = self._now()
        self._tell(text)

    def _ended(self) -> int:
        return sum(watch.ended for watch in self._seen.values())

    def _counts(self) -> str:
        ended, seen = self._ended(), len(self._seen)
        total = max(self._expected, seen)
        full = WIDTH * ended // total
        bad = sum(watch.succeeded is False for watch in self._seen.values())
        failed = f", {bad} failed" if bad else ""
        gauge = "#" * full + "." * (WIDTH - full)
        return f"[{gauge}] {ended} of {total} jobs ended{failed}, {seen - ended} run, {self._now() - self._began:.0f} s"


def _line(watch: Watch, now: float) -> str:
    what = f"{watch.purpose}: " if watch.purpose else ""
    return f"{what}{watch.progress()}, {now - watch.since:.0f} s"
