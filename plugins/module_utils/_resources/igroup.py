# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator group: its options, how they compare, which request leads there, and how igroups are listed.

Facts: docs/facts/server.md, 5.8 and 8.8; changed at once, without a job. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.names import refers
from .._model import kinds
from .._model.desired import (
    check_names,
    fields,
    filters,
    given,
    option_changes,
    refer_all,
    references,
    require_for_creation,
    scope_of,
)
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import STATE, Description, Operation, Params, Record, Resource, option_of
from .parts import renaming

TITLE, COLLECTION = kinds.IGROUP.title, kinds.IGROUP.collection
SCOPE = {"svm": "svm", "cluster": "cluster"}
LONGEST_INITIATOR = 96
OS_TYPES = ["aix", "hpux", "hyper_v", "linux", "netware", "openvms", "solaris", "vmware", "windows", "xen"]
PROTOCOLS = ["mixed", "fcp", "iscsi"]
ARGUMENTS = {
    **renaming.NAMES,
    "svm": {"type": "str"},
    "cluster": {"type": "str"},
    "os_type": {"type": "str", "choices": OS_TYPES},
    "protocol": {"type": "str", "choices": PROTOCOLS},
    "initiators": {"type": "list", "elements": "str"},
    "initiators_mode": {"type": "str", "choices": ["exact", "add", "remove"], "default": "exact"},
    **STATE,
}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    renaming.check_names(desired, TITLE, kinds.IGROUP.key_type)
    check_names(desired, SCOPE)
    for initiator in desired.get("initiators", ()):
        whole = initiator.isprintable() and initiator.split() == [initiator]
        if not whole or len(initiator) > LONGEST_INITIATOR:
            raise BadInput(
                f"initiators: {initiator!r} is not a WWPN, IQN or EUI; those have 1 to {LONGEST_INITIATOR} characters"
                " and no blanks."
            )
    return desired


def current(record: Record) -> Record:
    initiators = [str(one.get("name")) for one in record.get("initiators") or []]
    return {**fields(record, ("name", "os_type", "protocol")), "initiators": initiators}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(before)]
    if before is None:
        return [_creation(desired)]
    if "protocol" in desired and desired["protocol"] != before["protocol"]:
        raise BadInput(
            f"protocol: the igroup has {before['protocol']}, and it cannot be changed to {desired['protocol']};"
            " create another igroup and map its LUNs to that one."
        )
    after = {"name": desired["name"]} if renaming.is_renamed(before, desired) else {}
    after.update({name: desired[name] for name in option_changes(before, desired, ["os_type"])})
    initiators = _initiators(before["initiators"], desired)
    if _folded(initiators) != _folded(before["initiators"]):
        after["initiators"] = initiators
    if not after:
        return []
    return [Operation.change(_body(after), {name: before[name] for name in after}, after)]


def _creation(desired: Record) -> Operation:
    renaming.check_creation(desired, TITLE)
    require_for_creation(TITLE, desired["name"], desired, "svm", "os_type", "protocol")
    after = {name: desired[name] for name in ("name", "svm", "os_type", "protocol")}
    initiators = _initiators([], desired)
    if initiators:
        after["initiators"] = initiators
    body = {**_body(after), **references(desired, {"svm": kinds.SVM}, scope_of(desired, "cluster"))}
    return Operation.create(body, after)


def _initiators(current: Sequence[str], desired: Record) -> list[str]:
    """The whole list to be, which replaces what is there; names differ by more than their case."""
    named = list({name.casefold(): name for name in desired.get("initiators", ())}.values())
    if "initiators" not in desired:
        return list(current)
    if desired["initiators_mode"] == "exact":
        return named
    folded = set(_folded(named))
    kept = [name for name in current if name.casefold() not in folded]
    if desired["initiators_mode"] == "remove":
        return kept
    return [*current, *(name for name in named if name.casefold() not in set(_folded(current)))]


def _folded(initiators: Sequence[str]) -> list[str]:
    return sorted(name.casefold() for name in initiators)


def _body(options: Record) -> Record:
    if "initiators" not in options:
        return dict(options)
    return {**options, "initiators": [{"name": name} for name in options["initiators"]]}


def _query(params: Params) -> Record:
    return filters(params, SCOPE, {"os_type": "os_type", "protocol": "protocol"})


def _matches(params: Params, record: Record) -> bool:
    return refers(record, params["name"]) and refer_all(record, params, SCOPE)


def describe(record: Record) -> Description:
    options = {"svm": option_of(record.get("svm")), "cluster": option_of(record.get("cluster")), **current(record)}
    return Description(given(options, options))


IGROUP = Resource(
    noun="igroup",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired, SCOPE),
    current=current,
    plan=plan,
    describe=describe,
)
IGROUPS = Listing(
    plural="igroups",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        "svm": {"type": "str"},
        "cluster": {"type": "str"},
        "os_type": {"type": "str", "choices": OS_TYPES},
        "protocol": {"type": "str", "choices": PROTOCOLS},
        **LIST_ARGUMENTS,
    },
    query=_query,
    keys=key_as_name,
    matches=_matches,
)
