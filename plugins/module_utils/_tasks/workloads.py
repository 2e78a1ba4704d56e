# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module for many LUNs and file shares does. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.ansible_module import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, unchanged
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._model import options
from .._model.desired import with_defaults
from .._model.resource import Params, Resource
from .._resources.file_share import FILE_SHARE
from .._resources.lun import LUN
from .batch import Batch

KINDS: Mapping[str, Resource] = {"luns": LUN, "file_shares": FILE_SHARE}


def run_workloads() -> None:
    """The whole of workloads."""
    keywords = options.for_changing(WORKLOAD_ARGUMENTS, WORKLOAD_RULES)
    change_workloads(new_host(keywords, luns=[], file_shares=[], **unchanged()))


def change_workloads(host: Host) -> None:
    """Bring all that are named into their desired states."""
    batch = batch_of(host.params, host.check_mode)

    def work(session: Session, signals: Signals) -> Result:
        planner = Planner(session.client)
        batch.plan(planner)
        batch.perform(planner, session, signals)
        return {}

    run(host, work, lambda error: batch.result(error, _entry), batch.warnings)


def batch_of(params: Params, check_mode: bool) -> Batch:
    """The targets that the options name."""
    groups = {
        option: [
            Target(resource, with_defaults(resource.arguments, desired, params["defaults"]))
            for desired in params[option] or ()
        ]
        for option, resource in KINDS.items()
    }
    return Batch(groups, params, check_mode, params["max_in_flight"], params["stop_on_failure"])


def _entry(target: Target, result: Result) -> Result:
    return {"name": target.params["name"], **result}


def _without_default(spec: Mapping[str, Any]) -> dict[str, Any]:
    """An option for which the module can see whether it was given."""
    return {name: value for name, value in spec.items() if name != "default"}


def _arguments() -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    common: dict[str, Any] = {}
    for option, resource in KINDS.items():
        own = {name: _without_default(spec) for name, spec in resource.arguments.items()}
        arguments[option] = {"type": "list", "elements": "dict", "options": own}
        common.update({name: spec for name, spec in own.items() if name != "name"})
    arguments["defaults"] = {"type": "dict", "options": common}
    arguments["max_in_flight"] = {"type": "int", "default": 8}
    arguments["stop_on_failure"] = {"type": "bool", "default": False}
    return arguments


WORKLOAD_ARGUMENTS = _arguments()
WORKLOAD_RULES = {"required_one_of": [list(KINDS)]}
