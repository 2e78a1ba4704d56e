# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""User of Unified Manager: its options, and which requests lead there (docs/facts/server.md, 5.7 and 8.19).

The name is the key. Changed at once, without a job. A password cannot be read back, and is never shown, not even
where UM shows it. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.lenient import boolean
from .._base.names import checked_text
from .._model.desired import fields, given, is_same, option_changes, require_for_creation
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import STATE, Description, Finding, Operation, Params, Record, Resource, merged

COLLECTION = "/security/users"
TYPES = ["local_user", "ldap_user", "ldap_group", "maintenance_user", "database_user"]
OF_DATABASE = ["report_schema", "integration_schema"]
OF_OTHERS = ["operator", "storage_administrator", "administrator"]
OWN_PASSWORD = ("local_user", "maintenance_user", "database_user")  # the others' is kept by the directory
WITH_EMAIL = ("local_user", "ldap_user")
LOCKABLE = ("local_user", "maintenance_user")
SECRET = ("password", "confirm_password")
ARGUMENTS = {
    "name": {"type": "str", "required": True},
    "authentication_type": {"type": "str", "choices": TYPES},
    "role": {"type": "str", "choices": [*OF_OTHERS, *OF_DATABASE]},
    "email": {"type": "str"},
    "user_password": {"type": "str", "no_log": True},  # "password" is an option of the connection
    "update_password": {"type": "str", "choices": ["always", "on_create"], "default": "always", "no_log": False},
    "group": {"type": "bool"},
    "locked": {"type": "bool"},
    **STATE,
}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    checked_text(desired["name"], "name")
    if desired.get("user_password") == "":
        raise BadInput("user_password: the value must not be empty.")
    if desired.get("email") and "@" not in checked_text(desired["email"], "email"):
        raise BadInput(f"email: {desired['email']!r} is not an e-mail address.")
    return desired


def current(record: Record) -> Record:
    shown = fields(record, ("name", "authentication_type", "role", "email"))
    # ``locked`` is yes, no or na, which is not locked.
    return {**shown, "group": boolean(record.get("group")), "locked": boolean(record.get("locked")) or False}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        if before is None:
            return []
        return [Operation.delete(before)]
    if before is None:
        return _creation(desired)
    _check_unchangeable(before, desired)
    _check_kind(before["authentication_type"], desired)
    changed = option_changes(before, desired, ("role", "email", "locked"))
    old, new = {name: before[name] for name in changed}, {name: desired[name] for name in changed}
    if "user_password" in desired and desired["update_password"] == "always":
        changed.append("user_password")
        old["user_password"], new["user_password"] = "unknown", "set again"
        new_password = {"password": desired["user_password"]}
    else:
        new_password = {}
    if not changed:
        return []
    body: Record = {name: desired[name] for name in ("role", "email") if name in changed}
    if "locked" in changed:
        body["locked"] = _word(desired["locked"])
    return [Operation.change({**body, **new_password}, old, new, hidden=("user_password",) if new_password else ())]


def _creation(desired: Record) -> Sequence[Operation]:
    kind = desired.get("authentication_type")
    needed = ["authentication_type", "role"]
    needed += ["user_password"] if kind in OWN_PASSWORD else []
    needed += ["email"] if kind in WITH_EMAIL else []
    require_for_creation("user", desired["name"], desired, *needed)
    _check_kind(str(kind), desired)
    shown = {
        name: desired[name]
        for name in ("name", "authentication_type", "role", "email", "group")
        if desired.get(name) not in (None, "")
    }
    body = dict(shown)
    if "user_password" in desired:
        body["password"] = body["confirm_password"] = desired["user_password"]
    operations = [Operation.create(body, shown, hidden=("user_password",) if "user_password" in desired else ())]
    if desired.get("locked"):  # UM takes it in a PATCH only
        operations.append(Operation.change({"locked": "yes"}, {}, {"locked": True}))
    return operations


def _check_unchangeable(before: Record, desired: Record) -> None:
    """:raises BadInput: an option would change what UM sets only when it creates a user"""
    for name in ("authentication_type", "group"):
        if name in desired and before[name] is not None and not is_same(before[name], desired[name]):
            raise BadInput(
                f"{name}: the user has {before[name]}, and it cannot be changed to {desired[name]};"
                " delete the user and create it again."
            )


def _check_kind(kind: str, desired: Record) -> None:
    """:raises BadInput: an option does not go with the type of the user"""
    roles = OF_DATABASE if kind == "database_user" else OF_OTHERS
    if "role" in desired and desired["role"] not in roles:
        raise BadInput(f"role: a {kind} cannot have {desired['role']}; it takes {', '.join(roles)}.")
    if desired.get("email") == "" and kind in WITH_EMAIL:
        raise BadInput(f"email: a {kind} must have one; set it as well.")
    if desired.get("locked") and kind not in LOCKABLE:
        raise BadInput(f"locked: a {kind} cannot be locked in Unified Manager; only a {' or a '.join(LOCKABLE)} can.")
    if "user_password" in desired and kind not in OWN_PASSWORD:
        raise BadInput(f"user_password: the password of a {kind} is kept by the directory; leave it out.")


def _word(locked: bool) -> str:
    return "yes" if locked else "no"


def without_secrets(record: Record) -> Record:
    return {name: value for name, value in record.items() if name not in SECRET}


def describe(record: Record) -> Description:
    """A password cannot be read; one that is given beside this is set only when the user is created."""
    now = current(record)
    kind = now["authentication_type"]
    if kind not in LOCKABLE:
        del now["locked"]
    options = given(now, now)
    if kind in OWN_PASSWORD:
        return Description({**options, "update_password": "on_create"}, ("user_password",))
    return Description(options)


USER = Resource(
    noun="user",
    title="user",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: Finding(key=desired["name"], name=desired["name"]),
    current=current,
    plan=plan,
    planned=lambda record, body: merged(record, without_secrets(body)),
    key_of=lambda record: record["name"],
    shown=without_secrets,
    describe=describe,
)
USERS = Listing(
    plural="users",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        "role": {"type": "str", "choices": [*OF_OTHERS, *OF_DATABASE]},
        "authentication_type": {"type": "str", "choices": TYPES},
        **LIST_ARGUMENTS,
    },
    query=lambda params: {name: params[name] for name in ("role", "authentication_type") if params[name]},
    keys=lambda params: None if params["name"] is None else [params["name"]],
    shown=without_secrets,
)
