# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world in use: clusters that are polled, and a backup that was made when it was due.

The dates of the seed are the same in every run, which tests rely on. A report about such a server says how late it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from ..clock import timestamp
from ..paths import BACKUP_SETTINGS, DATASOURCES
from ..resources import backups
from ..world import World

POLL = 15 * 60.0  # docs/facts/server.md, 4.9


def keep_recent(world: World) -> None:
    """Poll the clusters of a seeded world now and from now on, and have it made its last weekly backup."""
    _poll(world)
    backups.add_scheduled(world, timestamp(last_due(world)))


def _poll(world: World) -> None:
    """Poll the clusters whose last operation went well; the others are those that a user has to do something about."""
    now = world.now()
    for record in list(world.table(DATASOURCES).values()):
        operation = record["operation"]
        if operation["state"] == "completed":
            polled = {**operation, "start_time": now, "end_time": now, "last_success_time": now}
            world.table(DATASOURCES).put({**record, "operation": polled}, at_once=True)
    world.agenda.after(POLL, lambda: _poll(world))


def last_due(world: World) -> datetime:
    """When the schedule of the seed was due last."""
    settings = world.record(BACKUP_SETTINGS, backups.SETTINGS)
    now = world.clock.date(world.agenda.now())
    due = now.replace(hour=settings["hour"], minute=settings["minute"], second=0, microsecond=0)
    due -= timedelta(days=(due.isoweekday() - backups.DAYS.index(settings["day_of_week"])) % 7)
    return due if due <= now else due - timedelta(days=7)
