# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What LUNs and file shares have in common: sizes and policies, one property per PATCH.

See docs/facts/server.md, 5.11, 5.12.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..._base.errors import BadInput
from ..._base.names import refers
from ..._base.sizes import human_size, parse_size, whole_mib
from ..._model import kinds
from ..._model.resource import Operation, Record, Reference, name_of

UNASSIGNED = "Unassigned"  # takes a Performance Service Level away (docs/facts/server.md, 5.11)
ASSIGNED = {
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}


def normalise(desired: Record) -> None:
    """Sizes in whole MiB as bytes.

    :raises BadInput: a size that is none, or a policy that shall be taken away
    """
    if "size" in desired:
        desired["size"] = whole_mib(parse_size(desired["size"]))
    if desired.get("storage_efficiency_policy") == UNASSIGNED:
        raise BadInput(
            "storage_efficiency_policy: Unified Manager cannot take a policy away; assign another one instead."
        )


def current(record: Record) -> Record:
    """The part of a record that both have, in the words of the options."""
    return {
        "svm": record.get("svm"),
        "size": (record.get("space") or {}).get("size"),
        **{option: record.get(field) for option, field in ASSIGNED.items()},
        "operational_state": record.get("operational_state"),
    }


def check_creation(desired: Record) -> None:
    """:raises BadInput: it would begin without a level"""
    if desired["performance_service_level"] == UNASSIGNED:
        raise BadInput("performance_service_level: a new workload needs one; it can be taken away afterwards.")


def creation(desired: Record) -> Record:
    """The part of a POST's body that both have."""
    body = {"name": desired["name"], "space": {"size": desired["size"]}, "performance_service_level": level(desired)}
    if "storage_efficiency_policy" in desired:
        body["storage_efficiency_policy"] = policy(desired)
    return body


def changes(before: Record, desired: Record, title: str) -> Iterator[Operation]:
    """The PATCHes for size, level and policy, in this order.

    :raises BadInput: it would become smaller
    """
    size = desired.get("size", before["size"])
    if size < before["size"]:
        raise BadInput(
            f"size: {human_size(size)} is smaller than the {title}, which has {human_size(before['size'])};"
            f" Unified Manager cannot shrink a {title}. Create a smaller one and copy the data."
        )
    if size != before["size"]:
        old, new = {"size": human_size(before["size"])}, {"size": human_size(size)}
        yield Operation.change({"space": {"size": size}}, old, new)
    for option, reference in (("performance_service_level", level), ("storage_efficiency_policy", policy)):
        if option in desired and not refers(before[option], desired[option]):
            old, new = {option: name_of(before[option])}, {option: desired[option]}
            yield Operation.change({option: reference(desired)}, old, new)


def level(desired: Record) -> Any:
    wanted = desired["performance_service_level"]
    if wanted == UNASSIGNED:
        return {"key": UNASSIGNED}
    return Reference(kinds.PERFORMANCE_SERVICE_LEVEL, wanted, "performance_service_level")


def policy(desired: Record) -> Reference:
    return Reference(kinds.STORAGE_EFFICIENCY_POLICY, desired["storage_efficiency_policy"], "storage_efficiency_policy")


def scope(desired: Record, *fields: str) -> tuple[tuple[str, str], ...]:
    return tuple((field, desired[field]) for field in fields if field in desired)


def svm_scope(before: Record, desired: Record) -> tuple[tuple[str, str], ...]:
    """What lies on the object's own SVM, which the record knows by key."""
    key = (before["svm"] or {}).get("key")
    return (("svm", key),) if key else scope(desired, "svm", "cluster")


def state(before: Any, after: str) -> Operation:
    body = {"operational_state": after}
    return Operation.change(body, {"operational_state": before}, body)


def planned(record: Record, body: Record) -> tuple[Record, Record]:
    """What is kept of a record and what a body adds to it, under the names by which a workload shows it."""
    shown = {ASSIGNED.get(name, name): value for name, value in body.items() if name != "operational_state"}
    wanted = shown.get("assigned_performance_service_level")
    if wanted and wanted.get("key") == UNASSIGNED:
        shown["assigned_performance_service_level"] = {"key": None, "name": UNASSIGNED}
    gone = {"operational_state", *(name for name in ASSIGNED.values() if name in shown)}
    return {name: value for name, value in record.items() if name not in gone}, shown


def shown(fields: Record) -> Record:
    """Options as a person would write them, for the diff."""
    said = dict(fields)
    if isinstance(said.get("size"), int):
        said["size"] = human_size(said["size"])
    for name in ("svm", *ASSIGNED):
        if isinstance(said.get(name), dict):
            said[name] = name_of(said[name])
    return {name: value for name, value in said.items() if value != UNASSIGNED}
