# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for jobs that another run submitted. Private to this collection."""

from __future__ import annotations

import re

from .._base.errors import BadInput
from .._base.names import is_key, object_type
from .._base.texts import first_of
from .._engine.ansible_module import Host, new_host
from .._engine.report import Result, worst
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._jobs.children import name_failed_children
from .._jobs.job import PARTIAL, SUCCESS, UNKNOWN, WARNING
from .._jobs.ontap_job import ontap_jobs
from .._jobs.watched_job import LONG, Source, Watch, abandon
from .._model import options
from .._um.gateway import find_cluster

WAIT_ARGUMENTS = {
    "keys": {"type": "list", "elements": "str", "required": True, "no_log": False},
    "cluster": {"type": "str"},
}
_KEY = re.compile(r"[\w.:=,-]+", re.ASCII)  # UM's have colons, ONTAP's are UUIDs


def wait_for_jobs(host: Host) -> None:
    """Wait until all have ended, then report how; one that did not end well fails the task."""
    watches: list[Watch] = []
    warnings: list[str] = []
    ignore_partial_failure = host.params["ignore_partial_failure"]

    def work(session: Session, signals: Signals) -> Result:
        keys = list(dict.fromkeys(host.params["keys"]))
        if not all(_KEY.fullmatch(key) for key in keys):
            raise BadInput(
                f"keys: {keys!r} are not job keys; write keys like 06a6148bf9e862df:-2611856e:16e8d47e722:-7f87."
            )
        source = _source(session, host.params["cluster"], keys)
        if source is not None and host.params["polling"] == LONG:
            warnings.append("polling: long has no effect on jobs of ONTAP; standard polling is used instead.")
        watches.extend(Watch(key, session.poller.now(), f"job {key}", source=source) for key in keys)
        session.poller.wait_for_all(watches)
        for watch in watches:
            name_failed_children(session.client, watch)
            warnings.extend(watch.remarks)
        return {}

    def report(error: BaseException | None) -> Result:
        abandon(watches, error)
        return _result(watches, error, ignore_partial_failure)

    run(host, work, report, warnings)


def _source(session: Session, cluster: str | None, keys: list[str]) -> Source | None:
    """Where the jobs are read: UM's own collection (None), or that of the ONTAP of a cluster."""
    if cluster is None:
        return None
    if not all(is_key(key) and object_type(key) is None for key in keys):
        raise BadInput(
            f"keys: {keys!r} are not keys of ONTAP's jobs, which are UUIDs; for UM's own jobs leave cluster out."
        )
    return ontap_jobs(find_cluster(session.client, cluster))


def _result(watches: list[Watch], error: BaseException | None, ignore_partial_failure: bool) -> Result:
    ended = {watch.outcome for watch in watches}
    outcome = worst(ended) or "unchanged"
    if error is not None:
        outcome = getattr(error, "outcome", UNKNOWN)
    result: Result = {"changed": False, "outcome": outcome, "jobs": [watch.describe() for watch in watches]}
    well = (SUCCESS, WARNING, PARTIAL) if ignore_partial_failure else (SUCCESS, WARNING)
    bad = [watch for watch in watches if watch.outcome not in well]
    if bad or error is not None:
        sentences = [getattr(error, "message", str(error))] if error is not None else []
        sentences += [watch.sentence() for watch in bad]
        ended_well = f"{len(watches) - len(bad)} of {len(watches)} jobs succeeded. " if watches else ""
        result.update(failed=True, msg=f"{ended_well}{first_of(sentences)}")
    return result


def run_job_wait() -> None:
    """The whole of job_wait."""
    wait_for_jobs(new_host(options.for_waiting(WAIT_ARGUMENTS), jobs=[]))
