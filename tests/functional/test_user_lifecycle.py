# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user from nothing to nothing; who can log in meanwhile; and that no password is ever shown."""

from __future__ import annotations

import pytest

from .lifecycle import take_step

SECRET = "Kim-has-1-secret"
NEW = {
    "authentication_type": "local_user",
    "role": "operator",
    "email": "kim@example.com",
    "user_password": SECRET,
    "update_password": "on_create",
}
STEPS = {
    "create": ({"state": "absent"}, NEW, 1),
    "create locked": ({"state": "absent"}, {**NEW, "locked": True}, 2),
    "change": (NEW, {"role": "storage_administrator", "email": "k@example.com", "locked": True}, 1),
    "delete": (NEW, {"state": "absent"}, 1),
}


def user(**options):
    return {"aiqum.unified_manager.user": {"name": "kim", **options}}


def info(**options):
    return {"aiqum.unified_manager.user_info": options}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired, writes = STEPS[step]
    take_step(um, play, [user(**before)], user(**desired), writes)


def test_a_user_logs_in_until_locked_and_a_new_password_is_always_set(um, here):
    def login(password):
        return info(name="kim", username="kim", password=password)

    results = here(
        user(**NEW),
        login(SECRET),
        user(user_password="Other-2-secret"),
        login(SECRET),
        login("Other-2-secret"),
        user(locked=True),
        login("Other-2-secret"),
        user(user_password="Other-2-secret"),
    ).results
    assert [result["failed"] for result in results] == [False, False, False, True, False, False, True, False]
    assert (results[2]["changed"], results[7]["changed"]) == (True, True)
    assert results[2]["user"]["role"] == "operator"


def test_ones_own_password_can_be_changed(um, here):
    result = here(user(name="umadmin", username="umadmin", password="Umadmin1!", user_password="Umadmin2!")).results[0]
    assert (result["failed"], result["outcome"]) == (False, "changed")
    assert any("cannot be read back" in warning for warning in result["warnings"])


def test_it_is_read_and_what_cannot_be_changed_is_refused_before_anything_is_sent(um, here):
    results = here(
        info(authentication_type="database_user", order_by="name"),
        info(role="administrator", limit=1),
        info(name="nobody"),
        user(name="admin", authentication_type="ldap_user"),
        user(name="reports", locked=True),
    ).results
    assert [[one["name"] for one in result["users"]] for result in results[:3]] == [
        ["reports", "schema"],
        ["admin"],
        [],
    ]
    assert "it cannot be changed to ldap_user" in results[3]["msg"]
    assert "a database_user cannot be locked" in results[4]["msg"]
    assert um.writes() == []


@pytest.mark.parametrize("echo", ["hidden", "shown"])
def test_no_password_in_any_output(um, play, echo):
    um.set(user_passwords=echo)
    body = f'{{"error": {{"code": "1", "message": "{SECRET} is too weak"}}}}'
    um.fault(kind="status", status=400, body="literal", literal=body, method="POST", path="/security/users")
    ran = play(user(**NEW), user(**NEW), user(**NEW), user(user_password=SECRET), info(), options=["-vvvv", "--diff"])
    assert [result["failed"] for result in ran.results] == [True, False, False, False, False]
    assert "******** is too weak" in ran.results[0]["msg"]
    for secret in (SECRET, "Netapp1!", "Storage1!", "Reports1!"):
        assert secret not in ran.output
        assert secret not in str(ran.results)
    assert "password" not in ran.results[3]["user"]


def test_a_lost_answer_is_not_sent_again(um, here):
    um.fault(kind="reset_after", method="POST", path="/security/users")
    created = here(user(**NEW)).results[0]
    assert (created["outcome"], len(um.writes())) == ("unknown", 1)
    assert "does not show user_password" in created["msg"]
    assert here(user(**{**NEW, "update_password": "always"})).results[0]["outcome"] == "changed"
    assert [request[0] for request in um.writes()] == ["POST", "PATCH"]
