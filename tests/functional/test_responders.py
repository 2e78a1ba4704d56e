# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks that rules start, with the event as ansible-rulebook gives it to them."""

from __future__ import annotations

import json

import pytest
import yaml

from .conftest import ROOT

pytestmark = pytest.mark.ansible_core
EVENTS = "/management-server/events"
FULL = {"name": "Volume Space Nearly Full", "resource": "vol_home"}
UNREACHABLE = {
    "name": "Cluster Not Reachable",
    "severity": "error",
    "area": "availability",
    "level": "incident",
    "group": "none",
    "resource_type": "cluster",
    "resource": "cluster1",
}
PUSHED = {"key": None, "cluster": None, "svm": None}


@pytest.fixture
def respond(ansible_playbook, environment, tmp_path):
    inventory = tmp_path / "um.yml"
    inventory.write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")

    def run(playbook, event, limit, **variables):
        given = tmp_path / "given.json"
        given.write_text(json.dumps({"ansible_eda": {"event": event}, **variables}), encoding="utf-8")
        path = ROOT / "playbooks" / f"{playbook}.yml"
        ran = ansible_playbook(["-i", inventory, "-l", limit, "-e", f"@{given}", path], environment)
        return ran.returncode, ran.stdout + ran.stderr

    return run


def raised(um, description):
    """The event as the source shapes it, without what only rules need."""
    (one,) = um.control("POST", "events", description)["events"]
    record = recorded(um, one["key"])
    return {**record, "change": record["history"][-1], "um": {"name": "um", "hostname": "um"}}


def recorded(um, key):
    return next(one for one in um.control("GET", f"world?table={EVENTS}")["records"] if one["key"] == key)


def states(um, event):
    return [step["state"] for step in recorded(um, event["key"])["history"]]


@pytest.mark.parametrize("resolve", [True, False])
def test_what_is_nearly_full_grows_once(um, respond, resolve):
    um.control("POST", "world", {"action": "use_space", "volume": "vol_home", "percent": 96})
    event = raised(um, FULL)
    given = {"payload": event, "meta": {"hosts": "svm_nas.cluster1"}}
    for _time in range(2):
        code, output = respond(
            "grow_for_event", given, "svm_nas.cluster1", um_grow_limit="2TiB", um_grow_resolve=resolve
        )
        assert code == 0, output
    assert states(um, event) == ["new", "acknowledged", "resolved"][: 3 if resolve else 2]
    assert [job["name"] for job in um.control("GET", "jobs")["jobs"]] == ["Modify File Share"]


def test_an_event_that_was_pushed_is_looked_up(um, respond):
    um.control("POST", "world", {"action": "use_space", "volume": "vol_home", "percent": 96})
    event = raised(um, FULL)
    raised(um, {**FULL, "resource": "vol_esx"})
    code, output = respond("grow_for_event", {"payload": {**event, **PUSHED}}, "all", um_grow_limit="2TiB")
    assert code == 0, output
    assert states(um, event) == ["new", "acknowledged", "resolved"]
    assert len(um.control("GET", "jobs")["jobs"]) == 1


def test_an_event_that_cannot_be_told_from_another_changes_nothing(um, respond):
    event, _twin = raised(um, FULL), raised(um, FULL)
    code, output = respond("grow_for_event", {"payload": {**event, **PUSHED}}, "all", um_grow_limit="2TiB")
    assert code != 0
    assert "2 new events are called" in output
    assert um.writes() == []


def test_a_ticket_is_opened_and_closed(um, respond, tmp_path):
    event = raised(um, UNREACHABLE)
    folder = tmp_path / "tickets"
    for state, status in (("new", "open"), ("obsolete", "closed")):
        given = {"payload": {**event, "change": {**event["change"], "state": state}}, "meta": {"hosts": "cluster1"}}
        code, output = respond("ticket_for_event", given, "cluster1", um_ticket_folder=str(folder))
        assert code == 0, output
        ticket = yaml.safe_load((folder / f"{event['key']}.yml").read_text(encoding="utf-8"))
        assert (ticket["status"], ticket["event"]) == (status, event["key"])
    assert states(um, event) == ["new", "acknowledged"]
