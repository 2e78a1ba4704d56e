# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events: plans, refusals and filters, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import event

KEY = "532ac515-5ebe-11ea-969a-fa163e4da292"
NEW = {
    "key": KEY,
    "name": "Volume Space Full",
    "severity": "error",
    "current_state": "new",
    "assigned": {"user": None, "timestamp": None},
    "cluster": {"key": "c", "name": "cluster1"},
    "svm": {"key": "s", "name": "svm1"},
    "history": [{"state": "new"}],
    "duration": "PT1S",
}
ACKNOWLEDGED, RESOLVED, OBSOLETE = (
    {**NEW, "current_state": state} for state in ("acknowledged", "resolved", "obsolete")
)
INFORMATION = {**NEW, "severity": "information"}
KIMS = {**NEW, "assigned": {"user": "kim", "timestamp": "t"}}


def plan(record, **options):
    params = {**dict.fromkeys(event.ARGUMENTS), "key": KEY, **options}
    return list(event.plan(None if record is None else event.current(record), event.desired(params)))


@pytest.mark.parametrize(
    ("record", "options", "bodies"),
    [
        (NEW, {"state": "acknowledged"}, [{"current_state": "acknowledged"}]),
        (
            NEW,
            {"state": "acknowledged", "on_behalf_of": "kim"},
            [{"current_state": "acknowledged", "acknowledged_username": "kim"}],
        ),
        (
            NEW,
            {"state": "resolved", "on_behalf_of": "kim"},
            [{"current_state": "resolved", "resolved_username": "kim"}],
        ),
        (INFORMATION, {"state": "resolved"}, [{"current_state": "resolved"}]),
        (ACKNOWLEDGED, {"state": "acknowledged"}, []),
        (ACKNOWLEDGED, {"state": "resolved"}, [{"current_state": "resolved"}]),
        (RESOLVED, {"state": "acknowledged"}, []),
        (RESOLVED, {"state": "resolved"}, []),
        (NEW, {"assigned_to": "kim"}, [{"assigned": {"user": "kim"}}]),
        (KIMS, {"assigned_to": "kim"}, []),
        (OBSOLETE, {"assigned_to": "kim"}, [{"assigned": {"user": "kim"}}]),
        (
            KIMS,
            {"assigned_to": "lee", "state": "resolved"},
            [{"assigned": {"user": "lee"}}, {"current_state": "resolved"}],
        ),
    ],
)
def test_changes(record, options, bodies):
    operations = plan(record, **options)
    assert [operation.body for operation in operations] == bodies
    assert {operation.verb for operation in operations} <= {"PATCH"}


def test_a_prediction_leaves_out_what_only_um_knows():
    record = NEW
    for operation in plan(NEW, state="resolved", on_behalf_of="kim", assigned_to="lee"):
        record = event.planned(record, operation.body)
    assert (record["assigned"], record["current_state"]) == ({"user": "lee"}, "resolved")
    assert not {"history", "duration", "resolved_username"} & set(record)


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (OBSOLETE, {"state": "acknowledged"}, "an obsolete event cannot be acknowledged"),
        (OBSOLETE, {"state": "resolved"}, "an obsolete event cannot be resolved"),
        (INFORMATION, {"state": "acknowledged"}, "cannot be acknowledged; it can be resolved"),
        (None, {"state": "resolved"}, "The event does not exist"),
        (NEW, {"key": "Volume Space Full", "state": "resolved"}, "is not the key of an event"),
        (NEW, {"assigned_to": " "}, "assigned_to: a name must not be empty"),
        (NEW, {"assigned_to": "kim", "on_behalf_of": "kim"}, "on_behalf_of: valid only together with state"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as error:
        plan(record, **options)
    assert words in error.value.message


def chosen(**options):
    return event.CHOSEN_EVENTS.query({**dict.fromkeys(event.ARGUMENTS), **options})


def listed(**options):
    return event.EVENTS.query({**dict.fromkeys(event.EVENTS.arguments), **options})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            chosen(svm="svm1", impact_area=["capacity", "security"]),
            {"svm.name": "svm1", "impact.area": "capacity|security", "current_state": "new|acknowledged"},
        ),
        (chosen(current_state=["new"], name="A*"), {"name": '"A*"', "current_state": "new"}),
        (chosen(filters={"current_state": "new"}), {}),
        (chosen(filters={"origin": "x"}), {"current_state": "new|acknowledged"}),
        (
            listed(history={"state": "resolved", "after": "2026-01-01T00:00:00Z", "user": "kim", "cause": None}),
            {"history.state": "resolved", "history.timestamp": ">2026-01-01T00:00:00+00:00", "history.user": "kim"},
        ),
        (listed(filters={"history.state": "new"}, order_by="history.timestamp desc"), {}),
        (listed(origin="Management Server", severity=["error"]), {"origin": "Management Server", "severity": "error"}),
    ],
)
def test_filters(query, expected):
    assert query == expected


@pytest.mark.parametrize(
    ("ask", "options", "words"),
    [
        (chosen, {}, "Say which events are meant"),
        (chosen, {"filters": {"history.user": "kim"}}, "history.user: give history.state as well"),
        (listed, {"order_by": "name,history.timestamp desc"}, "history.timestamp: give history.state as well"),
        (listed, {"history": {"state": "new"}, "order_by": "history.state"}, "cannot order events by history.state"),
        (listed, {"history": {"state": "new", "after": "noon"}}, "history.after: 'noon' is not a time"),
    ],
)
def test_filters_that_um_does_not_take(ask, options, words):
    with pytest.raises(BadInput) as error:
        ask(**options)
    assert words in error.value.message


def test_keys_stand_alone():
    params = dict.fromkeys(event.ARGUMENTS)
    assert event.CHOSEN_EVENTS.keys({**params, "keys": [KEY]}) == [KEY]
    assert event.CHOSEN_EVENTS.keys(params) is None
    with pytest.raises(BadInput):
        event.CHOSEN_EVENTS.keys({**params, "keys": [KEY], "name": "x"})
    meant = {**params, "name": "Volume Space Full", "svm": "svm1"}
    assert [event.EVENTS.matches({**meant, **one}, NEW) for one in ({}, {"svm": "svm2"}, {"name": "x"})] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("options", "counted"),
    [
        ({}, []),
        ({"summary": False, "keys": [KEY]}, []),
        ({"summary": True, "severity": ["error", "critical"]}, ["error", "critical"]),
        ({"summary": True, "filters": {"origin": "x"}}, list(event.SEVERITIES)),
    ],
)
def test_what_is_counted(options, counted):
    counts = event.EVENTS.counts({**dict.fromkeys(event.EVENTS.arguments), **options})
    assert counts == ({"summary": {severity: {"severity": severity} for severity in counted}} if counted else {})


@pytest.mark.parametrize("options", [{"keys": [KEY]}, {"filters": {"severity": "error"}}])
def test_what_cannot_be_counted(options):
    with pytest.raises(BadInput, match="summary"):
        event.EVENTS.counts({**dict.fromkeys(event.EVENTS.arguments), "summary": True, **options})


def test_what_events_have_in_common_stands_without_keys():
    params = dict.fromkeys(event.ARGUMENTS)
    for options in ({"filters": {"origin": "x"}}, {"svm": "svm1"}):
        assert event.CHOSEN_EVENTS.keys({**params, **options}) is None
