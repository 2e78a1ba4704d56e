# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for jobs that somebody else submitted, against the simulator in this process."""

from __future__ import annotations

import pytest

from tests.local import LocalServer

LUNS = "/storage-provider/luns"
NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value", "wait": False}


@pytest.fixture(scope="module")
def started():
    return LocalServer()


@pytest.fixture
def server(started):
    started.reset()
    return started


def submitted(server, *names):
    return [server.run("lun", {"name": name, **NEW})["jobs"][0]["key"] for name in names]


def wait(server, keys, **options):
    return server.run("job_wait", {"keys": keys, **options})


def test_the_worst_end_is_the_outcome_and_each_is_told(server):
    server.state.world.outcomes.add({"path": LUNS, "status": "error", "failures": ["No space."]})
    keys = submitted(server, "a", "b")
    result = wait(server, keys)
    assert (result["failed"], result["changed"], result["outcome"]) == (True, False, "failed")
    assert [(job["key"], job["outcome"]) for job in result["jobs"]] == [(keys[0], "failed"), (keys[1], "success")]
    assert result["msg"].startswith("1 of 2 jobs succeeded. job ")
    assert "No space" in result["msg"]


def test_a_key_that_is_given_twice_is_waited_for_once(server):
    (key,) = submitted(server, "a")
    result = wait(server, [key, key])
    assert (result["outcome"], [job["key"] for job in result["jobs"]]) == ("unchanged", [key])
    assert "failed" not in result


@pytest.mark.parametrize(("ignore", "failed"), [(False, True), (True, False)])
def test_a_partial_failure_may_be_ignored(server, ignore, failed):
    server.state.world.outcomes.add({"path": LUNS, "status": "partial_failures"})
    result = wait(server, submitted(server, "a"), ignore_partial_failure=ignore)
    assert (result.get("failed", False), result["outcome"]) == (failed, "partial")


def test_texts_of_warnings_are_passed_on(server):
    server.state.world.outcomes.add({"path": LUNS, "status": "warning"})
    result = wait(server, submitted(server, "a"))
    assert result["outcome"] == "unchanged"
    assert any("has warnings" in warning or "Create" in warning for warning in result["warnings"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"keys": ["a key"]}, "keys: ['a key'] are not job keys"),
        ({"keys": ["06a6148bf9e862df:1:2:3"], "cluster": "cluster1"}, "are not keys of ONTAP's jobs"),
        ({"keys": ["4c6bf721-1e3f-11e9-a3e2-00a0985badbb"], "cluster": "none"}, "cluster: 'none' cannot be reached"),
    ],
)
def test_refusals(server, options, words):
    result = server.run("job_wait", options)
    assert (result["failed"], result["outcome"]) == (True, "failed")
    assert words in result["msg"]
    assert result["jobs"] == []


def test_long_polling_is_not_used_for_jobs_of_ontap(server):
    keys = ["4c6bf721-1e3f-11e9-a3e2-00a0985badbb"]
    result = wait(server, keys, cluster="cluster1", polling="long", wait_timeout=1)
    assert result["jobs"][0]["polling"] == "standard"
    assert "polling: long has no effect on jobs of ONTAP; standard polling is used instead." in result["warnings"]
    result = wait(server, keys, cluster="cluster1", polling="standard", wait_timeout=1)
    assert not [warning for warning in result["warnings"] if "polling" in warning]
