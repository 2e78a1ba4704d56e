# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module that starts backups does. Private to this collection."""

from __future__ import annotations

import time

from ._item import Item
from ._resource import Record
from ._resources.backup import BACKUP, FILES, newest_of
from ._runner import change
from ._session import Host, Session


def back_up(host: Host) -> None:
    """Start a backup, if one is due, and wait for its job."""
    change(host, BACKUP, _newest)


def _newest(session: Session, item: Item) -> Record | None:
    """The newest backup, none where there are none; its age is told by the clock of the server that made it."""
    files = list(session.client.records(FILES))
    now = session.client.server_time()
    item.params = {
        **item.params,
        "known": [record.get("key") for record in files],
        "now": time.time() if now is None else now,
    }
    return newest_of(files)
