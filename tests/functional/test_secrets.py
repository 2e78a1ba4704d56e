# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password is in no output, at the highest verbosity, whatever comes out."""

from __future__ import annotations

import base64

import pytest

from .conftest import NEW, lun

PASSWORD = "Netapp1!"
ECHO = '{"error": {"code": "1", "message": "bad login admin:Netapp1! for you"}}'
POST = {"method": "POST", "path": "/storage-provider/luns"}
OUTCOMES = {
    "changed": lambda um: None,
    "echoed in an error": lambda um: um.fault(kind="status", status=400, body="literal", literal=ECHO, **POST),
    "echoed in a task": lambda um: um.outcome(**POST, status="error", failures=[f"login with {PASSWORD} failed"]),
    "lost": lambda um: um.fault(kind="reset_before", **POST),
    "untrusted": lambda um: um.control("POST", "certificate", {"kind": "other_ca"}),
    "refused": lambda um: um.fault(kind="status", status=401, body="empty", path="luns"),
}


@pytest.mark.parametrize("name", OUTCOMES)
@pytest.mark.parametrize("given", ["option", "environment"])
def test_no_password_in_any_output(um, play, name, given):
    OUTCOMES[name](um)
    defaults = {"password": PASSWORD, "username": "admin"} if given == "option" else {}
    variables = {"UM_PASSWORD": "" if given == "option" else PASSWORD}
    ran = play(lun(name="db01", **NEW, diff=True), options=["-vvvv"], defaults=defaults, **variables)
    assert PASSWORD not in ran.output
    assert PASSWORD not in str(ran.results)
    assert base64.b64encode(f"admin:{PASSWORD}".encode()).decode() not in ran.output
    if name.startswith("echoed"):
        assert "********" in ran.results[0]["msg"]
