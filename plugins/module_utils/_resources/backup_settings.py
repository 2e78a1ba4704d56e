# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedule of Unified Manager's backups: what can be wished, and which request leads there (wire facts 5.2).

There is one, without name or key; it is changed at once, without a job. Whether a PATCH leaves alone what it omits is
not known, so all settings are sent, as in the vendor's example. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._errors import BadInput
from .._listing import Single
from .._resource import Finding, Operation, Params, Record, Resource

PATH = "/admin/backup-settings"
DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
LIMITS = {"hour": 23, "minute": 59, "retention_count": 2**31 - 1}
SETTINGS = ("frequency", "day_of_week", "hour", "minute", "path", "retention_count")
ARGUMENTS = {
    "frequency": {"type": "str", "choices": ["daily", "weekly", "none"]},
    "day_of_week": {"type": "str", "choices": DAYS},
    "hour": {"type": "int"},
    "minute": {"type": "int"},
    "path": {"type": "str"},
    "retention_count": {"type": "int"},
}


def desired(params: Params) -> Record:
    wish = {name: params[name] for name in SETTINGS if params[name] is not None}
    for name, most in LIMITS.items():
        if not 0 <= wish.get(name, 0) <= most:
            raise BadInput(f"{name}: {wish[name]} is out of range; it goes from 0 to {most}.")
    if not wish.get("path", "/").strip():
        raise BadInput("path: it must not be empty.")
    return wish


def present(record: Record) -> Record:
    return {name: record.get(name) for name in SETTINGS}


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    if before is None:
        raise BadInput("This Unified Manager has no settings of backups.")
    every = {**before, **wish}
    if "day_of_week" in wish and every["frequency"] != "weekly":
        raise BadInput(f"day_of_week: with frequency {every['frequency']} there is none; it goes with weekly only.")
    if every["frequency"] == "weekly" and every["day_of_week"] is None:
        raise BadInput("day_of_week: it must be given, too, for a weekly backup.")
    changed = [name for name in SETTINGS if name in wish and not _same(before[name], wish[name])]
    if not changed:
        return []
    body = {name: value for name, value in every.items() if value is not None}
    if every["frequency"] == "daily":
        body["day_of_week"] = None
    old, new = {name: before[name] for name in changed}, {name: wish[name] for name in changed}
    return [Operation(", ".join(changed), "PATCH", body, old, new)]


def _same(is_now: object, wished: object) -> bool:
    """A path is the same with a slash behind it."""
    if isinstance(is_now, str) and isinstance(wished, str):
        return is_now.rstrip("/\\") == wished.rstrip("/\\")
    return is_now == wished


BACKUP_SETTINGS = Resource(
    noun="backup_settings",
    title="settings of backups",
    collection=PATH,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda wish: Finding(path=PATH),
    present=present,
    plan=plan,
    key_of=lambda record: "",
    called=lambda options: "",
)
BACKUP_SETTINGS_READ = Single(noun="backup_settings", path=PATH)
