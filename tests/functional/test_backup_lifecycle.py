# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: when one is made, what is told of it, whatever happens on the way; and their schedule."""

from __future__ import annotations

import pytest

from .lifecycle import equal_where_predicted, run_thrice

POST = {"method": "POST", "path": "/admin/backup"}
STEPS = {
    "daily": {"frequency": "daily", "hour": 2, "retention_count": 0},
    "never": {"frequency": "none"},
    "weekly": {"day_of_week": "friday", "minute": 0, "path": "/data/backup"},
}


def backup(**options):
    return {"aiqum.unified_manager.backup": options}


def settings(**options):
    return {"aiqum.unified_manager.backup_settings": options}


def info(noun="backup", **options):
    return {f"aiqum.unified_manager.{noun}_info": options}


def test_one_is_made_when_the_newest_is_too_old(um, play):
    desired = backup(max_age="1d")
    check, real, again, check_again = run_thrice(um, play, desired, after=[{**desired, "check_mode": True}])[1]
    assert (check["changed"], check["outcome"]) == (real["changed"], real["outcome"]) == (True, "changed")
    assert (check["planned"], check["backup"], check["diff"]) == (["create"], {}, real["diff"])
    assert (real["backup"]["is_scheduled"], len(real["jobs"])) == (False, 1)
    for unchanged in (again, check_again):
        assert (unchanged["outcome"], unchanged["jobs"], unchanged["backup"]) == ("unchanged", [], real["backup"])
    assert um.writes() == [("POST", "/admin/backup")]


def test_the_clock_is_that_of_the_server(um, here):
    here(backup())
    um.control("POST", "clock", {"offset": 7200})
    late, early = here(backup(max_age="1h"), backup(max_age="1h")).results
    assert (late["outcome"], early["outcome"]) == ("changed", "unchanged")


def test_without_a_limit_every_run_makes_one(um, here):
    first, submitted, listed = here(backup(), backup(wait=False), info(order_by="creation_time desc", limit=2)).results
    assert (first["outcome"], submitted["outcome"], submitted["changed"]) == ("changed", "submitted", True)
    assert submitted["backup"] == first["backup"]
    # The second may still be under way, so that the first can be the newest.
    assert listed["backups"][0]["creation_time"] >= first["backup"]["creation_time"]
    named = here(info(name=first["backup"]["name"])).results[0]["backups"]
    assert first["backup"] in named


@pytest.mark.parametrize(
    ("fault", "outcome", "failed"),
    [
        ({"kind": "reset_after"}, "changed", False),
        ({"kind": "reset_before"}, "unknown", True),
        ({"kind": "status", "status": 400}, "failed", True),
    ],
)
def test_a_lost_answer_is_not_sent_again(um, here, fault, outcome, failed):
    um.fault(**fault, **POST)
    result = here(backup()).results[0]
    assert (result["outcome"], result["failed"], len(um.writes())) == (outcome, failed, 1)


def test_a_lost_job_is_judged_by_the_list(um, here):
    um.outcome(**POST, lost=True)
    um.outcome(**POST, failures=["No space left."])
    lost, failed = here(backup(), backup()).results
    assert (lost["failed"], lost["outcome"], lost["backup"]["is_scheduled"]) == (False, "changed", False)
    assert (failed["failed"], failed["changed"], failed["outcome"]) == (True, False, "failed")
    assert "No space left." in failed["msg"]


@pytest.mark.parametrize("step", STEPS)
def test_the_schedule(um, play, step):
    desired = STEPS[step]
    check, real, again, read = run_thrice(um, play, settings(**desired), after=[info("backup_settings")])[1]
    assert (check["changed"], check["outcome"]) == (real["changed"], real["outcome"]) == (True, "changed")
    assert check["diff"] == real["diff"]
    assert set(real["diff"]["after"]) == set(desired)
    assert equal_where_predicted(check["backup_settings"], real["backup_settings"])
    assert (again["changed"], again["outcome"]) == (False, "unchanged")
    assert read["backup_settings"] == real["backup_settings"] == again["backup_settings"]
    assert um.writes() == [("PATCH", "/admin/backup-settings")]


def test_what_makes_no_sense_is_refused_before_anything_is_sent(um, here):
    results = here(
        settings(hour=25), settings(frequency="daily", day_of_week="monday"), backup(max_age="a while")
    ).results
    for result, words in zip(
        results, ("hour: 25", "day_of_week: valid only with frequency weekly", "max_age: 'a while'"), strict=True
    ):
        assert (result["failed"], words in result["msg"]) == (True, True)
    assert um.writes() == []


def test_a_lost_answer_to_a_new_schedule_is_not_sent_again(um, here):
    um.fault(kind="reset_after", method="PATCH", path="/admin/backup-settings")
    result = here(settings(hour=5)).results[0]
    assert (result["failed"], result["outcome"], len(um.writes())) == (False, "changed", 1)


def test_only_administrators_may(um, here):
    who = {"username": "storage", "password": "Storage1!"}
    refused, read = here(backup(**who), info("backup_settings", **who)).results
    assert (refused["error"]["status"], refused["changed"], read["failed"]) == (403, False, False)
