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
from .._model.desired import check_names, fields, given, require_for_creation, scope_of
from .._model.listing import Listing
from .._model.resource import STATE, Description, Finding, Operation, Params, Record, Reference, Resource, option_of

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
    desired = given(params, ARGUMENTS)
    check_names(desired, ("svm", "cluster", *SHOWN))
    return desired


def find(desired: Record) -> Finding:
    """An SVM has at most one."""
    return Finding(
        collection=COLLECTION,
        query={"svm.key": Reference(kinds.SVM, desired["svm"], "svm", scope_of(desired, "cluster"))},
        matches=lambda record: refers(record.get("svm"), desired["svm"]),
    )


def current(record: Record) -> Record:
    return fields(record, SHOWN)


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
    needed = ("domain", "dns", "domain_username", "domain_password")
    require_for_creation("Active Directory mapping of SVM", desired["svm"], desired, *needed)
    body = {
        "svm": Reference(kinds.SVM, desired["svm"], "svm", scope_of(desired, "cluster")),
        "domain": desired["domain"],
        "dns": desired["dns"],
        "username": desired["domain_username"],
        "password": desired["domain_password"],
    }
    shown = {name: desired[name] for name in ("svm", *SHOWN)}
    return [Operation.create(body, shown, hidden=("domain_username", "domain_password"))]


def planned(record: Record, body: Record) -> Record:
    return {name: body[name] for name in ("svm", *SHOWN)}


def _query(params: Params) -> Record:
    return by("svm", checked_name(params["svm"], "svm")) if params["svm"] is not None else {}


def _matches(params: Params, record: Record) -> bool:
    domain = params["domain"]
    named = domain is None or canonical_host(record.get("domain")) == canonical_host(domain)
    return named and refers(record.get("svm"), params["svm"])


def describe(record: Record) -> Description:
    """The account with which it was made; its password cannot be read."""
    svm = record.get("svm") or {}
    options = {
        "svm": option_of(svm),
        "cluster": option_of(record.get("cluster")),
        **fields(record, SHOWN),
        "domain_username": record.get("username") or None,
    }
    lacking = ("domain_password",) if options["domain_username"] else ("domain_username", "domain_password")
    return Description(given(options, options), lacking)


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
    describe=describe,
)
ACTIVE_DIRECTORY_MAPPINGS = Listing(
    plural="active_directory_mappings",
    collection=COLLECTION,
    arguments={"key": {"type": "str", "no_log": False}, "svm": {"type": "str"}, "domain": {"type": "str"}},
    query=_query,
    keys=lambda params: [params["key"]] if is_key(params["key"]) else None,
    matches=_matches,
)
