# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events in the simulator (docs/facts/server.md, 5.5 and 2.4)."""

from __future__ import annotations

import pytest

from tests.simulator.paths import EVENTS

from .um import UM


def path(um, name):
    return f"{EVENTS}/{um.get(f'{EVENTS}?name={name}')['records'][0]['key']}"


def test_its_life():
    um = UM()
    event = path(um, "Volume Space Full")
    assert um.get(event)["duration"] == "PT470H"
    um.ask("PATCH", event, {"assigned": {"user": "operator"}})
    um.ask("PATCH", event, {"current_state": "acknowledged", "acknowledged_username": "kim"})
    status, resolved = um.ask("PATCH", event, {"current_state": "resolved"})
    assert (status, um.ask("PATCH", event, {"current_state": "resolved"})) == (200, (200, resolved))
    assert [(entry["state"], entry["user"]) for entry in resolved["history"]] == [
        ("new", None),
        ("acknowledged", "kim"),
        ("resolved", "admin"),
    ]
    assert resolved["assigned"] == {"user": "operator", "timestamp": "2026-01-01T00:00:00.000+00:00"}


@pytest.mark.parametrize(
    ("name", "body", "target"),
    [
        ("Volume Space Full", {"current_state": "obsolete"}, "current_state"),
        ("Volume Space Full", {"current_state": "closed"}, "current_state"),
        ("Volume Space Full", {"assigned": {"user": "nobody"}}, "assigned.user"),
        ("Volume Space Full", {"assigned": {"user": "admin"}, "current_state": "resolved"}, "assigned"),
        ("Volume Space Full", {"resolved_username": "kim"}, "resolved_username"),
        ("Volume Space Full", {"colour": "red"}, "colour"),
        ("Login Banner Disabled", {"current_state": "new"}, "current_state"),
        ("Some Failed Disks", {"current_state": "acknowledged"}, "current_state"),
        ("SVM Stopped", {"current_state": "resolved"}, "current_state"),
        ("Node Reboot", {"current_state": "acknowledged"}, "current_state"),
    ],
)
def test_refusals(name, body, target):
    um = UM()
    assert um.refused("PATCH", path(um, name), body) == (400, target)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("severity=critical", {"Some Failed Disks", "SVM Stopped"}),
        ("impact.resource_type=volume&svm.name=svm1", {"Volume Space Full", "Volume Space Nearly Full"}),
        ("history.state=acknowledged", {"Login Banner Disabled", "Some Failed Disks"}),
        ("history.state=obsolete&history.cause=system_resolved", {"SVM Stopped"}),
        ("history.state=new&history.user=operator", set()),
        ("history.state=acknowledged&history.timestamp=>2025-12-15T00:00:00.000%2B00:00", {"Some Failed Disks"}),
    ],
)
def test_filters(query, found):
    assert {event["name"] for event in UM().get(f"{EVENTS}?{query}")["records"]} == found


def test_history_is_ordered_by_only_with_a_state():
    um = UM()
    ordered = um.get(f"{EVENTS}?history.state=acknowledged&order_by=history.timestamp desc")["records"]
    assert [event["name"] for event in ordered] == ["Some Failed Disks", "Login Banner Disabled"]
    assert set(ordered[0]) == set(um.get(f"{EVENTS}/{ordered[0]['key']}"))
    for query in ("order_by=history.timestamp", "history.user=operator", "history.user=operator&history.state="):
        assert um.refused("GET", f"{EVENTS}?{query}") == (400, "history.state")
    assert um.refused("GET", f"{EVENTS}?history.state=new&order_by=history.state") == (400, "order_by")
