# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assignment of Performance Service Levels and Storage Efficiency Policies to workloads.

See docs/facts/server.md, 5.17.
"""

from __future__ import annotations

from typing import Any

from .calls import Answer, Call, created, duplicate, in_use, ok
from .errors import bad_value
from .keys import named_uuid
from .paths import PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES, link
from .tables import value_at
from .world import World

Record = dict[str, Any]

UNASSIGNED = "Unassigned"
TIB = 1024**4
BLOCKS = {
    "assigned_performance_service_level": PERFORMANCE_SERVICE_LEVELS,
    "assigned_storage_efficiency_policy": STORAGE_EFFICIENCY_POLICIES,
}


def check_keys(call: Call, body: Record) -> None:
    """The level and the policy that a body names must exist; "Unassigned" is good for a level in a PATCH.

    :raises Refusal: 400
    """
    level = value_at(body, "performance_service_level.key")
    if not (level == UNASSIGNED and call.method == "PATCH"):
        call.referred(PERFORMANCE_SERVICE_LEVELS, level, "performance_service_level.key")
    policy = value_at(body, "storage_efficiency_policy.key")
    if policy == UNASSIGNED:
        raise bad_value("storage_efficiency_policy.key", "A Storage Efficiency Policy cannot be unassigned.")
    call.referred(STORAGE_EFFICIENCY_POLICIES, policy, "storage_efficiency_policy.key")


def level_block(world: World, key: str | None, size: int) -> Record:
    """What a workload of this size reports of its level; the absolute minimum overrides the IOPS per TB."""
    level = world.table(PERFORMANCE_SERVICE_LEVELS).get(key) if key else None
    if level is None:
        return {"key": None, "name": UNASSIGNED, "peak_iops": None, "expected_iops": None}
    iops, least = level["iops"], level["iops"]["absolute_min_iops"]
    return {
        "key": level["key"],
        "name": level["name"],
        "peak_iops": max(least, iops["peak_iops_per_tb"] * size // TIB),
        "expected_iops": max(least, iops["expected_iops_per_tb"] * size // TIB),
    }


def policy_block(world: World, key: str | None) -> Record:
    policy = world.table(STORAGE_EFFICIENCY_POLICIES).get(key) if key else None
    if policy is None:
        return {"key": None, "name": UNASSIGNED}
    return {"key": policy["key"], "name": policy["name"]}


def recommended_block(world: World, name: str, size: int) -> Record:
    """The level that UM recommends, which goes by the name: "ora" and "vm" mean something, the rest idles."""
    wanted = {"ora": "Extreme Performance", "vm": "Performance"}
    level = next((level for part, level in wanted.items() if part in name.rpartition("/")[2]), None)
    if level is None:
        return {"key": None, "name": "Idle", "peak_iops": None, "expected_iops": None}
    return level_block(world, world.table(PERFORMANCE_SERVICE_LEVELS).find("name", level)[0]["key"], size)


def resized(world: World, workload: Record) -> Record:
    """The level blocks of a workload whose size has changed."""
    size = workload["space"]["size"]
    return {
        "assigned_performance_service_level": level_block(
            world, workload["assigned_performance_service_level"]["key"], size
        ),
        "recommended_performance_service_level": recommended_block(world, workload["name"], size),
    }


def count(world: World, before: Record | None, after: Record | None) -> None:
    """Keep the workload_count of levels and policies, when a workload is made, changed or removed."""
    for block, path in BLOCKS.items():
        old = value_at(before, f"{block}.key")
        new = value_at(after, f"{block}.key")
        if old != new:
            _add(world, path, old, -1)
            _add(world, path, new, 1)


def _add(world: World, path: str, key: str | None, number: int) -> None:
    if key is not None and world.table(path).get(key) is not None:
        record = world.table(path).edit(key)
        record["workload_count"] += number
        world.table(path).put(record, at_once=True)


def create(call: Call, path: str, body: Record, reserved: tuple[str, ...]) -> Answer:
    """A user's own policy.

    :raises Refusal: its name cannot be had
    """
    name = body["name"]
    _check_name(call, path, name, reserved)
    key, now = named_uuid(path, name, call.world.now()), call.world.now()
    state = {"key": key, "system_defined": False, "workload_count": 0, "create_time": now, "update_time": now}
    record = {**body, **state, "_links": link(path, key)}
    call.world.table(path).put(record, at_once=True)
    return created(record)


def modify(call: Call, path: str, change: Record, reserved: tuple[str, ...]) -> Answer:
    """:raises Refusal: it is the system's, or assigned to a workload, or its new name cannot be had"""
    policy = _own(call, path)
    name = change["name"] if "name" in change else policy["name"]
    if name != policy["name"]:
        _check_name(call, path, name, reserved)
    nested = {field: {**policy[field], **part} for field, part in change.items() if isinstance(part, dict)}
    record = {**policy, **change, **nested, "update_time": call.world.now()}
    call.world.table(path).put(record, at_once=True)
    return ok(record)


def delete(call: Call, path: str) -> Answer:
    """:raises Refusal: it is the system's, assigned to a workload, or the last one"""
    policy = _own(call, path)
    if len(call.world.table(path)) == 1:
        raise in_use(call.world, "The last one cannot be deleted.")
    call.world.table(path).remove(policy["key"], at_once=True)
    return ok()


def _check_name(call: Call, path: str, name: str, reserved: tuple[str, ...]) -> None:
    """:raises Refusal: the name is reserved, or taken (5.15, 5.16)"""
    if name in reserved:
        raise bad_value("name", f"The name {name} is reserved.")
    if call.world.table(path).find("name", name):
        raise duplicate(call.world, "name", name)


def _own(call: Call, path: str) -> Record:
    policy = call.target(path)
    if policy["system_defined"]:
        raise in_use(call.world, f"{policy['name']} is defined by the system.")
    if policy["workload_count"]:
        raise in_use(call.world, f"{policy['name']} is assigned to {policy['workload_count']} workloads.")
    return policy
