# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""File share: what can be wished, how it compares, which requests lead there, and how they are listed.

See docs/facts/server.md, 5.12 and 8.10. Private to this collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from .._base.errors import BadInput
from .._base.names import by, checked_name, is_key, literal, object_type, refers
from .._model import kinds
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import STATE, Finding, Operation, Params, Record, Reference, Resource, merged
from .parts import export_rules, provisioned

COLLECTION = "/storage-provider/file-shares"
_VOLUME_NAME = re.compile(r"[A-Za-z_]\w{0,202}", re.ASCII)  # docs/facts/server.md, 8.6
INVENTORY = "/datacenter/storage/volumes"
ARGUMENTS = {
    "name": {"type": "str", "required": True},
    "svm": {"type": "str"},
    "cluster": {"type": "str"},
    "aggregate": {"type": "str"},
    "size": {"type": "str"},
    "type": {"type": "str", "choices": ["rw", "dp"]},
    "mountpoint": {"type": "str"},
    "performance_service_level": {"type": "str"},
    "storage_efficiency_policy": {"type": "str"},
    **export_rules.ARGUMENTS,
    "active_directory_mapping": {"type": "str"},
    "operational_state": {"type": "str", "choices": ["online", "offline"]},
    **STATE,
}
REFERENCES = ("name", "svm", "cluster", "aggregate", "performance_service_level", "storage_efficiency_policy")


def desired(params: Params) -> Record:
    desired = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    for option in (*REFERENCES, "active_directory_mapping"):
        if option in desired:
            checked_name(desired[option], option)
    if is_key(desired["name"]) and object_type(desired["name"]) != "volume":
        raise BadInput(f"name: {desired['name']!r} is a key, but not that of a file share.")
    if "mountpoint" in desired and not desired["mountpoint"].startswith("/"):
        raise BadInput(f"mountpoint: {desired['mountpoint']!r} does not begin with a slash.")
    provisioned.normalise(desired)
    export_rules.normalise(desired)
    return desired


def find(desired: Record) -> Finding:
    if is_key(desired["name"]):
        return Finding(key=desired["name"])
    query = {"name": literal(desired["name"])}
    for field in ("svm", "cluster"):
        if field in desired:
            query.update(by(field, desired[field]))
    return Finding(
        collection=COLLECTION, query=query, matches=lambda record: _is_meant(record, desired), name=desired["name"]
    )


def complete(record: Record, desired: Record, get: Callable[[str], Record]) -> Record:
    """The list lacks who may reach it; only the inventory knows whether its volume is online."""
    if desired["state"] == "present" and {"acl", "export_policy", "type"} & set(desired):
        record = {**record, **get(COLLECTION)}
    if desired["state"] == "present" and "operational_state" in desired:
        record = {**record, "operational_state": get(INVENTORY).get("state") or "online"}
    return record


def current(record: Record) -> Record:
    access = record.get("access_control") or {}
    return {
        "name": record.get("name"),
        **provisioned.current(record),
        "type": record.get("type"),
        "acl": access.get("acl") or [],
        "export_policy": access.get("export_policy"),
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(_shown(before))]
    return _creation(desired) if before is None else list(_changes(before, desired))


def _creation(desired: Record) -> Sequence[Operation]:
    if is_key(desired["name"]):
        raise BadInput(f"name: there is no file share with the key {desired['name']}; to create one, give its name.")
    missing = [name for name in ("size", "performance_service_level") if name not in desired]
    missing += ["svm or aggregate"] if not {"svm", "aggregate"} & set(desired) else []
    if missing:
        raise BadInput(f"There is no such file share, and to create it {', '.join(missing)} must be given, too.")
    if not _VOLUME_NAME.fullmatch(desired["name"]):
        raise BadInput(
            f"name: {desired['name']!r} can be no file share, since its name is that of a volume:"
            " letters, digits and '_',"
            " no digit first, and at most 203 characters."
        )
    provisioned.check_creation(desired)
    body = provisioned.creation(desired)
    around = provisioned.scope(desired, "cluster")
    for option, kind in (("svm", kinds.SVM), ("aggregate", kinds.AGGREGATE)):
        if option in desired:
            body[option] = Reference(kind, desired[option], option, around)
    body.update({name: desired[name] for name in ("mountpoint", "type") if name in desired})
    in_svm = provisioned.scope(desired, "svm", "cluster")
    access = {
        **({"acl": export_rules.acl_to_send(desired["acl"])} if desired.get("acl") else {}),
        **_mapping(desired, in_svm),
    }
    if desired.get("export_policy"):
        access["export_policy"] = export_rules.policy_to_send(desired["export_policy"], in_svm)
    body.update({"access_control": access} if access else {})
    asked = {name: value for name, value in desired.items() if name != "operational_state"}
    operations = [Operation.create(body, _shown(asked))]
    if desired.get("operational_state") == "offline":
        operations.append(provisioned.state("online", "offline"))
    return operations


def _changes(before: Record, desired: Record) -> Sequence[Operation]:
    """UM takes one property per PATCH; the order is size, level, policy, ACL, export policy, state."""
    if "type" in desired and desired["type"] != before["type"]:
        raise BadInput(f"type: the file share is {before['type']}, and it cannot be changed to {desired['type']}.")
    yield from provisioned.changes(before, desired, "file share")
    scope = provisioned.svm_scope(before, desired)
    if "acl" in desired and not export_rules.same_acl(before["acl"], desired["acl"]):
        old, new = export_rules.acl_to_send(before["acl"]), export_rules.acl_to_send(desired["acl"])
        body = {"access_control": {"acl": new, **_mapping(desired, scope)}}
        yield Operation.change(body, {"acl": old}, {"acl": new})
    if "export_policy" in desired and not export_rules.same_policy(before["export_policy"], desired["export_policy"]):
        rules = desired["export_policy"].get("rules")
        old, new = (export_rules.shown_policy(one["export_policy"], rules) for one in (before, desired))
        body = {"access_control": {"export_policy": export_rules.policy_to_send(desired["export_policy"], scope)}}
        yield Operation.change(body, {"export_policy": old}, {"export_policy": new})
    if "operational_state" in desired and desired["operational_state"] != before["operational_state"]:
        yield provisioned.state(before["operational_state"], desired["operational_state"])


def _mapping(desired: Record, scope: tuple[tuple[str, str], ...]) -> Record:
    """By which UM makes a CIFS server, for an ACL or for an export policy with CIFS."""
    option = "active_directory_mapping"
    if option not in desired:
        return {}
    in_svm = tuple(pair for pair in scope if pair[0] == "svm")
    return {option: Reference(kinds.ACTIVE_DIRECTORY_MAPPING, desired[option], option, in_svm)}


def planned(record: Record, body: Record) -> Record:
    """What was sent, under the names by which a file share shows it; UM names the policy that it makes of rules."""
    kept, shown = provisioned.planned(record, body)
    for name in ("aggregate", "mountpoint"):
        shown.pop(name, None)
    access = dict(shown.pop("access_control", {}))
    access.pop("active_directory_mapping", None)
    policy = access.pop("export_policy", None)
    if policy is not None:
        old = {name: value for name, value in (kept.get("access_control") or {}).items() if name != "export_policy"}
        kept = {**kept, "access_control": old} if "access_control" in kept else kept
        if "key" in policy:
            access["export_policy"] = policy
    return merged(kept, {**shown, "access_control": access} if access else shown)


def _shown(fields: Record) -> Record:
    said = {name: value for name, value in fields.items() if name != "active_directory_mapping"}
    if said.get("acl"):
        said["acl"] = export_rules.acl_to_send(said["acl"])
    if "export_policy" in said:
        policy = said["export_policy"] or {}
        said["export_policy"] = export_rules.shown_policy(policy, None if policy.get("name") else policy.get("rules"))
    return provisioned.shown(said)


def _is_meant(record: Record, desired: Any) -> bool:
    named = desired.get("name") in (None, record.get("name"))
    return named and all(refers(record.get(field), desired.get(field)) for field in ("svm", "cluster"))


LISTED = {
    "svm": "svm",
    "cluster": "cluster",
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}


def _query(params: Params) -> Record:
    filters: Record = {"query": params["query"]} if params["query"] else {}
    if params["name"] is not None:
        filters["name"] = literal(checked_name(params["name"], "name"))
    for option, field in LISTED.items():
        if params[option] is not None:
            filters.update(by(field, checked_name(params[option], option)))
    return filters


def _matches(params: Params, record: Record) -> bool:
    named = params["name"] in (None, record.get("name"))
    return named and all(refers(record.get(field), params[option]) for option, field in LISTED.items())


FILE_SHARE = Resource(
    noun="file_share",
    title="file share",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    complete=complete,
    current=current,
    plan=plan,
    planned=planned,
    result_name="fileshareKey",
    owes_job=True,
    inventory=INVENTORY,
)
FILE_SHARES = Listing(
    plural="file_shares",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        **{option: {"type": "str"} for option in LISTED},
        "query": {"type": "str"},
        "details": {"type": "bool", "default": False},
        **LIST_ARGUMENTS,
    },
    query=_query,
    keys=lambda params: [params["name"]] if is_key(params["name"]) else None,
    matches=_matches,
    detailed=lambda params: params["details"],
)
