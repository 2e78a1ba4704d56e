# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing a whole UM to what one structure says: one plan, then kind after kind. Private to this collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .._base.errors import BadInput
from .._base.lenient import integer
from .._base.names import checked_name
from .._base.texts import more
from .._engine.ansible_module import Host, new_host
from .._engine.lookup import Lookup
from .._engine.planner import Planner
from .._engine.report import Result, unchanged
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._model import options
from .._model.desired import with_defaults
from .._model.resource import Params
from .._resources.configuration import REMOVABLE, SECTIONS, Section, is_meant, promised, to_be_removed
from .._resources.parts.provisioned import ASSIGNED
from .batch import Batch
from .configuration_info import Lists

WORKLOADS = ("luns", "file_shares")
POLICIES = ("performance_service_levels", "storage_efficiency_policies")
MANY = 5  # as many are named in a message
ARGUMENTS: dict[str, Any] = {
    "configuration": {
        "type": "dict",
        "required": True,
        "options": {
            name: {
                "type": "list",
                "elements": "dict",
                "options": dict(section.resource.arguments),
                **section.resource.rules,
            }
            for name, section in SECTIONS.items()
        },
    },
    "prune": {"type": "list", "elements": "str", "default": [], "choices": list(REMOVABLE)},
    "cluster": {"type": "str"},
    "svm": {"type": "str"},
    "max_deletions": {"type": "int", "default": 10},
    "max_in_flight": {"type": "int", "default": 8},
    "stop_on_failure": {"type": "bool", "default": False},
}


def run_configuration() -> None:
    """The whole of configuration."""
    apply(new_host(options.for_changing(ARGUMENTS, {}), configuration={}, **unchanged()))


def apply(host: Host) -> None:
    """Plan everything, and change it if the whole plan holds."""
    params = host.params
    groups = {
        name: [Target(section.resource, entry) for entry in params["configuration"].get(name) or ()]
        for name, section in SECTIONS.items()
    }
    order = [[name] for name in SECTIONS]
    batch = Batch(groups, params, host.check_mode, params["max_in_flight"], params["stop_on_failure"], order=order)

    def work(session: Session, signals: Signals) -> Result:
        _check(params)
        planner = Planner(session.client)
        _plan(batch, planner, session, params)
        batch.perform(planner, session, signals)
        return {}

    run(host, work, lambda error: _nested(batch.result(error, _entry, _label)), batch.warnings)


def _plan(batch: Batch, planner: Planner, session: Session, params: Params) -> None:
    """One plan for all; an entry may refer to what another one creates.

    :raises BadInput: an entry cannot be planned, or too much would be deleted; nothing was sent
    """
    for name, section in SECTIONS.items():
        for target in batch.groups[name]:
            for promise in promised(section, target.params):
                planner.lookup.promise(*promise)
    batch.plan(planner)
    lists = Lists(session.client)
    for name in params["prune"]:
        batch.add(planner, name, _removals(lists, SECTIONS[name], batch.groups[name], params))
    _plan_by_later_counts(batch, planner)
    _refuse(batch, planner.lookup, params)


def _plan_by_later_counts(batch: Batch, planner: Planner) -> None:
    """Policies are deleted last: whether one can be is a matter of the workloads that this run leaves to it."""
    gained: Counter[str | None] = Counter()
    for target in (target for kind in WORKLOADS for target in batch.groups[kind] if target.error is None):
        for field in ASSIGNED.values():
            before, after = (((record or {}).get(field) or {}).get("key") for record in (target.record, target.planned))
            gained[before] -= 1
            gained[after] += 1
    for target in (target for kind in POLICIES for target in batch.groups[kind]):
        if target.record and target.desired.get("state") == "absent" and gained[target.key]:
            count = (integer(target.record.get("workload_count")) or 0) + gained[target.key]
            planner.plan_again(target, {**target.record, "workload_count": count})


def _check(params: Params) -> None:
    """:raises BadInput: the options do not fit together"""
    unnamed = [name for name in params["prune"] if params["configuration"].get(name) is None]
    if unnamed:
        name = unnamed[0]
        raise BadInput(f"prune: configuration has no {name}; to delete all of them, write {name}: [] there.")
    for limit in ("cluster", "svm"):
        if params[limit] is None:
            continue
        checked_name(params[limit], limit)
        unfit = [name for name in params["prune"] if limit not in SECTIONS[name].scope]
        if unfit or not params["prune"]:
            what = f"{unfit[0]} do not lie in one" if unfit else "it limits what prune deletes"
            raise BadInput(f"{limit}: {what}; leave {limit} out.")


def _removals(lists: Lists, section: Section, targets: Iterable[Target], params: Params) -> list[Target]:
    """Targets for the objects of a kind that no entry names."""
    kept = {target.key for target in targets}
    return [
        Target(section.resource, with_defaults(section.resource.arguments, to_be_removed(section, whole)), whole)
        for record in lists.records(section, params["svm"])
        if is_meant(section, record, params["cluster"], params["svm"])
        and not section.system_defined(record)
        and section.resource.key_of(record) not in kept
        for whole in [lists.detailed(section, record)]
    ]


def _refuse(batch: Batch, lookup: Lookup, params: Params) -> None:
    """:raises BadInput: the plan does not hold"""
    wrong = [target for target in batch.targets if target.error is not None]
    if wrong:
        raise BadInput(f"Nothing was done, because {len(wrong)} of {len(batch.targets)} cannot be planned.")
    removals = [target for target in batch.targets if target.desired.get("state") == "absent" and target.operations]
    if params["prune"] and len(removals) > params["max_deletions"]:
        names = ", ".join(target.name for target in removals[:MANY])
        raise BadInput(
            f"max_deletions: {len(removals)} objects would be deleted, more than {params['max_deletions']};"
            f" nothing was done. They are {names}{more(len(removals) - MANY)}."
        )
    if params["wait"]:
        return
    late = [target for target in batch.targets if any(lookup.awaits(one.body) for one in target.operations)]
    if late:
        name = late[0].name
        raise BadInput(f"wait: {name} refers to an object that this run creates; nothing was done. Set wait: true.")


def _entry(target: Target, result: Result) -> Result:
    return {"name": target.mention or target.resource.title, **result}


def _label(option: str, number: int, target: Target) -> str:
    return f"{option}[{number}] {target.mention or target.resource.title}"


def _nested(result: Result) -> Result:
    """The entries of each kind that has some, below one key, beside what is said of all."""
    entries = {name: result.pop(name) for name in SECTIONS}
    return {"configuration": {name: found for name, found in entries.items() if found}, **result}
