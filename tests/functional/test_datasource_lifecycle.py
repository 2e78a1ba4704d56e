# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cluster is added, discovered and removed; and the levels of the guarantee program are added."""

from __future__ import annotations

import pytest

from .lifecycle import run_thrice, take_step

NEW = {"cluster_username": "admin", "cluster_password": "S3cret-ontap", "update_password": "on_create"}
STEPS = {
    "add": ({"state": "absent"}, {**NEW, "accept_certificate": True}),
    "change the account": (NEW, {**NEW, "cluster_username": "um"}),
    "remove": (NEW, {"state": "absent"}),
}


def datasource(**options):
    return {"aiqum.unified_manager.datasource": {"address": "10.10.9.10", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    um.set(discovery_seconds=0.2, datasource_certificate="needed" if step == "add" else "optional")
    before, desired = STEPS[step]
    results = take_step(um, play, [datasource(**before)], datasource(**desired))
    assert "S3cret" not in str(results)


def test_a_failed_discovery_fails_the_task_and_is_mended(um, here):
    um.set(discovery_seconds=0.2)
    info = {"aiqum.unified_manager.datasource_info": {"address": "10.10.9.10"}}
    failed, mended, found = here(datasource(**{**NEW, "cluster_password": "wrong"}), datasource(**NEW), info).results
    assert (failed["failed"], failed["changed"], failed["outcome"]) == (True, True, "failed")
    assert "The cluster refuses the user admin" in failed["msg"]
    assert (failed["applied"], failed["not_applied"]) == (["create"], [])
    assert failed["diff"]["after"]["address"] == "10.10.9.10"
    assert failed["jobs"][0]["key"] == found["datasources"][0]["key"]
    assert (mended["outcome"], mended["jobs"][0]["outcome"]) == ("changed", "success")
    assert found["datasources"][0]["status"] == "normal"


def test_a_discovery_that_an_earlier_run_began_is_waited_for(um, play, here):
    um.set(discovery_seconds=3600)
    begun, check, not_waited = play(
        datasource(**NEW, wait=False),
        {**datasource(**NEW), "check_mode": True},
        datasource(**NEW, wait=False),
    ).results
    short = here(datasource(**NEW, wait_timeout=3)).results[0]
    key = begun["jobs"][0]["key"]
    assert begun["datasource"]["address"] == "10.10.9.10"
    assert (begun["outcome"], check["outcome"], not_waited["outcome"]) == ("submitted", "unchanged", "unchanged")
    assert (short["failed"], short["changed"], short["outcome"]) == (True, False, "timeout")
    assert [job["key"] for job in short["jobs"]] == [key]
    assert "To go on waiting, run this task again." in short["msg"]


def test_a_discovery_that_begins_late_is_not_taken_for_the_one_before(um, here):
    um.set(discovery_seconds=0.2)
    failed = here(datasource(**{**NEW, "cluster_password": "wrong"})).results[0]
    long_ago = {"operation": {"end_time": "2025-01-01T00:00:00.000Z"}}
    datasources = {"table": "/admin/datasources/clusters", "key": failed["jobs"][0]["key"]}
    um.control("POST", "world", {"action": "merge", **datasources, "fields": long_ago})
    um.set(discovery_lag=0.5)
    mended = here(datasource(**NEW)).results[0]
    assert (mended["outcome"], mended["jobs"][0]["outcome"]) == ("changed", "success")
    assert mended["datasource"]["status"] == "normal"


def test_a_discovery_that_has_failed_fails_each_run(um, here):
    um.set(discovery_seconds=0.2)
    wrong = datasource(**{**NEW, "cluster_password": "wrong"})
    _failed, again = here(wrong, datasource()).results
    assert (again["failed"], again["changed"], again["outcome"]) == (True, False, "failed")
    assert "The cluster refuses the user admin" in again["msg"]


def test_a_certificate_must_have_the_fingerprint(um, here):
    um.set(discovery_seconds=0.2)
    refused = here(datasource(**NEW, certificate_fingerprint=":".join(["AB"] * 16))).results[0]
    assert ", not AB:AB:AB:" in refused["msg"]
    assert um.writes() == []
    shown = refused["msg"].partition("shows ")[2].partition(",")[0]
    added = here(datasource(**NEW, certificate_fingerprint=shown)).results[0]
    assert (added["outcome"], added["certificate"]["issued_to"]) == ("changed", "10.10.9.10")
    assert added["certificate"]["fingerprint"]["md5"] == shown


def test_the_levels_of_the_guarantee_program(um, play):
    task = {"aiqum.unified_manager.performance_guarantee_levels": {}}
    after = [
        {"aiqum.unified_manager.performance_guarantee_levels_info": {}},
        {"aiqum.unified_manager.performance_guarantee_levels": {"state": "absent"}},
    ]
    check, real, again, read, away = run_thrice(um, play, task, after=after)[1]
    assert [result["outcome"] for result in (check, real, again, away)] == ["changed", "changed", "unchanged", "failed"]
    assert real["performance_guarantee_levels"] == read["performance_guarantee_levels"] != []
    assert "cannot remove these levels" in away["msg"]
