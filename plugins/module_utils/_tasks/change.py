# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that bring one object into the desired state. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable

from .._engine.host import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, target_result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.watch import abandon
from .._model import options
from .._model.resource import Record, Resource


def run_change(resource: Resource) -> None:
    """The whole of a module that changes a resource."""
    change(new_host(**options.for_changing(resource.arguments, resource.rules)), resource)


def _nothing(session: Session, target: Target) -> Record | None:
    return None


def change(host: Host, resource: Resource, look: Callable[[Session, Target], Record | None] = _nothing) -> None:
    """Bring one object into the desired state.

    :param look: what it finds on the server is the record to plan by, and it may add to the target's options
    """
    target = Target(resource, host.params)

    def work(session: Session, signals: Signals) -> Result:
        planner = Planner(session.client)
        target.listed = look(session, target)
        planner.prepare([target])
        if target.has_work and not host.check_mode:
            from .._engine.engine import Engine

            ignore = host.params["ignore_partial_failure"]
            Engine(planner, session.poller, signals, host.params["wait"], ignore).perform([target])
        return {}

    def report(error: BaseException | None) -> Result:
        if error is not None:
            target.error = error
            abandon(target.watches, error)
        return target_result(target, host.check_mode, host.params["ignore_partial_failure"])

    run(host, work, report, target.warnings)
