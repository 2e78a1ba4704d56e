# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end of a job leaves to the engine: its warnings are passed on, and only what was touched is read back."""

from __future__ import annotations

import pytest

from tests.local import LocalServer

LUNS = "/storage-provider/luns"
DESIRED = {"name": "db01", "svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}


@pytest.fixture(scope="module")
def started():
    return LocalServer()


@pytest.fixture
def server(started):
    started.reset()
    return started


@pytest.mark.parametrize("dialect", ["document", "guide"])
def test_the_warnings_of_a_job_are_passed_on(server, dialect):
    server.state.switches.set("job_dialect", dialect)
    server.state.world.outcomes.add({"path": LUNS, "status": "warning"})
    result = server.run("lun", DESIRED)
    assert (result["outcome"], result["jobs"][0]["outcome"]) == ("changed", "warning")
    assert any("warnings" in warning or "Create" in warning for warning in result["warnings"])


def test_the_warnings_of_each_of_several_jobs_are_passed_on(server):
    server.run("lun", DESIRED)
    server.state.world.outcomes.add({"path": LUNS, "method": "PATCH", "status": "warning", "times": 2})
    result = server.run("lun", {**DESIRED, "size": "20GiB", "performance_service_level": "Performance"})
    assert [job["outcome"] for job in result["jobs"]] == ["warning", "warning"]
    assert all(any(job["key"] in warning for warning in result["warnings"]) for job in result["jobs"])


def test_what_was_not_touched_is_not_read_again(server):
    desired = {name: DESIRED[name] for name in ("name", "svm", "size")}
    server.run("lun", DESIRED)
    server.sent.clear()
    assert server.run("lun", desired)["outcome"] == "unchanged"
    assert [sent.method for sent in server.sent] == ["GET"]


def test_what_was_refused_at_once_is_not_read_again(server):
    server.instead = lambda method, path: (400, '{"error": {"message": "no"}}') if method == "POST" else None
    try:
        result = server.run("lun", DESIRED)
    finally:
        server.instead = lambda method, path: None
    assert (result["outcome"], result["changed"]) == ("failed", False)
    assert server.sent[-1].method == "POST"


def test_what_was_changed_is_read_again(server):
    result = server.run("lun", DESIRED)
    assert (server.sent[-1].method, result["lun"]["name"].endswith("/db01")) == ("GET", True)
