# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Datasource: a cluster that Unified Manager manages; added at once, discovered later.

Facts: docs/facts/server.md, 5.3 and 8.2. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._base.addresses import canonical_host
from .._base.errors import BadInput
from .._base.lenient import integer
from .._base.names import checked_name, is_key, refuse_other_key
from .._jobs.job import FAILED, NO_CHILDREN, SUBMITTED, SUCCESS, WARNING, Failure, Job
from .._jobs.watched_job import Source
from .._model.desired import fields, given, is_same, refuse_key, require_for_creation
from .._model.listing import Listing
from .._model.resource import STATE, Description, Finding, Operation, Params, Record, Resource

COLLECTION = "/admin/datasources/clusters"
HTTPS = 443
MD5_DIGITS, SHA1_DIGITS = 32, 40  # of the fingerprints that UM shows
CERTIFICATE = "/admin/datasource-certificate"
# What a person compares; the other fields repeat the certificate as text (docs/facts/server.md, 8.1).
CERTIFICATE_FIELDS = (
    "issued_to",
    "issuer",
    "valid_from",
    "valid_to",
    "fingerprint",
    "is_valid",
    "is_self_signed",
    "is_valid_hostname",
)
ARGUMENTS = {
    "address": {"type": "str", "required": True},
    "cluster_port": {"type": "int"},
    "cluster_username": {"type": "str"},
    "cluster_password": {"type": "str", "no_log": True},
    "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "always", "no_log": False},
    "accept_certificate": {"type": "bool", "default": False},
    "certificate_fingerprint": {"type": "str"},
    **STATE,
}


def parse(record: Mapping[str, Any]) -> Job:
    """How the discovery of a cluster stands, in the words of UM's jobs."""
    operation = record.get("operation") or {}
    outcome = _outcome(str(operation.get("state")), str(record.get("status")))
    reason = str(record.get("status_message") or "no reason given")
    return Job(
        key=str(record.get("key")),
        name=f"Discover {record.get('name') or record.get('address')}",
        type=operation.get("type"),
        state=operation.get("state"),
        status=record.get("status"),
        parent=None,
        submit_time=operation.get("start_time"),
        complete_time=operation.get("end_time"),
        results={},
        tasks_total=0,
        tasks_completed=0,
        failures=(Failure(None, None, reason),) if outcome == FAILED else (),
        remarks=(reason,) if outcome == WARNING else (),
        descriptions=(),
        children=NO_CHILDREN,
        outcome=outcome,
    )


def _outcome(state: str, status: str) -> str:
    """A discovery that is completed has still failed where UM cannot monitor the cluster."""
    if state == "completed":
        return {"error": FAILED, "warning": WARNING}.get(status, SUCCESS)
    return FAILED if state == "failed" else SUBMITTED


DISCOVERY = Source(COLLECTION, parse)


def under_way(record: Record) -> Source | None:
    """A discovery that runs, or has failed: a cluster is not added before it is discovered."""
    operation = record.get("operation") or {}
    running = operation.get("type") == "discovery" and operation.get("state") != "completed"
    return DISCOVERY if running else None


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    checked_name(desired["address"], "address")
    refuse_other_key(desired["address"], "address", "cluster", "cluster")
    if not 0 < desired.get("cluster_port", HTTPS) < 65536:
        raise BadInput(f"cluster_port: {desired['cluster_port']} is not a TCP port; it goes from 1 to 65535.")
    if not is_key(desired["address"]) and set(desired["address"]) & set("/@ "):
        raise BadInput(
            f"address: {desired['address']!r} is not a host name or an IP address; remove what is around it."
        )
    for option in ("cluster_username", "cluster_password"):
        if desired.get(option) == "":
            raise BadInput(f"{option}: the value must not be empty.")
    if "certificate_fingerprint" in desired:
        _check_fingerprint(desired["certificate_fingerprint"])
    return desired


def _check_fingerprint(text: str) -> None:
    """Before the certificate is read, since reading it has UM trust it."""
    digits = _plain(text)
    if len(digits) not in (MD5_DIGITS, SHA1_DIGITS) or not set(digits) <= set("0123456789abcdef"):
        sha256 = " This one looks like SHA-256." if len(digits) == 64 else ""
        raise BadInput(
            f"certificate_fingerprint: {text!r} is not an MD5 or SHA-1 fingerprint, and Unified Manager shows no other;"
            f" they have 32 or 40 hexadecimal digits.{sha256}"
        )


def find(desired: Record) -> Finding:
    """By the address it was added with, by the cluster's name, or by its key; the list takes no filters."""
    if is_key(desired["address"]):
        return Finding(key=desired["address"])
    return Finding(collection=COLLECTION, matches=lambda record: _is_called(record, desired["address"]))


def _is_called(record: Record, address: str) -> bool:
    return canonical_host(address) in (canonical_host(record.get("address")), canonical_host(record.get("name")))


def current(record: Record) -> Record:
    operation = record.get("operation") or {}
    return {
        **fields(record, ("address", "username", "name", "status", "status_message")),
        "port": integer(record.get("port")),
        "leaving": operation.get("type") == "deletion" and operation.get("state") != "failed",
        "failed": operation.get("type") == "discovery" and operation.get("state") == "failed",
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        if before is None or before["leaving"]:
            return []
        return [Operation.delete(_shown(before))]
    if before is None:
        return _creation(desired)
    if before["leaving"]:
        raise BadInput(f"{before['address']} is being removed; run the task again when it is gone.")
    if before["port"] not in (None, desired.get("cluster_port", before["port"])):
        raise BadInput(
            f"cluster_port: the cluster was added with {before['port']}, which cannot be changed; remove it and add it."
        )
    account = _account(before, desired)
    if not account:
        return []
    old = {"cluster_username": before["username"]} if account.get("username") != before["username"] else {}
    new = {"cluster_username": account["username"]} if account.get("username") != before["username"] else {}
    if "password" in account:
        old, new = {**old, "cluster_password": "as it was"}, {**new, "cluster_password": "as given"}
    check = _certificate_check(desired, before["address"], before["port"] or HTTPS)
    hidden = ("cluster_password",) if "password" in account else ()
    return [Operation.change(account, old, new, follow=DISCOVERY, precheck=check, hidden=hidden)]


def _account(before: Record, desired: Record) -> Record:
    """The account to send; a password cannot be read, so it is sent always, or only to repair a failed discovery."""
    account: Record = {}
    if not is_same(before["username"], desired.get("cluster_username", before["username"])):
        account["username"] = desired["cluster_username"]
    if "cluster_password" in desired and (desired["update_password"] == "always" or account or before["failed"]):
        account["password"] = desired["cluster_password"]
        account.setdefault("username", desired.get("cluster_username", before["username"]))
    return account


def _creation(desired: Record) -> Sequence[Operation]:
    if is_key(desired["address"]):
        refuse_key("datasource", desired["address"], "address")
    require_for_creation("datasource", desired["address"], desired, "cluster_username", "cluster_password")
    port = desired.get("cluster_port", HTTPS)
    body = {
        "address": desired["address"],
        "port": port,
        "protocol": "https",
        "username": desired["cluster_username"],
        "password": desired["cluster_password"],
    }
    shown: Record = {name: desired[name] for name in ("address", "cluster_port", "cluster_username") if name in desired}
    check = _certificate_check(desired, desired["address"], port)
    return [Operation.create(body, shown, follow=DISCOVERY, precheck=check, hidden=("cluster_password",))]


def _certificate_check(desired: Record, address: str, port: int) -> Callable[[Callable[..., Record]], Record] | None:
    """What must be read before UM is told an account: the cluster's certificate, which UM trusts from then on."""
    wanted = desired.get("certificate_fingerprint")
    if wanted is None and not desired["accept_certificate"]:
        return None

    def check(get: Callable[..., Record]) -> Record:
        shown = get(CERTIFICATE, {"address": address, "port": port})
        fingerprints = [str(value) for value in (shown.get("fingerprint") or {}).values()]
        if wanted is not None and _plain(wanted) not in map(_plain, fingerprints):
            raise BadInput(
                f"certificate_fingerprint: {address} shows {', '.join(fingerprints)}, not {wanted}; nothing was sent,"
                " but Unified Manager trusts the certificate now, since reading it does so."
            )
        return {"certificate": {name: shown.get(name) for name in CERTIFICATE_FIELDS}}

    return check


def _plain(fingerprint: str) -> str:
    return fingerprint.replace(":", "").strip().casefold()


def planned(record: Record, body: Record) -> Record:
    """Everything but the password, and how the discovery goes, which cannot be predicted."""
    kept = {name: value for name, value in record.items() if name != "operation"}
    return {**kept, **{name: value for name, value in body.items() if name != "password"}}


def _shown(before: Record) -> Record:
    return {"address": before["address"], "cluster_username": before["username"]}


def describe(record: Record) -> Description:
    """Its certificate is trusted already; where it is added again, somebody must say again that it may be."""
    now = current(record)
    options = {"address": now["address"], "cluster_port": now["port"], "cluster_username": now["username"]}
    told = given(options, options)
    remark = (
        f"{now['address']} is added again only to a Unified Manager that trusts its certificate:"
        " set accept_certificate or certificate_fingerprint then."
    )
    return Description({**told, "update_password": "on_create"}, ("cluster_password",), (remark,))


def _matches(params: Params, record: Record) -> bool:
    return params["address"] is None or _is_called(record, params["address"])


DATASOURCE = Resource(
    noun="datasource",
    title="datasource",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    current=current,
    plan=plan,
    planned=planned,
    called=lambda params: str(params.get("address")),
    under_way=under_way,
    shows_progress=True,
    describe=describe,
)
DATASOURCES = Listing(
    plural="datasources",
    collection=COLLECTION,
    arguments={"address": {"type": "str"}},
    query=lambda params: {},
    keys=lambda params: [params["address"]] if is_key(params["address"]) else None,
    matches=_matches,
)
