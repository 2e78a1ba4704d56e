# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What UM forgets with a cluster, and finds again when it is added once more (docs/facts/server.md, 5.3)."""

from __future__ import annotations

from typing import Any

from . import policies
from .paths import DATASOURCES, EVENTS, FILE_SHARES, LUNS
from .tables import Record
from .world import World

WORKLOADS = (LUNS, FILE_SHARES)


def past(world: World, address: str) -> dict[str, Any]:
    """What the cluster at an address still knows of itself: key, name and records by path, once it was removed."""
    return world.note(f"cluster at {address}")


def forget(world: World, datasource: Record) -> None:
    """Take a cluster and all that lies on it out of the inventory; events and assigned policies are lost."""
    gone = world.forget_cluster(datasource["key"].partition(":")[0])
    for path in WORKLOADS:
        for workload in gone.get(path, ()):
            policies.count(world, workload, None)
    gone.pop(EVENTS, None)
    gone.pop(DATASOURCES, None)
    past(world, datasource["address"]).update(key=datasource["key"], name=datasource["name"], records=gone)


def recall(world: World, address: str) -> None:
    """Put back what lies on a cluster that was removed before."""
    for path, records in past(world, address).pop("records", {}).items():
        for record in records:
            world.table(path).put(_unassigned(world, record) if path in WORKLOADS else record)


def _unassigned(world: World, workload: Record) -> Record:
    size = workload["space"]["size"]
    return {
        **workload,
        "assigned_performance_service_level": policies.level_block(world, None, size),
        "assigned_storage_efficiency_policy": policies.policy_block(world, None),
    }
