# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SVM: what can be set, how it compares, which requests lead there, and how SVMs are listed.

See docs/facts/server.md, 5.10 and 8.4. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .._base.addresses import canonical_host
from .._base.errors import BadInput
from .._base.lenient import boolean, dictionary
from .._base.names import checked_name, refers
from .._model import kinds
from .._model.desired import check_names, fields, filters, given, is_same, refer_all
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import STATE, Operation, Params, Record, Resource, merged, name_of
from .parts import renaming
from .parts.svm_creation import PROTOCOLS, aggregates, check_language, check_limits, creation, language
from .parts.svm_description import describe

TITLE, COLLECTION = kinds.SVM.title, kinds.SVM.collection
TEXTS = {"type": "list", "elements": "str"}
NEEDED_TEXTS = {**TEXTS, "required": True}
ARGUMENTS = {
    **renaming.NAMES,
    "cluster": {"type": "str"},
    "aggregates": TEXTS,
    "admin_state": {"type": "str", "choices": ["running", "stopped"]},
    "language": {"type": "str"},
    "snapshot_policy": {"type": "str"},
    "subtype": {"type": "str", "choices": ["default", "dp_destination", "sync_source"]},
    "ipspace": {"type": "str"},
    **{protocol: {"type": "bool"} for protocol in PROTOCOLS},
    "cifs": {
        "type": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "domain": {"type": "str", "required": True},
            "username": {"type": "str"},
            "password": {"type": "str", "no_log": True},
        },
    },
    "dns": {"type": "dict", "options": {"domains": NEEDED_TEXTS, "servers": NEEDED_TEXTS}},
    "nis": {"type": "dict", "options": {"domain": {"type": "str", "required": True}, "servers": NEEDED_TEXTS}},
    "ldap": {
        "type": "dict",
        "options": {
            "servers": TEXTS,
            "ad_domain": {"type": "str"},
            "base_dn": {"type": "str", "required": True},
            "bind_dn": {"type": "str", "required": True},
            "name": {"type": "str"},
        },
        "required_one_of": [("servers", "ad_domain")],
        "mutually_exclusive": [("servers", "ad_domain")],
    },
    "ip_interfaces": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "address": {"type": "str", "required": True},
            "netmask": {"type": "str", "required": True},
            "home_node": {"type": "str", "required": True},
            "enabled": {"type": "bool", "default": True},
        },
    },
    "routes": {
        "type": "list",
        "elements": "dict",
        "options": {"gateway": {"type": "str", "required": True}, "destination": {"type": "str"}},
    },
    "force": {"type": "bool", "default": False},
    **STATE,
}
AT_CREATION = ("subtype", "ipspace", *PROTOCOLS, "dns", "nis", "ldap", "cifs")  # and shown later, so that they compare
HIDDEN = {  # fields of them that are not shown
    "nis": ("enabled",),
    "ldap": ("enabled", "name", "servers", "ad_domain", "base_dn", "bind_dn"),
    "cifs": ("username", "password"),
}
LONGEST_CIFS_NAME = 15


def desired(params: Params) -> Record:
    desired = {name: _without_nulls(value) for name, value in given(params, ARGUMENTS).items()}
    renaming.check_names(desired, TITLE, kinds.SVM.key_type)
    check_names(desired, ("cluster", "snapshot_policy", "ipspace"))
    for aggregate in desired.get("aggregates", ()):
        checked_name(aggregate, "aggregates")
    if "language" in desired:
        desired["language"] = language(desired["language"])
    if len(desired.get("cifs", {}).get("name", "")) > LONGEST_CIFS_NAME:
        raise BadInput(f"cifs.name: {desired['cifs']['name']!r} is longer than {LONGEST_CIFS_NAME} characters.")
    check_limits(desired)
    for service in ("nis", "ldap"):
        if service in desired:
            desired[service] = {"enabled": True, **desired[service]}
    return desired


def current(record: Record) -> Record:
    cifs = dictionary(record.get("cifs"))
    return {
        "name": record.get("name"),
        "cluster": record.get("cluster"),
        "aggregates": record.get("aggregates") or [],
        "admin_state": record.get("state") or None,
        **fields(record, ("language", "subtype")),
        "snapshot_policy": name_of(record.get("snapshot_policy")),
        "ipspace": name_of(record.get("ipspace")),
        **{protocol: boolean(dictionary(record.get(protocol)).get("enabled")) or False for protocol in PROTOCOLS},
        "dns": dictionary(record.get("dns")),
        "nis": record.get("nis") or {},
        "ldap": record.get("ldap") or {},
        "cifs": {"name": cifs.get("name"), "domain": dictionary(cifs.get("ad_domain")).get("fqdn")},
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        if before is None:
            return []
        return [Operation.delete(_shown(before), query={"force": True} if desired["force"] else None)]
    return _creation(desired) if before is None else list(_changes(before, desired))


def _creation(desired: Record) -> Sequence[Operation]:
    """A new SVM runs, and is stopped afterwards."""
    renaming.check_creation(desired, TITLE)
    asked = {name: value for name, value in desired.items() if name != "admin_state"}
    operations = [Operation.create(creation(desired), _shown(asked))]
    if desired.get("admin_state") == "stopped":
        operations.append(_patch("admin_state", {"state": "stopped"}, "running", "stopped"))
    return operations


def _changes(before: Record, desired: Record) -> Iterator[Operation]:
    """One property per PATCH, which every server takes; the name comes first, the state last.

    See docs/facts/server.md, 5.10.
    """
    for option in AT_CREATION:
        if option in desired and not _agrees(option, before[option], desired[option]):
            raise BadInput(
                f"{option}: Unified Manager sets it only when it creates an SVM, and this one has {before[option]!r};"
                " change it with aiqum.unified_manager.ontap."
            )
    if renaming.is_renamed(before, desired):
        yield _patch("name", {"name": desired["name"]}, before["name"], desired["name"])
    if "language" in desired and desired["language"] != language(before["language"] or ""):
        check_language(desired["language"])
        yield _patch("language", {"language": desired["language"]}, before["language"], desired["language"])
    if "snapshot_policy" in desired and not is_same(before["snapshot_policy"], desired["snapshot_policy"]):
        body = {"snapshot_policy": {"name": desired["snapshot_policy"]}}
        yield _patch("snapshot_policy", body, before["snapshot_policy"], desired["snapshot_policy"])
    if "aggregates" in desired and not _same_aggregates(before["aggregates"], desired["aggregates"]):
        cluster = (before["cluster"] or {}).get("key")
        names = sorted(str(name_of(one)) for one in before["aggregates"])
        yield _patch("aggregates", {"aggregates": aggregates(desired, cluster)}, names, sorted(desired["aggregates"]))
    if "admin_state" in desired and not is_same(before["admin_state"], desired["admin_state"]):
        yield _patch("admin_state", {"state": desired["admin_state"]}, before["admin_state"], desired["admin_state"])


def planned(record: Record, body: Record) -> Record:
    """What was sent and is shown; a domain's account, interfaces and routes are not."""
    shown = {name: value for name, value in body.items() if name not in ("ip_interfaces", "routes")}
    if "cifs" in shown:
        shown["cifs"] = {"enabled": True, "name": body["cifs"]["name"]}
    if "ldap" in shown:
        shown["ldap"] = {"enabled": True}
    for name in ("snapshot_policy", "ipspace"):
        if name in shown:
            record = {field: value for field, value in record.items() if field != name}
    return merged(record, shown)


def _patch(option: str, body: Record, before: Any, after: Any) -> Operation:
    return Operation.change(body, {option: before}, {option: after})


def _same_aggregates(shown: Sequence[Record], desired: Sequence[str]) -> bool:
    return len(shown) == len(set(desired)) and all(any(refers(one, name) for one in shown) for name in desired)


def _agrees(option: str, shown: Any, desired: Any) -> bool:
    """Whether what UM shows is what is desired, as far as it shows it."""
    if isinstance(desired, dict):
        compared = [name for name in desired if shown.get(name) not in (None, "") or name not in HIDDEN.get(option, ())]
        return all(_agrees(name, shown.get(name), desired[name]) for name in compared)
    if isinstance(desired, list):
        return sorted(map(canonical_host, shown or [])) == sorted(map(canonical_host, desired))
    if isinstance(desired, str):
        return str(shown or "").casefold() == desired.casefold()
    return (boolean(shown) or False) == desired if isinstance(desired, bool) else is_same(shown, desired)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(part) for name, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value


def _shown(fields: Record) -> Record:
    hidden = ("force", "from_name", "state")
    said = {name: value for name, value in fields.items() if name not in hidden and value not in (None, [], {}, False)}
    if isinstance(said.get("cluster"), dict):
        said["cluster"] = name_of(said["cluster"])
    if said.get("aggregates") and isinstance(said["aggregates"][0], dict):
        said["aggregates"] = [name_of(one) for one in said["aggregates"]]
    if "cifs" in said:
        said["cifs"] = {name: value for name, value in said["cifs"].items() if name != "password" and value}
    return said


def _query(params: Params) -> Record:
    query = filters(params, {"cluster": "cluster"}, {"admin_state": "state"})
    query.update({f"{name}.enabled": True for name in params["protocols"] or ()})
    return query


def _matches(params: Params, record: Record) -> bool:
    return refers(record, params["name"]) and refer_all(record, params, {"cluster": "cluster"})


SVM = Resource(
    noun="svm",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired, ["cluster"]),
    current=current,
    plan=plan,
    planned=planned,
    result_name="svmKey",
    owes_job=True,
    lags=True,
    describe=lambda record: describe(current(record), ARGUMENTS),
)
SVMS = Listing(
    plural="svms",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        "cluster": {"type": "str"},
        "admin_state": {"type": "str", "choices": ["starting", "running", "stopping", "stopped", "deleting"]},
        "protocols": {"type": "list", "elements": "str", "choices": ["nfs", "cifs", "iscsi", "fcp", "nvme"]},
        **LIST_ARGUMENTS,
    },
    query=_query,
    keys=key_as_name,
    matches=_matches,
)
