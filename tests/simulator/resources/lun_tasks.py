# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of LUN jobs: what happens on the cluster, and how it fails there.

See docs/facts/server.md, 3.4, 3.5 and 5.11.
"""

from __future__ import annotations

from typing import Any

from .. import network, policies, storage
from ..jobs import Job, Task, TaskFailure
from ..paths import AGGREGATES, LUNS, SVMS, VOLUMES
from ..tables import value_at
from ..world import World
from . import lun_records

Record = dict[str, Any]

HIGHEST_NUMBER = 4095


class Creation:
    """The work of a create job; each method is one task. The job's later tasks need what the earlier ones made."""

    def __init__(self, world: World, body: Record) -> None:
        self.world = world
        self.body = body
        self.size = storage.whole_mebibytes(body["space"]["size"])
        self.volume_key: str | None = value_at(body, "volume.key")
        self.lun_key = ""

    def tasks(self) -> list[Task]:
        name = self.body["name"]
        if self.volume_key:
            tasks = [Task("provision_volume_resize", f"Make room for LUN {name} in its volume", self.check_volume)]
        else:
            tasks = [Task("provision_volume_create", f"Create a volume for LUN {name}", self.create_volume)]
        tasks.append(Task("provision_lun_create", f"Create LUN {name}", self.create_lun))
        if self.body.get("lun_maps"):
            tasks.append(Task("provision_lun_map", f"Map LUN {name}", self.map_lun))
        return [*tasks, Task("monitor_discover", f"Discover LUN {name}")]

    def check_volume(self, job: Job) -> None:
        if self.volume_key is None or self.world.table(VOLUMES).get(self.volume_key) is None:
            raise TaskFailure("The volume does not exist any more.")
        job.results["volumeKey"] = self.volume_key

    def create_volume(self, job: Job) -> None:
        world = self.world
        svm = world.table(SVMS).get(self.body["svm"]["key"])
        if svm is None:
            raise TaskFailure("The SVM does not exist any more.")
        size = self.size + self.size // 20
        aggregate = storage.choose_aggregate(world, svm, size, value_at(self.body, "aggregate.key"))
        volume = storage.create_volume(world, svm, aggregate, self._volume_name(), size)
        world.note(volume["key"])["made_by_um"] = True
        self.volume_key = job.results["volumeKey"] = volume["key"]

    def create_lun(self, job: Job) -> None:
        world, name = self.world, self.body["name"]
        volume = world.record(VOLUMES, str(self.volume_key))
        if lun_named(world, volume, name):
            raise TaskFailure(f"LUN {name!r} already exists in volume {volume['name']!r}.")
        storage.fill_volume(world, volume["key"], self.size)
        lun = lun_records.new_lun(
            world,
            volume,
            world.keys.new_uuid(),
            name,
            self.size,
            self.body["os_type"],
            value_at(self.body, "performance_service_level.key"),
            value_at(self.body, "storage_efficiency_policy.key"),
        )
        lun_records.store(world, lun, "online")
        world.note(volume["key"])["provisioned"] = True
        self.lun_key = job.results["lunKey"] = lun["key"]

    def map_lun(self, job: Job) -> None:
        set_maps(self.world, self.lun_key, self.body["lun_maps"])

    def _volume_name(self) -> str:
        prefix = self.world.switches["volume_prefix"]
        tag = value_at(self.body, "volume.name_tag")
        milliseconds = int(self.world.clock.date(self.world.agenda.now()).timestamp() * 1000)
        name = f"{prefix}{tag}" if tag else f"{prefix}VOL_LUN_{milliseconds}"
        svm_key, number = self.body["svm"]["key"], 0
        while not tag and storage.volume_named(self.world, svm_key, name):
            number += 1
            name = f"{prefix}VOL_LUN_{milliseconds + number}"
        return name


def lun_named(world: World, volume: Record, name: str) -> Record | None:
    """The LUN of this short name in a volume."""
    full_name = f"/vol/{volume['name']}/{name}"
    found = world.table(LUNS).find("name", full_name)
    return next((lun for lun in found if lun["volume"]["key"] == volume["key"] and lun["name"] == full_name), None)


def set_maps(world: World, key: str, maps: list[Record]) -> None:
    """Replace the maps of a LUN.

    :raises TaskFailure: no SAN LIF on the LUN's nodes, or a number that is taken in the igroup
    """
    lun = existing(world, key)
    entries = []
    if maps:
        _check_lifs(world, lun)
    for wanted in maps:
        igroup = wanted["igroup"]["key"]
        taken = lun_records.numbers_in_use(world, lun["svm"]["key"], igroup, key)
        number = wanted.get("logical_unit_number")
        if number in taken:
            raise TaskFailure(f"LUN ID {number} is already in use in the initiator group.")
        if number is None:
            number = next(free for free in range(HIGHEST_NUMBER + 1) if free not in taken)
        entries.append(lun_records.map_entry(world, igroup, number))
    lun.pop("lun_maps", None)
    if entries:
        lun["lun_maps"] = entries
    lun_records.store(world, lun)


def _check_lifs(world: World, lun: Record) -> None:
    """:raises TaskFailure: with the one text of UM that is public (docs/facts/server.md, 3.4)"""
    volume = world.record(VOLUMES, lun["volume"]["key"])
    aggregate = world.record(AGGREGATES, volume["aggregates"][0]["key"])
    nodes = network.node_and_partner(world, aggregate["node"]["key"])
    if not network.has_san_lif(world, lun["svm"]["key"], nodes):
        names = " and ".join(node["name"] for node in nodes)
        raise TaskFailure(
            f"The nodes {names} have no LIFs configured with the iSCSI or FCP protocol for Vserver"
            f" {lun['svm']['name']}. Use the access-endpoints API to create a LIF for the LUN.",
            world.switches["lifless_mapping"],
        )


def existing(world: World, key: str) -> Record:
    """A copy of a LUN, to be changed.

    :raises TaskFailure: it has gone since the job was accepted
    """
    lun = world.table(LUNS).edit_if_there(key)
    if lun is None:
        raise TaskFailure("The LUN does not exist any more.")
    return lun


def change(world: World, key: str, body: Record) -> None:
    """The work of a modify job: the one property of the body.

    :raises TaskFailure: the cluster refuses
    """
    if "lun_maps" in body:
        set_maps(world, key, body["lun_maps"])
        return
    lun = existing(world, key)
    if "space" in body:
        size = storage.whole_mebibytes(body["space"]["size"])
        if size < lun["space"]["size"]:
            raise TaskFailure("A LUN cannot be made smaller.")
        storage.fill_volume(world, lun["volume"]["key"], size - lun["space"]["size"])
        lun["space"]["size"] = size
        lun.update(policies.resized(world, lun))
    elif "performance_service_level" in body:
        level = body["performance_service_level"]["key"]
        wanted = None if level == policies.UNASSIGNED else level
        lun["assigned_performance_service_level"] = policies.level_block(world, wanted, lun["space"]["size"])
    elif "storage_efficiency_policy" in body:
        wanted = body["storage_efficiency_policy"]["key"]
        lun["assigned_storage_efficiency_policy"] = policies.policy_block(world, wanted)
    lun_records.store(world, lun, body.get("operational_state"))


def unmap(world: World, key: str) -> None:
    if "lun_maps" in existing(world, key):
        set_maps(world, key, [])


def delete(world: World, key: str) -> None:
    """Delete a LUN, and its volume after the last one (docs/facts/server.md, 5.11).

    :raises TaskFailure: it is mapped, and UM does not unmap
    """
    lun = existing(world, key)
    if "lun_maps" in lun:
        raise TaskFailure(f"LUN {lun['name']} is mapped to an initiator group.")
    volume_key = lun["volume"]["key"]
    lun_records.remove(world, key)
    note = world.note(volume_key)
    own = note.get("made_by_um") or (
        note.get("provisioned") and world.switches["last_lun_deletes_volume"] == "any_provisioned"
    )
    if own and not world.table(LUNS).find("volume.key", volume_key):
        storage.delete_volume(world, volume_key)
    else:
        storage.fill_volume(world, volume_key, -lun["space"]["size"])
