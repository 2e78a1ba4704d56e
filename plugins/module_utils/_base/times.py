# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments and durations as people and Unified Manager write them. Private to this collection."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from .errors import BadInput

CLOCK_GRAIN = 2.0  # seconds; the Date header counts whole ones
LONGEST = 100 * 366 * 86400  # seconds; a century is a slip
DAY = 86400
_UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_PLAIN = re.compile(r"(?:([0-9]{1,12})\s*([wdhms]?)\s*)+", re.IGNORECASE | re.ASCII)
_PART = re.compile(r"([0-9]{1,12})\s*([wdhms]?)", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_SHORT_OFFSET = re.compile(r"([+-][0-9]{2})([0-9]{2})\Z", re.ASCII)
_ISO = re.compile(
    r"P(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12})(?:\.[0-9]*)?S)?)?",
    re.IGNORECASE | re.ASCII,
)


def parse_duration(text: object, option: str) -> int:
    """ISO 8601 (``PT1000S``, ``P1DT2H``), ``90s``, ``1h 30m`` or ``7d`` as whole seconds.

    :raises BadInput: it is not a duration, or it is a number without a unit: YAML makes 90 of an unquoted ``1:30``
    """
    written = str(text).strip()
    _refuse_bare_number(written, option, "write it with a unit, like 90s, 30m or 1h 30m")
    seconds = duration(written)
    if seconds is None or seconds > LONGEST:
        raise BadInput(f"{option}: {str(text)!r} is not a duration; write it like 30m, 12h, 7d or PT1000S.")
    return seconds


def parse_time_of_day(text: object, option: str) -> int:
    """``22:00``, ``6:30``, ``22:00:30``, or a duration such as ``22h`` or ``PT79200S``, as seconds after midnight.

    :raises BadInput: it is not a time of day, or a number without a unit: YAML makes 1320 of an unquoted ``22:00``
    """
    written = str(text).strip()
    _refuse_bare_number(written, option, "write a time of day in quotes, like '22:00', or a duration like 22h")
    seconds = time_of_day(written)
    if seconds is None:
        raise BadInput(f"{option}: {str(text)!r} is not a time of day; write it like '22:00', 22h or PT79200S.")
    return seconds


def time_of_day(text: str) -> int | None:
    """Seconds after midnight of a time or a duration, None when it is neither, or over a day."""
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        seconds = duration(text)
        return seconds if seconds is None or seconds <= DAY else None
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    after_midnight = hours * 3600 + minutes * 60 + seconds
    return after_midnight if minutes < 60 and seconds < 60 and after_midnight <= DAY else None


def clock_time(seconds: int) -> str | None:
    """``22:00`` for seconds after midnight, None where they are no whole minutes of one day."""
    whole = seconds % 60 == 0 and 0 <= seconds <= DAY
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" if whole else None


def _refuse_bare_number(text: str, option: str, instead: str) -> None:
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", text, re.ASCII):
        raise BadInput(f"{option}: {text} is a number without a unit; {instead}.")


def duration(text: str) -> int | None:
    """The whole seconds of a duration; None if the text is not one, or has years or months."""
    iso = _ISO.fullmatch(text)
    if iso and any(iso.groups()):
        return sum(int(part or 0) * factor for part, factor in zip(iso.groups(), _UNITS.values()))
    if not _PLAIN.fullmatch(text):
        return None
    parts = _PART.findall(text)
    if len(parts) > 1 and not all(unit for _number, unit in parts):
        return None
    return sum(int(number) * _UNITS[unit.lower() or "s"] for number, unit in parts)


def iso_duration(seconds: int) -> str:
    """As Unified Manager's own examples write it: ``PT1000S``."""
    return f"PT{seconds}S"


def moment(text: object) -> float | None:
    """Seconds since 1970 of an ISO 8601 time; without an offset it is UTC. None if the text is not a time."""
    time = _parsed(text)
    return None if time is None else time.timestamp()


def iso_moment(seconds: float) -> str:
    """Seconds since 1970 as a time in ISO 8601, in UTC."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="milliseconds")


def checked_moment(text: object, option: str) -> str:
    """An ISO 8601 time as it is sent: with a ``T``, and an offset also where none was given, which means UTC.

    :raises BadInput: it is not a time
    """
    time = _parsed(text)
    if time is None:
        raise BadInput(f"{option}: {str(text)!r} is not a time; write it like 2026-01-31T10:00:00+00:00.")
    return time.isoformat()


def as_text(value: Any) -> Any:
    """Dates and times of YAML in ISO 8601 with a ``T``, also inside of lists and dictionaries; the rest as it is."""
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: as_text(part) for name, part in value.items()}
    return [as_text(part) for part in value] if isinstance(value, (list, tuple)) else value


def _parsed(text: object) -> datetime.datetime | None:
    try:
        time = datetime.datetime.fromisoformat(_for_python_39(str(text).strip()))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)


def _for_python_39(time: str) -> str:
    """``...Z`` and ``+0530`` as ``+00:00`` and ``+05:30``, which is all that Python 3.9 reads."""
    if time.endswith("Z"):
        return time[:-1] + "+00:00"
    return _SHORT_OFFSET.sub(r"\1:\2", time)
