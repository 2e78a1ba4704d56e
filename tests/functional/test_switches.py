# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is unknown about the real server is a switch of the simulator; the modules are right in every position."""

from __future__ import annotations

import pytest

from .conftest import NEW, lun

POSITIONS = [
    {"volume_prefix": "NSLM_"},
    {"job_filter_by_keys": False},
    {"initial_job_state": "queued"},
    {"initial_job_state": "waiting", "complete_time_while_running": "null"},
    {"job_dialect": "guide", "empty_job_results": "absent"},
    {"job_results_of_changes": "key", "job_links": "encoded"},
    {"unknown_parameters": "refuse", "read_only_fields": "refuse"},
    {"filter_case": "sensitive", "duplicate_status": 409},
    {"acquisition_delay": 30},
]


@pytest.mark.parametrize("position", POSITIONS, ids=str)
def test_the_life_of_a_lun(um, play, position):
    um.set(**position)
    maps = [{"igroup": "ig_linux01", "logical_unit_number": 7}]
    changed = {"size": "11GiB", "performance_service_level": "Performance", "lun_maps": []}
    submit = {**lun(name="db02", wait=False, **NEW), "register": "it"}
    wait = {"aiqum.unified_manager.job_wait": {"keys": "{{ it.jobs | map(attribute='key') }}"}}
    results = play(
        lun(name="db01", **NEW, lun_maps=maps),
        lun(name="db01", **NEW, lun_maps=maps),
        lun(name="db01", svm="svm1", **changed),
        lun(name="db01", svm="svm1", **changed),
        submit,
        wait,
        lun(name="db02", **NEW),
        lun(name="db01", svm="svm1", state="absent"),
        lun(name="db01", svm="svm1", state="absent"),
    ).results
    assert [result["outcome"] for result in results] == [
        "changed",
        "unchanged",
        "changed",
        "unchanged",
        "submitted",
        "unchanged",
        "unchanged",
        "changed",
        "unchanged",
    ]


def test_many_jobs_where_the_list_does_not_filter_by_keys(um, play):
    um.set(job_filter_by_keys=False, job_seconds=1)
    submit = {
        **lun(name="{{ item }}", wait=False, **NEW),
        "loop": ["a", "b", "c"],
        "register": "them",
    }
    keys = "{{ them.results | map(attribute='jobs') | flatten | map(attribute='key') }}"
    waited = play(submit, {"aiqum.unified_manager.job_wait": {"keys": keys}}).results[-1]
    assert [job["outcome"] for job in waited["jobs"]] == ["success"] * 3
