# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups in the simulator (docs/facts/server.md, 5.1 and 5.2)."""

from __future__ import annotations

import pytest

from tests.simulator.paths import BACKUP, BACKUP_FILES, BACKUP_SETTINGS

from .um import UM


def test_a_job_adds_a_file_and_the_oldest_goes():
    um = UM()
    um.ask("PATCH", BACKUP_SETTINGS, {"retention_count": 3})
    before = um.get(f"{BACKUP_FILES}?order_by=creation_time")["records"]
    assert um.job("POST", BACKUP)["status"] == "normal"
    after = um.get(f"{BACKUP_FILES}?order_by=is_scheduled,creation_time")["records"]
    assert len(before) == len(after) == 3
    assert (after[0]["is_scheduled"], after[0]["creation_time"]) == (False, "2026-01-01T00:00:04.000+00:00")
    assert [file for file in before if file not in after] == before[:1]


def test_a_failed_job_adds_none_and_a_second_one_may_be_refused():
    um = UM(second_backup="refuse")
    count = um.get(BACKUP_FILES)["total_records"]
    um.world.outcomes.add({"type": "database_backup", "failures": ["No space."]})
    assert um.job("POST", BACKUP)["status"] == "error"
    assert um.get(BACKUP_FILES)["total_records"] == count
    assert um.ask("POST", BACKUP)[0] == 202
    assert um.refused("POST", BACKUP) == (400, None)


def test_pages_are_of_twenty():
    um = UM()
    um.ask("PATCH", BACKUP_SETTINGS, {"retention_count": 0})
    for _count in range(20):
        um.job("POST", BACKUP)
    page = um.get(BACKUP_FILES)
    assert (page["num_records"], page["total_records"], "next" in page["_links"]) == (20, 23, True)
    assert um.get(f"{BACKUP_FILES}?name={page['records'][0]['name']}")["num_records"] == 1


def test_settings():
    um = UM()
    assert um.get(BACKUP_SETTINGS)["frequency"] == "weekly"
    status, changed = um.ask("PATCH", BACKUP_SETTINGS, {"frequency": "daily", "day_of_week": None, "hour": 3})
    assert (status, changed) == (200, um.get(BACKUP_SETTINGS))
    assert [changed[name] for name in ("frequency", "day_of_week", "hour", "minute")] == ["daily", None, 3, 15]
    assert "key" not in changed


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ({"frequency": "hourly"}, "frequency"),
        ({"frequency": "daily"}, "day_of_week"),
        ({"day_of_week": None}, "day_of_week"),
        ({"day_of_week": "caturday"}, "day_of_week"),
        ({"hour": 24}, "hour"),
        ({"minute": -1}, "minute"),
        ({"retention_count": -1}, "retention_count"),
        ({"path": "backups"}, "path"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_refusals(body, target):
    assert UM().refused("PATCH", BACKUP_SETTINGS, body) == (400, target)
