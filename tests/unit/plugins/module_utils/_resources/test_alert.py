# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import secrets_of
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.validation import check
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import alert

KEY = "02c9e252-41be-11e9-81d5-00a0986138f7"
NOTIFICATION = {"duration": "PT15M", "from": None, "to": None, "emails": ["a@x", "b@x"], "send_snmp_trap": False}
SCRIPT_KEY = "12c9e252-41be-11e9-81d5-00a0986138f7"
RECORD = {
    "key": KEY,
    "name": "a1",
    "description": None,
    "enabled": True,
    "action": {"notification": NOTIFICATION, "script": {"key": SCRIPT_KEY, "name": "fix.sh"}},
    "event": {"severities": ["error"], "types": ["Full"]},
    "resource": [{"type": "volume", "include": ["b", "a"], "exclude": [], "include_all": False, "keys": []}],
}
SENT = {"duration": "PT900S", "emails": ["a@x", "b@x"], "send_snmp_trap": False}
AS_IT_WAS = {"key": SCRIPT_KEY, "name": "fix.sh"}


def desired(**options):
    return alert.desired({**dict.fromkeys(alert.ARGUMENTS), "name": "a1", "state": "present", **options})


def plan(record, **options):
    operations = alert.plan(None if record is None else alert.current(record), desired(**options))
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


def resource(**parts):
    return {"type": "volume", "include_all": False, "include": None, "exclude": None, "keys": None, **parts}


def action(script=None, **notification):
    return {"action": {"notification": {**SENT, **notification}, "script": AS_IT_WAS if script is None else script}}


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"duration": "15m", "from": "", "to": "", "description": "", "enabled": True},
        {"emails": ["b@x", "a@x", "b@x"], "event_severities": ["error"], "event_types": ["Full"]},
        {"resources": [resource(include=["a", "b", "a"])]},
        {"script": "fix.sh", "send_snmp_trap": False},
        {"script": SCRIPT_KEY},
    ],
)
def test_what_is_already_so(options):
    assert plan(RECORD, **options) == []


@pytest.mark.parametrize(
    ("options", "purpose", "body"),
    [
        ({"enabled": False}, "enabled", {"enabled": False}),
        ({"name": "a2", "from_name": "a1"}, "name", {"name": "a2"}),
        (
            {"name": "a2", "from_name": "a1", "event_types": []},
            "name, event_types",
            {"name": "a2", "event": {"severities": ["error"], "types": []}},
        ),
        ({"description": "d"}, "description", {"description": "d"}),
        ({"event_severities": []}, "event_severities", {"event": {"severities": [], "types": ["Full"]}}),
        ({"event_types": ["F", "G"]}, "event_types", {"event": {"severities": ["error"], "types": ["F", "G"]}}),
        ({"emails": []}, "emails", action(emails=[])),
        ({"duration": ""}, "duration", action(duration=None)),
        ({"from": "8h", "to": "PT18H"}, "from, to", action(**{"from": "PT28800S", "to": "PT64800S"})),
        ({"send_snmp_trap": True}, "send_snmp_trap", action(send_snmp_trap=True)),
        ({"script": "x.sh"}, "script", action(script=Reference(kinds.SCRIPT, "x.sh", "script"))),
        ({"script": ""}, "script", action(script={"key": None, "name": None})),
        ({"resources": []}, "resources", {"resource": []}),
        (
            {"resources": [resource(include_all=True)]},
            "resources",
            {"resource": [{"type": "volume", "include_all": True, "include": [], "exclude": [], "keys": []}]},
        ),
    ],
)
def test_changes(options, purpose, body):
    assert plan(RECORD, **options) == [(purpose, "PATCH", body)]


def test_creation_and_deletion():
    body = {"name": "a1", "action": {"notification": {"send_snmp_trap": False}}, "event": {"severities": ["error"]}}
    assert plan(None, event_severities=["error"]) == [("create", "POST", body)]
    assert plan(None, event_severities=["error"], duration="", script="", description="") == [("create", "POST", body)]
    assert plan(RECORD, state="absent") == [("delete", "DELETE", None)]
    assert plan(None, state="absent") == []


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (None, {}, "also set event_severities, event_types or resources"),
        (None, {"event_severities": []}, "also set event_severities, event_types or resources"),
        (RECORD, {"duration": "soon"}, "duration: 'soon' is not a duration"),
        (RECORD, {"emails": ["me"]}, "emails: 'me' is not an e-mail address"),
        (RECORD, {"resources": [resource(exclude=["x"])]}, "of type volume nothing is chosen"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as error:
        plan(record, **options)
    assert words in error.value.message


def test_it_is_found_by_name_or_key():
    assert alert.ALERT.find(desired(name=KEY)).key == KEY
    finding = alert.ALERT.find(desired())
    assert (finding.query, finding.matches(RECORD), finding.matches({"name": "A1"})) == ({"name": "a1"}, True, False)


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, {}),
        ({"enabled": False, "send_snmp_trap": True}, {"enable": False, "action.notification.send_snmp_trap": True}),
        ({"script": "fix.sh"}, {"action.script.name": "fix.sh"}),
        ({"script": "a|b"}, {"action.script.name": '"a|b"'}),
        ({"script": SCRIPT_KEY}, {"action.script.key": SCRIPT_KEY}),
    ],
)
def test_filters(options, query):
    assert alert.ALERTS.query({**dict.fromkeys(alert.ALERTS.arguments), **options}) == query


def test_no_resource_is_watched_as_a_whole_unless_it_is_said():
    checked = check({"resources": alert.ARGUMENTS["resources"]}, {}, {"resources": [{"type": "volume"}]})
    assert checked.params["resources"][0]["include_all"] is False


def test_keys_of_resources_are_no_secrets():
    assert secrets_of(alert.ARGUMENTS, {"resources": [{"type": "volume", "keys": [KEY]}]}) == set()
