# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What UM sends of a job, in either dialect.

See docs/facts/server.md, 0.4 and 4.4; docs/facts/job-contract.md, section 1.
"""

from __future__ import annotations

import zlib
from typing import Any

from .clock import timestamp
from .jobs import Job, Jobs, Task
from .switches import Switches


class JobRows:
    """The jobs as records, newest first, for a Collection."""

    indexed = Jobs.indexed

    def __init__(self, jobs: Jobs, switches: Switches) -> None:
        self._jobs = jobs
        self._switches = switches

    def values(self) -> list[dict[str, Any]]:
        return [view(self._jobs, job, self._switches) for job in self._jobs.newest_first()]

    def find(self, field: str, text: str) -> list[dict[str, Any]]:
        if field == "parent_job_key":
            found = self._jobs.children_of(text)
        else:
            job = self._jobs.get(text)
            found = [] if job is None else [job]
        return [view(self._jobs, job, self._switches) for job in found]


def view(jobs: Jobs, job: Job, switches: Switches) -> dict[str, Any]:
    """The Job object."""
    record = {
        "key": job.key,
        "name": _word(job.name, switches),
        "type": _word(job.kind, switches),
        **_state_and_status(job, switches["job_dialect"]),
        "submit_time": timestamp(jobs.date(job.submitted)),
        "parent_job_key": job.parent.key if job.parent else None,
        "spawned_job_summary": _summary(job),
        "task_reports": [_task(jobs, task, switches) for task in job.tasks],
        "_links": jobs.link(job),
    }
    if job.final:
        record["complete_time"] = timestamp(jobs.date(job.ended))
    elif switches["complete_time_while_running"] == "null":
        record["complete_time"] = None
    results = job.outcome.results
    if results is None:
        results = [{"name": name, "value": value} for name, value in job.results.items()] if job.final else []
    if results or switches["empty_job_results"] == "empty":
        record["job_results"] = results
    for field in job.outcome.omit:
        record.pop(field, None)
    return record


def _state_and_status(job: Job, dialect: str) -> dict[str, str]:
    state = job.state if job.final or job.state != "running" else job.outcome.running_state or "running"
    if dialect == "document":
        return {"state": state, "status": job.status}
    if job.final:
        return {"state": (job.status if state == "completed" else state).upper()}
    return {"state": ("warning" if job.status == "warning" else state).upper()}


def _word(word: str, switches: Switches) -> str:
    """A word of UM that is not documented: the simulator's own, or a code without a meaning."""
    return word if switches["job_names"] == "words" else f"code_{zlib.crc32(word.encode()):08x}"


def _task(jobs: Jobs, task: Task, switches: Switches) -> dict[str, Any]:
    report = {
        "key": task.key,
        "name": _word(task.kind, switches),
        "type": _word(task.kind, switches),
        "description": task.description,
        "state": task.state,
        "status": task.status,
        "failure_reason": task.failure_reason,
    }
    for name, moment in (("start_time", task.started), ("complete_time", task.ended)):
        report[name] = None if moment is None else timestamp(jobs.date(moment))
    return report


def _summary(job: Job) -> dict[str, int]:
    """The counts; completed ones include successful, failed and aborted ones (docs/facts/server.md, 4.7)."""
    ended = [child for child in job.children if child.final]
    aborted = sum(child.state == "aborted" for child in ended)
    successful = sum(child.state == "completed" and child.status in ("normal", "warning") for child in ended)
    return {
        "total_jobs": len(job.children),
        "running_jobs": len(job.children) - len(ended),
        "completed_jobs": len(ended),
        "successful_jobs": successful,
        "failed_jobs": len(ended) - aborted - successful,
        "aborted_jobs": aborted,
    }
