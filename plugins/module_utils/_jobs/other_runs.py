# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other runs with the same wish: a run that is about to create something looks whether it is being created already.

Unified Manager takes two LUNs of one name, since each gets a volume of its own. A run that was interrupted, or that ran
into its time limit, leaves a job behind; the next one finds it here. Private to this collection.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from .._base.errors import UMError
from .._um.client import JOBS, Client
from .job import Job, parse
from .lock import one_at_a_time
from .submission import speak_of, submitted_since

MEMORY = 3600.0  # seconds: a job that has been running for longer than that hangs, and must not block anybody
JOBS_LOOKED_AT = 100
FRESH = 1.0  # seconds


class Overtaken(Exception):
    """Somebody else's job is at the object.

    :ivar job: the job
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job.key)
        self.job = job


class OtherRuns:
    """Jobs that are not this run's.

    :ivar known: keys of jobs that are taken into account already, the run's own among them
    :ivar seen: keys of all jobs that were there when it looked; what is sent later is none of them
    """

    def __init__(self, client: Client) -> None:
        self.known: set[str] = set()
        self.seen: set[str] = set()
        self._client = client
        self._mark = os.urandom(16)
        self._jobs: list[Job] = []
        self._looked_at: float | None = None

    @contextlib.contextmanager
    def kept_off(self, mentions: str, planned_at: float | None, creates: bool) -> Iterator[None]:
        """Within, something may be created: nobody else is at it, as far as can be known.

        :param creates: False does nothing
        :raises Overtaken: somebody is
        """
        if not creates:
            yield
            return
        transport = self._client.transport
        with one_at_a_time(transport.connection.url, transport.deadline, self._mark) as nobody_between:
            if not nobody_between:
                self._looked_at = None
            job = self.find(mentions, planned_at)
            if job is not None:
                raise Overtaken(job)
            yield

    def find(self, mentions: str, planned_at: float | None) -> Job | None:
        """A job that speaks of the object, and runs, or was submitted after the plan was made.

        :param planned_at: on the server's clock
        """
        now = self._client.server_time()
        if now is None or planned_at is None or not mentions:
            return None
        for job in self._newest():
            lately = submitted_since(job, planned_at) or (not job.finished and submitted_since(job, now - MEMORY))
            if lately and job.parent is None and job.key not in self.known and speak_of([job], mentions):
                return job
        return None

    def _newest(self) -> list[Job]:
        """A run that makes many objects need not ask for each."""
        now = self._client.transport.deadline.now()
        if self._looked_at is None or now - self._looked_at > FRESH:
            with contextlib.suppress(UMError):  # who may not read jobs cannot be warned
                self._jobs = list(
                    map(parse, self._client.records(JOBS, {"order_by": "submit_time desc"}, limit=JOBS_LOOKED_AT))
                )
            self._looked_at = now
            self.seen = {job.key for job in self._jobs}
        return self._jobs
