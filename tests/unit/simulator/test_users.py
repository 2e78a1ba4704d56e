# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users in the simulator (docs/facts/server.md, 5.7): their life, their logging in, and what is refused."""

from __future__ import annotations

import base64

import pytest

from tests.simulator import access
from tests.simulator.errors import Refusal
from tests.simulator.paths import USERS

from .um import UM

NEW = {
    "name": "kim",
    "authentication_type": "local_user",
    "role": "operator",
    "password": "Secret1!",
    "confirm_password": "Secret1!",
    "email": "kim@example.com",
}


def logs_in(um, password, name="kim"):
    header = "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
    try:
        return access.authenticate(um.world, header)["name"] == name
    except Refusal:
        return False


def test_its_life():
    um = UM()
    status, made = um.ask("POST", USERS, NEW)
    assert (status, made["locked"], made["group"], "password" in made) == (201, "no", False, False)
    assert um.get(f"{USERS}/kim") == made
    assert logs_in(um, "Secret1!")
    status, changed = um.ask("PATCH", f"{USERS}/kim", {"password": "Other2!", "role": "administrator"})
    assert (status, changed["role"]) == (200, "administrator")
    assert (logs_in(um, "Secret1!"), logs_in(um, "Other2!")) == (False, True)
    um.ask("PATCH", f"{USERS}/kim", {"locked": "yes"})
    assert not logs_in(um, "Other2!")
    assert um.ask("DELETE", f"{USERS}/kim") == (200, None)
    assert um.ask("GET", f"{USERS}/kim")[0] == 404
    assert not logs_in(um, "Other2!")


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"name": None}, "name"),
        ({"role": None}, "role"),
        ({"role": "boss"}, "role"),
        ({"role": "report_schema"}, "role"),
        ({"authentication_type": None}, "authentication_type"),
        ({"authentication_type": "saml"}, "authentication_type"),
        ({"authentication_type": "database_user"}, "role"),
        ({"password": None}, "password"),
        ({"confirm_password": "other"}, "confirm_password"),
        ({"email": None}, "email"),
        ({"email": "kim"}, "email"),
        ({"email": "Admin@example.com"}, "email"),
        ({"name": "ADMIN"}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_creations_that_are_refused(fields, target):
    assert UM().refused("POST", USERS, {**NEW, **fields}) == (400, target)


@pytest.mark.parametrize(
    ("name", "body", "target"),
    [
        ("admin", {"role": "report_schema"}, "role"),
        ("admin", {"locked": "na"}, "locked"),
        ("reports", {"locked": "yes"}, "locked"),
        ("reports", {"role": "operator"}, "role"),
        ("admin", {"email": "operator@example.com"}, "email"),
    ],
)
def test_changes_that_are_refused(name, body, target):
    assert UM().refused("PATCH", f"{USERS}/{name}", body) == (400, target)


def test_filters_and_echoed_passwords():
    um = UM(user_passwords="shown")
    found = um.get(f"{USERS}?authentication_type=database_user&order_by=name")["records"]
    assert [(user["name"], user["password"]) for user in found] == [("reports", "Reports1!"), ("schema", "Schema1!")]
    assert um.get(f"{USERS}?role=operator")["num_records"] == 1
