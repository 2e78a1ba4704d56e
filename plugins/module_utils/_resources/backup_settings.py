# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedule of Unified Manager's backups: its options, and which request leads there (docs/facts/server.md, 5.2).

There is one, without name or key; it is changed at once, without a job. Whether a PATCH leaves alone what it omits is
not known, so all settings are sent, as in the vendor's example. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.lenient import integer
from .._model.desired import fields, given, is_same
from .._model.listing import Single
from .._model.resource import Description, Finding, Operation, Params, Record, Resource

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
    desired = given(params, SETTINGS)
    for name, most in LIMITS.items():
        if not 0 <= desired.get(name, 0) <= most:
            raise BadInput(f"{name}: {desired[name]} is out of range; it goes from 0 to {most}.")
    if not desired.get("path", "/").strip():
        raise BadInput("path: the value must not be empty.")
    return desired


def current(record: Record) -> Record:
    return {**fields(record, SETTINGS), **{name: integer(record.get(name)) for name in LIMITS}}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if before is None:
        raise BadInput("This Unified Manager has no backup settings.")
    every = {**before, **desired}
    if "day_of_week" in desired and every["frequency"] != "weekly":
        raise BadInput(f"day_of_week: valid only with frequency weekly, not with {every['frequency']}; leave it out.")
    if every["frequency"] == "weekly" and every["day_of_week"] is None:
        raise BadInput("day_of_week: a weekly backup needs a day; set it as well.")
    changed = [name for name in SETTINGS if name in desired and not _same(before[name], desired[name])]
    if not changed:
        return []
    body = {name: value for name, value in every.items() if value is not None}
    if every["frequency"] == "daily":
        body["day_of_week"] = None
    old, new = {name: before[name] for name in changed}, {name: desired[name] for name in changed}
    return [Operation.change(body, old, new)]


def _same(is_now: object, desired: object) -> bool:
    """A path is the same with a slash behind it."""
    if isinstance(is_now, str) and isinstance(desired, str):
        return is_now.rstrip("/\\") == desired.rstrip("/\\")
    return is_same(is_now, desired)


def describe(record: Record) -> Description:
    now = current(record)
    if now["frequency"] != "weekly":
        del now["day_of_week"]
    return Description(given(now, now))


BACKUP_SETTINGS = Resource(
    noun="backup_settings",
    title="settings of backups",
    collection=PATH,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: Finding(path=PATH),
    current=current,
    plan=plan,
    key_of=lambda record: "",
    called=lambda options: "",
    describe=describe,
)
BACKUP_SETTINGS_READ = Single(noun="backup_settings", path=PATH)
