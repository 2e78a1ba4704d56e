# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator groups: changed at once, without a job (docs/facts/server.md, 5.8 and 8.8)."""

from __future__ import annotations

from ..calls import Answer, Call, Route, created, duplicate, in_use, ok
from ..collection import Collection, names
from ..keys import named_uuid, object_key
from ..paths import IGROUPS, LUNS, SVMS, link, reference
from ..tables import Record
from ..validation import READ, reference_shape, require, text

OS_TYPES = ("aix", "hpux", "hyper_v", "linux", "netware", "openvms", "solaris", "vmware", "windows", "xen")
SHAPE = {
    "key": READ,
    "uuid": READ,
    "cluster": READ,
    "name": text(shortest=1, longest=96),
    "os_type": text(one_of=OS_TYPES),
    "protocol": text("create", one_of=("mixed", "fcp", "iscsi")),
    "initiators": [{"name": text(shortest=1, longest=96)}],
    "svm": reference_shape("create"),
}
COLLECTION = Collection(
    IGROUPS,
    names("key name os_type protocol uuid svm.{key,uuid,name} cluster.{key,uuid,name}"),
)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "svm.key", "os_type", "protocol")
    svm = call.referred(SVMS, body["svm"]["key"], "svm.key")
    _check_name(call, svm["key"], body["name"])
    uuid = named_uuid(svm["key"], "igroup", body["name"])
    key = object_key(svm["cluster"]["uuid"], "igroup", uuid=uuid)
    record = {
        "key": key,
        "uuid": uuid,
        "name": body["name"],
        "os_type": body["os_type"],
        "protocol": body["protocol"],
        "initiators": body.get("initiators", []),
        "svm": reference(SVMS, svm),
        "cluster": svm["cluster"],
        "_links": link(IGROUPS, key),
    }
    call.world.table(IGROUPS).put(record, at_once=True)
    return created(record)


def modify(call: Call) -> Answer:
    igroup = call.target(IGROUPS)
    body = call.checked_body(SHAPE)
    if body.get("name", igroup["name"]) != igroup["name"]:
        _check_name(call, igroup["svm"]["key"], body["name"])
    record = {**igroup, **body}
    call.world.table(IGROUPS).put(record, at_once=True)
    return ok(record)


def delete(call: Call) -> Answer:
    igroup = call.target(IGROUPS)
    mapped = [lun["name"] for lun in call.world.table(LUNS).values() if _maps_to(lun, igroup["key"])]
    if mapped:
        raise in_use(call.world, f"The igroup {igroup['name']} is mapped to LUN {mapped[0]}.")
    call.world.table(IGROUPS).remove(igroup["key"], at_once=True)
    return ok()


def _check_name(call: Call, svm_key: str, name: str) -> None:
    others = call.world.table(IGROUPS).find("name", name)
    if any(other["svm"]["key"] == svm_key and other["name"] == name for other in others):
        raise duplicate(call.world, "name", name)


def _maps_to(lun: Record, igroup_key: str) -> bool:
    return any(entry["igroup"]["key"] == igroup_key for entry in lun.get("lun_maps", ()))


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", IGROUPS, create),
    Route("PATCH", f"{IGROUPS}/{{key}}", modify),
    Route("DELETE", f"{IGROUPS}/{{key}}", delete),
]
