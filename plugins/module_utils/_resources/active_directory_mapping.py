# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Active Directory mapping of an SVM: made once, neither changed nor deleted by the API (docs/facts/server.md, 5.14).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.addresses import canonical_host
from .._base.errors import BadInput
from .._base.names import by, checked_name, is_key, refers
from .._model import kinds
from .._model.listing import Listing
from .._model.resource import STATE, Finding, Operation, Params, Record, Reference, Resource

COLLECTION = "/storage-provider/active-directories-mappings"
ARGUMENTS = {
    "svm": {"type": "str", "required": True},
    "cluster": {"type": "str"},
    "domain": {"type": "str"},
    "dns": {"type": "str"},
    "domain_username": {"type": "str"},
    "domain_password": {"type": "str", "no_log": True},
    **STATE,
}
SHOWN = ("domain", "dns")
HOW_ELSE = "Unified Manager's API can neither change nor delete one; delete the SVM, or ask NetApp's support."


def desired(params: Params) -> Record:
    desired = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    for option in ("svm", "cluster", *SHOWN):
        if option in desired:
            checked_name(desired[option], option)
    return desired


def find(desired: Record) -> Finding:
    """An SVM has at most one."""
    return Finding(
        collection=COLLECTION,
        query={"svm.key": Reference(kinds.SVM, desired["svm"], "svm", _scope(desired))},
        matches=lambda record: refers(record.get("svm"), desired["svm"]),
    )


def current(record: Record) -> Record:
    return {name: record.get(name) for name in SHOWN}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        if before is not None:
            raise BadInput(f"state: the SVM is mapped to {before['domain']}. {HOW_ELSE}")
        return []
    if before is not None:
        for option in SHOWN:
            if option in desired and canonical_host(before[option]) != canonical_host(desired[option]):
                raise BadInput(f"{option}: the SVM is mapped with {before[option]}. {HOW_ELSE}")
        return []
    missing = [name for name in ("domain", "dns", "domain_username", "domain_password") if not desired.get(name)]
    if missing:
        raise BadInput(f"The SVM has no mapping, and to create it {', '.join(missing)} must be given, too.")
    body = {
        "svm": Reference(kinds.SVM, desired["svm"], "svm", _scope(desired)),
        "domain": desired["domain"],
        "dns": desired["dns"],
        "username": desired["domain_username"],
        "password": desired["domain_password"],
    }
    return [Operation.create(body, {name: desired[name] for name in ("svm", *SHOWN)})]


def planned(record: Record, body: Record) -> Record:
    return {name: body[name] for name in ("svm", *SHOWN)}


def _scope(desired: Record) -> tuple[tuple[str, str], ...]:
    return (("cluster", desired["cluster"]),) if "cluster" in desired else ()


def _query(params: Params) -> Record:
    return by("svm", checked_name(params["svm"], "svm")) if params["svm"] is not None else {}


def _matches(params: Params, record: Record) -> bool:
    domain = params["domain"]
    named = domain is None or canonical_host(record.get("domain")) == canonical_host(domain)
    return named and refers(record.get("svm"), params["svm"])


ACTIVE_DIRECTORY_MAPPING = Resource(
    noun="active_directory_mapping",
    title="Active Directory mapping",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    current=current,
    plan=plan,
    planned=planned,
    called=lambda params: str(params.get("svm")),
)
ACTIVE_DIRECTORY_MAPPINGS = Listing(
    plural="active_directory_mappings",
    collection=COLLECTION,
    arguments={"key": {"type": "str", "no_log": False}, "svm": {"type": "str"}, "domain": {"type": "str"}},
    query=_query,
    keys=lambda params: [params["key"]] if is_key(params["key"]) else None,
    matches=_matches,
)
