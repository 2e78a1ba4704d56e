# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that bring one object into the desired state: look up, plan, act, wait, read back, report.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from .._engine.ansible_module import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, target_result, unchanged
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.watched_job import abandon
from .._model import options
from .._model.resource import Record, Resource

LookUp = Callable[[Session], tuple[Resource, Optional[Record]]]


def run_change(resource: Resource) -> None:
    """The whole of a module that changes a resource."""
    keywords = options.for_changing(resource.arguments, resource.rules, resource.takes_time)
    change(new_host(keywords, **{resource.noun: None}, **unchanged()), resource)


def change(host: Host, resource: Resource, look_up: LookUp | None = None) -> None:
    """Bring one object into the desired state.

    :param look_up: reads what the resource depends on; returns it so completed, and the record to plan by
    """
    target = Target(resource, host.params)
    ignore_partial_failure = bool(host.params.get("ignore_partial_failure"))

    def work(session: Session, signals: Signals) -> Result:
        if look_up is not None:
            target.resource, target.listed = look_up(session)
        planner = Planner(session.client)
        planner.prepare([target])  # look up and plan
        if target.has_work and not host.check_mode:
            from .._engine.executor import Executor  # only now, since most runs find nothing to do

            executor = Executor(planner, session.poller, signals, host.params.get("wait", True), ignore_partial_failure)
            executor.perform([target])  # act, wait and read back
        return {}

    def report(error: BaseException | None) -> Result:
        if error is not None:
            target.error = error
            abandon(target.watches, error)
        return target_result(target, host.check_mode, ignore_partial_failure)

    run(host, work, report, target.warnings)
