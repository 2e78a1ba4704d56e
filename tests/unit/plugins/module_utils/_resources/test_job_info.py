# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as they are listed: filters, and what each record means, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.job_info import JOBS


def params(**options):
    return {**dict.fromkeys(JOBS.arguments), **options}


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, {}),
        ({"name": "Create LUN", "state": "running"}, {"name": "Create LUN", "state": "running"}),
        ({"type": "a|b"}, {"type": '"a|b"'}),
        ({"parent_job_key": "k:1"}, {"parent_job_key": "k:1"}),
    ],
)
def test_filters(options, query):
    assert JOBS.query(params(**options)) == query


@pytest.mark.parametrize(
    ("state", "status", "outcome", "finished"),
    [
        ("running", "normal", "submitted", False),
        ("completed", "normal", "success", True),
        ("completed", "partial_failures", "partial", True),
        ("aborted", "normal", "failed", True),
    ],
)
def test_what_a_record_means(state, status, outcome, finished):
    (job,) = JOBS.finish(params(), [{"key": "k:1", "state": state, "status": status}])["jobs"]
    assert (job["key"], job["known"], job["outcome"], job["finished"]) == ("k:1", True, outcome, finished)


def test_keys_that_were_asked_for_are_told_of_in_their_order():
    record = {"key": "k:2", "state": "completed", "status": "normal"}
    jobs = JOBS.finish(params(keys=["k:1", "k:2"]), [record])["jobs"]
    assert [(job["key"], job["known"], job["outcome"]) for job in jobs] == [
        ("k:1", False, "submitted"),
        ("k:2", True, "success"),
    ]
