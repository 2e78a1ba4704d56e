# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The file in which an event source remembers what it delivered. Private to this collection."""

from __future__ import annotations

import json
import os
import tempfile

from ..module_utils._base.errors import BadInput
from ._events import Cursor

SCHEMA = 1


class StateFile:
    """Written whole or not at all; readable by its owner only.

    :param path: None keeps nothing
    :param server: host name and port of the Unified Manager
    :param overlap: as for Cursor
    """

    def __init__(self, path: str | None, server: str, overlap: float) -> None:
        self._path = path
        self._server = server
        self._overlap = overlap
        self._written = ""

    def load(self) -> Cursor | None:
        """What was kept; None where there is nothing yet.

        :raises BadInput: it cannot be read, or is about another server
        """
        if self._path is None or not os.path.exists(self._path):
            return None
        try:
            with open(self._path, encoding="utf-8") as file:
                kept = json.load(file)
            server, cursor = kept["server"], Cursor.from_dict(self._overlap, kept)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                f"state_file: {self._path} cannot be read as what this source keeps"
                f" ({type(error).__name__}: {error}). Remove it to begin as start says."
            ) from None
        if server != self._server:
            raise BadInput(
                f"state_file: {self._path} is about {server}, not about {self._server}; give each source its own file."
            )
        return cursor

    def save(self, cursor: Cursor) -> None:
        """Replace the file, if there is something new.

        :raises BadInput: it cannot be written
        """
        if self._path is None:
            return
        content = json.dumps({"schema": SCHEMA, "server": self._server, **cursor.as_dict()})
        if content == self._written:
            return
        try:
            _replace(self._path, content)
        except OSError as error:
            raise BadInput(f"state_file: {self._path} cannot be written: {error.strerror or error}.") from None
        self._written = content


def _replace(path: str, content: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    handle, beside = tempfile.mkstemp(prefix=f".{os.path.basename(path)}.", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
