# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task that waits for many jobs."""

from __future__ import annotations

from .conftest import NEW, lun

KEYS = "{{ them.results | map(attribute='jobs') | flatten | map(attribute='key') }}"


def test_all_are_settled_before_it_fails_for_one(um, play):
    luns = {"method": "POST", "path": "/storage-provider/luns"}
    um.outcome(**luns, status="error", failures=["No space left."])
    um.outcome(**luns, seconds=2, times=2)
    ran = play(
        {**lun(name="{{ item }}", wait=False, **NEW), "loop": ["a", "b", "c"], "register": "them"},
        {"aiqum.unified_manager.job_wait": {"keys": KEYS}},
    )
    waited = ran.results[1]
    assert (waited["failed"], "No space left." in waited["msg"]) == (True, True)
    assert [(job["finished"], job["outcome"]) for job in waited["jobs"]] == [
        (True, "failed"),
        (True, "success"),
        (True, "success"),
    ]
