# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which changes of events are new, and from when on to ask for the next ones: plain data and pure functions.

Unified Manager shows a change some time after the moment that it names for it, and its clock may be wrong. Therefore
the moments of the changes themselves say from when on to ask, a part that was read is read again, and what was
delivered is remembered. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from ..module_utils._base.lenient import text
from ..module_utils._base.times import CLOCK_GRAIN, DAY, moment
from ._inventory import cluster_name, svm_name

Record = Mapping[str, Any]

BEFORE_START = 3600.0  # seconds before the start whose changes are read once, to know them if the clock is set back
MOST_REMEMBERED = 50_000  # changes older than what is read again
MILLISECOND = 0.001


class Change(NamedTuple):
    """One entry of the history of an event.

    :ivar moment: seconds since 1970, by the server's clock
    :ivar step: the entry
    :ivar record: the event
    """

    key: str
    state: str
    moment: float
    step: Record
    record: Record

    @property
    def identity(self) -> str:
        """What tells it from all other changes: key, state and moment in milliseconds."""
        return f"{self.key} {self.state} {round(self.moment * 1000)}"


def changes_of(record: Record, states: Collection[str]) -> list[Change]:
    """The changes of an event into one of the states; one without a key or a time is left out."""
    key, history = text(record.get("key")), record.get("history")
    found = []
    for step in history if isinstance(history, list) else ():
        state = step.get("state") if isinstance(step, Mapping) else None
        when = moment(step.get("timestamp")) if key and state in states else None
        if key and state and when is not None:
            found.append(Change(key, state, when, step, record))
    return found


class Naming(NamedTuple):
    """How the inventory plugin names hosts: its options ``svm_names`` and ``cluster_names``.

    :ivar server: the name of the Unified Manager
    """

    svm_names: str
    cluster_names: str
    server: str


def shape(change: Change, naming: Naming, hostname: str) -> dict[str, Any]:
    """The change as rules see it: ``payload`` as a webhook has it, and ``meta.hosts`` where there is a host."""
    um = {"name": naming.server, "hostname": hostname}
    event: dict[str, Any] = {"payload": {**change.record, "change": dict(change.step), "um": um}}
    host = _host(change.record, naming)
    return {**event, "meta": {"hosts": host}} if host else event


def _host(record: Record, naming: Naming) -> str | None:
    svm, cluster = (_reference(record.get(name)) for name in ("svm", "cluster"))
    if svm:
        return svm_name(naming.svm_names, svm, cluster or {}, naming.server)
    return cluster_name(naming.cluster_names, cluster, naming.server) if cluster else None


def _reference(value: Any) -> Record | None:
    return value if isinstance(value, Mapping) and value.get("key") else None


class Cursor:
    """From when on changes are asked for, and which were delivered.

    :param overlap: for how many seconds before the newest change all is read again
    :param start: what happened before this moment is not delivered; None delivers all
    :ivar since: only changes after this moment are asked for; None asks for all
    """

    def __init__(self, overlap: float, start: float | None) -> None:
        self._overlap = overlap
        self._start = start
        self.since = None if start is None else start - MILLISECOND  # Unified Manager compares with "later than"
        # What since becomes after the next poll: each part is read twice, as a list in pages can miss what moves.
        self._next = self.since
        self._newest: float | None = None
        self._clock: float | None = None  # seconds that the server's clock is ahead of ours
        self._moved: float | None = None  # our time when there was something new
        self._held: float | None = None  # our time when the server's clock was seen to be set forward
        self._seen: dict[str, float] = {}

    @classmethod
    def from_now(cls, overlap: float, now: float, ahead: float | None) -> Cursor:
        """One that delivers what happens from a moment of the server's clock on.

        :param ahead: seconds that the server's clock is ahead of ours, None where the server does not tell its time
        """
        cursor = cls(overlap, now)
        cursor._clock = ahead
        cursor.since = cursor._next = now - max(overlap, BEFORE_START)
        return cursor

    def new(self, records: Iterable[Record], states: Collection[str]) -> list[Change]:
        """What is to be delivered of some records, oldest first."""
        found: dict[str, Change] = {}
        for record in records:
            for change in changes_of(record, states):
                if change.identity not in self._seen:
                    found[change.identity] = change
        early = [change for change in found.values() if self._start is not None and change.moment < self._start]
        for change in early:
            self._remember(change)
            del found[change.identity]
        return sorted(found.values(), key=lambda change: change.moment)

    def delivered(self, change: Change, now: float) -> None:
        """It is not delivered again.

        :param now: our time
        """
        self._remember(change)
        self._moved = now

    def _remember(self, change: Change) -> None:
        self._seen[change.identity] = change.moment
        self._newest = change.moment if self._newest is None else max(self._newest, change.moment)

    def advance(self, began: float | None, now: float) -> None:
        """After a poll whose records were all delivered.

        :param began: the server's time when it began, None where the server does not tell its time
        :param now: our time
        """
        if self._newest is not None:
            quiet = self._moved is None or now - self._moved >= self._overlap
            again = self._newest if quiet else self._newest - self._overlap
            after: float | None = again if began is None else min(again, began - self._overlap)
            if self._held is not None and now - self._held < self._overlap:
                after = self._next
            before, self._next = self._next, after
            if before is not None:
                self.since = before if self.since is None else max(self.since, before)
        self._forget()

    def follow(self, ahead: float | None, now: float) -> None:
        """Before ``new``: a clock that was set back gives what is new moments that were read before.

        One that was set forward makes changes that are shown late look old: for the overlap, since stays where it is.

        :param ahead: seconds that the server's clock is ahead of ours, None where the server does not tell its time
        :param now: our time
        """
        if ahead is None:
            return
        change = 0.0 if self._clock is None else ahead - self._clock
        if change < -CLOCK_GRAIN:
            self.since, self._next, self._start = (
                None if one is None else one + change - CLOCK_GRAIN for one in (self.since, self._next, self._start)
            )
        elif change > CLOCK_GRAIN:
            self._held = now
        if self._clock is None or abs(change) > CLOCK_GRAIN:
            self._clock = ahead

    def _forget(self) -> None:
        """Changes that are asked for no more are kept for a day, in case the clock is set back."""
        if self.since is None:
            return
        old = sorted((when, identity) for identity, when in self._seen.items() if when <= self.since)
        most = max(0, len(old) - MOST_REMEMBERED)
        for number, (when, identity) in enumerate(old):
            if number < most or when < self.since - DAY:
                del self._seen[identity]

    def as_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        numbers = {name: getattr(self, attribute) for name, attribute in _NUMBERS.items()}
        return {**numbers, "seen": list(self._seen)}

    @classmethod
    def from_dict(cls, overlap: float, kept: Mapping[str, Any]) -> Cursor:
        """What ``as_dict`` returned.

        :raises KeyError, TypeError, ValueError: it is something else
        """
        cursor = cls(overlap, None)
        for name, attribute in _NUMBERS.items():
            value = kept[name]
            setattr(cursor, attribute, None if value is None else float(value))
        cursor._seen = {identity: int(identity.rpartition(" ")[2]) / 1000 for identity in kept["seen"]}
        return cursor


_NUMBERS = {
    "start": "_start",
    "since": "since",
    "next": "_next",
    "newest": "_newest",
    "clock": "_clock",
    "moved": "_moved",
    "held": "_held",
}
