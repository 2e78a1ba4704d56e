# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUN: its options, how they compare with what is there, and which requests lead there (docs/facts/server.md, 5.11).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .._base.errors import BadInput
from .._base.names import SCOPE, by, can_be_given, checked_name, is_key, path_filter, refers, refuse_other_key
from .._model import kinds
from .._model.desired import check_names, given, is_same, references, refuse_key, require_for_creation, scope_of
from .._model.resource import (
    STATE,
    Description,
    Finding,
    Operation,
    Params,
    Record,
    Reference,
    Resource,
    merged,
)
from .parts import provisioned
from .parts.lun_maps import as_inventory, checked_maps, describe_maps, display_maps, maps_to_send, same_maps
from .parts.lun_volumes import makes, shares_volume, volumes_of
from .parts.tags import tag_of

COLLECTION = kinds.LUN.collection
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
    "lun_maps": {"type": "list", "elements": "raw"},
    "operational_state": {"type": "str", "choices": ["online", "offline"]},
    **STATE,
}
NAMED = ("svm", "cluster", "volume", "volume_name_tag", "aggregate", *provisioned.POLICIES)
VOLUME_PATH = "/vol/<volume>/<name>"
UNMAP_FIRST = "If it is mapped, unmap it as well: lun_maps: [] beside state: absent."


def desired(params: Params) -> Record:
    """The options that were given: sizes in bytes, maps as dictionaries, LUN paths taken apart."""
    desired = given(params, ARGUMENTS)
    check_names(desired, NAMED)
    desired.update(_name_parts(checked_name(params["name"], "name"), params))
    provisioned.normalise(desired)
    if "lun_maps" in desired:
        desired["lun_maps"] = checked_maps(desired["lun_maps"])
    return desired


def find(desired: Record) -> Finding:
    if _is_key(desired):
        return Finding(key=desired["name"])
    shares = shares_volume(desired)
    query = path_filter(desired["path"] if "path" in desired and not shares else desired["name"])
    for field in SCOPE:
        if field in desired:
            query.update(by(field, desired[field]))

    def matches(record: Record) -> bool:
        path = str(record.get("name"))
        if shares:
            paths = [f"/vol/{volume}/{desired['name']}" for volume in volumes_of(desired)]
            return path in paths and all(refers(record.get(f), desired.get(f)) for f in ("svm", "cluster"))
        named = path == desired.get("path", path) and path.rpartition("/")[2] == desired["name"]
        return named and all(refers(record.get(f), desired.get(f)) for f in SCOPE)

    return Finding(collection=COLLECTION, query=query, matches=matches, name=desired["name"])


def complete(record: Record, desired: Record, get: Callable[[str], Record]) -> Record:
    """The list lacks os_type and lun_maps; only the inventory knows whether a LUN is online.

    A LUN that the inventory does not know yet is new, and new LUNs are online.
    """
    if desired["state"] == "absent":
        return {**record, **get(COLLECTION)} if _unmaps(desired) else record
    if "lun_maps" in desired or ("os_type" in desired and not record.get("os_type")):
        record = {**record, **get(COLLECTION)}
    if "operational_state" in desired:
        status = get(INVENTORY).get("status") or {}
        record = {**record, "operational_state": status.get("state") or "online"}
    return record


def current(record: Record) -> Record:
    """A record in the words of the options."""
    return {
        "name": str(record.get("name")).rpartition("/")[2],
        **provisioned.current(record),
        "os_type": record.get("os_type") or None,
        "lun_maps": record.get("lun_maps") or [],
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [*_unmapping(before, desired), _deletion(before, desired)]
    return _creation(desired) if before is None else list(_changes(before, desired))


def _is_key(desired: Record) -> bool:
    """Whether it is named by its key; what a path ends in is a name, whatever it looks like."""
    return "path" not in desired and is_key(desired["name"])


def _unmaps(desired: Record) -> bool:
    """Beside ``state: absent``, an empty list of maps has the LUN unmapped before it is deleted."""
    return desired.get("lun_maps") == []


def _unmapping(before: Record, desired: Record) -> Iterator[Operation]:
    if _unmaps(desired) and before["lun_maps"]:
        yield Operation.change({"lun_maps": []}, {"lun_maps": display_maps(before["lun_maps"])}, {"lun_maps": []})


def _deletion(before: Record, desired: Record) -> Operation:
    return Operation.delete(_display(before), advice="" if _unmaps(desired) else UNMAP_FIRST)


def _check_creation(desired: Record) -> None:
    """:raises BadInput: it lacks something, or has something that UM would pass over"""
    if _is_key(desired):
        refuse_key("LUN", desired["name"])
    where = "svm" if shares_volume(desired) else ("svm", "volume")
    needed = ("size", "os_type", "performance_service_level", where)
    require_for_creation("LUN", desired["name"], desired, *needed)
    if desired.get("path", "").count("/") > VOLUME_PATH.count("/"):
        raise BadInput(
            f"name: LUN {desired['path']} does not exist, and Unified Manager cannot create a LUN in a qtree."
        )
    for option in ("aggregate", "volume_name_tag"):
        if "volume" in desired and option in desired and not shares_volume(desired):
            raise BadInput(
                f"{option}: it is for a volume that Unified Manager creates, but volume names one; give one of the two."
            )
    provisioned.check_creation(desired)


def _creation(desired: Record) -> Sequence[Operation]:
    _check_creation(desired)
    body = {**provisioned.creation(desired), "os_type": desired["os_type"]}
    shares = shares_volume(desired)
    if "volume" in desired:
        tag = (("name_tag", desired["volume_name_tag"]),) if shares else ()
        scope = scope_of(desired, "svm", "cluster")
        body["volume"] = Reference(kinds.VOLUME, desired["volume"], "volume", scope, otherwise=tag)
    elif "volume_name_tag" in desired:
        body["volume"] = {"name_tag": desired["volume_name_tag"]}
    if shares or "volume" not in desired:
        body.update(references(desired, {"svm": kinds.SVM, "aggregate": kinds.AGGREGATE}, scope_of(desired, "cluster")))
    if desired.get("lun_maps"):
        body["lun_maps"] = maps_to_send(desired["lun_maps"], [], scope_of(desired, "svm", "cluster"))
    asked = {name: value for name, value in desired.items() if name != "operational_state"}
    operations = [Operation.create(body, _display(asked))]
    if desired.get("operational_state") == "offline":
        operations.append(provisioned.state("online", "offline"))
    return operations


def _changes(before: Record, desired: Record) -> Iterator[Operation]:
    """UM takes one property per PATCH; the order is size, level, policy, maps, state."""
    if "os_type" in desired and desired["os_type"] != before["os_type"]:
        raise BadInput(
            f"os_type: the LUN has {before['os_type']}, and it cannot be changed to {desired['os_type']}"
            " after creation."
        )
    yield from provisioned.changes(before, desired, "LUN")
    if "lun_maps" in desired and not same_maps(before["lun_maps"], desired["lun_maps"]):
        maps = maps_to_send(desired["lun_maps"], before["lun_maps"], provisioned.svm_scope(before, desired))
        old, new = display_maps(before["lun_maps"]), display_maps(desired["lun_maps"])
        yield Operation.change({"lun_maps": maps}, {"lun_maps": old}, {"lun_maps": new})
    if "operational_state" in desired and not is_same(before["operational_state"], desired["operational_state"]):
        yield provisioned.state(before["operational_state"], desired["operational_state"])


def planned(record: Record, body: Record) -> Record:
    """What was sent, under the names by which a LUN shows it."""
    kept, sent = provisioned.planned(record, body)
    for name in ("aggregate", "name", "volume"):
        sent.pop(name, None)
    if "name" in body:  # UM shows /vol/<volume>/<name>, and chooses the volume where none was named
        volume = (body.get("volume") or {}).get("name")
        sent.update({"name": f"/vol/{volume}/{body['name']}"} if volume else {})
    if body.get("lun_maps") == []:
        kept.pop("lun_maps", None)
        del sent["lun_maps"]
    return merged(kept, sent)


def _name_parts(name: str, params: Params) -> Record:
    """A LUN is named by its own name, by its path ``/vol/<volume>/<name>`` or that in a qtree, or by its key."""
    refuse_other_key(name, "name", "LUN", "lun")
    if is_key(name):
        return {"name": name}
    parts = name.split("/")
    if len(parts) in (4, 5) and parts[:2] == ["", "vol"] and all(parts[2:]):
        if params.get("volume") not in (None, parts[2]):
            raise BadInput(f"name: {name!r} lies in volume {parts[2]!r}, but volume is {params['volume']!r}.")
        return {"path": name, "volume": parts[2], "name": parts[-1]}
    if len(parts) > 1:
        raise BadInput(f"name: {name!r} has a '/', and is not a path like {VOLUME_PATH}.")
    return {"name": name}


def _display(options: Record) -> Record:
    result = {name: value for name, value in options.items() if name != "path"}
    if "lun_maps" in result:
        result["lun_maps"] = display_maps(result["lun_maps"])
    return provisioned.display(result)


def describe(record: Record) -> Description:
    """By its path; beside it stands the tag of a volume that UM made, so that UM can make it again."""
    path = str(record.get("name"))
    volume, *others = path.split("/")[2:] if path.startswith("/vol/") else (None, path)
    tag = tag_of(volume)
    remarks = []
    options: Record = {"name": path}
    if tag and can_be_given(path) and len(others) == 1:
        options["volume_name_tag"] = tag
    elif len(others) > 1:
        remarks.append(f"{path} lies in a qtree, where Unified Manager cannot create a LUN.")
    options.update(provisioned.describe(record))
    options["lun_maps"] = describe_maps(record.get("lun_maps") or [])
    lacking = []
    if options["performance_service_level"] == provisioned.UNASSIGNED:
        lacking.append("performance_service_level")
        remarks.append(f"{path} has no Performance Service Level; a new LUN needs one.")
    if record.get("os_type") in OS_TYPES:
        options["os_type"] = record["os_type"]
    else:
        lacking.append("os_type")
    return Description(options, tuple(lacking), tuple(remarks))


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
    as_inventory=as_inventory,
    makes=makes,
    describe=describe,
    detailed=True,
)
