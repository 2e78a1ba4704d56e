# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUN: what can be wished, how it compares, and which requests lead there (docs/facts/server.md, 5.11).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .._base.errors import BadInput
from .._base.names import SCOPE, by, checked_name, is_key, object_type, path_filter, refers
from .._model import kinds
from .._model.resource import STATE, Finding, Operation, Params, Record, Reference, Resource, merged
from .parts import provisioned
from .parts.lun_maps import check_maps, maps_to_send, same_maps, shown_maps

COLLECTION = "/storage-provider/luns"
INVENTORY = "/datacenter/storage/luns"
OS_TYPES = [
    "aix",
    "hpux",
    "hyper_v",
    "linux",
    "netware",
    "openvms",
    "solaris",
    "solaris_efi",
    "vmware",
    "windows",
    "windows_2008",
    "windows_gpt",
    "xen",
]
ARGUMENTS = {
    "name": {"type": "str", "required": True},
    "svm": {"type": "str"},
    "cluster": {"type": "str"},
    "volume": {"type": "str"},
    "volume_name_tag": {"type": "str"},
    "aggregate": {"type": "str"},
    "size": {"type": "str"},
    "os_type": {"type": "str", "choices": OS_TYPES},
    "performance_service_level": {"type": "str"},
    "storage_efficiency_policy": {"type": "str"},
    "lun_maps": {
        "type": "list",
        "elements": "dict",
        "options": {"igroup": {"type": "str", "required": True}, "logical_unit_number": {"type": "int"}},
    },
    "operational_state": {"type": "str", "choices": ["online", "offline"]},
    **STATE,
}
UNMAP = "If the LUN is still mapped, run the task with lun_maps: [] and state: present first."
VOLUME_PATH = "/vol/<volume>/<name>"
REFERENCES = ("svm", "cluster", "volume", "volume_name_tag", "aggregate", "performance_service_level")


def desired(params: Params) -> Record:
    """The wish: option values that were given, sizes in whole MiB as bytes, LUN paths taken apart."""
    desired = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    for option in (*REFERENCES, "storage_efficiency_policy"):
        if option in desired:
            checked_name(desired[option], option)
    desired.update(_name_parts(checked_name(params["name"], "name"), params))
    provisioned.normalise(desired)
    if "lun_maps" in desired:
        check_maps(desired["lun_maps"])
    return desired


def find(desired: Record) -> Finding:
    if is_key(desired["name"]):
        return Finding(key=desired["name"])
    query = path_filter(desired.get("path", desired["name"]))
    for field in SCOPE:
        if field in desired:
            query.update(by(field, desired[field]))

    def matches(record: Record) -> bool:
        path = str(record.get("name"))
        named = path == desired.get("path", path) and path.rpartition("/")[2] == desired["name"]
        return named and all(refers(record.get(f), desired.get(f)) for f in SCOPE)

    return Finding(collection=COLLECTION, query=query, matches=matches, name=desired["name"])


def complete(record: Record, desired: Record, get: Callable[[str], Record]) -> Record:
    """The list lacks os_type and lun_maps; only the inventory knows whether a LUN is online.

    A LUN that the inventory does not know yet is new, and new LUNs are online.
    """
    os_type_lacks = "os_type" in desired and "os_type" not in record
    if desired["state"] == "present" and (os_type_lacks or "lun_maps" in desired):
        record = {**record, **get(COLLECTION)}
    if desired["state"] == "present" and "operational_state" in desired:
        status = get(INVENTORY).get("status") or {}
        record = {**record, "operational_state": status.get("state") or "online"}
    return record


def current(record: Record) -> Record:
    """A record in the words of the options."""
    return {
        "name": str(record.get("name")).rpartition("/")[2],
        **provisioned.current(record),
        "os_type": record.get("os_type"),
        "lun_maps": record.get("lun_maps") or [],
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(_shown(before), advice=UNMAP)]
    return _creation(desired) if before is None else list(_changes(before, desired))


def _check_creation(desired: Record) -> None:
    """:raises BadInput: it lacks something, or has something that UM would pass over"""
    missing = [name for name in ("size", "os_type", "performance_service_level") if name not in desired]
    missing += ["svm or volume"] if not {"svm", "volume"} & set(desired) else []
    if is_key(desired["name"]):
        raise BadInput(f"name: there is no LUN with the key {desired['name']}; to create one, give its name.")
    if missing:
        raise BadInput(f"There is no such LUN, and to create it {', '.join(missing)} must be given, too.")
    if desired.get("path", "").count("/") > VOLUME_PATH.count("/"):
        raise BadInput(f"name: there is no LUN {desired['path']}, and Unified Manager creates none in a qtree.")
    for option in ("aggregate", "volume_name_tag"):
        if "volume" in desired and option in desired:
            raise BadInput(
                f"{option}: it is about a volume that Unified Manager creates, and volume names one; give one."
            )
    provisioned.check_creation(desired)


def _creation(desired: Record) -> Sequence[Operation]:
    _check_creation(desired)
    body = {**provisioned.creation(desired), "os_type": desired["os_type"]}
    if "volume" in desired:
        body["volume"] = Reference(
            kinds.VOLUME, desired["volume"], "volume", provisioned.scope(desired, "svm", "cluster")
        )
    else:
        body["svm"] = Reference(kinds.SVM, desired["svm"], "svm", provisioned.scope(desired, "cluster"))
        if "volume_name_tag" in desired:
            body["volume"] = {"name_tag": desired["volume_name_tag"]}
        if "aggregate" in desired:
            body["aggregate"] = Reference(
                kinds.AGGREGATE, desired["aggregate"], "aggregate", provisioned.scope(desired, "cluster")
            )
    if desired.get("lun_maps"):
        body["lun_maps"] = maps_to_send(desired["lun_maps"], [], provisioned.scope(desired, "svm", "cluster"))
    asked = {name: value for name, value in desired.items() if name != "operational_state"}
    operations = [Operation.create(body, _shown(asked))]
    if desired.get("operational_state") == "offline":
        operations.append(provisioned.state("online", "offline"))
    return operations


def _changes(before: Record, desired: Record) -> Sequence[Operation]:
    """UM takes one property per PATCH; the order is size, level, policy, maps, state."""
    if "os_type" in desired and desired["os_type"] != before["os_type"]:
        raise BadInput(
            f"os_type: the LUN has {before['os_type']}, and it cannot be changed to {desired['os_type']}"
            " after creation."
        )
    yield from provisioned.changes(before, desired, "LUN")
    if "lun_maps" in desired and not same_maps(before["lun_maps"], desired["lun_maps"]):
        maps = maps_to_send(desired["lun_maps"], before["lun_maps"], provisioned.svm_scope(before, desired))
        old, new = shown_maps(before["lun_maps"]), shown_maps(desired["lun_maps"])
        yield Operation.change({"lun_maps": maps}, {"lun_maps": old}, {"lun_maps": new})
    if "operational_state" in desired and desired["operational_state"] != before["operational_state"]:
        yield provisioned.state(before["operational_state"], desired["operational_state"])


def planned(record: Record, body: Record) -> Record:
    """What was sent, under the names by which a LUN shows it."""
    kept, shown = provisioned.planned(record, body)
    for name in ("aggregate", "name", "volume"):
        shown.pop(name, None)
    if "name" in body:  # UM shows /vol/<volume>/<name>, and chooses the volume where none was named
        volume = (body.get("volume") or {}).get("name")
        shown.update({"name": f"/vol/{volume}/{body['name']}"} if volume else {})
    if body.get("lun_maps") == []:
        kept.pop("lun_maps", None)
        del shown["lun_maps"]
    return merged(kept, shown)


def _name_parts(name: str, params: Params) -> Record:
    """A LUN is named by its own name, by its path ``/vol/<volume>/<name>`` or that in a qtree, or by its key."""
    kind = object_type(name)
    if kind == "lun":
        return {"name": name}
    if kind or is_key(name):
        raise BadInput(f"name: {name!r} is a key, but not that of a LUN.")
    parts = name.split("/")
    if len(parts) in (4, 5) and parts[:2] == ["", "vol"] and all(parts[2:]):
        if params.get("volume") not in (None, parts[2]):
            raise BadInput(f"name: {name!r} lies in volume {parts[2]!r}, but volume says {params['volume']!r}.")
        return {"path": name, "volume": parts[2], "name": parts[-1]}
    if len(parts) > 1:
        raise BadInput(f"name: {name!r} has a '/', and is not a path like {VOLUME_PATH}.")
    return {"name": name}


def _shown(fields: Record) -> Record:
    said = {name: value for name, value in fields.items() if name != "path"}
    if "lun_maps" in said:
        said["lun_maps"] = shown_maps(said["lun_maps"])
    return provisioned.shown(said)


LUN = Resource(
    noun="lun",
    title="LUN",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    complete=complete,
    current=current,
    plan=plan,
    planned=planned,
    result_name="lunKey",
    owes_job=True,
    inventory=INVENTORY,
    lasting=("os_type",),
)
