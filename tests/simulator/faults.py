# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that wait for matching requests (control API), and what they do to an answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

from .descriptions import check_patterns, described

KINDS = ("status", "reset_before", "reset_after", "half_answer", "delay", "garbage", "drop_body")
BODIES = ("json", "html", "empty", "literal")
GARBAGE = ("html", "truncated", "array", "string")
HTML = "<html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Reply(NamedTuple):
    """What goes to the client: status, content as sent, its type, further headers."""

    status: int
    content: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = {}

    def decoded(self) -> Any:
        """The JSON body, else the text, None for none."""
        if not self.content:
            return None
        try:
            decoded = json.loads(self.content)
            json.dumps(decoded)
            return decoded
        except (ValueError, RecursionError):
            return self.content.decode(errors="replace")


@dataclass
class Fault:
    """One fault.

    :ivar kind: one of KINDS
    :ivar method: regular expression, empty for every method; likewise ``path``, searched in path and query, decoded
    :ivar times: how many requests it is for
    :ivar after: how many matching requests pass before
    :ivar status: of the answer (status), or instead of the real one (garbage, drop_body)
    :ivar retry_after: a Retry-After header (status)
    :ivar location: a Location header (status)
    :ivar body: one of BODIES (status)
    :ivar literal: the text of a literal body
    :ivar process: whether the work is done before the answer is replaced (status)
    :ivar seconds: how long it takes (delay)
    :ivar when: before or after the work (delay)
    :ivar garbage: one of GARBAGE; the work is done
    """

    kind: str
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    status: int | None = None
    retry_after: str | int | None = None
    location: str | None = None
    body: str = "json"
    literal: str = ""
    process: bool = False
    seconds: float = 0.0
    when: str = "before"
    garbage: str = "html"

    @property
    def prevents(self) -> bool:
        """Whether the request is not processed at all."""
        return self.kind == "reset_before" or (self.kind == "status" and not self.process)

    def spoiled(self, reply: Reply) -> Reply:
        """The answer as this fault leaves it."""
        if self.kind == "status":
            return self._instead()
        if self.kind == "drop_body":
            return reply._replace(status=self.status or reply.status, content=b"")
        if self.kind == "garbage":
            content, content_type = self._garbage(reply.content)
            return Reply(self.status or reply.status, content, content_type, reply.headers)
        return reply

    def _instead(self) -> Reply:
        status = self.status or 500
        named = {"Retry-After": self.retry_after, "Location": self.location}
        headers = {name: str(value) for name, value in named.items() if value is not None}
        phrase = _phrase(status)
        if self.body == "html":
            return Reply(status, HTML.format(f"{status} {phrase}").encode(), "text/html", headers)
        if self.body == "literal":
            return Reply(status, self.literal.encode(), "application/json", headers)
        if self.body == "empty":
            return Reply(status, b"", "application/json", headers)
        error = {"error": {"code": "injected", "message": f"{phrase} (injected by a fault)"}}
        return Reply(status, json.dumps(error).encode(), "application/json", headers)

    def _garbage(self, content: bytes) -> tuple[bytes, str]:
        if self.garbage == "html":
            return HTML.format("Service starting").encode(), "text/html"
        if self.garbage == "truncated":
            return content[: max(1, len(content) // 2)] or b'{"job": {', "application/json"
        return (b"[]" if self.garbage == "array" else b'"accepted"'), "application/json"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


class Faults:
    """The faults that wait; the first that matches a request has it."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, description: dict[str, Any]) -> None:
        """:raises ValueError: not a fault"""
        fault = described(Fault, description)
        if fault.kind not in KINDS:
            raise ValueError(f"the kind of a fault is one of {', '.join(KINDS)}")
        if fault.body not in BODIES or fault.garbage not in GARBAGE or fault.when not in ("before", "after"):
            raise ValueError(f"body is one of {BODIES}, garbage one of {GARBAGE}, when before or after")
        check_patterns(fault.method, fault.path)
        self._waiting.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this request, if there is one."""
        for fault in self._waiting:
            if not re.fullmatch(fault.method or ".*", method, re.IGNORECASE) or not re.search(fault.path, path):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()

    def waiting(self) -> list[dict[str, Any]]:
        return [dict(vars(fault)) for fault in self._waiting]
