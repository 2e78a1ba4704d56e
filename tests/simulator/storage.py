# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aggregates and volumes as the provisioning jobs change them; what LUNs and file shares have in common."""

from __future__ import annotations

from typing import Any

from .jobs import TaskFailure
from .keys import cluster_of, object_key
from .paths import AGGREGATES, CLUSTERS, SVMS, VOLUMES, link, reference
from .world import World

Record = dict[str, Any]

MIB = 1024 * 1024
LONGEST_VOLUME_NAME = 203


def whole_mebibytes(size: int) -> int:
    """A size as UM keeps it: rounded up to whole MiB (docs/facts/server.md, 5.11)."""
    return -(-size // MIB) * MIB


def choose_aggregate(world: World, svm: Record, size: int, wanted: str | None = None) -> Record:
    """The aggregate that is named, else the one of the SVM with the most space.

    :raises TaskFailure: it has too little space
    """
    keys = [wanted] if wanted else [aggregate["key"] for aggregate in svm["aggregates"]]
    candidates = [world.record(AGGREGATES, key) for key in keys]
    if not candidates:
        raise TaskFailure(f"The SVM {svm['name']} has no aggregates assigned to it.")
    best = max(candidates, key=lambda aggregate: aggregate["space"]["block_storage"]["available"])
    _check_space(best, size)
    return best


def take_space(world: World, aggregate_key: str, size: int) -> None:
    """Use space of an aggregate; a negative size gives it back.

    :raises TaskFailure: there is too little
    """
    aggregate = world.edit(AGGREGATES, aggregate_key)
    _check_space(aggregate, size)
    space = aggregate["space"]["block_storage"]
    space["used"] = max(0, space["used"] + size)
    space["available"] = space["size"] - space["used"]
    world.table(AGGREGATES).put(aggregate)


def _check_space(aggregate: Record, size: int) -> None:
    available = aggregate["space"]["block_storage"]["available"]
    if size > 0 and available < size:
        raise TaskFailure(
            f"The aggregate {aggregate['name']} has {available} bytes available, but {size} bytes are needed."
        )


def volume_record(
    world: World, svm: Record, aggregate: Record, name: str, uuid: str, size: int, created: str | None = None
) -> Record:
    """A new, empty FlexVol volume; created now, unless a time is given."""
    cluster = cluster_of(svm["key"])
    key = object_key(cluster, "volume", uuid=uuid)
    return {
        "key": key,
        "uuid": uuid,
        "name": name,
        "aggregates": [reference(AGGREGATES, aggregate)],
        "autosize": {"maximum": size * 2, "mode": "grow"},
        "cluster": reference(CLUSTERS, world.record(CLUSTERS, object_key(cluster, "cluster", uuid=cluster))),
        "create_time": created or world.now(),
        "language": "c.utf_8",
        "snapmirror": {"is_protected": False},
        "space": {"size": size, "used": 0, "available": size},
        "state": "online",
        "style": "flexvol",
        "svm": reference(SVMS, svm),
        "tiering": {"policy": "none"},
        "type": "rw",
        "_links": link(VOLUMES, key),
    }


def volume_named(world: World, svm_key: str, name: str) -> Record | None:
    """The volume of this name on the SVM."""
    found = world.table(VOLUMES).find("name", name)
    return next((volume for volume in found if volume["svm"]["key"] == svm_key and volume["name"] == name), None)


def create_volume(world: World, svm: Record, aggregate: Record, name: str, size: int) -> Record:
    """:raises TaskFailure: the name is taken on the SVM, or the aggregate is full"""
    if volume_named(world, svm["key"], name):
        raise TaskFailure(f"Volume name {name!r} is already in use on SVM {svm['name']!r}.")
    take_space(world, aggregate["key"], size)
    volume = volume_record(world, svm, aggregate, name, world.keys.new_uuid(), size)
    world.table(VOLUMES).put(volume)
    return volume


def fill_volume(world: World, key: str, size: int) -> None:
    """Put ``size`` bytes into a volume, which grows if it must; a negative size frees them.

    See docs/facts/server.md, 5.11.

    :raises TaskFailure: the volume would have to grow and its aggregate is full
    """
    volume = world.edit(VOLUMES, key)
    space = volume["space"]
    short = size - space["available"]
    if size > 0 and short > 0:
        take_space(world, volume["aggregates"][0]["key"], short)
        space["size"] += short
        volume["autosize"]["maximum"] = max(volume["autosize"]["maximum"], space["size"])
    space["used"] = max(0, space["used"] + size)
    space["available"] = space["size"] - space["used"]
    world.table(VOLUMES).put(volume)


def delete_volume(world: World, key: str) -> None:
    volume = world.table(VOLUMES).get(key)
    if volume is not None:
        take_space(world, volume["aggregates"][0]["key"], -volume["space"]["size"])
        world.table(VOLUMES).remove(key)
        world.notes.pop(key, None)
