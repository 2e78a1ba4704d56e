# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that is wrong at the level of bytes, for tests of the client; README.md shows how it is used."""

from __future__ import annotations

from .answers import Answer
from .request import Request
from .scripts import by_path, in_turn
from .server import Server, serving
from .steps import After, Close, Do, Hold, Pause, Reset, Trickle, trickled
from .upstream import Upstream

__all__ = [
    "After",
    "Answer",
    "Close",
    "Do",
    "Hold",
    "Pause",
    "Request",
    "Reset",
    "Server",
    "Trickle",
    "Upstream",
    "by_path",
    "in_turn",
    "serving",
    "trickled",
]
