# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Follows the events of one Unified Manager: polls, delivers, and remembers. Private to this collection."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..module_utils._base.errors import BadInput, Refused, TooOld, UMError, bug_of
from ..module_utils._base.redact import redact, secret_forms
from ..module_utils._engine.session import Session
from ..module_utils._model.options import CONNECTION
from ..module_utils._resources.event import COLLECTION, EVENTS
from ..module_utils._tasks.read import records_of
from ._event_options import Options
from ._event_state import StateFile
from ._events import Cursor, shape
from ._quiet_host import QuietHost

AT_ONCE = 1000  # records of which the new changes are delivered in the order of their moments
REFUSED_FOR_GOOD = (401, 403)  # asking again would lock the account, or change nothing
MAY_PASS = (404, 408, 425, 429)  # other refusals of this kind are about the request


class Follower:
    """What an event source does, without the event loop.

    :param deliver: takes an event and returns when it is delivered
    :param tell: takes a line for people; told once for each outage
    :param now: seconds since 1970 by our clock
    :param clock: seconds that never go back
    :param pause: takes seconds, between two tries of one request
    """

    def __init__(
        self,
        options: Options,
        deliver: Callable[[dict[str, Any]], object],
        tell: Callable[[str], object],
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._options = options
        self._deliver = deliver
        self._tell = tell
        self._now = now
        self._clock = clock
        self._pause = pause
        self._secrets = secret_forms(CONNECTION, options.params, os.environ)
        self._file = StateFile(options.state_file, options.server, options.overlap)
        self._began = clock()
        self._cursor = self._file.load()
        if self._cursor is None and options.start != "now":
            self._cursor = Cursor(options.overlap, None if options.start == "all" else float(options.start))
        self._answered = False
        self._outage = False
        self._unsaved = ""
        self._warned: set[str] = set()
        self.save()

    def poll(self) -> None:
        """Read and deliver what is new. Trouble that may pass is told, and the next poll goes on from there.

        :raises UMError: it will not pass
        """
        try:
            self._poll()
        except UMError as error:
            if self._is_final(error):
                raise UMError(self._concealed(error.message)) from None
            self._lament(error.message)
        except Exception as error:  # a bug of ours must not end what other events need
            self._lament(bug_of(error))
        else:
            self._answered, self._outage = True, False
        finally:
            self.save()

    def save(self) -> None:
        """Keep what was delivered. A file that cannot be written is told once, and does not stop the events."""
        if self._cursor is None:
            return
        try:
            self._file.save(self._cursor)
            self._unsaved = ""
        except BadInput as error:
            if not self._answered:
                raise
            if error.message != self._unsaved:
                self._tell(f"{error.message} Events that are delivered meanwhile come again after a restart.")
            self._unsaved = error.message

    def _poll(self) -> None:
        host = QuietHost(self._options.params)
        conceal = self._concealed
        session = Session(host, self._clock, self._pause, conceal)
        try:
            cursor = self._cursor = self._cursor or self._from_now(session)
            began = self._clock()
            for records in _batches(records_of(session, EVENTS, self._options.query(cursor.since))):
                cursor.follow(self._ahead(session), self._now())
                self._deliver_new(cursor, records)
            cursor.follow(self._ahead(session), self._now())
            server = session.client.server_time()
            cursor.advance(None if server is None else server - (self._clock() - began), self._now())
        finally:
            session.close()
            for warning in host.warnings:
                if warning not in self._warned:
                    self._warned.add(warning)
                    self._tell(conceal(warning))

    def _from_now(self, session: Session) -> Cursor:
        """The source's start by the server's clock, also where the server answers only later."""
        session.client.get(COLLECTION, {"max_records": 1})
        ahead = self._ahead(session)
        began = self._now() + (ahead or 0.0) - (self._clock() - self._began)
        return Cursor.from_now(self._options.overlap, began, ahead)

    def _ahead(self, session: Session) -> float | None:
        """Seconds that the server's clock is ahead of ours, None where it does not tell its time."""
        server = session.client.server_time()
        return None if server is None else server - self._now()

    def _deliver_new(self, cursor: Cursor, records: Iterable[dict[str, Any]]) -> None:
        changes = cursor.new(records, self._options.changes)
        for change in changes:
            self._deliver(self._own(shape(change, self._options.naming, self._options.params["hostname"])))
            cursor.delivered(change, self._now())
        if changes:
            self.save()

    def _own(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event without secrets and without parts that other events have, too: filters may change it."""
        text = json.dumps(event)
        copied: dict[str, Any] = json.loads(text)
        return copied if self._concealed(text) == text else redact(copied, self._secrets)

    def _is_final(self, error: UMError) -> bool:
        if isinstance(error, Refused):
            about_us = 400 <= error.status < 500 and error.status not in MAY_PASS
            return error.status in REFUSED_FOR_GOOD or (about_us and not self._answered)
        return isinstance(error, (BadInput, TooOld)) and not self._answered

    def _lament(self, text: str) -> None:
        if not self._outage:
            self._tell(f"{self._concealed(text)} Polling goes on every {self._options.interval:g} s.")
        self._outage = True

    def _concealed(self, text: str) -> str:
        return str(redact(text, self._secrets))


def _batches(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(records)
    while batch := list(itertools.islice(rest, AT_ONCE)):
        yield batch
