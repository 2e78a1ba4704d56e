# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes with a cluster or an SVM (docs/facts/server.md, 5.3 and 5.10).

What UM forgets of a cluster it finds again when the cluster is added once more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import policies, storage
from .paths import DATASOURCES, EVENTS, FILE_SHARES, LUNS, VOLUMES
from .tables import Record, value_at
from .world import World

WORKLOADS = (LUNS, FILE_SHARES)


def past(world: World, address: str) -> dict[str, Any]:
    """What the cluster at an address still knows of itself: key, name and records by path, once it was removed."""
    return world.note(f"cluster at {address}")


def forget(world: World, datasource: Record) -> None:
    """Take a cluster and all that lies on it out of the inventory; events and assigned policies are lost."""
    cluster = datasource["key"].partition(":")[0] + ":"
    gone = _forget(world, lambda path, record: any(key.startswith(cluster) for key in _keys(record)))
    gone.pop(EVENTS, None)
    gone.pop(DATASOURCES, None)
    past(world, datasource["address"]).update(key=datasource["key"], name=datasource["name"], records=gone)


def forget_svm(world: World, key: str) -> None:
    """Take all that lies on an SVM out of the inventory, and the SVM itself; its events stay."""
    for volume in list(world.table(VOLUMES).find("svm.key", key)):
        storage.delete_volume(world, volume["key"])
    _forget(world, lambda path, record: path != EVENTS and key in _keys(record))


def _forget(world: World, goes: Callable[[str, Record], bool]) -> dict[str, list[Record]]:
    gone = world.forget(goes)
    for path in WORKLOADS:
        for workload in gone.get(path, ()):
            policies.count(world, workload, None)
    return gone


def _keys(record: Record) -> list[str]:
    """The keys of a record and of the cluster and the SVM that it lies on."""
    keys = (record.get("key"), value_at(record, "cluster.key"), value_at(record, "svm.key"))
    return [key for key in keys if isinstance(key, str)]


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
