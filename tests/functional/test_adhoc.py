# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ad hoc: one line, through pytest-ansible's fixtures and through the ansible command."""

from __future__ import annotations

import os

import pytest

from .conftest import NEW

# pytest-ansible feeds modules to Ansible in a way that ansible-core is giving up.
pytestmark = [pytest.mark.ansible_core, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def adhoc(um, environment, monkeypatch, ansible_adhoc):
    """Calls a module of the collection on localhost, by name."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    hosts = ansible_adhoc(inventory="localhost,", connection="local")

    def call(module, **options):
        run = getattr(hosts.all, f"aiqum.unified_manager.{module}")
        return run(**options).contacted["localhost"]

    yield call
    # In this very process ansible-core 2.21 keeps stdin from children, which later tests start.
    os.set_inheritable(0, True)


def test_a_lun_is_made_read_and_deleted(adhoc):
    created = adhoc("lun", name="adhoc1", **NEW)
    read = adhoc("lun_info", name="adhoc1", svm="svm1")
    deleted = adhoc("lun", name="adhoc1", svm="svm1", state="absent")
    assert (created["outcome"], deleted["outcome"]) == ("changed", "changed")
    assert [lun["key"] for lun in read["luns"]] == [created["lun"]["key"]]


def test_jobs_are_read(adhoc):
    created = adhoc("lun", name="adhoc1", **NEW)
    key = created["jobs"][0]["key"]
    read = adhoc("job_info", keys=[key, "not:a:job:-1"])
    assert [(job["key"], job["known"], job["outcome"]) for job in read["jobs"]] == [
        (key, True, "success"),
        ("not:a:job:-1", False, "submitted"),
    ]


def test_a_failure_says_why(adhoc):
    failed = adhoc("lun", name="adhoc1", **{**NEW, "size": "10 bananas"})
    assert (failed["failed"], failed["outcome"]) == (True, "failed")
    assert "'10 bananas' is not a size" in failed["msg"]
