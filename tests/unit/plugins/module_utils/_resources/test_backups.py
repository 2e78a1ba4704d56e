# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups and their schedule: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import backup, backup_settings

NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z
OLD = {"key": "old", "name": "old.7z", "creation_time": "2026-01-01T10:00:00.000+00:00"}
NEW = {"key": "new", "name": "new.7z", "creation_time": "2025-01-01T10:00:00.000+00:00"}
WEEKLY = {"frequency": "weekly", "day_of_week": "sunday", "hour": 1, "minute": 15, "path": "/b/", "retention_count": 10}
DAILY = {**WEEKLY, "frequency": "daily", "day_of_week": None}


@pytest.mark.parametrize(
    ("before", "max_age", "due"),
    [
        (None, None, True),
        (None, "1h", True),
        (OLD, None, True),
        (OLD, "1h", True),
        (OLD, "PT2H", False),
        (OLD, "3h", False),
        (NEW, None, False),
        ({**OLD, "creation_time": "2026-01-01T17:00:00+0530"}, "1h", False),
        ({**OLD, "creation_time": "2026-01-01T13:00:00Z"}, "1h", False),
        ({**OLD, "creation_time": "someday"}, "1h", True),
    ],
)
def test_when_one_is_due(before, max_age, due):
    desired = backup.desired({"max_age": max_age})
    resource = backup.backup_after(backup.Seen(["old"], NOON))
    operations = resource.plan(before and backup.current(before), desired)
    assert [(operation.purpose, operation.verb, operation.body) for operation in operations] == (
        [("create", "POST", None)] if due else []
    )


def test_the_new_one_is_what_was_not_there():
    finding = backup.backup_after(backup.Seen(["old"], NOON)).find({})
    assert [finding.matches(record) for record in (OLD, NEW)] == [False, True]
    assert backup.newest_of([NEW, OLD, {"key": "x"}]) == OLD
    assert backup.newest_of([]) is None


def change(before, **options):
    desired = backup_settings.desired({**dict.fromkeys(backup_settings.ARGUMENTS), **options})
    return [(operation.purpose, operation.body) for operation in backup_settings.plan(before, desired)]


@pytest.mark.parametrize(
    ("before", "options", "expected"),
    [
        (WEEKLY, {}, []),
        (WEEKLY, {"frequency": "weekly", "day_of_week": "sunday", "hour": 1, "path": "/b"}, []),
        (WEEKLY, {"hour": 0}, [("hour", {**WEEKLY, "hour": 0})]),
        (WEEKLY, {"frequency": "daily"}, [("frequency", DAILY)]),
        (WEEKLY, {"frequency": "none"}, [("frequency", {**WEEKLY, "frequency": "none"})]),
        (DAILY, {"retention_count": 0}, [("retention_count", {**DAILY, "retention_count": 0})]),
        (
            DAILY,
            {"frequency": "weekly", "day_of_week": "friday"},
            [("frequency, day_of_week", {**WEEKLY, "day_of_week": "friday"})],
        ),
    ],
)
def test_changes_of_the_schedule(before, options, expected):
    assert change(before, **options) == expected


@pytest.mark.parametrize(
    ("before", "options", "words"),
    [
        (WEEKLY, {"hour": 24}, "hour: 24 is out of range; it goes from 0 to 23"),
        (WEEKLY, {"minute": -1}, "minute: -1 is out of range"),
        (WEEKLY, {"path": " "}, "path: the value must not be empty"),
        (
            WEEKLY,
            {"frequency": "daily", "day_of_week": "monday"},
            "day_of_week: valid only with frequency weekly, not with daily",
        ),
        (DAILY, {"day_of_week": "monday"}, "valid only with frequency weekly"),
        (DAILY, {"frequency": "weekly"}, "day_of_week: a weekly backup needs a day"),
        (None, {"hour": 1}, "has no backup settings"),
    ],
)
def test_refusals(before, options, words):
    with pytest.raises(BadInput) as error:
        change(before, **options)
    assert words in error.value.message


@pytest.mark.parametrize(("name", "meant"), [(None, True), ("a", True), ("b", False)])
def test_a_backup_is_meant_by_its_whole_name(name, meant):
    assert backup.BACKUPS.matches({"name": name}, {"name": "a"}) is meant


@pytest.mark.parametrize(("name", "query"), [(None, {}), ("a", {"name": "a"}), ("a|b", {"name": '"a|b"'})])
def test_the_filter_of_backups(name, query):
    assert backup.BACKUPS.query({"name": name}) == query
