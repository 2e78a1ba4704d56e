# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes and LUNs: a few with a story, and as many as wanted without one."""

from __future__ import annotations

from typing import Any

from .. import storage
from ..keys import named_uuid, object_key
from ..paths import LUNS, PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES, VOLUMES, link
from ..resources import lun_records
from ..tables import Record
from ..world import World
from .datacenter import CREATED, GIB, aggregate_named, cluster_uuid, igroup_named, svm_named

PER_VOLUME = 500

# cluster, SVM, aggregate, name, size, used
VOLUMES_SEEDED = (
    ("cluster1", "svm1", "aggr1", "vol_db", 500 * GIB, 0),
    ("cluster1", "svm1", "aggr2", "vol_esx", 2000 * GIB, 0),
    ("cluster1", "svm1", "aggr_full", "vol_full", 10 * GIB, 0),
    ("cluster1", "svm2", "aggr2", "vol_lab", 200 * GIB, 0),
    ("cluster1", "svm_nosan", "aggr1", "vol_nosan", 100 * GIB, 0),
    ("cluster1", "svm_nas", "aggr1", "vol_home", 800 * GIB, 310 * GIB),
    ("cluster1", "svm_nas", "aggr3", "vol_projects", 1500 * GIB, 900 * GIB),
    ("cluster1", "svm_shared", "aggr2", "vol_shared", 100 * GIB, 0),
    ("cluster2", "svm_shared", "fas_aggr1", "vol_shared", 100 * GIB, 0),
    ("cluster2", "svm_fas", "fas_aggr2", "vol_archive", 9000 * GIB, 7000 * GIB),
    ("cluster3", "svm_asa", "asa_aggr1", "vol_asa", 1000 * GIB, 0),
)
# cluster, SVM, volume, name, size, os_type, level, policy, {igroup: logical unit number}
LUNS_SEEDED: tuple[tuple[Any, ...], ...] = (
    ("cluster1", "svm1", "vol_db", "lun_ora01", 100 * GIB, "linux", "Performance", "High", {"ig_linux01": 0}),
    ("cluster1", "svm1", "vol_db", "lun_ora02", 100 * GIB, "linux", "Performance", "High", {"ig_linux01": 1}),
    ("cluster1", "svm1", "vol_esx", "lun_esx01", 800 * GIB, "vmware", "Value", "Low", {"ig_esx01": 0}),
    ("cluster1", "svm1", "vol_esx", "lun_spare", 50 * GIB, "vmware", None, None, {}),
    ("cluster1", "svm2", "vol_lab", "lun_lab01", 20 * GIB, "linux", None, None, {"ig_linux01": 0}),
    ("cluster1", "svm_shared", "vol_shared", "lun_twin", 10 * GIB, "linux", "Value", "High", {}),
    ("cluster2", "svm_shared", "vol_shared", "lun_twin", 10 * GIB, "linux", "Value", "High", {}),
    ("cluster2", "svm_fas", "vol_archive", "lun_backup", 2000 * GIB, "windows_2008", None, "Low", {"ig_win01": 3}),
    ("cluster3", "svm_asa", "vol_asa", "lun_asa01", 300 * GIB, "linux", "Extreme Performance", "High", {}),
)


def seed(world: World) -> None:
    for cluster, svm, aggregate, name, size, used in VOLUMES_SEEDED:
        _add_volume(world, cluster, svm, aggregate, name, size, used)
    for cluster, svm, volume, name, size, os_type, level, policy, maps in LUNS_SEEDED:
        lun = lun_records.new_lun(
            world,
            volume_named(world, cluster, svm, volume),
            named_uuid(cluster, svm, volume, name),
            name,
            size,
            os_type,
            _key_of(world, PERFORMANCE_SERVICE_LEVELS, level),
            _key_of(world, STORAGE_EFFICIENCY_POLICIES, policy),
        )
        if maps:
            lun["lun_maps"] = [
                lun_records.map_entry(world, igroup_named(world, cluster, svm, igroup)["key"], number)
                for igroup, number in maps.items()
            ]
        storage.fill_volume(world, lun["volume"]["key"], size)
        lun_records.store(world, lun)


def volume_named(world: World, cluster: str, svm: str, name: str) -> Record:
    return world.record(
        VOLUMES, object_key(cluster_uuid(cluster), "volume", uuid=named_uuid(cluster, svm, "volume", name))
    )


def add_many(world: World, number: int) -> None:
    """LUNs of 1 GiB on svm1: /vol/vol_bulk_001/lun_000001 and so on, without level and policy."""
    template: Record = {}
    for index in range(number):
        if index % PER_VOLUME == 0:
            name = f"vol_bulk_{index // PER_VOLUME + 1:03}"
            volume = _add_volume(world, "cluster1", "svm1", "aggr2", name, PER_VOLUME * GIB, PER_VOLUME * GIB)
            template = lun_records.new_lun(world, volume, named_uuid(name), "lun", GIB, "linux")
        name = f"lun_{index + 1:06}"
        uuid = named_uuid("bulk", name)
        key = object_key(cluster_uuid("cluster1"), "lun", uuid=uuid)
        lun = {**template, "key": key, "uuid": uuid, "name": f"/vol/{template['volume']['name']}/{name}"}
        lun["_links"] = link(LUNS, key, encoded=True)
        lun_records.store(world, lun)


def _add_volume(world: World, cluster: str, svm: str, aggregate: str, name: str, size: int, used: int) -> Record:
    uuid = named_uuid(cluster, svm, "volume", name)
    place = (svm_named(world, cluster, svm), aggregate_named(world, cluster, aggregate))
    volume = storage.volume_record(world, *place, name, uuid, size, CREATED)
    volume["space"] = {"size": size, "used": used, "available": size - used}
    world.table(VOLUMES).put(volume)
    return volume


def _key_of(world: World, path: str, name: str | None) -> str | None:
    return world.table(path).find("name", name)[0]["key"] if name else None
