# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUN: what can be wished, how it compares, and which requests lead there (wire facts 5.11).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .._errors import BadInput
from .._filters import PLACES, by, checked_name, is_key, object_type, path_filter, refers
from .._resource import (
    AGGREGATE,
    STATE,
    SVM,
    VOLUME,
    Finding,
    Operation,
    Params,
    Record,
    Reference,
    Resource,
    merged,
)
from . import provisioned
from .lun_maps import check_maps, maps_to_send, same_maps, shown_maps

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
VOLUME_PATH = "/vol/<volume>/<name>"
REFERENCES = ("svm", "cluster", "volume", "volume_name_tag", "aggregate", "performance_service_level")


def desired(params: Params) -> Record:
    """The wish: option values that were given, sizes in whole MiB as bytes, LUN paths taken apart."""
    wish = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    for option in (*REFERENCES, "storage_efficiency_policy"):
        if option in wish:
            checked_name(wish[option], option)
    wish.update(_name_parts(checked_name(params["name"], "name"), params))
    provisioned.normalise(wish)
    if "lun_maps" in wish:
        check_maps(wish["lun_maps"])
    return wish


def find(wish: Record) -> Finding:
    if is_key(wish["name"]):
        return Finding(key=wish["name"])
    query = path_filter(wish.get("path", wish["name"]))
    for field in PLACES:
        if field in wish:
            query.update(by(field, wish[field]))

    def matches(record: Record) -> bool:
        path = str(record.get("name"))
        named = path == wish.get("path", path) and path.rpartition("/")[2] == wish["name"]
        return named and all(refers(record.get(f), wish.get(f)) for f in PLACES)

    return Finding(collection=COLLECTION, query=query, matches=matches, name=wish["name"])


def complete(record: Record, wish: Record, get: Callable[[str], Record]) -> Record:
    """The list lacks os_type and lun_maps; only the inventory knows whether a LUN is online.

    A LUN that the inventory does not know yet is new, and new LUNs are online.
    """
    os_type_lacks = "os_type" in wish and "os_type" not in record
    if wish["state"] == "present" and (os_type_lacks or "lun_maps" in wish):
        record = {**record, **get(COLLECTION)}
    if wish["state"] == "present" and "operational_state" in wish:
        status = get(INVENTORY).get("status") or {}
        record = {**record, "operational_state": status.get("state") or "online"}
    return record


def present(record: Record) -> Record:
    """A record in the words of the options."""
    return {
        "name": str(record.get("name")).rpartition("/")[2],
        **provisioned.present(record),
        "os_type": record.get("os_type"),
        "lun_maps": record.get("lun_maps") or [],
    }


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    if wish["state"] == "absent":
        return [] if before is None else [Operation("delete", "DELETE", None, _shown(before), {"state": "absent"})]
    return _creation(wish) if before is None else list(_changes(before, wish))


def _check_creation(wish: Record) -> None:
    """:raises BadInput: it lacks something, or has something that UM would pass over"""
    missing = [name for name in ("size", "os_type", "performance_service_level") if name not in wish]
    missing += ["svm or volume"] if not {"svm", "volume"} & set(wish) else []
    if is_key(wish["name"]):
        raise BadInput(f"name: there is no LUN with the key {wish['name']}; to create one, give its name.")
    if missing:
        raise BadInput(f"There is no such LUN, and to create it {', '.join(missing)} must be given, too.")
    if wish.get("path", "").count("/") > VOLUME_PATH.count("/"):
        raise BadInput(f"name: there is no LUN {wish['path']}, and Unified Manager creates none in a qtree.")
    for option in ("aggregate", "volume_name_tag"):
        if "volume" in wish and option in wish:
            raise BadInput(
                f"{option}: it is about a volume that Unified Manager creates, and volume names one; give one."
            )
    provisioned.check_creation(wish)


def _creation(wish: Record) -> Sequence[Operation]:
    _check_creation(wish)
    body = {**provisioned.creation(wish), "os_type": wish["os_type"]}
    if "volume" in wish:
        body["volume"] = Reference(VOLUME, wish["volume"], "volume", provisioned.scope(wish, "svm", "cluster"))
    else:
        body["svm"] = Reference(SVM, wish["svm"], "svm", provisioned.scope(wish, "cluster"))
        if "volume_name_tag" in wish:
            body["volume"] = {"name_tag": wish["volume_name_tag"]}
        if "aggregate" in wish:
            body["aggregate"] = Reference(AGGREGATE, wish["aggregate"], "aggregate", provisioned.scope(wish, "cluster"))
    if wish.get("lun_maps"):
        body["lun_maps"] = maps_to_send(wish["lun_maps"], [], provisioned.scope(wish, "svm", "cluster"))
    asked = {name: value for name, value in wish.items() if name != "operational_state"}
    operations = [Operation("create", "POST", body, {"state": "absent"}, _shown(asked))]
    if wish.get("operational_state") == "offline":
        operations.append(provisioned.state("online", "offline"))
    return operations


def _changes(before: Record, wish: Record) -> Sequence[Operation]:
    """UM takes one property per PATCH; the order is size, level, policy, maps, state."""
    if "os_type" in wish and wish["os_type"] != before["os_type"]:
        raise BadInput(
            f"os_type: the LUN has {before['os_type']}, and it cannot be changed to {wish['os_type']} after creation."
        )
    yield from provisioned.changes(before, wish, "LUN")
    if "lun_maps" in wish and not same_maps(before["lun_maps"], wish["lun_maps"]):
        maps = maps_to_send(wish["lun_maps"], before["lun_maps"], provisioned.svm_scope(before, wish))
        yield provisioned.patch(
            "lun_maps", {"lun_maps": maps}, shown_maps(before["lun_maps"]), shown_maps(wish["lun_maps"])
        )
    if "operational_state" in wish and wish["operational_state"] != before["operational_state"]:
        yield provisioned.state(before["operational_state"], wish["operational_state"])


def foresee(record: Record, body: Record) -> Record:
    """What was sent, under the names by which a LUN shows it."""
    kept, shown = provisioned.foreseen(record, body)
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
    present=present,
    plan=plan,
    foresee=foresee,
    result_name="lunKey",
    inventory=INVENTORY,
    lasting=("os_type",),
)
