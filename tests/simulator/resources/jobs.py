# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: the list, one of them, and long polling, which may not exist on every server.

See docs/facts/server.md, 4.8.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from ..calls import Answer, Call, Route, ok
from ..collection import Collection, names
from ..errors import Refusal, bad_value, not_found
from ..job_view import JobRows, view
from ..jobs import Job
from ..paths import JOBS

COLLECTION = Collection(
    JOBS,
    names("key name type state status submit_time complete_time parent_job_key"),
    page_size=20,
    source=lambda call: JobRows(call.world.jobs, call.world.switches),
    literal=lambda world: () if world.switches["job_filter_by_keys"] else ("key",),
)


async def read(call: Call) -> Answer:
    """One job; with ``poll_timeout`` held until it changes, if the switch says so."""
    mode = call.world.switches["polling_long"]
    if mode == "refused":
        for name in ("poll_timeout", "last_modified"):
            if name in call.parameters:
                raise Refusal(400, "unknown_parameter", f"There is no parameter {name}.", name)
    job = _job(call)
    if holds(mode, call.parameters):
        job = await _held(call, job, call.parameters["poll_timeout"])
    return ok(view(call.world.jobs, job, call.world.switches))


def holds(mode: str, parameters: dict[str, str]) -> bool:
    """Whether the server holds such a request back: always, never, or only with both parameters."""
    wanted = {"held": {"poll_timeout"}, "held_with_last_modified": {"poll_timeout", "last_modified"}}
    return mode in wanted and wanted[mode] <= set(parameters)


def _job(call: Call) -> Job:
    job = call.world.jobs.get(call.params["key"])
    if job is None:
        raise not_found("job")
    return job


async def _held(call: Call, job: Job, timeout: str) -> Job:
    """The job once it has changed, at the latest after the time-out."""
    try:
        seconds = min(float(timeout), call.world.switches["longest_hold"])
    except ValueError:
        raise bad_value("poll_timeout", f"poll_timeout must be a number, not {timeout!r}.") from None
    agenda = call.world.agenda
    deadline = agenda.clock.seconds() + seconds
    seen = job.changed
    if _changed_since(call, job):
        return job
    while not job.final and job.changed == seen and agenda.clock.seconds() < deadline:
        upcoming = min(agenda.next_moment() or deadline, deadline) - agenda.clock.seconds()
        await agenda.clock.pause(upcoming)
        agenda.run_due()
        job = _job(call)
    return job


def _changed_since(call: Call, job: Job) -> bool:
    """Whether ``last_modified``, in ISO 8601 or as in a Date header, is older than the job's last change."""
    text = call.parameters.get("last_modified", "")
    try:
        known = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
    except ValueError:
        return False
    return known.tzinfo is not None and call.world.clock.date(job.changed) > known


ROUTES = [Route("GET", JOBS, COLLECTION.answer_list), Route("GET", f"{JOBS}/{{key}}", read)]
