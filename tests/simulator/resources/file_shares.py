# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""File shares as UM provisions them (docs/facts/server.md, 5.12 and 8.10)."""

from __future__ import annotations

from typing import Any

from .. import policies, storage
from ..calls import Answer, Call, Route
from ..collection import Collection, names
from ..errors import Refusal, bad_value
from ..jobs import Task
from ..paths import (
    ACTIVE_DIRECTORY_MAPPINGS,
    AGGREGATES,
    CLUSTERS,
    EXPORT_POLICIES,
    FILE_SHARES,
    SVMS,
    VOLUMES,
)
from ..tables import value_at
from ..validation import READ, number, reference_shape, require, text
from ..world import World
from . import file_share_tasks

FLAVORS = ("any", "none", "never", "kerberos5", "kerberos5i", "kerberos5p", "ntlm", "sys")
RULE = {
    "anonymous_user": READ,
    "superuser": READ,
    "index": number(minimum=1),
    "clients": [{"match": text(shortest=1)}],
    "protocols": [text(one_of=("any", "nfs", "nfs3", "nfs4", "cifs", "flexcache"))],
    "ro_rule": [text(one_of=FLAVORS)],
    "rw_rule": [text(one_of=FLAVORS)],
}
SHAPE = {
    "key": READ,
    "uuid": READ,
    "name": text("create", shortest=1, longest=storage.LONGEST_VOLUME_NAME),
    "cluster": READ,
    "svm": reference_shape("create"),
    "aggregate": {"key": text("create")},
    "mountpoint": text("create"),
    "type": text("create", one_of=("rw", "dp")),
    "space": {"size": number(minimum=1)},
    "operational_state": text("modify", one_of=("online", "offline")),
    "performance_service_level": {"key": text()},
    "storage_efficiency_policy": {"key": text()},
    "assigned_performance_service_level": READ,
    "assigned_storage_efficiency_policy": READ,
    "recommended_performance_service_level": READ,
    "access_control": {
        "acl": [
            {
                "permission": text(one_of=("no_access", "read", "change", "full_control")),
                "user_or_group": text(shortest=1),
            }
        ],
        "active_directory_mapping": {"key": text()},
        "export_policy": {"key": text(), "name": READ, "id": READ, "name_tag": text(), "rules": [RULE]},
    },
}
BLOCKS = (
    "assigned_performance_service_level.{key,name,peak_iops,expected_iops}"
    " recommended_performance_service_level.{key,name,peak_iops,expected_iops}"
    " assigned_storage_efficiency_policy.{key,name}"
)
COLLECTION = Collection(
    FILE_SHARES,
    names(f"key name uuid cluster.{{uuid,key,name}} svm.{{uuid,key,name}} {BLOCKS} space.size"),
    contains=("name", "svm.name", "cluster.name"),
    list_view=lambda world, share: {
        name: value for name, value in share.items() if name not in ("access_control", "type")
    },
)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "space.size", "performance_service_level.key", ("svm.key", "aggregate.key"))
    if not (body["name"][0].isalpha() or body["name"][0] == "_") or not body["name"].replace("_", "a").isalnum():
        raise bad_value("name", "A name has letters, digits and underscores, and begins with no digit.")
    if not body.get("mountpoint", "/").startswith("/"):
        raise bad_value("mountpoint", "The mountpoint must begin with a slash.")
    policies.check_keys(call, body)
    aggregate = call.referred(AGGREGATES, value_at(body, "aggregate.key"), "aggregate.key")
    svm = call.referred(SVMS, value_at(body, "svm.key"), "svm.key")
    if svm is None:
        fitting = [
            one for one in call.world.table(SVMS).values() if aggregate["key"] in [a["key"] for a in one["aggregates"]]
        ]
        svm = next((one for one in fitting if one["nfs"]["enabled"]), None)
        if svm is None:
            raise bad_value("aggregate.key", f"No SVM with NFS has the aggregate {aggregate['name']}.")
    _refuse_all_san(call, svm["cluster"]["key"])
    _check_access(call, body)
    work = file_share_tasks.Creation(call.world, body, svm["key"])
    return call.submit("Create File Share", "provision_fileshare_create", work.tasks())


def modify(call: Call) -> Answer:
    share = call.target(FILE_SHARES)
    body = call.checked_body(SHAPE)
    _refuse_all_san(call, share["cluster"]["key"])
    changed = _properties(body)
    if len(changed) > 1:
        raise Refusal(400, "one_property", "You can only update one property at a time.", changed[1])
    policies.check_keys(call, body)
    _check_access(call, body)
    size = value_at(body, "space.size")
    if size is not None and storage.whole_mebibytes(size) < share["space"]["size"]:
        raise bad_value("space.size", "The size of a file share cannot be decreased.")
    task = Task(
        "provision_fileshare_modify",
        f"Change {changed[0] if changed else 'nothing'} of file share {share['name']}",
        lambda job: file_share_tasks.change(call.world, share["key"], body),
    )
    return call.submit("Modify File Share", "provision_fileshare_modify", [task])


def delete(call: Call) -> Answer:
    share = call.target(FILE_SHARES)
    task = Task(
        "provision_fileshare_delete",
        f"Delete file share {share['name']}",
        lambda job: file_share_tasks.delete(call.world, share["key"]),
    )
    return call.submit("Delete File Share", "provision_fileshare_delete", [task])


def _properties(body: dict[str, Any]) -> list[str]:
    """What a PATCH would change; an Active Directory mapping may accompany an ACL."""
    found = [name for name in body if name != "access_control"]
    return found + [f"access_control.{n}" for n in body.get("access_control", {}) if n != "active_directory_mapping"]


def _refuse_all_san(call: Call, cluster_key: str) -> None:
    if call.world.record(CLUSTERS, cluster_key)["is_san_optimized"]:
        raise Refusal(400, "all_san_array", "File shares cannot be made or changed on an All-SAN array.", "svm.key")


def _check_access(call: Call, body: dict[str, Any]) -> None:
    mapping = value_at(body, "access_control.active_directory_mapping.key")
    call.referred(ACTIVE_DIRECTORY_MAPPINGS, mapping, "access_control.active_directory_mapping.key")
    policy = value_at(body, "access_control.export_policy") or {}
    call.referred(EXPORT_POLICIES, policy.get("key"), "access_control.export_policy.key")
    if policy.get("key") and policy.get("rules"):
        raise bad_value("access_control.export_policy.rules", "Rules and a key cannot be combined.")
    for rule in policy.get("rules", ()):
        require(rule, "clients", "index", "ro_rule", "rw_rule")
        unfit = set(rule.get("protocols", ())) - {"nfs3", "nfs4", "cifs"}
        if unfit:
            raise bad_value("access_control.export_policy.rules.protocols", f"{sorted(unfit)[0]} cannot be set.")
    for entry in value_at(body, "access_control.acl") or ():
        require(entry, "permission", "user_or_group")


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", FILE_SHARES, create),
    Route("PATCH", f"{FILE_SHARES}/{{key}}", modify),
    Route("DELETE", f"{FILE_SHARES}/{{key}}", delete),
]


def seed_late(world: World) -> None:
    """Two of the volumes are file shares, and every SVM with NAS has its default export policy."""
    for svm in list(world.table(SVMS).values()):
        if svm["nfs"]["enabled"] or svm["cifs"]["enabled"]:
            file_share_tasks.default_policy(world, svm)
    for name in ("vol_home", "vol_projects"):
        volume = world.table(VOLUMES).find("name", name)[0]
        file_share_tasks.add_share(world, volume, volume["space"]["size"])
        file_share_tasks.set_export_policy(world, volume["key"], {})
