# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An alert from nothing to nothing, whatever a PATCH does to the rest of an object, and however UM writes durations."""

from __future__ import annotations

import pytest

from .lifecycle import take_step

ALERTS = "/management-server/alerts"
NEW = {
    "event_severities": ["error"],
    "event_types": ["Aggregate Overcommitted"],
    "emails": ["a@example.com"],
    "script": "page_oncall.sh",
    "duration": "PT15M",
}
RESOURCES = [{"type": "aggregate", "include_all": True, "exclude": ["scratch"]}, {"type": "vserver", "include": ["db"]}]
STEPS = {
    "create": ({"state": "absent"}, {**NEW, "resources": RESOURCES, "description": "ours", "enabled": False}),
    "change": (NEW, {"event_severities": ["critical", "error"], "from": "8h", "to": "18h", "enabled": False}),
    "clear": (NEW, {"event_types": [], "emails": [], "script": "", "duration": "", "resources": RESOURCES}),
    "rename": ({**NEW, "name": "old"}, {"from_name": "old", "description": "ours"}),
    "delete": (NEW, {"state": "absent"}),
}


def alert(**options):
    return {"aiqum.unified_manager.alert": {"name": "Ours", **options}}


def info(**options):
    return {"aiqum.unified_manager.alert_info": options}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired = STEPS[step]
    take_step(um, play, [alert(**before)], alert(**desired))


def test_a_change_leaves_the_rest_whatever_a_patch_forgets(um, here):
    um.set(alert_patch="replace", alert_times="normalised")
    moved = {"emails": ["b@example.com"]}
    made, changed, again = here(alert(**NEW), alert(**moved), alert(**{**NEW, **moved})).results
    before, after = made["alert"]["action"], changed["alert"]["action"]
    assert after == {**before, "notification": {**before["notification"], "emails": ["b@example.com"]}}
    assert after["notification"]["duration"] == "PT15M"
    assert again["outcome"] == "unchanged"


def test_they_are_read_and_a_wrong_script_is_refused_before_anything_is_sent(um, here):
    here(alert(**NEW, enabled=False))
    um.forget_requests()
    results = here(
        info(enabled=False),
        info(script="page_oncall.sh", send_snmp_trap=False),
        info(name="Everything critical"),
        alert(script="no_such.sh"),
        alert(name="Other"),
    ).results
    assert [[one["name"] for one in result["alerts"]] for result in results[:3]] == [
        ["Ours"],
        ["Ours"],
        ["Everything critical"],
    ]
    key = results[0]["alerts"][0]["key"]
    assert "script 'no_such.sh' does not exist" in results[3]["msg"]
    assert "to create it, also set event_severities, event_types or resources" in results[4]["msg"]
    assert um.writes() == []
    by_key = here(info(name=key), alert(name=key, enabled=True)).results
    assert [one["name"] for one in by_key[0]["alerts"]] == ["Ours"]
    assert by_key[1]["alert"]["enabled"] is True


@pytest.mark.parametrize("kind", ["reset_after", "reset_before"])
def test_a_lost_answer_is_not_sent_again(um, here, kind):
    um.fault(kind=kind, method="POST", path=ALERTS)
    result = here(alert(**NEW)).results[0]
    done = kind == "reset_after"
    assert len(um.writes()) == 1
    assert (result["failed"], result["outcome"]) == ((False, "changed") if done else (True, "unknown"))
