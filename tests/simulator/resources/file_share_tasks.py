# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of file share jobs: volume, export policy and CIFS share on the cluster (docs/facts/server.md, 5.12)."""

from __future__ import annotations

from typing import Any

from .. import network, policies, storage
from ..jobs import Job, Task, TaskFailure
from ..keys import cluster_of, object_key
from ..paths import (
    ACTIVE_DIRECTORY_MAPPINGS,
    CIFS_SHARES,
    EXPORT_POLICIES,
    FILE_SHARES,
    LUNS,
    SVMS,
    VOLUMES,
    link,
    reference,
)
from ..tables import value_at
from ..world import World

Record = dict[str, Any]

OPEN_TO_ALL = [{"index": 1, "clients": [{"match": "0.0.0.0/0"}], "ro_rule": ["any"], "rw_rule": ["any"]}]
FIRST_POLICY_ID = 1460288880641


class Creation:
    """The work of a create job; each method is one task."""

    def __init__(self, world: World, body: Record, svm_key: str) -> None:
        self.world = world
        self.body = body
        self.svm_key = svm_key
        self.access: Record = body.get("access_control", {})
        self.key = ""

    def tasks(self) -> list[Task]:
        name = self.body["name"]
        tasks = [Task("provision_volume_create", f"Create a volume for file share {name}", self.create_volume)]
        if "acl" in self.access:
            tasks.append(Task("provision_cifs_share_create", f"Create CIFS share {name}", self.share))
        return [*tasks, Task("monitor_discover", f"Discover file share {name}")]

    def create_volume(self, job: Job) -> None:
        world, body = self.world, self.body
        svm = world.table(SVMS).get(self.svm_key)
        if svm is None:
            raise TaskFailure("The SVM does not exist any more.")
        size = storage.whole_mebibytes(body["space"]["size"])
        aggregate = storage.choose_aggregate(world, svm, size, value_at(body, "aggregate.key"))
        volume = storage.create_volume(world, svm, aggregate, body["name"], size)
        volume = world.edit(VOLUMES, volume["key"])
        volume["type"] = body.get("type", "rw")
        world.table(VOLUMES).put(volume)
        self.key = job.results["fileshareKey"] = volume["key"]
        add_share(
            world,
            volume,
            size,
            value_at(body, "performance_service_level.key"),
            value_at(body, "storage_efficiency_policy.key"),
            body.get("mountpoint"),
        )
        wanted = self.access.get("export_policy") or {}
        set_export_policy(world, self.key, wanted if wanted else {"rules": OPEN_TO_ALL})

    def share(self, job: Job) -> None:
        set_acl(self.world, self.key, self.access)


def add_share(
    world: World,
    volume: Record,
    size: int,
    level: str | None = None,
    policy: str | None = None,
    mountpoint: str | None = None,
) -> Record:
    """Make the workload record of a volume that is a file share."""
    share = {
        "key": volume["key"],
        "uuid": volume["uuid"],
        "name": volume["name"],
        "type": volume["type"],
        "cluster": volume["cluster"],
        "svm": volume["svm"],
        "assigned_performance_service_level": policies.level_block(world, level, size),
        "recommended_performance_service_level": policies.recommended_block(world, volume["name"], size),
        "assigned_storage_efficiency_policy": policies.policy_block(world, policy),
        "space": {"size": size},
        "access_control": {"acl": []},
        "_links": link(FILE_SHARES, volume["key"]),
    }
    world.note(volume["key"])["mountpoint"] = mountpoint or f"/{volume['name']}"
    _store(world, share)
    return share


def change(world: World, key: str, body: Record) -> None:
    """The work of a modify job: the one property of the body.

    :raises TaskFailure: the cluster refuses
    """
    access = body.get("access_control", {})
    if "export_policy" in access:
        set_export_policy(world, key, access["export_policy"])
    if "acl" in access:
        set_acl(world, key, access)
    if access:
        return
    share = _existing(world, key)
    volume = world.edit(VOLUMES, key)
    if "space" in body:
        size = storage.whole_mebibytes(body["space"]["size"])
        if size < share["space"]["size"]:
            raise TaskFailure("A file share cannot be made smaller.")
        storage.take_space(world, volume["aggregates"][0]["key"], size - share["space"]["size"])
        volume["space"].update(size=size, available=size - volume["space"]["used"])
        share["space"]["size"] = size
        share.update(policies.resized(world, share))
    elif "performance_service_level" in body:
        level = body["performance_service_level"]["key"]
        wanted = None if level == policies.UNASSIGNED else level
        share["assigned_performance_service_level"] = policies.level_block(world, wanted, share["space"]["size"])
    elif "storage_efficiency_policy" in body:
        share["assigned_storage_efficiency_policy"] = policies.policy_block(
            world, body["storage_efficiency_policy"]["key"]
        )
    elif "operational_state" in body:
        volume["state"] = body["operational_state"]
    world.table(VOLUMES).put(volume)
    _store(world, share)


def delete(world: World, key: str) -> None:
    """Everything that belongs to the share goes; an export policy stays, since others may use it."""
    _existing(world, key)
    if world.table(LUNS).find("volume.key", key):
        raise TaskFailure("The volume holds LUNs.")
    policies.count(world, world.table(FILE_SHARES).get(key), None)
    world.table(FILE_SHARES).remove(key)
    for share in [one for one in world.table(CIFS_SHARES).values() if one["volume"]["key"] == key]:
        world.table(CIFS_SHARES).remove(share["key"])
    storage.delete_volume(world, key)


def set_export_policy(world: World, key: str, wanted: Record) -> None:
    """By key, by rules, or, with {}, that of the SVM's root volume."""
    share = _existing(world, key)
    if wanted.get("key"):
        policy = world.record(EXPORT_POLICIES, wanted["key"])
    elif wanted.get("rules"):
        policy = _policy_with(world, share, wanted)
    else:
        policy = default_policy(world, world.record(SVMS, share["svm"]["key"]))
    share["access_control"]["export_policy"] = {
        name: policy[name] for name in ("id", "key", "name", "rules", "_links")
    } | {"id": str(policy["id"])}
    _store(world, share)
    volume = world.edit(VOLUMES, key)
    volume["nas"] = {"export_policy": {name: policy[name] for name in ("id", "key", "name")}}
    world.table(VOLUMES).put(volume)


def set_acl(world: World, key: str, access: Record) -> None:
    """Give the share this ACL, which makes a CIFS share where there is none.

    :raises TaskFailure: the SVM has no CIFS server and no mapping to make one by, or no CIFS LIF
    """
    share = _existing(world, key)
    svm = world.edit(SVMS, share["svm"]["key"])
    mapping = value_at(access, "active_directory_mapping.key")
    if not svm["cifs"]["enabled"]:
        if mapping is None:
            raise TaskFailure(f"The SVM {svm['name']} has no CIFS server and no Active Directory mapping was given.")
        domain = world.record(ACTIVE_DIRECTORY_MAPPINGS, mapping)["domain"]
        name = svm["name"].replace("_", "-").upper()[:15]
        svm["cifs"] = {"enabled": True, "name": name, "ad_domain": {"fqdn": domain.upper()}}
        world.table(SVMS).put(svm)
    if not network.endpoints_of(world, svm["key"], ("cifs",)):
        raise TaskFailure(f"The SVM {svm['name']} has no data LIF with the CIFS protocol.")
    share["access_control"]["acl"] = access["acl"]
    _store(world, share)
    mountpoint = world.note(key)["mountpoint"]
    name = mountpoint.strip("/").replace("/", "_")
    share_key = object_key(cluster_of(key), "cifs_share", vserver_uuid=svm["uuid"], share_name=name.upper())
    world.table(CIFS_SHARES).put(
        {
            "key": share_key,
            "name": name,
            "path": mountpoint,
            "acls": list(access["acl"]),
            "cluster": share["cluster"],
            "svm": share["svm"],
            "volume": reference(VOLUMES, world.record(VOLUMES, key)),
            "_links": link(CIFS_SHARES, share_key),
        }
    )


def default_policy(world: World, svm: Record) -> Record:
    """The export policy that every SVM has."""
    return _named_policy(world, svm, "default") or new_policy(world, svm, "default", [])


def _policy_with(world: World, share: Record, wanted: Record) -> Record:
    """An export policy of the SVM with these rules; a new one only where there is none."""
    svm = world.record(SVMS, share["svm"]["key"])
    rules = [{"anonymous_user": "65534", "superuser": ["none"], "protocols": ["any"], **one} for one in wanted["rules"]]
    for policy in world.table(EXPORT_POLICIES).find("svm.key", svm["key"]):
        if policy["rules"] == rules:
            return policy
    prefix = world.switches["volume_prefix"]
    name = f"{prefix}{wanted.get('name_tag') or share['name']}"
    number = 1
    while _named_policy(world, svm, name):
        number += 1
        name = f"{prefix}{wanted.get('name_tag') or share['name']}_{number}"
    return new_policy(world, svm, name, rules)


def _named_policy(world: World, svm: Record, name: str) -> Record | None:
    found = world.table(EXPORT_POLICIES).find("svm.key", svm["key"])
    return next((policy for policy in found if policy["name"] == name), None)


def new_policy(world: World, svm: Record, name: str, rules: list[Record]) -> Record:
    """Make an export policy of an SVM."""
    number = max((policy["id"] + 1 for policy in world.table(EXPORT_POLICIES).values()), default=FIRST_POLICY_ID)
    key = object_key(cluster_of(svm["key"]), "export_policy", uuid=str(number))
    policy = {
        "key": key,
        "id": number,
        "name": name,
        "rules": rules,
        "svm": reference(SVMS, svm),
        "cluster": svm["cluster"],
        "_links": link(EXPORT_POLICIES, key),
    }
    world.table(EXPORT_POLICIES).put(policy)
    return policy


def _existing(world: World, key: str) -> Record:
    share = world.table(FILE_SHARES).edit_if_there(key)
    if share is None:
        raise TaskFailure("The file share does not exist any more.")
    return share


def _store(world: World, share: Record) -> None:
    policies.count(world, world.table(FILE_SHARES).get(share["key"]), share)
    world.table(FILE_SHARES).put(share)
