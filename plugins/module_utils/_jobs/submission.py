# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends a change once, and finds out whether it was accepted when the answer is lost.

See docs/facts/job-contract.md, section 3.

Private to this collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

from .._base.errors import JobUnusable, Lost, Refused, UMError, Unread
from .._base.times import CLOCK_GRAIN, moment
from .._um.client import JOBS, Accepted, Client, um_job_key
from .._um.transport import Request
from .job import FAILED, PARTIAL, SUCCESS, UNKNOWN, WARNING, Job, parse
from .watched_job import Watch

if TYPE_CHECKING:
    from .._base.deadline import Deadline
    from .._um.protocols import Writer

AMBIGUOUS = {
    408,
    500,
    502,
    503,
    504,
}  # refusals after which the work may go on, save those with ``not_run``
SEARCH_TIME = 15.0  # seconds for a lost request's job to appear
NEWEST = 100  # jobs that are looked at
_TOLD = (SUCCESS, WARNING, PARTIAL, FAILED)
SAFE_AGAIN = "Running the task again is safe once its job has ended: it reads the object before it changes it."


def submit(
    writer: Writer,
    request: Request,
    is_done: Callable[[], bool],
    find_jobs: Callable[[float | None], list[Job]],
    mentions: str,
    known_jobs: Container[str],
    warn: Callable[[str], object],
    owes_job: bool = False,
    again: str = SAFE_AGAIN,
    hidden: Sequence[str] = (),
) -> Accepted:
    """Send it; after an ambiguous loss find its job, or its effect, instead of sending it again.

    :param is_done: reads the server: does it already look as desired?
    :param find_jobs: moment of the server's clock -> the jobs submitted since; ``um_jobs`` finds UM's own
    :param mentions: the object's name, to tell its job from others; empty if it has none
    :param known_jobs: keys that are surely not this change's
    :param owes_job: UM carries such a change out with a job, so that an answer without one is as good as lost
    :param again: whether running the task again is safe, as a sentence
    :param hidden: the options that it sets and the server never shows: without any answer, an object that looks as
        desired may be somebody else's
    :raises UMError: with outcome unknown, when it may have been done and the server does not tell
    """
    sent_at = writer.server_time()
    try:
        accepted = writer.write(request)
        if accepted.job_key or not owes_job:
            return accepted
        key = um_job_key(accepted.body)
        if key:
            return accepted._replace(job_key=key)
        loss: UMError = Lost(
            f"{request.method} {request.path} was answered with HTTP {accepted.status} and without the job that"
            " carries it out."
        )
    except (Lost, JobUnusable) as error:
        loss = error
    except Refused as error:
        if error.status not in AMBIGUOUS or error.not_run:
            raise
        loss = error

    def candidates() -> list[Job]:
        return [job for job in find_jobs(sent_at) if job.key not in known_jobs]

    if hidden and not isinstance(loss, (JobUnusable, Unread)):
        return _reconcile(writer.deadline, loss, candidates, lambda: False, mentions, warn, _unseen(hidden))
    return _reconcile(writer.deadline, loss, candidates, is_done, mentions, warn, again)


def _reconcile(
    deadline: Deadline,
    loss: UMError,
    candidates: Callable[[], list[Job]],
    is_done: Callable[[], bool],
    mentions: str,
    warn: Callable[[str], object],
    again: str,
) -> Accepted:
    give_up_at = deadline.now() + SEARCH_TIME
    pause = 0.5
    jobs: list[Job] = []
    trouble: UMError | None = None
    while True:
        try:
            jobs = candidates()
            ours = _only(jobs, mentions)
            if ours:
                warn(f"{loss} Its job {ours.key} was found and is waited for; nothing was sent twice.")
                return Accepted(202, None, ours.key, adopted=True)
            if is_done():
                since = f" {_listed(jobs)}" if jobs else ""
                warn(f"{loss} The object is as desired, so the change was made; nothing was sent twice.{since}")
                return Accepted(200, None, None, adopted=True)
            trouble = None
        except UMError as error:
            trouble = error
        if deadline.passed() or deadline.now() + pause > give_up_at:
            break
        deadline.pause(pause)
        pause = min(pause * 2, 4.0)
    found = _listed(jobs) if jobs else "Its job was not found."
    raise UMError(
        f"{loss} The change may have started. {found if trouble is None else trouble} Nothing was sent twice. {again}",
        outcome="unknown",
    )


def _unseen(hidden: Sequence[str]) -> str:
    return (
        f"Unified Manager does not show {' and '.join(hidden)}, so it cannot be told whether all is as desired."
        " Running the task again is safe; set what is not shown anew if it is not known to be right."
    )


def _listed(jobs: Sequence[Job]) -> str:
    return f"Jobs submitted since: {', '.join(job.key for job in jobs)}."


def settle(watch: Watch, holds: Callable[[], bool], now: float) -> str | None:
    """What the end of a job leaves open: an adopted or a lost one counts if the server looks as desired.

    An adopted job is the only one that can be ours, as far as can be seen; a job that another run submitted a moment
    before looks the same. So neither its success nor its failure is believed without a look.

    :param holds: reads the server: does it look as desired?
    :returns: a warning, or None
    """
    if not watch.vanished and not (watch.adopted and watch.outcome in _TOLD):
        return None
    try:
        as_desired = holds()
    except UMError:
        as_desired = False
    told = watch.sentence()
    if as_desired and (watch.vanished or not watch.succeeded):
        watch.end(SUCCESS, now)
        return f"{told} The object is as desired."
    if not as_desired and watch.adopted and not watch.vanished:
        well = "it succeeded, but the object is not as desired."
        doubt = (
            "the object is not as desired, and the job may be of another run, since the answer that names it was lost"
        )
        watch.end(UNKNOWN, now, well if watch.succeeded else f"{doubt}. {told}")
    return None


def newest_jobs(client: Client, limit: int = NEWEST) -> list[Job]:
    """UM's jobs, the newest first.

    :raises UMError: they cannot be read
    """
    return [parse(record) for record in client.records(JOBS, {"order_by": "submit_time desc"}, limit=limit)]


def um_jobs(client: Client) -> Callable[[float | None], list[Job]]:
    """A search for UM's jobs without a parent since a moment of the server's clock, the newest first."""

    def find(sent_at: float | None) -> list[Job]:
        if sent_at is None:
            return []
        return [job for job in newest_jobs(client) if job.parent is None and submitted_since(job, sent_at)]

    return find


def submitted_since(job: Job, sent_at: float) -> bool:
    return (moment(job.submit_time) or 0.0) >= sent_at - CLOCK_GRAIN


def _only(jobs: Sequence[Job], mentions: str) -> Job | None:
    """The one job that can be ours: the only one there is, or the only one that speaks of our object."""
    if len(jobs) == 1:
        return jobs[0]
    speaking = speak_of(jobs, mentions)
    return speaking[0] if len(speaking) == 1 else None


def speak_of(jobs: Sequence[Job], name: str) -> list[Job]:
    """Those whose texts name the object; ``Create LUN db012`` does not speak of db01."""
    return [job for job in jobs if is_about(job, name)]


def is_about(job: Job, name: str) -> bool:
    """Whether a text of the job names the object."""
    pattern = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])")
    return bool(name) and any(map(pattern.search, job.texts))
