# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module that starts backups does. Private to this collection."""

from __future__ import annotations

import time

from .._engine.host import Host, new_host
from .._engine.session import Session
from .._engine.target import Target
from .._model import options
from .._model.resource import Record
from .._resources.backup import BACKUP, FILES, newest_of
from .change import change


def back_up(host: Host) -> None:
    """Start a backup, if one is due, and wait for its job."""
    change(host, BACKUP, _newest)


def _newest(session: Session, target: Target) -> Record | None:
    """The newest backup, none where there are none; its age is told by the clock of the server that made it."""
    files = list(session.client.records(FILES))
    now = session.client.server_time()
    target.params = {
        **target.params,
        "known": [record.get("key") for record in files],
        "now": time.time() if now is None else now,
    }
    return newest_of(files)


def run_backup() -> None:
    """The whole of backup."""
    back_up(new_host(**options.for_changing(BACKUP.arguments, BACKUP.rules)))
