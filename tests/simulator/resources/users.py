# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: changed at once, without a job, and the very ones who log in (docs/facts/server.md, 5.7 and 8.19)."""

from __future__ import annotations

from typing import Any

from ..calls import Answer, Call, Route, created, duplicate, in_use, ok
from ..collection import Collection, names
from ..errors import bad_value
from ..paths import USERS
from ..switches import Switch
from ..tables import Record
from ..validation import flag, require, text
from ..world import World

OWN_PASSWORD = ("local_user", "maintenance_user", "database_user")
WITH_EMAIL = ("local_user", "ldap_user")
LOCKABLE = ("local_user", "maintenance_user")
OF_DATABASE = ("report_schema", "integration_schema")
OF_OTHERS = ("operator", "storage_administrator", "administrator")
TYPES = ("ldap_group", "ldap_user", "local_user", "maintenance_user", "database_user")
SHAPE = {
    "name": text("create", shortest=1),
    "authentication_type": text("create", one_of=TYPES),
    "role": text(one_of=(*OF_DATABASE, *OF_OTHERS)),
    "email": text(nullable=True),
    "password": text(shortest=1),
    "confirm_password": text("create"),
    "group": flag("create"),
    "locked": text("modify", one_of=("yes", "no", "na")),
}
SWITCHES = (
    Switch("user_passwords", "hidden", ("hidden", "shown"), "whether UM shows the passwords of users (5.7)"),
    Switch("delete_oneself", "refuse", ("refuse", "accept"), "whether users may delete themselves (5.7)"),
)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "authentication_type", "role")
    kind = body["authentication_type"]
    require(body, *(["password"] if kind in OWN_PASSWORD else []), *(["email"] if kind in WITH_EMAIL else []))
    if "confirm_password" in body and body["confirm_password"] != body.get("password"):
        raise bad_value("confirm_password", "The passwords are not the same.")
    _check_role(kind, body["role"])
    if call.world.table(USERS).find("name", body["name"]):
        raise duplicate(call.world, "name", body["name"])
    _check_email(call, body, body["name"])
    record = {
        "name": body["name"],
        "role": body["role"],
        "authentication_type": kind,
        "email": body.get("email"),
        "group": body.get("group", kind == "ldap_group"),
        "locked": "no" if kind in LOCKABLE else "na",
        "_links": {"self": {"href": f"/api{USERS}/{body['name']}"}},
    }
    _keep(call.world, record, body)
    return created(_view(call.world, record))


def modify(call: Call) -> Answer:
    user = call.target(USERS)
    body = call.checked_body(SHAPE)
    _check_role(user["authentication_type"], body.get("role", user["role"]))
    _check_email(call, body, user["name"])
    if "locked" in body and (user["authentication_type"] not in LOCKABLE or body["locked"] == "na"):
        raise bad_value("locked", "Only local users and maintenance users can be locked and unlocked.")
    if "password" in body and user["authentication_type"] not in OWN_PASSWORD:
        raise bad_value("password", "The password of this user is kept by the directory.")
    changes: Record = {name: body[name] for name in ("role", "email", "locked") if name in body}
    record = {**user, **changes}
    _keep(call.world, record, body)
    return ok(_view(call.world, record))


def delete(call: Call) -> Answer:
    user = call.target(USERS)
    if user["name"] == call.user.get("name") and call.world.switches["delete_oneself"] == "refuse":
        raise in_use(call.world, "Users cannot delete themselves.", "name")
    call.world.table(USERS).remove(user["name"])
    call.world.passwords.pop(user["name"], None)
    return ok()


def _keep(world: World, record: Record, body: dict[str, Any]) -> None:
    world.table(USERS).put(record)
    if "password" in body:
        world.passwords[record["name"]] = body["password"]


def _check_role(kind: str, role: str) -> None:
    if role not in (OF_DATABASE if kind == "database_user" else OF_OTHERS):
        raise bad_value("role", f"A user of type {kind} cannot have the role {role}.")


def _check_email(call: Call, body: dict[str, Any], name: str) -> None:
    email = body.get("email")
    if email is None:
        return
    if "@" not in email:
        raise bad_value("email", f"{email!r} is no e-mail address.")
    for other in call.world.table(USERS).values():
        if other["name"] != name and (other["email"] or "").casefold() == email.casefold():
            raise duplicate(call.world, "email", email)


def _view(world: World, record: Record) -> Record:
    if world.switches["user_passwords"] == "hidden":
        return record
    return {**record, "password": world.passwords.get(record["name"])}


COLLECTION = Collection(USERS, names("name role authentication_type"), view=_view)
ROUTES = [
    *COLLECTION.routes(),
    Route("POST", USERS, create),
    Route("PATCH", f"{USERS}/{{key}}", modify),
    Route("DELETE", f"{USERS}/{{key}}", delete),
]
