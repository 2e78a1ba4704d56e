# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The failed jobs that a job spawned: they are named, and where they cannot be, that is said."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Lost
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.children import name_failed_children
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import Failure, parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

from ..fakes import Clock, job, refused


class Client:
    """The list of jobs of a server."""

    def __init__(self, *children, error=None, seconds=600.0):
        self.transport = self
        self.deadline = Clock().deadline(seconds)
        self.children = children
        self.error = error
        self.asked = []

    def records(self, collection, query):
        self.asked.append((collection, query))
        if self.error:
            raise self.error
        return iter(self.children)


def child(key, status, **fields):
    return job("completed", status, key=key, parent_job_key="k:1", **fields)


def named(client, failed=2, aborted=0):
    watch = Watch("k:1", 0.0)
    summary = {"total_jobs": 3, "successful_jobs": 1, "failed_jobs": failed, "aborted_jobs": aborted}
    watch.saw(parse(job("completed", spawned_job_summary=summary)), 1.0)
    name_failed_children(client, watch)
    return watch


def test_those_that_failed_are_named_with_their_reasons():
    reason = {"task_reports": [{"name": "a", "status": "error", "failure_reason": "No space."}]}
    client = Client(
        child("c:1", "error", **reason),
        child("c:2", "normal"),
        child("c:3", "partial_failures"),
        {**child("c:4", "error"), "parent_job_key": "another"},
    )
    watch = named(client)
    assert watch.failures == (
        Failure("Create LUN", "job c:1", "No space."),
        Failure("Create LUN", "job c:3", "no reason given"),
    )
    assert client.asked == [("/management-server/jobs", {"parent_job_key": "k:1"})]
    assert watch.remarks == []


@pytest.mark.parametrize("error", [Lost("reset by peer"), refused(500), refused(403)])
def test_that_they_cannot_be_read_is_said(error):
    watch = named(Client(error=error), failed=1, aborted=1)
    assert watch.failures == ()
    assert watch.remarks == [f"job k:1: its 2 failed jobs could not be read. {error}"]


def test_that_some_are_not_listed_is_said():
    watch = named(Client(child("c:1", "error")))
    assert [failure.description for failure in watch.failures] == ["job c:1"]
    assert watch.remarks == ["job k:1: 1 of its 2 failed jobs are not in Unified Manager's list"]


def test_after_the_deadline_they_are_not_asked_for():
    client = Client(child("c:1", "error"), seconds=0.0)
    watch = named(client)
    assert client.asked == []
    assert watch.remarks == ["job k:1: its 2 failed jobs were not read, since wait_timeout had passed"]


def test_a_job_without_failed_children_costs_no_request():
    client = Client()
    assert named(client, failed=0).remarks == []
    name_failed_children(client, Watch("k:1", 0.0))
    assert client.asked == []
