# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs that a job spawned, read once when some of them failed (docs/facts/job-contract.md, 1).

Private to this collection.
"""

from __future__ import annotations

from .._base.errors import UMError
from .._um.client import JOBS, Client
from .job import FAILED, PARTIAL, UNKNOWN, Failure, parse
from .watched_job import Watch


def name_failed_children(client: Client, watch: Watch) -> None:
    """Give a watch whose job has failed children their names and reasons; what cannot be read becomes a remark."""
    job = watch.job
    failed = job.children.failed + job.children.aborted if job else 0
    if not failed:
        return
    if client.deadline.passed():
        watch.remarks.append(f"job {watch.key}: its {failed} failed jobs were not read, since wait_timeout had passed")
        return
    try:
        children = [parse(record) for record in client.records(JOBS, {"parent_job_key": watch.key})]
    except UMError as error:
        watch.remarks.append(f"job {watch.key}: its {failed} failed jobs could not be read. {error}")
        return
    watch.child_failures = tuple(
        Failure(child.name, f"job {child.key}", child.failures[0].reason if child.failures else "no reason given")
        for child in children
        if child.parent == watch.key and child.outcome in (FAILED, PARTIAL, UNKNOWN)
    )
    lacking = failed - len(watch.child_failures)
    if lacking > 0:
        watch.remarks.append(
            f"job {watch.key}: {lacking} of its {failed} failed jobs are not in Unified Manager's list"
        )
