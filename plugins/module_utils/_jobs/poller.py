# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for jobs: one loop and one deadline for all of them. Private to this collection.

See docs/facts/job-contract.md, section 2.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .._base.deadline import Deadline
from .._base.errors import Garbled, Lost, NotSent, Refused, TransportError, UMError, Untrusted
from .._base.names import path_of
from .._um.client import JOBS
from .job import UNKNOWN, Job, parse
from .watch import TIMEOUT, Source, Watch

FIRST_LOOK = 0.25  # seconds after the submission
SHORTEST_GAP = 0.5
GAP_PER_SECOND = 0.1  # of the time waited so far
JITTER = 0.1
GRACE_FOR_UNSEEN = 30.0  # a job that was just submitted may not be listed yet
DENIALS = 3
DENIAL_PAUSE = 10.0  # repeated logins may lock an LDAP account
KEYS_PER_LOOK = 50  # keeps the URL under 4 kB
STRIKES = 2  # lists that lacked a job which its own GET showed: this server does not filter by several keys
LONGEST_HOLD = 120  # NetApp's ONTAP Select Deploy API, which documents poll_timeout, allows 1 to 120 s
TRANSIENT = {408, 425, 429}
UM_JOBS = Source(JOBS, parse)


class JobPoller:
    """Looks at jobs until they end.

    :param client: has ``look(path, query)``, which asks once
    :param poll_interval: the longest gap between two looks, in seconds
    :param polling: standard, or long to let the server hold the request until something changes
    :param request_timeout: seconds for one request
    :param warn: called with a sentence
    :param on_change: called with a Watch when its job moved
    :param on_look: called with all that were looked at
    :param random_fraction: 0 to 1, for the jitter
    """

    def __init__(
        self,
        client: Any,
        deadline: Deadline,
        poll_interval: float = 5.0,
        polling: str = "standard",
        request_timeout: float = 30.0,
        warn: Callable[[str], object] = lambda text: None,
        on_change: Callable[[Watch], object] = lambda watch: None,
        on_look: Callable[[Sequence[Watch]], object] = lambda watches: None,
        random_fraction: Callable[[], float] = random.random,
    ) -> None:
        self._client = client
        self._deadline = deadline
        self._poll_interval = poll_interval
        self._holding = polling == "long"
        self._hold = int(max(1, min(LONGEST_HOLD, request_timeout * 0.8)))
        self._warn = warn
        self._on_change = on_change
        self._on_look = on_look
        self._random_fraction = random_fraction
        self._together = True
        self._strikes = 0
        self._denials = 0
        self._not_before = 0.0
        self._warned = False

    def now(self) -> float:
        """Seconds on the run's clock, for the ``since`` of a Watch."""
        return self._deadline.now()

    def wait_for_all(self, watches: Sequence[Watch]) -> None:
        """Return when every watch has ended; at the deadline that is with outcome timeout or unknown."""
        while self.wait_for_next(watches):
            pass

    def wait_for_next(self, watches: Iterable[Watch]) -> list[Watch]:
        """Return the watches that ended, at least one; an empty list when none was left to wait for."""
        running = [watch for watch in watches if not watch.ended]
        while running:
            self._deadline.pause(self._seconds_until_due(running))
            last_look = self._deadline.passed()
            self._look_at(running)
            self._on_look(running)
            for watch in running:
                if last_look and not watch.ended:
                    self._expire(watch)
            ended = [watch for watch in running if watch.ended]
            if ended:
                return ended
        return []

    def _seconds_until_due(self, running: Sequence[Watch]) -> float:
        due = max(self._not_before, min(self._due(watch, len(running) == 1) for watch in running))
        return max(0.0, due - self._deadline.now())

    def _due(self, watch: Watch, alone: bool) -> float:
        if self._may_hold(watch, alone) and not watch.trouble_since:
            return self._deadline.now()
        if watch.looked_at is None:
            return watch.since + min(FIRST_LOOK, self._poll_interval)
        gap = min((watch.looked_at - watch.since) * GAP_PER_SECOND, self._poll_interval)
        gap *= 1 - JITTER * self._random_fraction()
        return watch.looked_at + max(gap, min(SHORTEST_GAP, self._poll_interval))

    def _may_hold(self, watch: Watch, alone: bool) -> bool:
        """Whether the server is asked to hold its answer: for one job of UM's own."""
        return self._holding and alone and watch.source is None

    def _look_at(self, running: Sequence[Watch]) -> None:
        shared = [watch for watch in running if watch.source is None]
        together = len(shared) > 1 and self._together
        singles = list(running)
        if together:
            singles = [watch for watch in running if watch.source is not None]
            for start in range(0, len(shared), KEYS_PER_LOOK):
                singles += self._look_together(shared[start : start + KEYS_PER_LOOK])
        pause_asked = self._not_before
        for watch in singles:
            if self._not_before > pause_asked:
                break
            self._look_alone(watch, hold=self._may_hold(watch, len(running) == 1))
        if together and any(watch.job and watch.missing_since is None and not watch.source for watch in singles):
            self._strikes += 1
            self._together = self._together and self._strikes < STRIKES
        for watch in running:
            watch.looked_at = self._deadline.now()

    def _look_together(self, watches: Sequence[Watch]) -> list[Watch]:
        """One GET for several jobs; returns those that must be asked for one by one."""
        keys = "|".join(watch.key for watch in watches)
        try:
            page = self._client.look(JOBS, {"key": keys, "max_records": len(watches)})
            records = {record["key"]: record for record in page["records"]}
        except (KeyError, TypeError):
            self._together = False
            return list(watches)
        except Refused as error:
            if error.status in (400, 404, 405, 414):
                self._together = False
                return list(watches)
            for watch in watches:
                self._refused(watch, error)
            return []
        except TransportError as error:
            self._disturbed(watches, error)
            return []
        self._denials = 0
        missing = []
        for watch in watches:
            if watch.key in records:
                self._saw(watch, records[watch.key])
            else:
                missing.append(watch)
        return missing

    def _look_alone(self, watch: Watch, hold: bool) -> None:
        query: dict[str, Any] = {}
        if hold:
            query = {"poll_timeout": max(1, min(self._hold, int(self._deadline.left())))}
        asked_at, before = self._deadline.now(), watch.job
        try:
            record = self._client.look(path_of((watch.source or UM_JOBS).collection, watch.key), query)
        except Refused as error:
            if hold and error.status == 400:
                self._stop_holding("refuses it")
                self._look_alone(watch, hold=False)
                return
            self._refused(watch, error)
        except TransportError as error:
            self._disturbed([watch], error)
        else:
            self._denials = 0
            self._saw(watch, record)
            answered_at_once = self._deadline.now() - asked_at < self._hold / 2
            if hold and answered_at_once and watch.job == before and not watch.ended:
                self._stop_holding("answers at once")

    def _stop_holding(self, why: str) -> None:
        self._holding = False
        self._warn(f"polling: long has no effect, because the server {why}; standard polling is used instead.")

    def _saw(self, watch: Watch, record: Any) -> None:
        source = watch.source or UM_JOBS
        if record.get(source.key_field, watch.key) != watch.key or not {"state", "status"} & set(record):
            self._disturbed([watch], Garbled(f"The answer for job {watch.key} is no Job.", 200))
            return
        watch.polls += 1
        watch.trouble_since = watch.missing_since = None
        before = watch.job
        watch.saw(source.parse({**record, source.key_field: watch.key}), self._deadline.now())
        if before is None or _moved(before, watch.job):
            self._on_change(watch)

    def _refused(self, watch: Watch, error: Refused) -> None:
        """An HTTP refusal of a look: some pass, some are final, 404 and 401 get a few tries."""
        now = self._deadline.now()
        if error.status >= 500 or error.status in TRANSIENT:
            self._disturbed([watch], error)
        elif error.status == 404:
            watch.polls += 1
            watch.trouble_since = None
            watch.missing_since = now if watch.missing_since is None else watch.missing_since
            if watch.job or now - max(watch.missing_since, watch.since) >= GRACE_FOR_UNSEEN:
                self._vanish(watch)
        elif error.status == 401:
            watch.poll_errors += 1
            watch.trouble = error.message
            watch.trouble_since = now if watch.trouble_since is None else watch.trouble_since
            if now >= self._not_before:  # several watches share one refused look
                self._denials += 1
                self._not_before = now + DENIAL_PAUSE
            if self._denials >= DENIALS:
                watch.end(UNKNOWN, now, f"the server refused the login {DENIALS} times while it was watched. {error}")
        elif error.status == 403:
            watch.end(UNKNOWN, now, f"the user may submit changes, but may not read jobs. {error}")
        else:
            watch.end(UNKNOWN, now, f"the server refuses to show it. {error}")

    def _disturbed(self, watches: Sequence[Watch], error: UMError) -> None:
        """A look that failed in passing; only the deadline ends this, except for a certificate that does not verify."""
        now = self._deadline.now()
        for watch in watches:
            watch.polls += 1
            watch.poll_errors += 1
            watch.trouble = error.message
            watch.trouble_since = now if watch.trouble_since is None else watch.trouble_since
            if isinstance(error, Untrusted):
                watch.end(UNKNOWN, now, error.message)
        wait = error.retry_after if isinstance(error, Refused) else None
        self._not_before = max(self._not_before, now + (wait or 0.0))
        if not self._warned and isinstance(error, (NotSent, Lost, Garbled, Refused)):
            self._warned = True
            self._warn(f"Unified Manager could not be asked about a job for a while; the wait goes on. {error}")

    def _vanish(self, watch: Watch) -> None:
        watch.vanished = True
        now = self._deadline.now()
        seen = "any more" if watch.job else f"{now - watch.since:.0f} s after the wait began"
        watch.end(UNKNOWN, now, f"the server does not know it {seen}.")

    def _expire(self, watch: Watch) -> None:
        now = self._deadline.now()
        if watch.trouble_since is not None:
            lost_for = now - watch.trouble_since
            watch.end(UNKNOWN, now, f"Unified Manager was unreachable for {lost_for:.0f} s. {watch.trouble}")
        elif watch.missing_since is not None:
            self._vanish(watch)
        else:
            waited = now - watch.since
            watch.end(TIMEOUT, now, f"it has not ended after {waited:.0f} s ({watch.progress()}).")


def _moved(before: Job, after: Job) -> bool:
    return (before.state, before.status, before.tasks_completed, before.failures, before.children) != (
        after.state,
        after.status,
        after.tasks_completed,
        after.failures,
        after.children,
    )
