# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job record of ONTAP says, in the words of UM's jobs (docs/facts/server.md, 6.9). Private to this collection.

ONTAP's job has one ``state`` - queued, running, paused, success or failure - and no tasks; ``message``, ``code`` and in
newer releases ``error`` say why it failed. What it was asked for is its ``description``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .._um.client import Client
from .._um.gateway import GATEWAYS
from .job import FAILED, NO_CHILDREN, SUBMITTED, SUCCESS, UNKNOWN, Failure, Job
from .submission import submitted_since
from .watched_job import Source

_FINAL = {"success": SUCCESS, "failure": FAILED}
_RUNNING = {"queued", "running", "paused"}
NEWEST_JOBS = 100
NO_REASON = "no reason given"


def parse_ontap(record: Mapping[str, Any]) -> Job:
    """A Job from ONTAP's record; an unknown word counts as running until there is an ``end_time``."""
    state, end_time = _text(record.get("state")), _text(record.get("end_time"))
    outcome = _outcome((state or "").strip().casefold(), end_time is not None)
    return Job(
        key=str(record.get("uuid") or ""),
        name=_text(record.get("description")),
        type=None,
        state=state,
        status=None,
        parent=None,
        submit_time=_text(record.get("start_time")),
        complete_time=end_time,
        results={},
        tasks_total=0,
        tasks_completed=0,
        failures=(Failure(None, None, reason_of(record)),) if outcome == FAILED else (),
        remarks=(),
        descriptions=(),
        children=NO_CHILDREN,
        outcome=outcome,
    )


def reason_of(record: Mapping[str, Any]) -> str:
    """Why it failed: the texts of ``error`` and ``message``, each once, and ONTAP's code."""
    error = record.get("error")
    error = error if isinstance(error, Mapping) else {}
    texts = [text.strip().rstrip(".") for text in (_text(error.get("message")), _text(record.get("message"))) if text]
    said = "; ".join(text for number, text in enumerate(texts) if not any(text in other for other in texts[:number]))
    code = next(
        (str(value) for value in (error.get("code"), record.get("code")) if value not in (None, "", 0, "0")), ""
    )
    return (said or NO_REASON) + (f" (code {code})" if code and code not in said else "")


def _outcome(state: str, has_ended: bool) -> str:
    if state in _FINAL:
        return _FINAL[state]
    return UNKNOWN if has_ended and state not in _RUNNING else SUBMITTED


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def ontap_jobs(cluster: str) -> Source:
    """Where the ONTAP jobs of a cluster are read."""
    return Source(f"{GATEWAYS}/{cluster}/cluster/jobs", parse_ontap, "uuid", f"cluster: '{cluster}'")


def jobs_of(client: Client, jobs: Source, method: str, path: str) -> Callable[[float | None], list[Job]]:
    """A search for the jobs of a request since a moment: ONTAP describes a job by its request.

    :param jobs: where the jobs of the cluster are read
    :param path: of the request, below ONTAP's ``/api/``
    """
    made = "(/[^/?]*)?" if method == "POST" else "/?"
    pattern = re.compile(rf"{method} /api/{re.escape(path)}{made}(\?.*)?")

    def find(sent_at: float | None) -> list[Job]:
        if sent_at is None:
            return []
        query = {"fields": "*", "order_by": "start_time desc", "max_records": NEWEST_JOBS}
        found = map(parse_ontap, client.records(jobs.collection, query, NEWEST_JOBS))
        return [job for job in found if pattern.fullmatch(job.name or "") and submitted_since(job, sent_at)]

    return find
