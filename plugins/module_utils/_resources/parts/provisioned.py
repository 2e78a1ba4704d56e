# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What LUNs and file shares have in common: sizes and policies, one property per PATCH.

Facts: docs/facts/server.md, 5.11 and 5.12. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..._base.errors import BadInput
from ..._base.lenient import integer
from ..._base.names import refers
from ..._base.sizes import MIB, human_size, parse_size, whole_mib
from ..._model import kinds
from ..._model.desired import Scope, given, references, scope_of
from ..._model.resource import Operation, Record, name_of, option_of

UNASSIGNED = "Unassigned"  # takes a Performance Service Level away (docs/facts/server.md, 5.11)
ASSIGNED = {
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}
POLICIES = {
    "performance_service_level": kinds.PERFORMANCE_SERVICE_LEVEL,
    "storage_efficiency_policy": kinds.STORAGE_EFFICIENCY_POLICY,
}


def normalise(desired: Record) -> None:
    """Sizes in bytes, as they were asked for; they are rounded where they are sent.

    :raises BadInput: the size is not a size, or the policy cannot be removed
    """
    if "size" in desired:
        desired["size"] = parse_size(desired["size"])
    if desired.get("storage_efficiency_policy") == UNASSIGNED:
        raise BadInput("storage_efficiency_policy: Unified Manager cannot remove a policy; assign another one instead.")


def current(record: Record) -> Record:
    """The part of a record that both have, in the words of the options."""
    return {
        "svm": record.get("svm"),
        "size": integer((record.get("space") or {}).get("size")),
        **{option: record.get(field) for option, field in ASSIGNED.items()},
        "operational_state": record.get("operational_state") or None,
    }


def check_creation(desired: Record) -> None:
    """:raises BadInput: it would begin without a level"""
    if desired["performance_service_level"] == UNASSIGNED:
        raise BadInput("performance_service_level: a new workload needs one; it can be removed afterwards.")


def creation(desired: Record) -> Record:
    """The part of a POST's body that both have."""
    return {"name": desired["name"], "space": {"size": whole_mib(desired["size"])}, **references(desired, POLICIES)}


def changes(before: Record, desired: Record, title: str) -> Iterator[Operation]:
    """The PATCHes for size, level and policy, in this order.

    :raises BadInput: it would become smaller
    """
    if "size" in desired:
        yield from _size_change(before["size"], desired["size"], title)
    for option in POLICIES:
        if option in desired and not _is_assigned(before[option], desired[option]):
            unassigned = option == "performance_service_level" and desired[option] == UNASSIGNED
            body = {option: {"key": UNASSIGNED}} if unassigned else references(desired, {option: POLICIES[option]})
            yield Operation.change(body, {option: name_of(before[option])}, {option: desired[option]})


def _size_change(current: int | None, asked: int, title: str) -> Iterator[Operation]:
    """UM counts in MiB, so an object less than one MiB too large has the desired size (docs/facts/server.md, 5.11)."""
    size = whole_mib(asked)
    if current is None or current < asked:
        old = None if current is None else human_size(current)
        yield Operation.change({"space": {"size": size}}, {"size": old}, {"size": human_size(size)})
    elif current - asked >= MIB:
        raise BadInput(
            f"size: {human_size(asked)} is smaller than the {title}, which has {human_size(current)};"
            f" Unified Manager cannot shrink a {title}. Create a smaller one and copy the data."
        )


def _is_assigned(current: Any, desired: str) -> bool:
    """Whether the policy is assigned; a record without one means the same as Unassigned."""
    return refers(current, desired) or (desired == UNASSIGNED and name_of(current) in (None, UNASSIGNED))


def svm_scope(before: Record, desired: Record) -> Scope:
    """What lies on the object's own SVM, which the record knows by key."""
    key = (before["svm"] or {}).get("key")
    return (("svm", key),) if key else scope_of(desired, "svm", "cluster")


def state(before: Any, after: str) -> Operation:
    body = {"operational_state": after}
    return Operation.change(body, {"operational_state": before}, body)


def planned(record: Record, body: Record) -> tuple[Record, Record]:
    """What is kept of a record and what a body adds to it, under the names by which a workload shows it."""
    sent = {ASSIGNED.get(name, name): value for name, value in body.items() if name != "operational_state"}
    level = sent.get("assigned_performance_service_level")
    if level and level.get("key") == UNASSIGNED:
        sent["assigned_performance_service_level"] = {"key": None, "name": UNASSIGNED}
    gone = {"operational_state", *(name for name in ASSIGNED.values() if name in sent)}
    return {name: value for name, value in record.items() if name not in gone}, sent


def display(options: Record) -> Record:
    """Options as a person would write them, for the diff."""
    result = dict(options)
    if isinstance(result.get("size"), int):
        result["size"] = human_size(whole_mib(result["size"]))
    for name in ("svm", *ASSIGNED):
        if isinstance(result.get(name), dict):
            result[name] = name_of(result[name])
    return {name: value for name, value in result.items() if value != UNASSIGNED}


def describe(record: Record) -> Record:
    """The options of both that describe a record: where it lies, its size in whole MiB, and its policies."""
    now = current(record)
    size = now["size"] or 0
    options = {field: option_of(record.get(field)) for field in ("svm", "cluster")}
    options["size"] = human_size(size // MIB * MIB if size >= MIB else size) if size else None
    options.update({option: option_of(now[option]) for option in POLICIES})
    options["performance_service_level"] = options["performance_service_level"] or UNASSIGNED
    if options["storage_efficiency_policy"] == UNASSIGNED:
        del options["storage_efficiency_policy"]
    options["operational_state"] = now["operational_state"]
    return given(options, options)
