# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LUN in both of its views: the workload of storage-provider and the object of the inventory.

See docs/facts/server.md, 8.
"""

from __future__ import annotations

from typing import Any

from .. import policies
from ..keys import cluster_of, object_key
from ..paths import DATACENTER_LUNS, IGROUPS, LUNS, VOLUMES, link, reference
from ..world import World

Record = dict[str, Any]


def new_lun(
    world: World,
    volume: Record,
    uuid: str,
    name: str,
    size: int,
    os_type: str,
    level: str | None = None,
    policy: str | None = None,
) -> Record:
    """The workload record of an unmapped LUN.

    :param name: without the path
    """
    key = object_key(cluster_of(volume["key"]), "lun", uuid=uuid)
    full_name = f"/vol/{volume['name']}/{name}"
    return {
        "key": key,
        "uuid": uuid,
        "name": full_name,
        "cluster": volume["cluster"],
        "svm": volume["svm"],
        "volume": reference(VOLUMES, volume),
        "assigned_performance_service_level": policies.level_block(world, level, size),
        "recommended_performance_service_level": policies.recommended_block(world, full_name, size),
        "assigned_storage_efficiency_policy": policies.policy_block(world, policy),
        "space": {"size": size},
        "os_type": os_type,
        "_links": link(LUNS, key, encoded=True),
    }


def store(world: World, lun: Record, state: str | None = None) -> None:
    """Put a new or changed LUN into both tables and count its policies.

    :param state: online or offline; by default as it was
    """
    policies.count(world, world.table(LUNS).get(lun["key"]), lun)
    world.table(LUNS).put(lun)
    world.table(DATACENTER_LUNS).put(_inventory_record(world, lun, state))


def remove(world: World, key: str) -> None:
    policies.count(world, world.table(LUNS).get(key), None)
    world.table(LUNS).remove(key)
    world.table(DATACENTER_LUNS).remove(key)


def map_entry(world: World, igroup_key: str, number: int) -> Record:
    return {"igroup": reference(IGROUPS, world.record(IGROUPS, igroup_key)), "logical_unit_number": number}


def numbers_in_use(world: World, svm_key: str, igroup_key: str, but: str) -> set[int]:
    """The logical unit numbers that other LUNs of the SVM have in an igroup."""
    return {
        entry["logical_unit_number"]
        for lun in world.table(LUNS).find("svm.key", svm_key)
        if lun["key"] != but
        for entry in lun.get("lun_maps", ())
        if entry["igroup"]["key"] == igroup_key
    }


def list_view(world: World, lun: Record) -> Record:
    """The record of the list, which lacks two fields (docs/facts/server.md, 8.9)."""
    return {name: value for name, value in lun.items() if name not in ("lun_maps", "os_type")}


def _inventory_record(world: World, lun: Record, state: str | None) -> Record:
    before = world.table(DATACENTER_LUNS).get(lun["key"])
    record = {
        "key": lun["key"],
        "uuid": lun["uuid"],
        "name": lun["name"],
        "class": "regular",
        "comment": None,
        "cluster": lun["cluster"],
        "svm": lun["svm"],
        "location": {"volume": lun["volume"]},
        "os_type": lun["os_type"],
        "serial_number": _serial_number(lun["uuid"]),
        "space": {"size": lun["space"]["size"], "used": before["space"]["used"] if before else 0},
        "status": {
            "mapped": "lun_maps" in lun,
            "state": state or (before["status"]["state"] if before else "online"),
        },
        "_links": link(DATACENTER_LUNS, lun["key"]),
    }
    if "lun_maps" in lun:
        record["lun_maps"] = lun["lun_maps"]
    return record


def _serial_number(uuid: str) -> str:
    """Twelve characters, as ONTAP's serial numbers have."""
    return "w" + uuid.replace("-", "")[:11]
