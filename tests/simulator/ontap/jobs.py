# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's jobs: a state, a message, and no tasks (docs/facts/server.md, 6.9). UM's list of jobs never shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..calls import Answer
from ..clock import timestamp
from ..errors import Refusal
from ..jobs import TaskFailure
from ..outcomes import Outcome
from ..switches import Switch
from ..tables import Record
from ..world import World
from .envelope import View, link
from .request import Api, Request, absent

TABLE = "/ontap/cluster/jobs"
FAILURE_CODE = 460770
VIEW = View("uuid description state message code error start_time end_time", "uuid")
SWITCHES = (
    Switch("ontap_initial_state", "queued", ("queued", "running", "paused"), "an ONTAP job in its first quarter (6.9)"),
    Switch("ontap_job_error", "both", ("both", "message", "error"), "where a failed ONTAP job says why (6.9)"),
    Switch("ontap_descriptions", "request", ("request", "words"), "whether an ONTAP job's description has its request"),
    Switch("ontap_held_failure", 400, (400, 500), "the answer of return_timeout when the job fails meanwhile (6.9)"),
)


class Submitted:
    """A job that was started, with what the answer to its request needs."""

    def __init__(self, record: Record, outcome: Outcome) -> None:
        self.key: str = record["key"]
        self.outcome = outcome


def submit(request: Request, words: str, work: Callable[[], None], path: str) -> Submitted:
    """Start a job.

    :param words: what it does, where its description does not have the request
    :param work: done at its end; may raise TaskFailure
    :param path: that of the object, for the description
    """
    world = request.world
    kind = f"ontap_{request.method.lower()}_{request.path[-2] if request.params else request.path[-1]}"
    outcome = world.outcomes.take(kind, request.method, request.asked)
    seconds = world.switches["job_seconds"] if outcome.seconds is None else outcome.seconds
    described = f"{request.method} /api/{path}" if world.switches["ontap_descriptions"] == "request" else words
    uuid = world.keys.new_uuid()
    record = {
        "key": uuid,
        "uuid": uuid,
        "cluster": {"uuid": request.cluster["uuid"]},
        "description": described,
        "state": world.switches["ontap_initial_state"],
        "message": "",
        "code": 0,
        "start_time": world.now(),
        "seen_from": world.agenda.now() + outcome.never_seen,
    }
    world.table(TABLE).put(record)
    world.agenda.after(seconds / 4, lambda: _change(world, uuid, state=outcome.running_state or "running"))
    world.agenda.after(seconds, lambda: _end(world, uuid, outcome, kind, work))
    return Submitted(record, outcome)


def _change(world: World, uuid: str, **fields: Any) -> None:
    record = world.table(TABLE).edit_if_there(uuid)
    if record is not None:
        world.table(TABLE).put({**record, **fields})


def _end(world: World, uuid: str, outcome: Outcome, kind: str, work: Callable[[], None]) -> None:
    fields: Record = {"state": "success", "message": "success"}
    try:
        reason = outcome.failure_of(0, kind, 0)
        if reason is not None:
            raise TaskFailure(reason)
        if outcome.works:
            work()
    except TaskFailure as failure:
        where = world.switches["ontap_job_error"]
        fields = {"state": "failure", "code": FAILURE_CODE, "message": failure.reason if where != "error" else ""}
        if where != "message":
            fields["error"] = {"message": failure.reason, "code": str(FAILURE_CODE)}
    now = world.agenda.now()
    fields.update(end_time=timestamp(world.clock.date(now)), ended=now, lost=outcome.lost)
    if outcome.state:
        fields["state"] = outcome.state
    fields.update(dict.fromkeys(outcome.omit))
    _change(world, uuid, **fields)


async def answer(request: Request, job: Submitted, status: int, headers: Record, records: list[Record]) -> Answer:
    """202 with the job; or ``status``, if the job ends within ``return_timeout``."""
    world, seconds = request.world, request.hold()
    agenda = world.agenda
    deadline = agenda.clock.seconds() + seconds
    while seconds and "ended" not in world.record(TABLE, job.key) and agenda.clock.seconds() < deadline:
        upcoming = min(agenda.next_moment() or deadline, deadline) - agenda.clock.seconds()
        await agenda.clock.pause(upcoming)
        agenda.run_due()
    record = world.record(TABLE, job.key)
    if "ended" in record and record["state"] == "failure":
        reason = (record.get("error") or {}).get("message") or record["message"]
        raise Refusal(world.switches["ontap_held_failure"], str(FAILURE_CODE), reason)
    block: Record = {"uuid": job.key}
    if request.hal:
        block["_links"] = link(f"/api/cluster/jobs/{job.key}")
    body: Record = {"job": block}
    if request.parameters.get("return_records") == "true":
        body.update(num_records=len(records), records=records)
    return Answer(status if "ended" in record else 202, body, headers)


def _shown(request: Request) -> list[Record]:
    world, now = request.world, request.world.agenda.now()
    retention = world.switches["job_retention"]
    return [
        job
        for job in world.table(TABLE).values()
        if job["cluster"]["uuid"] == request.cluster["uuid"]
        and now >= job["seen_from"]
        and not ("ended" in job and (job["lost"] or (retention and now >= job["ended"] + retention)))
    ]


def _list(request: Request) -> Answer:
    return VIEW.many(request, _shown(request), "/api/cluster/jobs")


def _read(request: Request) -> Answer:
    uuid = request.params["uuid"]
    job = next((job for job in _shown(request) if job["uuid"] == uuid), None)
    if job is None:
        raise absent()
    return VIEW.one(request, job, f"/api/cluster/jobs/{uuid}")


APIS = [Api("cluster/jobs", {"GET": _list}), Api("cluster/jobs/{uuid}", {"GET": _read})]
