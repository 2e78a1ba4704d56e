# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long polling: whether a server is asked to hold its answer, and whether it does (docs/facts/job-contract.md, rule 3).

Private to this collection.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._base.times import moment
from .schedule import SHORTEST_GAP
from .watched_job import LONG, STANDARD, Watch

LONGEST_HOLD = 120  # seconds; poll_timeout is 1 to 120 (docs/facts/server.md, 4.8)
HOLD_SHARE = 0.8  # of the time that a request may take, so that the answer comes in time
SHORTEST_HOLD = 0.2  # seconds beyond two quick answers; less may be a slow network
STRIKES = 2  # answers in a row after which the server is taken not to hold requests
GRAIN = 0.001  # seconds; the grain of the times in records
TIMES = ("submit_time", "start_time", "complete_time")
HANDLED_APART = {401, 403, 404, 429}  # refusals that have nothing to do with the parameters


def is_held(seconds: float, quickest: float) -> bool:
    """Whether an answer that took so long was held by the server.

    :param quickest: seconds of the quickest answer so far
    """
    return seconds >= SHORTEST_HOLD + 2 * quickest


class LongPolling:
    """What is known of one server's long polling during a wait.

    :param wanted: the user asked for long polling
    :param request_timeout: seconds for one request
    :param warn: called with a sentence when long polling is given up
    """

    def __init__(self, wanted: bool, request_timeout: float, warn: Callable[[str], object]) -> None:
        self._on = wanted
        self._request_timeout = request_timeout
        self._warn = warn
        self._quickest = request_timeout
        self._at_once = 0
        self._lost = 0
        self._plain_next = False
        self._hold_next = False
        self._ambiguous = False
        self._doubtful = False
        self._answered_at: float | None = None
        self._moved_at: float | None = None
        self._sent: float | None = None

    def begin_round(self, watches: Sequence[Watch]) -> None:
        """Take in who is waited for: a request can be held for one job only."""
        if len(watches) > 1 and any(watch.source is None for watch in watches):
            self._stop("several jobs are waited for at once")

    def query(self, watch: Watch, seconds: float) -> dict[str, Any]:
        """The parameters of the next look: empty for a plain one, which is the first and each after trouble.

        :param seconds: left of the run
        """
        self._hold_next = False
        if not self._on or watch.source is not None:
            return {}
        if self._request_timeout * HOLD_SHARE < 1:
            self._stop("request_timeout leaves no time for it")
            return {}
        hold = min(LONGEST_HOLD, int(min(self._request_timeout, seconds) * HOLD_SHARE))
        if hold < 1:
            return {}
        if watch.job is None or self._plain_next:
            self._hold_next = True
            return {}
        self._sent = self._moment(watch)
        changed = watch.changed_at or (None if self._sent is None else _iso(self._sent))
        return {"poll_timeout": hold} if changed is None else {"poll_timeout": hold, "last_modified": changed}

    def _moment(self, watch: Watch) -> float | None:
        """The ``Date`` of the answer before, in seconds; or a moment in that second, after all that the record shows.

        The header has whole seconds, so a change that is known may be later than it, and the server answers at once.
        """
        date = self._answered_at
        if date is None or not self._ambiguous or watch.newest_time is None:
            return date
        return watch.newest_time + GRAIN if date <= watch.newest_time < date + 1 else date

    def answered(self, watch: Watch, asked: bool, seconds: float, moved: bool, date: float | None) -> float | None:
        """Take in an answer.

        :param asked: the server was asked to hold it
        :param seconds: how long it took
        :param moved: it shows something new
        :param date: when it was given, in seconds since 1970 on the server's clock, or None
        :returns: the shortest time in seconds between the beginnings of this look and the next; None for a standard gap
        """
        held = asked and is_held(seconds, self._quickest)
        self._quickest = min(self._quickest, seconds)
        self._plain_next = False
        self._answered_at = None if date is None else float(int(date))
        if moved:
            self._moved_at = self._answered_at
            self._ambiguous = False
        if held:
            self._lost = 0
            watch.polling = LONG
        gap = self._gap(watch, asked, held, moved)
        if self._at_once >= STRIKES or (watch.ended and self._doubtful):
            self._stop("the server answers at once", watch)
        return gap if self._on else None

    def _gap(self, watch: Watch, asked: bool, held: bool, moved: bool) -> float | None:
        if not asked:
            return 0.0 if self._hold_next else None
        if held or moved:
            self._at_once = 0
            self._doubtful = self._doubtful and not held
            return SHORTEST_GAP
        if self._is_telling(watch):
            self._at_once += 1
            self._doubtful = True
            return None
        self._ambiguous = True
        return 0.0 if self._moment(watch) != self._sent else SHORTEST_GAP

    def _is_telling(self, watch: Watch) -> bool:
        """Whether an answer at once means anything: one to a moment before the last change does not."""
        if watch.changed_at is not None or self._sent is None:
            return True
        return self._sent > (self._moved_at or 0.0) if watch.newest_time is None else self._sent > watch.newest_time

    def refused(self, watch: Watch, status: int) -> bool:
        """Take in a refusal of a look that was to be held.

        :returns: whether the parameters may be why, so that a plain look helps
        """
        if status >= 500:
            self.disturbed(watch)
        if status >= 500 or status in HANDLED_APART:
            return False
        self._stop(f"the server refuses it with HTTP {status}", watch)
        return True

    def disturbed(self, watch: Watch) -> None:
        """Take in a look that was to be held and had no usable answer: a proxy may not let requests wait."""
        self._plain_next = True
        self._lost += 1
        if self._lost >= STRIKES:
            self._stop("answers that are held get lost", watch)

    def _stop(self, why: str, watch: Watch | None = None) -> None:
        """Poll in the standard way for the rest of the run."""
        if not self._on:
            return
        self._on = False
        if watch is not None:
            watch.polling = STANDARD
        self._warn(f"polling: long has no effect, because {why}; standard polling is used instead.")


def own_time_of_change(record: Mapping[str, Any]) -> str | None:
    """The record's own time of its last change, as the server wrote it."""
    value = record.get("last_modified")
    return value if isinstance(value, str) and moment(value) is not None else None


def newest_time(record: Mapping[str, Any]) -> float | None:
    """The latest of the times that a job's record shows, in seconds since 1970."""
    tasks = record.get("task_reports")
    parts = [record, *(task for task in tasks if isinstance(task, Mapping))] if isinstance(tasks, list) else [record]
    times = [moment(part[name]) for part in parts for name in TIMES if part.get(name)]
    return max((time for time in times if time is not None), default=None)


def _iso(seconds: float) -> str:
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return time.isoformat(timespec="seconds" if seconds.is_integer() else "milliseconds").replace("+00:00", "Z")
