# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that this UM knows: tables of records, users' passwords, jobs and the agenda."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from . import paths
from .clock import Agenda, Clock
from .jobs import Jobs, TaskFailure
from .keys import KeyMaker
from .outcomes import Outcomes
from .switches import Switches
from .tables import Record, Table

SHOWN_AT_JOB_END = "/storage-provider/"
ACQUIRED = "/datacenter/"


class Vanished(TaskFailure):
    """What was there when a request was accepted is gone; the task that finds out fails."""


class World:
    """One UM and the clusters that it manages.

    :ivar notes: what the clusters know of an object and UM does not show: {key: {...}}
    :ivar passwords: {user name: password}
    """

    def __init__(self, switches: Switches, clock: Clock | None = None) -> None:
        self.switches = switches
        self.clock = clock or Clock()
        self.agenda = Agenda(self.clock)
        self.keys = KeyMaker()
        self.outcomes = Outcomes()
        self.jobs = Jobs(self.agenda, self.switches, self.keys, self.outcomes)
        self.notes: dict[str, dict[str, Any]] = {}
        self.passwords: dict[str, str] = {}
        self._tables: dict[str, Table] = {}
        self._seeding = True

    def table(self, path: str) -> Table:
        """The table behind a collection; made when it is first asked for."""
        if path not in self._tables:
            key_field = "name" if path == paths.USERS else "key"
            self._tables[path] = Table(key_field, lambda show: self._show_later(path, show))
        return self._tables[path]

    def tables(self) -> dict[str, int]:
        """{path: number of records}"""
        return {path: len(table) for path, table in sorted(self._tables.items())}

    def finish_seeding(self) -> None:
        """From now on changes are subject to lag."""
        self._seeding = False

    def take_over(self, seeded: World) -> None:
        """Be as a world is whose seeding has ended; records are shared, since they are never changed in place."""
        for path, table in seeded._tables.items():
            self.table(path).take_over(table)
        self.notes = copy.deepcopy(seeded.notes)
        self.passwords = dict(seeded.passwords)
        self.finish_seeding()

    def refer(self, path: str, key: str) -> dict[str, Any]:
        """A reference to a record that exists."""
        return paths.reference(path, self.record(path, key))

    def record(self, path: str, key: str) -> Record:
        """A record that exists.

        :raises Vanished: it does not
        """
        record = self.table(path).get(key)
        if record is None:
            raise Vanished(f"{path} has no {key} any more.")
        return record

    def edit(self, path: str, key: str) -> Record:
        """A copy of a record that exists, to be changed and put back.

        :raises Vanished: it does not
        """
        return copy.deepcopy(self.record(path, key))

    def known(self, path: str, key: str) -> Record | None:
        """The record that a key in a request means: what the cluster has, or what UM shows (switch references)."""
        table = self.table(path)
        return table.shown.get(key) if self.switches["references"] == "shown" else table.get(key)

    def forget(self, goes: Callable[[str, Record], bool]) -> dict[str, list[Record]]:
        """Take out of the tables all records that go, by path and record; returns them: {path: records}."""
        gone = {}
        for path, table in list(self._tables.items()):
            records = [record for record in table.values() if goes(path, record)]
            for record in records:
                table.remove(record[table.key_field])
            if records:
                gone[path] = records
        return gone

    def now(self) -> str:
        """UM's time, for the fields of records."""
        return self.agenda.timestamp()

    def note(self, key: str) -> dict[str, Any]:
        return self.notes.setdefault(key, {})

    def _show_later(self, path: str, show: Callable[[], None]) -> None:
        """Inventory lag (docs/facts/server.md, 4.9).

        Datacenter records show with the next acquisition, storage-provider records at the end of the job that
        is at work, and everything else at once.
        """
        if self._seeding:
            show()
        elif path.startswith(ACQUIRED):
            self._after(self.switches["acquisition_delay"], show)
        elif path.startswith(SHOWN_AT_JOB_END) and self.jobs.at_work is not None:
            self.jobs.at_work.at_end.append(lambda: self._after(self.switches["readback_lag"], show))
        else:
            show()

    def _after(self, delay: float, show: Callable[[], None]) -> None:
        if delay > 0:
            self.agenda.after(delay, show)
        else:
            show()
