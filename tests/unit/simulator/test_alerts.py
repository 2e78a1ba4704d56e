# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts and scripts in the simulator (docs/facts/server.md, 5.4 and 5.6)."""

from __future__ import annotations

import pytest

from tests.simulator.calls import Call
from tests.simulator.errors import Refusal
from tests.simulator.paths import ALERTS, SCRIPTS
from tests.simulator.resources import scripts

from .um import UM

NEW = {
    "name": "Full",
    "action": {"notification": {"send_snmp_trap": True, "duration": "PT1000S", "emails": ["a@example.com"]}},
    "event": {"severities": ["error"], "types": ["Aggregate Overcommitted"]},
}


def test_its_life():
    um = UM(alert_times="normalised")
    status, made = um.ask("POST", ALERTS, NEW)
    assert (status, made["enabled"], made["description"], made["resource"]) == (201, True, None, [])
    assert made["action"]["notification"]["duration"] == "PT16M40S"
    path = f"{ALERTS}/{made['key']}"
    changes = {
        "enabled": False,
        "event": {"types": []},
        "resource": [{"type": "cluster", "include_all": True}],
        "action": {"notification": {"duration": None}, "script": {"name": "page_oncall.sh"}},
    }
    status, changed = um.ask("PATCH", path, changes)
    assert (status, changed["enabled"], changed["event"]) == (200, False, {"severities": ["error"], "types": []})
    assert changed["resource"] == [{"type": "cluster", "include_all": True, "include": [], "exclude": [], "keys": []}]
    assert changed["action"]["notification"]["duration"] is None
    assert changed["action"]["script"]["name"] == "page_oncall.sh"
    assert um.get(path) == changed
    found = um.get(f"{ALERTS}?enable=false&action.script.name=page_oncall.sh")["records"]
    assert found == um.get(f"{ALERTS}?enabled=false")["records"] == [changed]
    assert um.ask("DELETE", path) == (200, None)
    assert um.ask("GET", path)[0] == 404


def test_a_patch_may_forget_the_rest_of_an_object():
    um = UM(alert_patch="replace")
    made = um.ask("POST", ALERTS, NEW)[1]
    body = {"event": {"severities": ["warning"]}}
    changed = um.ask("PATCH", f"{ALERTS}/{made['key']}", body)[1]
    assert changed["event"] == {"severities": ["warning"], "types": []}
    assert changed["action"] == made["action"]


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"name": None}, "name"),
        ({"name": "Everything critical"}, "name"),
        ({"action": {"notification": {"emails": []}}}, "action.notification.send_snmp_trap"),
        ({"event": {"severities": [], "types": []}}, "resource or event"),
        ({"event": {"severities": ["information"]}}, "event.severities"),
        ({"resource": [{"type": "planet"}]}, "resource.type"),
        ({"resource": [{"include": ["x"]}]}, "resource[0].type"),
        ({"action": {"notification": {"send_snmp_trap": True, "from": "9:00"}}}, "action.notification.from"),
        ({"action": {"notification": {"send_snmp_trap": True, "emails": ["abc"]}}}, "action.notification.emails"),
        ({"action": {"notification": {"send_snmp_trap": True}, "script": {"key": "x"}}}, "action.script.key"),
        ({"action": {"notification": {"send_snmp_trap": True}, "script": {"name": "x"}}}, "action.script.name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_refusals(fields, target):
    assert UM().refused("POST", ALERTS, {**NEW, **fields}) == (400, target)


def upload(um, files, kind="multipart/form-data; boundary=x"):
    call = Call(um.world, "POST", SCRIPTS, [], files=files, headers={"Content-Type": kind})
    return scripts.create(call)


def test_a_script_is_named_after_its_file():
    um = UM()
    reply = upload(um, {"name": ("fix.sh", b"#!/bin/sh\n"), "description": (None, b"Fixes it.")})
    (record,) = um.get(f"{SCRIPTS}?name=fix.sh")["records"]
    assert (record["name"], record["description"]) == ("fix.sh", "Fixes it.")
    assert (reply.status, reply.body["name"]) == (200, "fix.sh")
    assert um.world.note(record["key"])["content"] == b"#!/bin/sh\n"
    assert um.ask("GET", f"{SCRIPTS}/{record['key']}")[0] == 404


@pytest.mark.parametrize(
    ("files", "kind", "target"),
    [
        ({"name": ("page_oncall.sh", b"x")}, "multipart/form-data", "name"),
        ({"name": (None, b"x")}, "multipart/form-data", "name"),
        ({"name": ("x.sh", b"")}, "multipart/form-data", "name"),
        ({"file": ("x.sh", b"x")}, "multipart/form-data", "file"),
        ({}, "application/json", None),
    ],
)
def test_uploads_that_are_refused(files, kind, target):
    with pytest.raises(Refusal) as refusal:
        upload(UM(), files, kind)
    assert (refusal.value.status, refusal.value.target) == (400, target)


@pytest.mark.parametrize(
    "script", [{"key": "", "name": ""}, {"key": ""}, {"name": ""}, {"key": None, "name": None}, {"key": None}, {}]
)
def test_no_script_in_all_its_forms(script):
    um = UM()
    body = {
        "name": "quiet",
        "action": {"notification": {"send_snmp_trap": False}, "script": script},
        "event": {"severities": ["error"]},
    }
    status, alert = um.ask("POST", ALERTS, body)
    assert (status, alert["action"]["script"]) == (201, {"key": None, "name": None})
    status, changed = um.ask("PATCH", f"{ALERTS}/{alert['key']}", {"action": {"script": script}})
    assert (status, changed["action"]["script"]) == (200, {"key": None, "name": None})
    assert (
        um.refused("POST", ALERTS, {**body, "name": "x", "action": {**body["action"], "script": {"key": "no"}}})[0]
        == 400
    )
