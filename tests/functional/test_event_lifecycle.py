# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many events in one task: planned, changed one by one, told of one by one; and what stops them."""

from __future__ import annotations

import pytest

from .lifecycle import equal_where_predicted, run_thrice

EVENTS = "/management-server/events"
STEPS = {
    "acknowledge": ({"svm": "svm1"}, {"state": "acknowledged", "on_behalf_of": "storage"}, 2),
    "resolve and assign": ({"severity": ["error", "warning"]}, {"state": "resolved", "assigned_to": "storage"}, 8),
    "assign": ({"filters": {"impact.area": "security"}}, {"assigned_to": "storage"}, 1),
}


def event(**options):
    return {"aiqum.unified_manager.event": options}


def info(**options):
    return {"aiqum.unified_manager.event_info": options}


def outcomes(result):
    return {entry["name"]: entry["outcome"] for entry in result["events"]}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    which, desired, writes = STEPS[step]
    check, real, again = run_thrice(um, play, event(**which, **desired))[1]
    assert (check["changed"], check["outcome"]) == (real["changed"], real["outcome"]) == (True, "changed")
    assert check["diff"] == real["diff"]
    assert [entry["key"] for entry in check["events"]] == [entry["key"] for entry in real["events"]]
    for predicted, done in zip(check["events"], real["events"], strict=True):
        assert (predicted["changed"], predicted["outcome"]) == (done["changed"], done["outcome"]) == (True, "changed")
        assert equal_where_predicted(predicted["event"], done["event"])
    assert (again["changed"], again["outcome"]) == (False, "unchanged")
    assert again["diff"] == {"before": {}, "after": {}}
    assert len(um.writes()) == writes
    if "on_behalf_of" in desired:
        assert {entry["event"]["history"][-1]["user"] for entry in real["events"]} == {"storage"}


def test_those_that_cannot_go_there_are_skipped_if_found_and_stop_the_run_if_named(um, here):
    every_state = ["new", "acknowledged", "resolved", "obsolete"]
    ran = here(info(), event(cluster="cluster1", current_state=every_state, state="acknowledged"))
    events = {one["name"]: one["key"] for one in ran.results[0]["events"]}
    found = ran.results[1]
    assert outcomes(found) == {
        "Aggregate Overcommitted": "changed",
        "Volume Space Full": "changed",
        "Volume Space Nearly Full": "changed",
        "Node Reboot": "skipped",
        "Some Failed Disks": "unchanged",
        "SVM Stopped": "skipped",
    }
    assert (found["failed"], found["outcome"]) == (False, "changed")
    assert any("2 of 6 were skipped" in warning for warning in found["warnings"])
    um.forget_requests()
    keys = [events[name] for name in ("Volume Space Full", "SVM Stopped")]
    missing = "00000000-5ebe-11ea-969a-fa163e4da292"
    named, unknown, nothing = here(
        event(keys=keys, state="resolved"), event(keys=[missing], state="resolved"), event(keys=[], state="resolved")
    ).results
    assert (named["failed"], named["changed"], named["outcome"]) == (True, False, "failed")
    assert [entry["outcome"] for entry in named["events"]] == ["skipped", "failed"]
    assert "an obsolete event cannot be resolved" in named["msg"]
    assert "The event does not exist" in unknown["msg"]
    assert (nothing["outcome"], nothing["events"]) == ("unchanged", [])
    assert um.writes() == []


@pytest.mark.parametrize(
    ("fault", "failed", "outcome", "each"),
    [
        ({"status": 400, "after": 1}, True, "partial", ["changed", "failed", "changed", "changed"]),
        ({"status": 400, "times": 9}, True, "failed", ["failed"] * 4),
        ({"status": 403, "times": 9}, True, "failed", ["failed", "skipped", "skipped", "skipped"]),
        ({"kind": "reset_after"}, False, "changed", ["changed"] * 4),
    ],
)
def test_some_fail(um, here, fault, failed, outcome, each):
    um.fault(**{"kind": "status", "method": "PATCH", "path": EVENTS, **fault})
    desired = event(severity=["error", "warning"], state="resolved")
    result = here(desired).results[0]
    assert (result["failed"], result["changed"], result["outcome"]) == (failed, "changed" in each, outcome)
    assert [entry["outcome"] for entry in result["events"]] == each
    assert len(result["diff"]["after"]) == each.count("changed")
    if failed:
        count = each.count("failed")
        assert f"{count} of 4 targets failed." in result["msg"]
        assert result["error"]["status"] == fault["status"]


def test_a_refusal_of_um_is_told_and_operators_may_do_it(um, here):
    who = {"username": "operator", "password": "Operator1!"}
    refused, done, read = here(
        event(name="Volume Space Full", assigned_to="nobody", **who),
        event(name="Volume Space Full", state="acknowledged", **who),
        info(assigned_user="operator"),
    ).results
    assert (refused["failed"], refused["error"]["target"]) == (True, "assigned.user")
    assert done["events"][0]["event"]["history"][-1]["user"] == "operator"
    assert read["events"] == []
    um.set(operators_change_events=False)
    assert here(event(name="Volume Space Full", state="resolved", **who)).results[0]["error"]["status"] == 403


def test_they_are_read(um, here):
    since = {"state": "acknowledged", "after": "2025-12-15T00:00:00+00:00"}
    results = here(
        info(severity=["critical"], order_by="name"),
        info(svm="svm1", resource_type=["volume"], order_by="name", limit=1),
        info(history=since),
        info(history={"state": "acknowledged"}, order_by="history.timestamp desc"),
        info(node="cluster1-01", impact_level=["event"]),
        info(filters={"history.user": "operator"}),
    ).results
    assert [[one["name"] for one in result["events"]] for result in results] == [
        ["Some Failed Disks", "SVM Stopped"],
        ["Volume Space Full"],
        ["Some Failed Disks"],
        ["Some Failed Disks", "Login Banner Disabled"],
        ["Node Reboot"],
        [],
    ]
    assert "history.user: give history.state as well" in results[5]["msg"]
    key = results[4]["events"][0]["key"]
    (by_key,) = here(info(keys=[key, key.replace(key[0], "0")])).results
    assert key in [one["key"] for one in by_key["events"]]
