# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import user

RECORD = {
    "name": "kim",
    "authentication_type": "local_user",
    "role": "operator",
    "email": "kim@example.com",
    "group": False,
    "locked": "no",
}
NEW = {
    "authentication_type": "local_user",
    "role": "operator",
    "email": "kim@example.com",
    "user_password": "pw",
}
DIRECTORY = {**RECORD, "authentication_type": "ldap_user", "locked": "na"}
DATABASE = {**RECORD, "authentication_type": "database_user", "role": "report_schema", "email": None, "locked": "na"}


def plan(record, **options):
    params = {**dict.fromkeys(user.ARGUMENTS), "name": "kim", "state": "present", "update_password": "always"}
    desired = user.desired({**params, **options})
    return list(user.plan(None if record is None else user.current(record), desired))


def operations(record, **options):
    return [(operation.purpose, operation.verb, operation.body) for operation in plan(record, **options)]


@pytest.mark.parametrize(
    ("record", "options", "expected"),
    [
        (RECORD, {}, []),
        (RECORD, {"role": "operator", "email": "kim@example.com", "locked": False, "group": False}, []),
        (RECORD, {"role": "administrator"}, [("role", "PATCH", {"role": "administrator"})]),
        (RECORD, {"locked": True}, [("locked", "PATCH", {"locked": "yes"})]),
        ({**RECORD, "locked": "yes"}, {"locked": False}, [("locked", "PATCH", {"locked": "no"})]),
        ({**RECORD, "locked": True}, {"locked": True}, []),
        (DIRECTORY, {"locked": False}, []),
        (RECORD, {"user_password": "pw"}, [("user_password", "PATCH", {"password": "pw"})]),
        (RECORD, {"user_password": "pw", "update_password": "on_create"}, []),
        (
            RECORD,
            {"user_password": "pw", "email": "k@example.com", "locked": True},
            [
                (
                    "email, locked, user_password",
                    "PATCH",
                    {"email": "k@example.com", "locked": "yes", "password": "pw"},
                )
            ],
        ),
        (RECORD, {"state": "absent"}, [("delete", "DELETE", None)]),
        (None, {"state": "absent"}, []),
    ],
)
def test_changes(record, options, expected):
    assert operations(record, **options) == expected


def test_creation():
    fields = {"name": "kim", "authentication_type": "local_user", "role": "operator", "email": "kim@example.com"}
    secret = {"password": "pw", "confirm_password": "pw"}
    assert operations(None, **NEW) == [("create", "POST", {**fields, **secret})]
    assert operations(None, **NEW, locked=True, update_password="on_create") == [
        ("create", "POST", {**fields, **secret}),
        ("locked", "PATCH", {"locked": "yes"}),
    ]
    group = {"authentication_type": "ldap_group", "role": "operator", "group": True}
    assert operations(None, **group) == [("create", "POST", {"name": "kim", **group})]


@pytest.mark.parametrize("record", [None, RECORD])
def test_the_password_is_in_no_diff_and_in_no_prediction(record):
    for operation in plan(record, **NEW):
        assert "pw" not in str([operation.before, operation.after, operation.purpose])
        assert "pw" not in str(user.USER.planned(record or {}, operation.body))
    assert user.without_secrets({"name": "kim", "password": "pw", "confirm_password": "pw"}) == {"name": "kim"}


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (None, {}, "also set authentication_type and role"),
        (None, {**NEW, "user_password": None, "email": None}, "also set user_password and email"),
        (None, {**NEW, "role": "report_schema"}, "role: a local_user cannot have report_schema"),
        (None, {**NEW, "authentication_type": "ldap_user"}, "user_password: the password of a ldap_user is kept"),
        (RECORD, {"authentication_type": "ldap_user"}, "authentication_type: the user has local_user"),
        (RECORD, {"group": True}, "group: the user has False, and it cannot be changed to True"),
        (DIRECTORY, {"locked": True}, "locked: a ldap_user cannot be locked"),
        (DATABASE, {"role": "operator"}, "it takes report_schema, integration_schema"),
        (RECORD, {"name": " "}, "a name must not be empty"),
        (RECORD, {"name": "kim "}, "begins or ends with a blank"),
        (RECORD, {"user_password": ""}, "user_password: the value must not be empty"),
        (RECORD, {"email": "nonsense"}, "email: 'nonsense' is not an e-mail address"),
        (RECORD, {"email": ""}, "email: a local_user must have one"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as error:
        plan(record, **options)
    assert words in error.value.message


@pytest.mark.parametrize(("record", "kept"), [(RECORD, True), (DATABASE, True), (DIRECTORY, False)])
def test_a_password_of_ums_own_is_described_as_one_that_cannot_be_read(record, kept):
    described = user.describe(record)
    assert ("update_password" in described.options, "user_password" in str(described[1:])) == (kept, kept)
