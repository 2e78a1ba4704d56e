# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A job that is waited for: what was seen of it, and what is reported. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from .._base.errors import Interrupted, Refused, UMError
from .._base.texts import more
from .._base.times import CLOCK_GRAIN, moment
from .job import FAILED, PARTIAL, SUBMITTED, SUCCESS, UNKNOWN, WARNING, Failure, Job

TIMEOUT, INTERRUPTED = "timeout", "interrupted"
STANDARD, LONG = "standard", "long"
LONGEST_LAG = 30.0  # seconds until an object surely shows that a change of it has begun
SETTLE_TIME = 30.0  # seconds after which the guide's state warning counts as an end (docs/facts/job-contract.md, 1)


class Source(NamedTuple):
    """Where jobs are read, and how their records are understood.

    :param collection: the path of their list, below the API's base
    :param parse: record -> Job
    :param key_field: the field of the record that holds the key
    :param place: what job_wait needs to find them, beside the key, as it is written in a task; empty for what it cannot
        wait for
    """

    collection: str
    parse: Callable[[Mapping[str, Any]], Job]
    key_field: str = "key"
    place: str = ""


class Outage(NamedTuple):
    """A server that does not answer: since when, and the first error."""

    since: float
    error: UMError


class Watch:
    """One job from the 202 to its end.

    :ivar since: when it was submitted, seconds of the run's clock
    :ivar purpose: what the job is for, as messages call it: ``LUN 'db01'``
    :ivar adopted: the answer that named it was lost; it is the only job that can be ours
    :ivar source: where it is read; None for UM's own jobs
    :ivar begun_at: when it was submitted, on the server's clock, where an object shows how a change of it goes on: an
        end before that is of an earlier one
    :ivar job: what the last look showed, or None
    :ivar looked_at: when it was last asked for, answered or not
    :ivar turn: the number of that look among all of the run; 0 before the first
    :ivar due: when the next look is due
    :ivar polling: the technique that served, standard or long
    :ivar changed_at: the record's own time of its last change, as text, or None
    :ivar newest_time: the latest time in the record, in seconds since 1970, or None
    :ivar list_failures: lists in a row with this job in them that could not be read
    :ivar missing_since: since when the server does not know it, or None
    :ivar trouble: since when no look at it has been answered, and the last error; or None
    :ivar ended_as: None while it is waited for; then an outcome of the Job, or timeout, unknown, interrupted
    :ivar problem: why the outcome is not the Job's own, as a sentence
    :ivar vanished: the server does not know the job (any more)
    :ivar remarks: the texts of its warnings
    :ivar elapsed: seconds from submission to the end of the wait
    """

    def __init__(
        self,
        key: str,
        since: float,
        purpose: str = "",
        adopted: bool = False,
        source: Source | None = None,
        begun_at: float | None = None,
    ) -> None:
        self.key = key
        self.since = since
        self.purpose = purpose
        self.adopted = adopted
        self.source = source
        self.begun_at = begun_at
        self.job: Job | None = None
        self.polls = 0
        self.poll_errors = 0
        self.looked_at: float | None = None
        self.turn = 0
        self.due: float | None = None
        self.polling = STANDARD
        self.changed_at: str | None = None
        self.newest_time: float | None = None
        self.list_failures = 0
        self.settled_since: float | None = None
        self.missing_since: float | None = None
        self.trouble: Outage | None = None
        self.ended_as: str | None = None
        self.problem: str | None = None
        self.vanished = False
        self.elapsed = 0.0
        self.remarks: list[str] = []
        self.child_failures: tuple[Failure, ...] = ()

    @property
    def ended(self) -> bool:
        return self.ended_as is not None

    @property
    def outcome(self) -> str:
        return self.ended_as or SUBMITTED

    @property
    def succeeded(self) -> bool | None:
        """None while it is not known."""
        if self.outcome in (SUBMITTED, TIMEOUT, UNKNOWN, INTERRUPTED):
            return None
        return self.outcome in (SUCCESS, WARNING)

    @property
    def may_still_run(self) -> bool:
        """Whether waiting for it again can tell how it ends."""
        if self.vanished or (self.job is not None and self.job.finished):
            return False
        return self.outcome in (SUBMITTED, TIMEOUT, UNKNOWN, INTERRUPTED)

    @property
    def failures(self) -> tuple[Failure, ...]:
        return (self.job.failures if self.job else ()) + self.child_failures

    @property
    def may_have_changed(self) -> bool:
        """An accepted job may have changed something, unless it failed and none of its tasks was completed."""
        if self.outcome != FAILED or self.job is None or not self.job.tasks_total:
            return True
        return self.job.tasks_completed > 0

    def saw(self, job: Job, now: float) -> None:
        """Take in what a look shows; a job that has finished ends the watch."""
        self.trouble = self.missing_since = None
        self.list_failures = 0
        if self._is_of_an_earlier_change(job, now):
            job = job._replace(outcome=SUBMITTED, failures=(), remarks=())
        self.job = job = self._settled(job, now)
        texts = job.remarks
        if not texts and "warning" in (str(job.state).casefold(), str(job.status).casefold()):
            texts = (f"job {self.key}{f' ({job.name})' if job.name else ''} has warnings",)
        self.remarks += [text for text in texts if text not in self.remarks]
        if job.finished:
            self.end(job.outcome, now)

    def troubled(self, error: UMError, now: float) -> None:
        """Take in a look that was not answered."""
        self.poll_errors += 1
        self.trouble = Outage(self.trouble.since if self.trouble else now, error)

    def missed(self, now: float) -> None:
        """Take in a look whose answer is that there is no such job."""
        self.trouble = None
        if self.missing_since is None:
            self.missing_since = now

    def vanish(self, now: float) -> None:
        """End it, because the server shows no such job."""
        self.vanished = True
        gone = "it no longer exists" if self.job else f"it does not exist {now - self.since:.0f} s after the wait began"
        self.end(UNKNOWN, now, f"{gone}, so its outcome is unknown.")

    def expire(self, now: float, outage: Outage | None = None) -> None:
        """End it at the deadline.

        :param outage: the server does not answer at all
        """
        trouble = self.trouble or (outage if self.job is None else None)
        if trouble is not None:
            denied = isinstance(trouble.error, Refused) and trouble.error.status == 401
            what = "the server refused the login" if denied else "Unified Manager was unreachable"
            self.end(UNKNOWN, now, f"{what} for {now - trouble.since:.0f} s. {trouble.error}")
        elif self.missing_since is not None:
            self.vanish(now)
        else:
            self.end(TIMEOUT, now, f"it has not ended after {now - self.since:.0f} s ({self.progress()}).")

    def _settled(self, job: Job, now: float) -> Job:
        """A job in the guide's state warning has ended when nothing of it has run for a while."""
        if job.settles_as is None:
            self.settled_since = None
        elif self.settled_since is None:
            self.settled_since = now
        elif now - self.settled_since >= SETTLE_TIME:
            return job._replace(outcome=job.settles_as)
        return job

    def _is_of_an_earlier_change(self, job: Job, now: float) -> bool:
        """Whether the object does not show this change yet; after a while it is believed as it is."""
        if self.begun_at is None or not job.finished or now - self.since >= LONGEST_LAG:
            return False
        ended_at = moment(job.complete_time)
        return ended_at is not None and ended_at < self.begun_at - CLOCK_GRAIN

    def end(self, outcome: str, now: float, problem: str | None = None) -> None:
        self.ended_as = outcome
        self.problem = problem
        self.elapsed = now - self.since

    def sentence(self) -> str:
        """How it stands, for a message: never empty, names the key, quotes the first reason."""
        name = f"job {self.key}" + (f" ({self.job.name})" if self.job and self.job.name else "")
        if self.problem:
            return f"{name}: {self.problem}"
        return f"{name} {_ENDINGS[self.outcome]}{self._because()}."

    def advice(self) -> list[str]:
        """What to do when it is not known how it ended, as sentences."""
        if self.outcome not in (TIMEOUT, UNKNOWN, INTERRUPTED) or self.vanished:
            return []
        if not self.may_still_run:
            return ["Check what it did, then run this task again."]
        if self.source is not None and not self.source.place:
            return ["To go on waiting, run this task again."]
        place = f"{self.source.place} and " if self.source else ""
        job_wait = f"aiqum.unified_manager.job_wait with {place}keys: ['{self.key}']"
        return [f"To go on waiting, run {job_wait}, then this task again."]

    def progress(self) -> str:
        """``Create LUN, running, 3 of 7 tasks``."""
        job = self.job
        if job is None:
            return "not seen yet"
        tasks = f", {job.tasks_completed} of {job.tasks_total} tasks" if job.tasks_total else ""
        return f"{job.name or 'job'}, {job.state or job.status or 'no state'}{tasks}"

    def _because(self) -> str:
        if self.failures:
            first, left = self.failures[0], len(self.failures) - 1
            what = f"{first.description or first.task}: " if first.description or first.task else ""
            return f": {what}{first.reason.rstrip('.')}" + more(left)
        if self.outcome == UNKNOWN and self.job:
            return f": state {self.job.state!r}, status {self.job.status!r}"
        if self.outcome in (FAILED, PARTIAL) and self.job:
            children = self.job.children
            if children.failed + children.aborted:
                return f": {children.failed + children.aborted} of its {children.total} spawned jobs failed"
            return f": state {self.job.state!r}, status {self.job.status!r}, no reason given"
        return ""

    def describe(self) -> dict[str, Any]:
        """The entry of ``jobs`` in a result (docs/facts/job-contract.md, 4), without what is empty."""
        finished = bool(self.job and self.job.finished) or self.ended_as in (SUCCESS, WARNING, PARTIAL, FAILED)
        # Its target may be settled by another Job; this one did not succeed.
        failed = self.job if self.ended_as == SUCCESS and self.job and self.job.succeeded is False else None
        return {
            "key": self.key,
            "outcome": failed.outcome if failed else self.outcome,
            "finished": finished,
            "succeeded": False if failed else self.succeeded,
            **(_told(self.job) if self.job else {}),
            **({"failures": [failure._asdict() for failure in self.failures]} if self.failures else {}),
            "elapsed": round(self.elapsed, 1),
            "polling": self.polling,
            "polls": self.polls,
            "poll_errors": self.poll_errors,
        }


def _told(job: Job) -> dict[str, Any]:
    """What the server says of a job, without what it leaves out: an empty value would only hide the message."""
    told: dict[str, Any] = {
        "name": job.name,
        "type": job.type,
        "state": job.state,
        "status": job.status,
        "submit_time": job.submit_time,
        "complete_time": job.complete_time,
        "results": dict(job.results),
    }
    if job.tasks_total:
        told["tasks"] = {"total": job.tasks_total, "completed": job.tasks_completed, "failed": len(job.failures)}
    if any(job.children):
        told["children"] = job.children._asdict()
    return {name: value for name, value in told.items() if value}


def abandon(watches: Iterable[Watch], error: BaseException | None) -> None:
    """End the watches that are still open, after what ended the run."""
    for watch in watches:
        if not watch.ended:
            watch.end(INTERRUPTED if isinstance(error, Interrupted) else UNKNOWN, watch.looked_at or watch.since)


_ENDINGS = {
    SUBMITTED: "was submitted",
    SUCCESS: "succeeded",
    WARNING: "succeeded with warnings",
    PARTIAL: "ended in partial failures",
    FAILED: "failed",
    UNKNOWN: "ended, but its outcome is unknown",
    TIMEOUT: "has not ended",
    INTERRUPTED: "was still running when the wait was interrupted",
}
