# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""File share: its options, how they compare with what is there, which requests lead there, and how shares are listed.

Facts: docs/facts/server.md, 5.12 and 8.10. Private to this collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from .._base.errors import BadInput
from .._base.names import is_key, refuse_other_key
from .._model import kinds
from .._model.desired import (
    Scope,
    check_names,
    filters,
    given,
    is_same,
    refer_all,
    references,
    refuse_key,
    require_for_creation,
    scope_of,
)
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import STATE, Description, Operation, Params, Record, Resource, merged
from .parts import export_rules, provisioned, renaming

COLLECTION = kinds.FILE_SHARE.collection
INVENTORY = "/datacenter/storage/volumes"
_VOLUME_NAME = re.compile(r"[A-Za-z_]\w{0,202}", re.ASCII)  # docs/facts/server.md, 8.6
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
NAMED = ("name", "svm", "cluster", "aggregate", *provisioned.POLICIES, "active_directory_mapping")
SCOPE = {"svm": "svm", "cluster": "cluster"}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    check_names(desired, NAMED)
    refuse_other_key(desired["name"], "name", "file share", "volume")
    if "mountpoint" in desired and not desired["mountpoint"].startswith("/"):
        raise BadInput(f"mountpoint: {desired['mountpoint']!r} does not begin with a slash.")
    provisioned.normalise(desired)
    export_rules.normalise(desired)
    return desired


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
        "type": record.get("type") or None,
        "acl": access.get("acl") or [],
        "export_policy": access.get("export_policy"),
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(_display(before))]
    return _creation(desired) if before is None else list(_changes(before, desired))


def _creation(desired: Record) -> Sequence[Operation]:
    if is_key(desired["name"]):
        refuse_key("file share", desired["name"])
    needed = ("size", "performance_service_level", ("svm", "aggregate"))
    require_for_creation("file share", desired["name"], desired, *needed)
    if not _VOLUME_NAME.fullmatch(desired["name"]):
        raise BadInput(
            f"name: {desired['name']!r} cannot be the name of a file share, which its volume has as well; use"
            " letters, digits and '_', no digit first, and at most 203 characters."
        )
    provisioned.check_creation(desired)
    body = provisioned.creation(desired)
    body.update(references(desired, {"svm": kinds.SVM, "aggregate": kinds.AGGREGATE}, scope_of(desired, "cluster")))
    body.update({name: desired[name] for name in ("mountpoint", "type") if name in desired})
    in_svm = scope_of(desired, "svm", "cluster")
    access = _mapping(desired, in_svm)
    if desired.get("acl"):
        access["acl"] = export_rules.acl_to_send(desired["acl"])
    if desired.get("export_policy"):
        access["export_policy"] = export_rules.policy_to_send(desired["export_policy"], in_svm)
    body.update({"access_control": access} if access else {})
    asked = {name: value for name, value in desired.items() if name != "operational_state"}
    operations = [Operation.create(body, _display(asked))]
    if desired.get("operational_state") == "offline":
        operations.append(provisioned.state("online", "offline"))
    return operations


def _changes(before: Record, desired: Record) -> Iterator[Operation]:
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
    if "operational_state" in desired and not is_same(before["operational_state"], desired["operational_state"]):
        yield provisioned.state(before["operational_state"], desired["operational_state"])


def _mapping(desired: Record, scope: Scope) -> Record:
    """By which UM makes a CIFS server, for an ACL or for an export policy with CIFS."""
    in_svm = tuple(pair for pair in scope if pair[0] == "svm")
    return dict(references(desired, {"active_directory_mapping": kinds.ACTIVE_DIRECTORY_MAPPING}, in_svm))


def planned(record: Record, body: Record) -> Record:
    """What was sent, under the names by which a file share shows it; UM names the policy that it makes of rules."""
    kept, sent = provisioned.planned(record, body)
    for name in ("aggregate", "mountpoint"):
        sent.pop(name, None)
    access = dict(sent.pop("access_control", {}))
    access.pop("active_directory_mapping", None)
    policy = access.pop("export_policy", None)
    if policy is not None:
        old = {name: value for name, value in (kept.get("access_control") or {}).items() if name != "export_policy"}
        kept = {**kept, "access_control": old} if "access_control" in kept else kept
        if "key" in policy:
            access["export_policy"] = policy
    return merged(kept, {**sent, "access_control": access} if access else sent)


def _display(options: Record) -> Record:
    result = {name: value for name, value in options.items() if name != "active_directory_mapping"}
    if result.get("acl"):
        result["acl"] = export_rules.acl_to_send(result["acl"])
    if "export_policy" in result:
        policy = result["export_policy"] or {}
        result["export_policy"] = export_rules.shown_policy(policy, None if policy.get("name") else policy.get("rules"))
    return provisioned.display(result)


def describe(record: Record) -> Description:
    """Its mount point is in no record; UM mounts a new share at its name."""
    name, access = str(record.get("name")), record.get("access_control") or {}
    options = {"name": name, **provisioned.describe(record)}
    lacking, remarks = [], []
    if record.get("type") in ("rw", "dp"):
        options["type"] = record["type"]
    acl = access.get("acl") or []
    options["acl"] = export_rules.describe_acl(acl)
    if len(options["acl"]) < len(acl):
        del options["acl"]
        remarks.append(f"The ACL of {name} has entries that cannot be set; it is left out.")
    elif acl:
        remarks.append(
            f"{name} has an ACL; without a CIFS server on the SVM it also needs an active_directory_mapping."
        )
    policy = export_rules.describe_policy(access.get("export_policy"), name)
    if policy is not None:
        options["export_policy"] = policy
    if options["performance_service_level"] == provisioned.UNASSIGNED:
        lacking.append("performance_service_level")
        remarks.append(f"{name} has no Performance Service Level; a new file share needs one.")
    return Description(options, tuple(lacking), tuple(remarks))


LISTED = {
    "svm": "svm",
    "cluster": "cluster",
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}


def _matches(params: Params, record: Record) -> bool:
    return params["name"] in (None, record.get("name")) and refer_all(record, params, LISTED)


FILE_SHARE = Resource(
    noun="file_share",
    title="file share",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired, SCOPE),
    complete=complete,
    current=current,
    plan=plan,
    planned=planned,
    result_name="fileshareKey",
    owes_job=True,
    inventory=INVENTORY,
    describe=describe,
    detailed=True,
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
    query=lambda params: filters(params, LISTED, {"query": "query"}),
    keys=key_as_name,
    matches=_matches,
    detailed=lambda params: params["details"],
)
