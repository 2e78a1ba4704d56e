# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job has made, or removed, is shown late: the run waits for it, and the next run makes it no second time."""

from __future__ import annotations

import pytest

from tests.local import LocalServer

SVM = {"name": "new1", "cluster": "cluster1"}
LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
SHARE = {"name": "share1", "svm": "svm1", "size": "1GiB", "performance_service_level": "Value"}
LAG = 0.6  # seconds
LATE = {"svm": ("acquisition_delay", SVM), "lun": ("readback_lag", LUN), "file_share": ("readback_lag", SHARE)}
SHORT = {"wait_timeout": 1}


@pytest.fixture
def server():
    return LocalServer()


def run(server, noun, options, **more):
    server.sent.clear()
    return server.run(noun, {**options, **more})


@pytest.mark.parametrize("noun", LATE)
def test_a_life_with_lag(server, noun):
    switch, options = LATE[noun]
    server.state.switches.set(switch, LAG)
    gone = {**options, "state": "absent"}
    steps = []
    for step in (options, options, gone, gone, options):
        result = run(server, noun, step)
        steps.append((result["outcome"], len(server.writes)))
        assert (result[noun] is None) is (step is gone)
        assert step is gone or result[noun]["key"]
        assert not result["warnings"]
    assert steps == [("changed", 1), ("unchanged", 0), ("changed", 1), ("unchanged", 0), ("changed", 1)]


@pytest.mark.parametrize("noun", LATE)
def test_what_is_not_shown_in_time_has_the_key_of_its_job(server, noun):
    switch, options = LATE[noun]
    server.state.switches.set(switch, 900)
    made = run(server, noun, options, **SHORT)
    (key,) = [value for value in made["jobs"][0]["results"].values() if f"type={TYPES[noun]}" in value]
    assert (made["outcome"], made["changed"], made[noun]["key"]) == ("changed", True, key)
    assert "with its next acquisition" in made["warnings"][0]
    again = run(server, noun, options, **SHORT)
    assert (again["outcome"], again["changed"], server.writes) == ("timeout", False, [])
    assert made["jobs"][0]["key"] in again["msg"]
    assert key in again["msg"]
    assert "another run" not in again["msg"]


TYPES = {"svm": "vserver", "lun": "lun", "file_share": "volume"}


@pytest.mark.parametrize("noun", LATE)
def test_a_second_run_waits_for_what_the_first_has_submitted(server, noun):
    switch, options = LATE[noun]
    server.state.switches.set(switch, LAG)
    run(server, noun, options, wait=False)
    again = run(server, noun, options)
    assert (again["outcome"], server.writes, bool(again[noun]["key"])) == ("unchanged", [], True)
    refused = run(server, noun, {**options, "name": "new2"}, wait=False)
    assert refused["outcome"] == "submitted"
    refused = run(server, noun, {**options, "name": "new2"}, wait=False)
    assert (refused["outcome"], refused["changed"], server.writes) == ("failed", False, [])


def test_an_svm_that_the_inventory_does_not_show_yet_is_deleted(server):
    server.state.switches.set("acquisition_delay", LAG)
    run(server, "svm", SVM, wait=False)
    gone = run(server, "svm", {**SVM, "state": "absent"})
    assert (gone["outcome"], [sent.method for sent in server.writes]) == ("changed", ["DELETE"])
    assert not [svm for svm in server.state.world.table("/datacenter/svm/svms").values() if svm["name"] == "new1"]


@pytest.mark.parametrize("noun", LATE)
def test_a_404_on_a_delete_means_that_it_is_gone(server, noun):
    switch, options = LATE[noun]
    run(server, noun, options)
    server.state.switches.set(switch, LAG)
    gone = {**options, "state": "absent"}
    run(server, noun, gone, wait=False)
    again = run(server, noun, gone)
    assert (again["outcome"], again["changed"], again[noun], again.get("failed")) == ("unchanged", False, None, None)
    assert [sent.status for sent in server.writes] == [404]
    assert run(server, "svm", gone)["outcome"] == "unchanged" if noun == "svm" else True


@pytest.mark.parametrize("status", [403, 405, 409])
def test_another_refusal_of_a_delete_does_not(server, status):
    run(server, "lun", LUN)
    server.instead = lambda method, path: (status, "{}") if method == "DELETE" else None
    kept = run(server, "lun", {**LUN, "state": "absent"})
    assert (kept["outcome"], kept["failed"], kept["changed"]) == ("failed", True, False)
    assert f"HTTP {status}" in kept["msg"]


def test_an_object_that_was_deleted_behind_the_back_is_made_again_after_the_lag(server):
    """The job of the first LUN is younger than the lag only for a while."""
    run(server, "lun", LUN)
    (lun,) = [
        one for one in server.state.world.table("/storage-provider/luns").values() if one["name"].endswith("/db01")
    ]
    server.state.world.table("/storage-provider/luns").remove(lun["key"], at_once=True)
    server.sent.clear()
    result = server.run("lun", LUN)
    assert (result["outcome"], len(server.writes)) == ("changed", 1)


def test_a_finished_job_of_another_object_of_that_name_is_none_of_it(server):
    run(server, "lun", {**LUN, "svm": "svm2"})
    result = run(server, "lun", LUN)
    assert (result["outcome"], len(server.writes)) == ("changed", 1)


def test_workloads_with_lag(server):
    server.state.switches.set("readback_lag", LAG)
    luns = {"luns": [{**LUN, "name": name} for name in ("db01", "db02", "db03")]}
    for outcome, writes in (("changed", 3), ("unchanged", 0)):
        result = run(server, "workloads", luns)
        assert (result["outcome"], len(server.writes)) == (outcome, writes)
        assert all(entry["lun"]["key"] for entry in result["luns"])


def test_one_that_is_waited_for_does_not_hold_up_the_others(server):
    """A LUN of an earlier run is not shown yet, while two more are made."""
    server.state.switches.set("readback_lag", 3)
    run(server, "lun", LUN, wait=False)
    server.state.switches.set("readback_lag", 0)
    luns = {"luns": [{**LUN, "name": name} for name in ("db01", "db02", "db03")]}
    result = run(server, "workloads", luns, max_in_flight=2)
    assert [entry["outcome"] for entry in result["luns"]] == ["unchanged", "changed", "changed"]
    assert len(server.writes) == 2
