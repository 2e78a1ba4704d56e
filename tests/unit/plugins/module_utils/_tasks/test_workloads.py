# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of each of many workloads when something ends the run."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Interrupted, Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Operation
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.workloads import (
    WORKLOAD_ARGUMENTS,
    _entry,
    batch_of,
)
from tests.local import LocalServer

LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}


@pytest.fixture
def server():
    return LocalServer()


class Host:
    """The options of a task with so many LUNs."""

    check_mode = False

    def __init__(self, *names):
        self.params = {
            **dict.fromkeys(WORKLOAD_ARGUMENTS),
            "luns": [{"name": name} for name in names],
            "ignore_partial_failure": False,
            "max_in_flight": 8,
        }


def ended(key, status):
    watch = Watch(key, 0.0)
    watch.saw(parse({"key": key, "state": "completed", "status": status}), 1.0)
    return watch


def test_an_interruption_changes_nothing_about_those_that_have_ended():
    batch = batch_of(Host("failed", "half", "between", "running", "untouched", "done").params, False)
    failed, half, between, running, untouched, done = batch.targets
    for target in batch.targets:
        target.desired = {"state": "present"}
        target.operations = [Operation("size", "PATCH"), Operation("state", "PATCH")]
    batch._planned = True
    failed.watches = [ended("f", "error")]
    half.watches, half.applied = [ended("h1", "normal"), ended("h2", "partial_failures")], 1
    between.watches, between.applied = [ended("b", "normal")], 1
    running.watches = [Watch("r", 0.0)]
    done.watches, done.applied = [ended("d1", "normal"), ended("d2", "normal")], 2
    result = batch.result(Interrupted("SIGTERM"), _entry)
    assert {entry["name"]: (entry["outcome"], entry["changed"]) for entry in result["luns"]} == {
        "failed": ("failed", True),
        "half": ("partial", True),
        "between": ("interrupted", True),
        "running": ("interrupted", True),
        "untouched": ("skipped", False),
        "done": ("changed", True),
    }
    assert (result["outcome"], result["changed"], result["failed"]) == ("interrupted", True, True)
    assert "Not begun" not in str([entry.get("msg") for entry in result["luns"][:4]])
    assert untouched in batch.skipped


def test_what_was_never_looked_at_is_not_called_unchanged():
    batch = batch_of(Host("a", "b").params, False)
    for target in batch.targets:
        target.desired = {"state": "present"}
    result = batch.result(Refused("HTTP 403: no.", 403), _entry)
    assert [entry["outcome"] for entry in result["luns"]] == ["skipped", "skipped"]
    assert (result["outcome"], result["changed"], result["failed"]) == ("failed", False, True)
    assert result["msg"] == "HTTP 403: no. 2 not begun."


def test_a_job_of_an_earlier_run_at_one_of_them_is_waited_for(server):
    server.state.switches.set("job_seconds", 0.3)
    server.run("lun", {**LUN, "wait": False})
    server.sent.clear()
    result = server.run("workloads", {"luns": [{**LUN, "name": name} for name in ("db01", "db02", "db03")]})
    assert (result["outcome"], [lun["outcome"] for lun in result["luns"]]) == (
        "changed",
        ["unchanged", "changed", "changed"],
    )
    assert all(lun["lun"]["space"]["size"] == 1 << 30 for lun in result["luns"])
    assert len(server.writes) == 2
