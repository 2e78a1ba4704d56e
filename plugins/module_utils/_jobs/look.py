# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One look at jobs, and what its answer means for the wait (docs/facts/job-contract.md, rules 4 to 6).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .._base.deadline import Deadline
from .._base.errors import Garbled, Lost, NotSent, Refused, TransportError, UMError, Untrusted
from .._base.names import path_of
from .._um.client import JOBS
from .job import UNKNOWN, Job, parse
from .long_polling import LongPolling, newest_time, own_time_of_change
from .watched_job import Outage, Source, Watch

if TYPE_CHECKING:
    from .._um.protocols import Looker

GRACE_FOR_UNSEEN = 30.0  # seconds; a job that was just submitted may not be listed yet
DENIALS = 3
DENIAL_PAUSE = 10.0  # seconds; repeated logins may lock an LDAP account
KEYS_PER_LIST = 50  # keeps the URL under 4 kB
STRIKES = 2  # lists that lacked a job which its own GET showed: this server does not filter by several keys
LOST_IN_A_ROW = 2  # answers that did not come: the server, and not one job, is in trouble
TRANSIENT = {408, 425, 429}
NO_SUCH_FILTER = {400, 404, 405, 414}
UM_JOBS = Source(JOBS, parse)


class Looks:
    """Asks for jobs, and updates their watches.

    :param client: shows jobs
    :param long_polling: decides on long polling
    :param warn: called with a sentence
    :param on_change: called with a Watch when its job moved
    :ivar not_before: the moment of the run's clock before which the server is not asked again
    :ivar together: whether the server is asked for several jobs at once
    :ivar denied: why no further login is tried, or None
    :ivar outage: since when no request has been answered, or None
    """

    def __init__(
        self,
        client: Looker,
        deadline: Deadline,
        long_polling: LongPolling,
        warn: Callable[[str], object],
        on_change: Callable[[Watch], object],
    ) -> None:
        self.not_before = float("-inf")
        self.together = True
        self.denied: str | None = None
        self.outage: Outage | None = None
        self._client = client
        self._deadline = deadline
        self._long_polling = long_polling
        self._warn = warn
        self._on_change = on_change
        self._strikes = 0
        self._denials = 0
        self._lost = 0
        self._turn = 0
        self._warned = False

    @property
    def unreachable(self) -> bool:
        """Whether the server, rather than one of the jobs, is in trouble."""
        return self._lost >= LOST_IN_A_ROW

    def begin_round(self, watches: Sequence[Watch]) -> None:
        """What kept the last round from going on is tried again.

        :param watches: all that are waited for
        """
        self._lost = 0
        self._long_polling.begin_round(watches)

    def at_several(self, watches: Sequence[Watch]) -> list[Watch]:
        """One GET for several jobs of UM; returns those that it says nothing of, which are asked for one by one."""
        query = {"key": "|".join(watch.key for watch in watches), "max_records": len(watches)}
        self._count(watches)
        try:
            page = self._ask(JOBS, query)
            records = {record["key"]: record for record in page["records"]}
        except (KeyError, TypeError):
            self.together = False
            return list(watches)
        except Refused as error:
            if error.status in NO_SUCH_FILTER:
                self.together = False
                return list(watches)
            self._note_time(watches)
            self._refused(watches, error)
            return []
        except TransportError as error:
            self._note_time(watches)
            self._disturbed(watches, error)
            return []
        self._denials = 0
        self._note_answer()
        found = [watch for watch in watches if watch.key in records]
        self._note_time(found)
        for watch in found:
            self._saw(watch, records[watch.key])
        return [watch for watch in watches if watch.key not in records]

    def at_one(self, watch: Watch) -> float | None:
        """One GET for one job.

        :returns: the seconds between the beginnings of this look and the next; None for a standard gap
        """
        query = self._long_polling.query(watch, self._deadline.left())
        asked_at = self._deadline.now()
        self._count([watch])
        try:
            record = self._ask(path_of((watch.source or UM_JOBS).collection, watch.key), query)
        except Refused as error:
            if query and self._long_polling.refused(watch, error.status) and not self._deadline.passed():
                return self.at_one(watch)
            self._refused([watch], error)
        except TransportError as error:
            if query:
                self._long_polling.disturbed(watch)
            self._disturbed([watch], error)
        else:
            self._denials = 0
            self._note_answer()
            took, date = self._deadline.now() - asked_at, self._client.server_time()
            moved = self._saw(watch, record)
            return self._long_polling.answered(watch, bool(query), took, moved, date)
        finally:
            self._note_time([watch])
        return None

    def lacked(self, watches: Sequence[Watch]) -> None:
        """A list lacked these jobs; where their own GETs showed one, the server does not filter so."""
        if any(watch.job and watch.missing_since is None and watch.trouble is None for watch in watches):
            self._strikes += 1
            self.together = self.together and self._strikes < STRIKES

    def _ask(self, path: str, query: dict[str, Any]) -> Any:
        try:
            return self._client.look(path, query)
        except RecursionError:
            raise Garbled(f"GET {path} was answered with JSON that is nested too deeply to be read.", 200) from None

    def _note_answer(self) -> None:
        self._lost = 0
        self.outage = None

    def _count(self, watches: Sequence[Watch]) -> None:
        for watch in watches:
            watch.polls += 1

    def _note_time(self, watches: Sequence[Watch]) -> None:
        self._turn += 1
        for watch in watches:
            watch.looked_at = self._deadline.now()
            watch.turn = self._turn

    def _saw(self, watch: Watch, record: Any) -> bool:
        """Take in a record; returns whether it shows something new."""
        source = watch.source or UM_JOBS
        if record.get(source.key_field, watch.key) != watch.key or not {"state", "status"} & set(record):
            self._disturbed([watch], Garbled(f"The answer for job {watch.key} is not a Job.", 200))
            return False
        before = watch.job
        watch.changed_at, watch.newest_time = own_time_of_change(record), newest_time(record)
        watch.saw(source.parse({**record, source.key_field: watch.key}), self._deadline.now())
        moved = before is None or _moved(before, watch.job)
        if moved:
            self._on_change(watch)
        return moved

    def _refused(self, watches: Sequence[Watch], error: Refused) -> None:
        """An HTTP refusal: some pass, some are final, 404 and 401 get a few tries."""
        now = self._deadline.now()
        if error.status >= 500 or error.status in TRANSIENT:
            self._disturbed(watches, error)
            return
        self._note_answer()
        if error.status == 401:
            self._deny(watches, error)
            return
        for watch in watches:
            if error.status == 404:
                watch.missed(now)
                if watch.job or now - max(watch.missing_since or 0.0, watch.since) >= GRACE_FOR_UNSEEN:
                    watch.vanish(now)
            elif error.status == 403:
                watch.end(UNKNOWN, now, f"the user may submit changes, but may not read jobs. {error}")
            else:
                watch.end(UNKNOWN, now, f"the server refuses to show it. {error}")

    def _deny(self, watches: Sequence[Watch], error: Refused) -> None:
        now = self._deadline.now()
        self._denials += 1
        self.not_before = max(self.not_before, now + DENIAL_PAUSE)
        for watch in watches:
            watch.troubled(error, now)
        if self._denials >= DENIALS:
            self.denied = f"the server refused the login {DENIALS} times while it was watched. {error}"

    def _disturbed(self, watches: Sequence[Watch], error: UMError) -> None:
        """A look that failed in passing; only the deadline ends this, except for a certificate that does not verify."""
        now = self._deadline.now()
        for watch in watches:
            watch.troubled(error, now)
            if isinstance(error, Untrusted):
                watch.end(UNKNOWN, now, error.message)
        if isinstance(error, (NotSent, Lost)):
            self._lost += LOST_IN_A_ROW if isinstance(error, NotSent) else 1
            self.outage = self.outage or Outage(now, error)
        else:
            self._note_answer()
        wait = error.retry_after if isinstance(error, Refused) else None
        if wait:
            self.not_before = max(self.not_before, now + wait)
        elif len(watches) > 1 and not isinstance(error, NotSent):
            for watch in watches:  # one job of the list may be the reason
                watch.list_failures += 1
        if not self._warned and not isinstance(error, Untrusted):
            self._warned = True
            self._warn(f"Unified Manager could not be asked about a job for a while; the wait goes on. {error}")


def _moved(before: Job, after: Job | None) -> bool:
    return after is None or (
        (before.state, before.status, before.tasks_completed, before.failures, before.children)
        != (after.state, after.status, after.tasks_completed, after.failures, after.children)
    )
