# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer says: JSON or not, accepted or refused, and UM's own error texts. Private to this collection."""

from __future__ import annotations

import datetime
import email.utils
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from .._base.errors import Garbled, Refused


class Reply(NamedTuple):
    """An answer: its HTTP status, headers (case-insensitive) and decoded JSON body (None when empty)."""

    status: int
    headers: Mapping[str, str]
    body: Any


def judge(method: str, path: str, status: int, headers: Mapping[str, str], content: bytes) -> Reply:
    """The reply that a request got.

    :raises Refused: a status of 300 or more
    :raises Garbled: it should be JSON, and is not
    """
    text = content.decode("utf-8", errors="replace")
    if status >= 300:
        raise _refused(method, path, status, headers, text)
    if not text.strip():
        return Reply(status, headers, None)
    try:
        return Reply(status, headers, json.loads(text))
    except ValueError:
        raise Garbled(
            f"{method} {path} was answered with HTTP {status} and something that is not JSON: {first_line(text)}",
            status,
        ) from None


def _refused(method: str, path: str, status: int, headers: Mapping[str, str], text: str) -> Refused:
    """UM's ``{error: {code, message, target}}``, or the first line of what else came (an HTML page, nothing)."""
    try:
        error = json.loads(text)["error"]
        message, code, target = (error.get(name) for name in ("message", "code", "target"))
    except (ValueError, TypeError, KeyError, AttributeError):
        message, code, target = first_line(text), None, None
    if status < 400:
        message = f"it redirects to {headers.get('Location', 'nowhere')}, which is not followed"
    advice = {
        401: " Check username and password.",
        403: " The user's role does not allow it.",
        429: " Too many requests.",
    }.get(status, "")
    return Refused(
        f"{method} {path} was refused with HTTP {status}: {message}"
        + (f" (code {code})" if code else "")
        + (f" (target {target})" if target else "")
        + "."
        + advice,
        status,
        None if code is None else str(code),
        None if target is None else str(target),
        _retry_after(headers),
    )


def first_line(text: str) -> str:
    """The first line of a page that was not expected, short."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return repr(lines[0][:120]) if lines else "no reason given"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3)."""
    value = headers.get("Retry-After")
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip())
    try:
        date = email.utils.parsedate_to_datetime(value)
        now = (
            email.utils.parsedate_to_datetime(headers["Date"])
            if "Date" in headers
            else datetime.datetime.now(datetime.timezone.utc)
        )
        return max(0.0, (date - now).total_seconds())
    except (TypeError, ValueError):
        return None
