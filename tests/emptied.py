# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unified Managers with nothing in them: worlds from which that is taken which their structure can bring back."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tests.simulator import clusters, network, paths, storage
from tests.simulator.keys import cluster_of, object_key
from tests.simulator.resources import backups, file_share_tasks, lun_records
from tests.simulator.tables import Record
from tests.simulator.world import World
from tests.worlds import KEPT_USERS


class Emptied(Enum):
    """What is left of a world, so that its structure can be applied to it."""

    CLEARED = "the clusters and the SVMs, with the volumes that UM did not make"
    BARE = "the clusters, and SVMs where somebody else has volumes"
    NEW = "nothing: the clusters are as they were, but not added yet"


def empty(world: World, how: Emptied) -> None:
    """Take out of a world what its structure can bring back."""
    for path in (paths.PERFORMANCE_SERVICE_LEVELS, paths.STORAGE_EFFICIENCY_POLICIES):
        _remove(world, path, lambda record: not record["system_defined"])
    _remove(world, paths.USERS, lambda record: record["name"] not in KEPT_USERS)
    for path in (paths.SCRIPTS, paths.ALERTS, paths.ACTIVE_DIRECTORY_MAPPINGS):
        _remove(world, path, lambda record: True)
    backups.seed(world)
    if how is Emptied.NEW:
        for datasource in list(world.table(paths.DATASOURCES).values()):
            world.table(paths.DATASOURCES).remove(datasource["key"])
            clusters.forget(world, datasource)
        return
    _clear(world)
    if how is Emptied.BARE:
        kept = {volume["svm"]["key"] for volume in world.table(paths.VOLUMES).values()}
        for svm in [one for one in world.table(paths.SVMS).values() if one["key"] not in kept]:
            clusters.forget_svm(world, svm["key"])


def _clear(world: World) -> None:
    """Take out of the clusters what UM has made there."""
    for lun in list(world.table(paths.LUNS).values()):
        volume = lun["volume"]["key"]
        lun_records.remove(world, lun["key"])
        if world.note(volume).get("made_by_um"):
            storage.delete_volume(world, volume)
    for share in list(world.table(paths.FILE_SHARES).values()):
        file_share_tasks.delete(world, share["key"])
    _remove(world, paths.IGROUPS, lambda record: True)
    for endpoint in list(world.table(paths.ACCESS_ENDPOINTS).values()):
        uuid = cluster_of(endpoint["key"])
        cluster = object_key(uuid, "cluster", uuid=uuid)
        if not world.record(paths.CLUSTERS, cluster)["is_san_optimized"]:
            network.remove_endpoint(world, endpoint["key"])


def _remove(world: World, path: str, goes: Callable[[Record], bool]) -> None:
    for record in [record for record in world.table(path).values() if goes(record)]:
        world.table(path).remove(record["name"] if path == paths.USERS else record["key"])
