# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The memory of all exchanges, without passwords, and the counts of them."""

from __future__ import annotations

import json
import time
from collections import Counter
from typing import Any, TextIO

HIDDEN = "********"


def redacted(body: Any) -> Any:
    """A copy of a body with every password replaced; nothing of one that is nested too deep for that."""
    try:
        return _redacted(body)
    except RecursionError:
        return HIDDEN


def _redacted(body: Any) -> Any:
    if isinstance(body, dict):
        return {
            name: HIDDEN if "password" in name.lower() and value is not None else _redacted(value)
            for name, value in body.items()
        }
    return [_redacted(item) for item in body] if isinstance(body, list) else body


class Recorder:
    """Remembers exchanges; writes each as a line to a file, if there is one.

    :ivar exchanges: those since the last ``clear``
    :ivar under_way: the requests that were not answered yet
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.exchanges: list[dict[str, Any]] = []
        self.forbidden_writes = 0
        self.under_way = 0
        self._stream = stream
        self._number = 0
        self._requests: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()

    def add(self, exchange: dict[str, Any], template: str) -> None:
        """:param template: the path template that the request was for"""
        self._number += 1
        self.exchanges.append({"number": self._number, "time": time.monotonic(), **exchange})
        self._requests[f"{exchange['method']} {template}"] += 1
        self._statuses[str(exchange["status"])] += 1
        if self._stream is not None:
            parts = ("method", "path", "status", "request", "response", "fault")
            self._stream.write(json.dumps({part: exchange[part] for part in parts}) + "\n")
            self._stream.flush()

    def since(self, number: int) -> list[dict[str, Any]]:
        """The exchanges with a higher number."""
        return [exchange for exchange in self.exchanges if exchange["number"] > number]

    def clear(self) -> None:
        self.exchanges.clear()
        self._requests.clear()
        self._statuses.clear()
        self.forbidden_writes = 0

    def stats(self) -> dict[str, Any]:
        return {
            "requests": dict(self._requests),
            "statuses": dict(self._statuses),
            "total": sum(self._requests.values()),
            "forbidden_writes": self.forbidden_writes,
        }
