# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which reply a request gets. A script is a function of the request, or one reply for all requests."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from .answers import Answer
from .request import Request

Reply = Any  # one step or an iterable of steps: see steps.py
Script = Callable[[Request], Reply]

NOT_FOUND = Answer.json({"error": {"code": "not_found", "message": "The script has nothing for this."}}, 404)


def as_script(script: Script | Reply) -> Script:
    return script if callable(script) else lambda request: script


def in_turn(*replies: Script | Reply) -> Script:
    """The first reply for the first request and so on; the last one also for all after it."""
    scripts = [as_script(reply) for reply in replies]
    lock = threading.Lock()

    def script(request: Request) -> Reply:
        with lock:
            chosen = scripts.pop(0) if len(scripts) > 1 else scripts[0]
        return chosen(request)

    return script


def by_path(table: Mapping[str, Script | Reply], otherwise: Script | Reply = NOT_FOUND) -> Script:
    """The reply of the first regular expression that is found in ``METHOD target``."""
    scripts = [(re.compile(pattern), as_script(reply)) for pattern, reply in table.items()]
    rest = as_script(otherwise)

    def script(request: Request) -> Reply:
        asked = f"{request.method} {request.target}"
        return next((reply for pattern, reply in scripts if pattern.search(asked)), rest)(request)

    return script
