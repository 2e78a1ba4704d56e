# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waiting and writing need of a server: protocols that Client and Gateway fulfil. Private to this collection."""

from __future__ import annotations

from typing import Any, Protocol

from .._base.deadline import Deadline
from .client import Accepted, Query
from .transport import Request


class Looker(Protocol):
    """Shows one object, asked once; a Client does."""

    def look(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """The object, or the error that the request ended in."""

    def server_time(self) -> float | None:
        """Seconds since 1970 on the server's clock, or None while it is not known."""


class Writer(Protocol):
    """Takes a change, sent once: a Client for UM, a Gateway for a cluster behind it."""

    @property
    def deadline(self) -> Deadline:
        """The run's."""

    def server_time(self) -> float | None:
        """Seconds since 1970 on the server's clock, or None while it is not known."""

    def write(self, request: Request) -> Accepted:
        """The answer to the change, or the error that tells whether it was carried out."""
