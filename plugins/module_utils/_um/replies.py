# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an answer says: JSON or not, accepted or refused, and UM's own error texts. Private to this collection."""

from __future__ import annotations

import datetime
import email.utils
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._base.errors import Garbled, Refused
from .._base.lenient import number
from . import rights

DEEPEST = 100  # levels; UM's records have about ten, and some of what Ansible does with a result is recursive
LONGEST_PAGE = 2**16  # characters in which the first line is looked for
HALF_OF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


class Reply(NamedTuple):
    """An answer: its HTTP status, headers (case-insensitive) and decoded JSON body (None when empty)."""

    status: int
    headers: Mapping[str, str]
    body: Any


def decoded(content: bytes | bytearray) -> str:
    """The text of a body, with or without the mark that some servers put before UTF-8."""
    return content.decode("utf-8-sig", errors="replace")


def judge(
    method: str,
    path: str,
    status: int,
    headers: Mapping[str, str],
    text: str,
    conceal: Callable[[str], str] = lambda text: text,
) -> Reply:
    """The reply that a request got.

    :param conceal: a text without secrets; asked before it is cut or quoted, since half a secret is not found again
    :raises Refused: a status of 300 or more
    :raises Garbled: it should be JSON, and is not, or is nested too deeply to be shown
    """
    if status >= 300:
        raise _refused(method, path, status, headers, text, conceal)
    if not text.strip():
        return Reply(status, headers, None)
    try:
        return Reply(status, headers, parsed(text))
    except (ValueError, RecursionError):
        raise Garbled(
            f"{method} {path} was answered with HTTP {status} and something that is not JSON, or cannot be shown:"
            f" {first_line(text, conceal)}",
            status,
        ) from None


def parsed(text: str) -> Any:
    """JSON as it can be processed and shown: no NaN, no number without end, no text that cannot be encoded, not nested
    without end.

    :raises ValueError, RecursionError: it is not
    """
    value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    _check_depth(value)
    return _encodable(value) if HALF_OF_A_PAIR.search(text) else value


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    """Python makes infinity of ``1e999``, which then is no JSON any more."""
    value = float(digits)
    if math.isinf(value):
        raise ValueError(f"{digits[:20]} is too large a number")
    return value


def _check_depth(value: Any) -> None:
    """:raises ValueError: it is nested deeper than what processes results can follow"""
    level = [value]
    for _depth in range(DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return
    raise ValueError("it is nested too deeply")


def _encodable(value: Any) -> Any:
    """The same with U+FFFD for each half of a surrogate pair that stands alone, as for bytes that are not UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_encodable(name): _encodable(inner) for name, inner in value.items()}
    return [_encodable(inner) for inner in value] if isinstance(value, list) else value


_ADVICE = {401: " Check username and password.", 429: " Too many requests."}


def _refused(
    method: str, path: str, status: int, headers: Mapping[str, str], text: str, conceal: Callable[[str], str]
) -> Refused:
    """UM's ``{error: {code, message, target}}``, or the first line of what else came (an HTML page, nothing)."""
    try:
        error = parsed(text)["error"]
        message, code, target = (error.get(name) for name in ("message", "code", "target"))
        form = "error"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        message, code, target = first_line(text, conceal), None, None
        form = "other" if text.strip() else "empty"
    if status < 400:
        message = f"it redirects to {headers.get('Location', 'nowhere')}, which is not followed"
    advice = _ADVICE.get(status, "")
    if status == 403:
        advice = f" {rights.explained(method, path)}"
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
        form,
    )


def first_line(text: str, conceal: Callable[[str], str]) -> str:
    """The first line of a page that was not expected, short."""
    lines = conceal(text.lstrip()[:LONGEST_PAGE]).splitlines()
    return repr(lines[0].strip()[:120]) if lines else "no reason given"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3).

    One that cannot be read says no time, but does say that the request may be sent again: it was not carried out.
    """
    value = headers.get("Retry-After")
    if value is None:
        return None
    seconds = number(value)
    if seconds is not None:
        return float(max(0, seconds))
    try:
        date = email.utils.parsedate_to_datetime(value)
        now = (
            email.utils.parsedate_to_datetime(headers["Date"])
            if "Date" in headers
            else datetime.datetime.now(datetime.timezone.utc)
        )
        return max(0.0, (date - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
