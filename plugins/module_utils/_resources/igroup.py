# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator group: what can be wished, how it compares, which request leads there, and how they are listed.

Wire facts 5.8 and 8.8; changed at once, without a job. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._errors import BadInput
from .._filters import by, checked_name, is_key, literal, refers
from .._listing import LIST_ARGUMENTS, Listing
from .._resource import IGROUP as KIND
from .._resource import STATE, SVM, Operation, Params, Record, Reference, Resource
from . import renaming

TITLE, COLLECTION = KIND.title, KIND.collection
PLACES = ("svm", "cluster")
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
    wish = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    renaming.check_names(wish, TITLE, KIND.key_type)
    for option in PLACES:
        if option in wish:
            checked_name(wish[option], option)
    for initiator in wish.get("initiators", ()):
        if not 0 < len(initiator) <= LONGEST_INITIATOR or not initiator.isprintable():
            raise BadInput(
                f"initiators: {initiator!r} is no WWPN, IQN or EUI; it has 1 to {LONGEST_INITIATOR} characters."
            )
    return wish


def present(record: Record) -> Record:
    initiators = [str(one.get("name")) for one in record.get("initiators") or []]
    return {**{name: record.get(name) for name in ("name", "os_type", "protocol")}, "initiators": initiators}


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    if wish["state"] == "absent":
        return [] if before is None else [Operation("delete", "DELETE", None, _shown(before), {"state": "absent"})]
    if before is None:
        return [_creation(wish)]
    if "protocol" in wish and wish["protocol"] != before["protocol"]:
        raise BadInput(
            f"protocol: the igroup has {before['protocol']}, and it cannot be changed to {wish['protocol']};"
            " create another igroup and map its LUNs to that one."
        )
    after = {"name": wish["name"]} if renaming.is_renamed(before, wish) else {}
    after.update({name: wish[name] for name in ("os_type",) if name in wish and wish[name] != before[name]})
    initiators = _initiators(before["initiators"], wish)
    if _folded(initiators) != _folded(before["initiators"]):
        after["initiators"] = initiators
    if not after:
        return []
    return [Operation(", ".join(after), "PATCH", _body(after), {name: before[name] for name in after}, after)]


def _creation(wish: Record) -> Operation:
    renaming.check_creation(wish, TITLE)
    missing = [name for name in ("svm", "os_type", "protocol") if name not in wish]
    if missing:
        raise BadInput(f"There is no such igroup, and to create it {', '.join(missing)} must be given, too.")
    after = {name: wish[name] for name in ("name", "svm", "os_type", "protocol")}
    initiators = _initiators([], wish)
    if initiators:
        after["initiators"] = initiators
    scope = (("cluster", wish["cluster"]),) if "cluster" in wish else ()
    body = {**_body(after), "svm": Reference(SVM, wish["svm"], "svm", scope)}
    return Operation("create", "POST", body, {"state": "absent"}, {"state": "present", **after})


def _initiators(current: Sequence[str], wish: Record) -> list[str]:
    """The whole list to be, which replaces what is there; names differ by more than their case."""
    named = list({name.casefold(): name for name in wish.get("initiators", ())}.values())
    if "initiators" not in wish:
        return list(current)
    if wish["initiators_mode"] == "exact":
        return named
    folded = set(_folded(named))
    kept = [name for name in current if name.casefold() not in folded]
    if wish["initiators_mode"] == "remove":
        return kept
    return [*current, *(name for name in named if name.casefold() not in set(_folded(current)))]


def _folded(initiators: Sequence[str]) -> list[str]:
    return sorted(name.casefold() for name in initiators)


def _body(fields: Record) -> Record:
    if "initiators" not in fields:
        return dict(fields)
    return {**fields, "initiators": [{"name": name} for name in fields["initiators"]]}


def _shown(fields: Record) -> Record:
    return {"state": "present", **{name: value for name, value in fields.items() if value not in (None, [])}}


def _query(params: Params) -> Record:
    query: Record = {}
    if params["name"] is not None:
        query["name"] = literal(checked_name(params["name"], "name"))
    for field in PLACES:
        if params[field] is not None:
            query.update(by(field, checked_name(params[field], field)))
    query.update({name: params[name] for name in ("os_type", "protocol") if params[name]})
    return query


def _matches(params: Params, record: Record) -> bool:
    return refers(record, params["name"]) and all(refers(record.get(field), params[field]) for field in PLACES)


IGROUP = Resource(
    noun="igroup",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda wish: renaming.find(COLLECTION, wish, PLACES),
    present=present,
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
