# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may reach a file share: its ACL and its export policy, compared and written.

Facts: docs/facts/server.md, 5.12 and 8.10. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._base.addresses import canonical_network
from ..._base.errors import BadInput
from ..._base.lenient import integer
from ..._base.names import can_be_given, checked_name, refers
from ..._model import kinds
from ..._model.desired import Scope
from ..._model.resource import Record, Reference, option_of
from .tags import tag_of

PROTOCOLS = ["nfs3", "nfs4", "cifs"]
FLAVORS = ["any", "none", "never", "kerberos5", "kerberos5i", "kerberos5p", "ntlm", "sys"]
PERMISSIONS = ["no_access", "read", "change", "full_control"]
RULE = {
    "clients": {"type": "list", "elements": "str", "required": True},
    "protocols": {"type": "list", "elements": "str", "choices": PROTOCOLS},
    "ro_rule": {"type": "list", "elements": "str", "choices": FLAVORS, "default": ["any"]},
    "rw_rule": {"type": "list", "elements": "str", "choices": FLAVORS, "default": ["any"]},
    "index": {"type": "int"},
}
ARGUMENTS = {
    "acl": {
        "type": "list",
        "elements": "dict",
        "options": {
            "user_or_group": {"type": "str", "required": True},
            "permission": {"type": "str", "choices": PERMISSIONS, "required": True},
        },
    },
    "export_policy": {
        "type": "dict",
        "options": {
            "name": {"type": "str"},
            "name_tag": {"type": "str"},
            "rules": {"type": "list", "elements": "dict", "options": RULE},
        },
    },
}
ROOT_POLICY = "default"  # that of an SVM's root volume, as ONTAP makes it


def normalise(desired: Record) -> None:
    """Rules with their numbers; an export policy without anything is ``{}``, which takes it away.

    :raises BadInput: a policy that is both named and written out, or a user that has two permissions
    """
    if "acl" in desired:
        users = [checked_name(entry["user_or_group"], "acl.user_or_group", backslash=True) for entry in desired["acl"]]
        twice = sorted({user for user in users if [one.casefold() for one in users].count(user.casefold()) > 1})
        if twice:
            raise BadInput(f"acl: {twice[0]} has two permissions; give one.")
    if "export_policy" in desired:
        policy = {name: value for name, value in desired["export_policy"].items() if value not in (None, "")}
        if "name" in policy and len(policy) > 1:
            raise BadInput("export_policy: name means a policy that exists; rules and name_tag belong to a new one.")
        for name in ("name", "name_tag"):
            if name in policy:
                checked_name(policy[name], f"export_policy.{name}")
        if "name_tag" in policy and not policy.get("rules"):
            raise BadInput("export_policy: name_tag is for a policy that is made of rules; give rules as well.")
        if "rules" in policy:
            policy["rules"] = [_numbered(rule, number) for number, rule in enumerate(policy["rules"], 1)]
            _check_numbers([rule["index"] for rule in policy["rules"]])
            if not policy["rules"]:
                policy = {}
        desired["export_policy"] = policy


def _numbered(rule: Record, number: int) -> Record:
    if not rule["clients"]:
        raise BadInput(f"export_policy.rules: rule {number} has no clients; give hosts, networks or @netgroups.")
    named = {name: value for name, value in rule.items() if value is not None}
    return {**named, "index": number if rule.get("index") is None else rule["index"]}


def _check_numbers(numbers: Sequence[int]) -> None:
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise BadInput(f"export_policy.rules: two rules have the index {twice[0]}; give all of them one, or none.")


def acl_to_send(acl: Sequence[Record]) -> list[Record]:
    return [{name: entry[name] for name in ("user_or_group", "permission")} for entry in acl]


def policy_to_send(policy: Record, scope: Scope) -> Any:
    """What stands for an export policy in a body: a Reference, rules, or {}."""
    if "name" in policy:
        return Reference(kinds.EXPORT_POLICY, policy["name"], "export_policy.name", scope)
    rules = [{**rule, "clients": [{"match": match} for match in rule["clients"]]} for rule in policy.get("rules", ())]
    tag = {"name_tag": policy["name_tag"]} if "name_tag" in policy else {}
    return {"rules": rules, **tag} if rules else {}


def same_acl(shown: Sequence[Record], desired: Sequence[Record]) -> bool:
    return _grants(shown) == _grants(desired)


def _grants(acl: Sequence[Record]) -> set[tuple[str, Any]]:
    return {(str(entry.get("user_or_group")).casefold(), entry.get("permission")) for entry in acl}


def same_policy(shown: Record | None, desired: Record) -> bool:
    """Whether a share has the policy; one that was taken away shows that of the SVM's root volume, or none."""
    if "name" in desired:
        return refers(shown, desired["name"])
    if not desired:
        return not shown or shown.get("name") in (None, ROOT_POLICY)
    rules = (shown or {}).get("rules") or []
    ordered = sorted(rules, key=_index)
    wanted = sorted(desired["rules"], key=lambda rule: rule["index"])
    return len(ordered) == len(wanted) and all(map(_same_rule, ordered, wanted))


def _index(rule: Record) -> int:
    return integer(rule.get("index")) or 0


def _same_rule(shown: Record, desired: Record) -> bool:
    clients = {canonical_network(client.get("match")) for client in shown.get("clients") or []}
    return clients == set(map(canonical_network, desired["clients"])) and all(
        set(shown.get(name) or []) == set(desired[name])
        for name in ("ro_rule", "rw_rule", "protocols")
        if name in desired
    )


def shown_policy(policy: Record | None, desired: Sequence[Record] | None) -> Any:
    """For the diff: the name, or the rules where rules are given, without what was not asked for."""
    if not policy or not desired or not policy.get("rules"):
        return (policy or {}).get("name")
    asked = [name for name in RULE if name != "index" and any(name in rule for rule in desired)]
    ordered = sorted(policy["rules"], key=_index)
    return [{name: _plain(rule.get(name)) for name in asked if rule.get(name)} for rule in ordered]


def _plain(value: Any) -> Any:
    """Clients as they are written in a task."""
    return [one.get("match") if isinstance(one, dict) else one for one in value] if isinstance(value, list) else value


def describe_acl(acl: Sequence[Record]) -> list[Record]:
    """The entries of an ACL as the option takes them; what the option cannot express is left out."""
    return [entry for entry in acl_to_send(acl) if entry["permission"] in PERMISSIONS and entry["user_or_group"]]


def describe_policy(policy: Record | None, share: str) -> Record | None:
    """The option that leads to this policy: rules where UM made it of them, else its name; None where there is none."""
    if not policy or not policy.get("name"):
        return None
    made_of = tag_of(policy["name"])
    rules = [_described(rule) for rule in sorted(policy.get("rules") or [], key=_index)]
    if not made_of or not rules or None in rules or not can_be_given(made_of):
        return {"name": option_of(policy)}
    tag = {} if made_of == share else {"name_tag": made_of}
    return {"rules": rules, **tag}


def _described(rule: Record) -> Record | None:
    """A rule as the option takes it; None where it has what cannot be set."""
    protocols = [] if rule.get("protocols") in (None, [], ["any"]) else rule["protocols"]
    described: Record = {
        "clients": [client["match"] for client in rule.get("clients") or [] if client.get("match")],
        **({"protocols": protocols} if protocols else {}),
        **{name: rule.get(name) or ["any"] for name in ("ro_rule", "rw_rule")},
        **({"index": _index(rule)} if _index(rule) else {}),
    }
    settable = set(protocols) <= set(PROTOCOLS) and {*described["ro_rule"], *described["rw_rule"]} <= set(FLAVORS)
    return described if settable and described["clients"] else None
