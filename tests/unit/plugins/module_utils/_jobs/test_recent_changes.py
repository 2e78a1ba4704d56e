# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects jobs may have changed so lately that the inventory does not show it."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import recent_changes
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.recent_changes import RecentChanges

NOW = 1767261600.0  # 2026-01-01T10:00:00Z


class Jobs:
    """A server that lists these jobs."""

    def __init__(self, *jobs, time=NOW):
        self.jobs = jobs
        self.time = time
        self.looks = 0

    def server_time(self):
        return self.time

    def records(self, collection, query=None, limit=None):
        self.looks += 1
        self.limit = limit
        if self.jobs and isinstance(self.jobs[0], Exception):
            raise self.jobs[0]
        return iter(self.jobs[:limit])


def job(minute=59, text="Modify LUN db01", name="Modify LUN", state="completed", **fields):
    at = f"2026-01-01T09:{minute:02}:00Z"
    times = {"submit_time": at, **({"complete_time": at} if state == "completed" else {})}
    tasks = [{"description": text}] if text else []
    return {"key": "k", "name": name, "state": state, "status": "normal", "task_reports": tasks, **times, **fields}


@pytest.mark.parametrize(
    ("jobs", "changed"),
    [
        ([], False),
        ([job()], True),
        ([job(text="Modify LUN db012")], False),
        ([job(text="Modify LUN db02"), job(text="Delete LUN /vol/v/db01")], True),
        ([job(45)], False),
        ([job(46)], True),
        ([job(1, state="running")], True),
        ([job(name="Modify SVM", text="Modify SVM db01")], False),
        ([job(name="code_1", type="modify_lun", text="db01")], True),
        # what names nothing may be about any of them, unless it is of another kind or too old
        ([job(text="")], True),
        ([job(text="", name="Modify SVM")], False),
        ([job(1, text="")], False),
        ([Refused("no", 403)], True),
    ],
)
def test_what_may_have_changed(jobs, changed):
    assert RecentChanges(Jobs(*jobs), "LUN", 900.0).changed("db01") is changed


def test_without_a_time_of_the_server_it_cannot_be_known():
    assert RecentChanges(Jobs(time=None), "LUN", 900.0).changed("db01") is True


@pytest.mark.parametrize(("count", "changed"), [(2, False), (3, True)])
def test_more_jobs_than_are_looked_at_may_hide_one(monkeypatch, count, changed):
    monkeypatch.setattr(recent_changes, "JOBS_LOOKED_AT", 3)
    assert RecentChanges(Jobs(*[job(text="Modify LUN x")] * count), "LUN", 900.0).changed("db01") is changed


@pytest.mark.parametrize("jobs", [[job()], [Refused("no", 403)]])
def test_jobs_are_read_once_and_only_when_needed(jobs):
    server = Jobs(*jobs)
    changes = RecentChanges(server, "LUN", 900.0)
    assert server.looks == 0
    for name in ("db01", "db02", "db01"):
        changes.changed(name)
    assert (server.looks, server.limit) == (1, 1000)
