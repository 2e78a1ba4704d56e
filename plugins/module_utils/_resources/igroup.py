# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator group: what can be wished, how it compares, which request leads there, and how they are listed.

See docs/facts/server.md, 5.8 and 8.8; changed at once, without a job. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.names import by, checked_name, is_key, literal, refers
from .._model import kinds
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import STATE, Operation, Params, Record, Reference, Resource
from .parts import renaming

TITLE, COLLECTION = kinds.IGROUP.title, kinds.IGROUP.collection
SCOPE = ("svm", "cluster")
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
    desired = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    renaming.check_names(desired, TITLE, kinds.IGROUP.key_type)
    for option in SCOPE:
        if option in desired:
            checked_name(desired[option], option)
    for initiator in desired.get("initiators", ()):
        if not 0 < len(initiator) <= LONGEST_INITIATOR or not initiator.isprintable():
            raise BadInput(
                f"initiators: {initiator!r} is no WWPN, IQN or EUI; it has 1 to {LONGEST_INITIATOR} characters."
            )
    return desired


def current(record: Record) -> Record:
    initiators = [str(one.get("name")) for one in record.get("initiators") or []]
    return {**{name: record.get(name) for name in ("name", "os_type", "protocol")}, "initiators": initiators}


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
    after.update({name: desired[name] for name in ("os_type",) if name in desired and desired[name] != before[name]})
    initiators = _initiators(before["initiators"], desired)
    if _folded(initiators) != _folded(before["initiators"]):
        after["initiators"] = initiators
    if not after:
        return []
    return [Operation.change(_body(after), {name: before[name] for name in after}, after)]


def _creation(desired: Record) -> Operation:
    renaming.check_creation(desired, TITLE)
    missing = [name for name in ("svm", "os_type", "protocol") if name not in desired]
    if missing:
        raise BadInput(f"There is no such igroup, and to create it {', '.join(missing)} must be given, too.")
    after = {name: desired[name] for name in ("name", "svm", "os_type", "protocol")}
    initiators = _initiators([], desired)
    if initiators:
        after["initiators"] = initiators
    scope = (("cluster", desired["cluster"]),) if "cluster" in desired else ()
    body = {**_body(after), "svm": Reference(kinds.SVM, desired["svm"], "svm", scope)}
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


def _body(fields: Record) -> Record:
    if "initiators" not in fields:
        return dict(fields)
    return {**fields, "initiators": [{"name": name} for name in fields["initiators"]]}


def _query(params: Params) -> Record:
    query: Record = {}
    if params["name"] is not None:
        query["name"] = literal(checked_name(params["name"], "name"))
    for field in SCOPE:
        if params[field] is not None:
            query.update(by(field, checked_name(params[field], field)))
    query.update({name: params[name] for name in ("os_type", "protocol") if params[name]})
    return query


def _matches(params: Params, record: Record) -> bool:
    return refers(record, params["name"]) and all(refers(record.get(field), params[field]) for field in SCOPE)


IGROUP = Resource(
    noun="igroup",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired, SCOPE),
    current=current,
    plan=plan,
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
    keys=lambda params: [params["name"]] if is_key(params["name"]) else None,
    matches=_matches,
)
