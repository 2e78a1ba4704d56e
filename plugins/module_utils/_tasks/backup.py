# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module that starts backups does. Private to this collection."""

from __future__ import annotations

import time

from .._engine.ansible_module import new_host
from .._engine.report import unchanged
from .._engine.session import Session
from .._model import options
from .._model.resource import Record, Resource
from .._resources.backup import BACKUP, FILES, Seen, backup_after, newest_of
from .change import change


def run_backup() -> None:
    """The whole of backup: start one, if one is due, and wait for its job."""
    change(new_host(options.for_changing(BACKUP.arguments, BACKUP.rules), backup=None, **unchanged()), BACKUP, _look_up)


def _look_up(session: Session) -> tuple[Resource, Record | None]:
    """The newest backup, None where there are none; its age is by the clock of the server that made it."""
    files = list(session.client.records(FILES))
    now = session.client.server_time()
    seen = Seen([str(record.get("key")) for record in files], time.time() if now is None else now)
    return backup_after(seen), newest_of(files)
