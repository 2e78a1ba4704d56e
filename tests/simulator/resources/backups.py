# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups of UM itself: the job that makes one, the list of files, and the schedule.

See docs/facts/server.md, 5.1 and 5.2.
"""

from __future__ import annotations

from datetime import UTC, datetime

from ..calls import Answer, Call, Route, ok
from ..collection import Collection, names
from ..errors import Refusal, bad_value
from ..jobs import Job, Task
from ..keys import named_uuid
from ..paths import BACKUP, BACKUP_FILES, BACKUP_SETTINGS
from ..switches import Switch
from ..tables import Record
from ..validation import number, text
from ..world import World

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
SETTINGS = "settings"  # the key of the one record in their table
KIND = "database_backup"
SHAPE = {
    "frequency": text(one_of=("daily", "weekly", "none")),
    "day_of_week": text(one_of=DAYS, nullable=True),
    "hour": number(minimum=0, maximum=23),
    "minute": number(minimum=0, maximum=59),
    "path": text(shortest=1),
    "retention_count": number(minimum=0),
}
SWITCHES = (Switch("second_backup", "accept", ("accept", "refuse"), "a backup while another one is made (5.1)"),)
COLLECTION = Collection(BACKUP_FILES, names("name"), page_size=20)


def create(call: Call) -> Answer:
    if call.world.switches["second_backup"] == "refuse" and any(
        job.kind == KIND and not job.final for job in call.world.jobs.newest_first()
    ):
        raise Refusal(400, "busy", "Another backup is being made.")
    task = Task("dump_database", "Dump the database", lambda job: _store(call.world, job))
    return call.submit("Create backup", KIND, [task])


def _store(world: World, job: Job) -> None:
    """A new file; the oldest ones go when there are more than are to be kept (0 keeps all)."""
    _add(world, world.keys.new_uuid(), world.now(), False)
    keep = world.record(BACKUP_SETTINGS, SETTINGS)["retention_count"]
    oldest_first = sorted(world.table(BACKUP_FILES).values(), key=lambda file: file["creation_time"])
    for file in oldest_first[:-keep] if keep else []:
        world.table(BACKUP_FILES).remove(file["key"])


def _add(world: World, key: str, created: str, is_scheduled: bool) -> None:
    moment = datetime.fromisoformat(created).astimezone(UTC)
    record = {
        "key": key,
        "name": f"AIQ_UM_9.16_full_backup_unix_{moment:%m-%d-%Y-%H-%M}.7z",
        "size": 734003200,
        "creation_time": created,
        "is_scheduled": is_scheduled,
        "_links": {"self": {"href": f"/api{BACKUP_FILES}"}},
    }
    world.table(BACKUP_FILES).put(record)


def read_settings(call: Call) -> Answer:
    return ok(_view(call.world.record(BACKUP_SETTINGS, SETTINGS)))


def change_settings(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    record = {**call.world.record(BACKUP_SETTINGS, SETTINGS), **body}
    if record["frequency"] == "weekly" and record["day_of_week"] is None:
        raise bad_value("day_of_week", "A weekly backup needs the day of the week.")
    if record["frequency"] == "daily" and record["day_of_week"] is not None:
        raise bad_value("day_of_week", "A daily backup has no day of the week.")
    if not record["path"].startswith("/"):
        raise bad_value("path", f"{record['path']!r} is no absolute path.")
    call.world.table(BACKUP_SETTINGS).put(record)
    return ok(_view(record))


def _view(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "key"}


def add_scheduled(world: World, created: str) -> None:
    """A backup that the schedule made, with the same key in every run."""
    _add(world, named_uuid("backup", created), created, True)


def seed(world: World) -> None:
    for day in (12, 13, 14):
        add_scheduled(world, f"2025-12-{day}T01:15:00.000+00:00")
    world.table(BACKUP_SETTINGS).put(
        {
            "key": SETTINGS,
            "frequency": "weekly",
            "day_of_week": "sunday",
            "hour": 1,
            "minute": 15,
            "path": "/opt/netapp/data/ocum-backup/",
            "retention_count": 10,
            "_links": {"self": {"href": f"/api{BACKUP_SETTINGS}"}},
        }
    )


ROUTES = [
    Route("GET", BACKUP_FILES, COLLECTION.answer_list),
    Route("POST", BACKUP, create),
    Route("GET", BACKUP_SETTINGS, read_settings),
    Route("PATCH", BACKUP_SETTINGS, change_settings),
]
