# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs of other runs: before a run creates something, it looks whether that is being created, or was just created.

Unified Manager takes two LUNs of one name, since each gets a volume of its own. A run that was interrupted, or that ran
into its time limit, leaves a job behind; and what a job has made may be shown late (docs/facts/server.md, 4.9). The
next run finds the job here. Private to this collection.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from .._base.errors import UMError
from .._base.times import moment
from .._um.client import Client
from .job import FAILED, UNKNOWN, Job
from .lock import Turns
from .submission import is_about, newest_jobs, submitted_since

MEMORY = 3600.0  # seconds: a job that has been running for longer than that hangs, and must not block other runs
FRESH = 1.0  # seconds
_DELETION = re.compile("delet|remov|destroy", re.IGNORECASE)


class Overtaken(Exception):
    """A job that this run did not submit is at the object.

    :ivar job: the job
    """

    def __init__(self, job: Job) -> None:
        super().__init__(job.key)
        self.job = job


class Sought(NamedTuple):
    """The object whose jobs are looked for.

    :param mention: the text by which jobs speak of it; without one there is nothing to look for
    :param title: UM's term for its kind
    :param result_name: the name in ``job_results`` under which the job that creates it gives its key
    :param lag: seconds for which what a job has made may not be shown
    :param planned_at: when the object was looked up, on the server's clock
    """

    mention: str
    title: str
    result_name: str | None
    lag: float
    planned_at: float | None


class OtherRuns:
    """Jobs that are not this run's.

    :ivar known: keys of jobs that are taken into account already, the run's own among them
    :ivar seen: keys of all jobs that the server showed before this run sent anything
    """

    def __init__(self, client: Client) -> None:
        self.known: set[str] = set()
        self.seen: set[str] = set()
        self._client = client
        self._turns: Turns | None = None
        self._jobs: list[Job] = []
        self._looked_at: float | None = None

    def close(self) -> None:
        """No more turns are taken."""
        if self._turns is not None:
            self._turns.close()

    @contextlib.contextmanager
    def kept_off(self, sought: Sought | None) -> Iterator[None]:
        """Within, the object may be created: no other run is at it, as far as can be known.

        :param sought: None where others do no harm
        :raises Overtaken: a job is
        :raises UMError: another run on this machine does not let this one have its turn
        """
        if sought is None:
            yield
            return
        if self._turns is None:
            transport = self._client.transport
            self._turns = Turns(transport.server, transport.deadline)
        with self._turns.taken() as undisturbed:
            if not undisturbed:
                self._looked_at = None
            self.look_for(sought)
            yield

    def look_for(self, sought: Sought) -> None:
        """:raises Overtaken: a job is at the object, or has made it a moment ago"""
        job = self.find(sought)
        if job is not None:
            raise Overtaken(job)

    def find(self, sought: Sought) -> Job | None:
        """The job that speaks of the object and has to be waited for: it runs, or its work may not be shown yet.

        Of the jobs that have ended the newest decides: after a deletion there is nothing to wait for.
        """
        now = self._client.server_time()
        if now is None or sought.planned_at is None or not sought.mention:
            return None
        newest = True
        for job in self._newest():
            if job.parent is not None or not _is_about(job, sought):
                continue
            lately = submitted_since(job, sought.planned_at) or _may_be_hidden(job, sought, now)
            if job.key not in self.known and (_is_under_way(job, now) or (newest and lately)):
                return job
            newest = False
        return None

    def deletion(self, sought: Sought) -> Job | None:
        """The job of another run that has deleted the object, when a job of this run did not find it any more."""
        self._looked_at = None
        others = (job for job in self._newest() if job.key not in self.known and job.parent is None)
        return next((job for job in others if job.succeeded and _deletes(job) and _is_about(job, sought)), None)

    def _newest(self) -> list[Job]:
        """Newest first. A run that makes many objects need not ask for each."""
        now = self._client.deadline.now()
        if self._looked_at is None or now - self._looked_at > FRESH:
            with contextlib.suppress(UMError):  # who may not read jobs cannot be warned
                found = newest_jobs(self._client)
                self._jobs = sorted(found, key=lambda job: moment(job.submit_time) or 0.0, reverse=True)
            self._looked_at = now
            self.seen = {job.key for job in self._jobs}
        return self._jobs


def _is_about(job: Job, sought: Sought) -> bool:
    """Whether a job speaks of the object; a deletion of its kind that names nothing may be of it, too."""
    if is_about(job, sought.mention):
        return True
    bare = re.compile(rf"(?:{_DELETION.pattern})\w* {re.escape(sought.title)}", re.IGNORECASE)
    said = {*job.descriptions, *job.remarks} - {job.name}
    if not _deletes(job) or not all(map(bare.fullmatch, said)):
        return False
    return bool(said) or sought.title.casefold() in str(job.name).casefold()


def _is_under_way(job: Job, now: float) -> bool:
    return not job.finished and submitted_since(job, now - MEMORY)


def _may_be_hidden(job: Job, sought: Sought, now: float) -> bool:
    """Whether it has created the object so lately that it may not be shown yet."""
    ended_at = moment(job.complete_time) or moment(job.submit_time) or 0.0
    made = sought.result_name is not None and job.result(sought.result_name) is not None and not _deletes(job)
    return made and job.outcome not in (FAILED, UNKNOWN) and now - ended_at < sought.lag


def _deletes(job: Job) -> bool:
    """By its name and type; where these are codes, all of its tasks must begin with the word."""
    if _DELETION.search(f"{job.type} {job.name}"):
        return True
    return bool(job.descriptions) and all(map(_DELETION.match, job.descriptions))
