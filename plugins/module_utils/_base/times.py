# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moments and durations as people and Unified Manager write them. Private to this collection."""

from __future__ import annotations

import datetime
import re

from .errors import BadInput

CLOCK_GRAIN = 2.0  # seconds; the Date header counts whole ones
LONGEST = 100 * 366 * 86400  # seconds; a century is a slip
_UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_PLAIN = re.compile(r"(?:([0-9]{1,12})\s*([wdhms]?)\s*)+", re.IGNORECASE | re.ASCII)
_PART = re.compile(r"([0-9]{1,12})\s*([wdhms]?)", re.IGNORECASE | re.ASCII)
_ISO = re.compile(
    r"P(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12})(?:\.[0-9]*)?S)?)?",
    re.IGNORECASE | re.ASCII,
)


def parse_duration(text: object, option: str) -> int:
    """ISO 8601 (``PT1000S``, ``P1DT2H``), ``90s``, ``1h 30m``, ``7d``, or a number of seconds, as whole seconds.

    :raises BadInput: it is no duration
    """
    seconds = duration(str(text).strip())
    if seconds is None or seconds > LONGEST:
        raise BadInput(f"{option}: {str(text)!r} is not a duration; write it like 30m, 12h, 7d or PT1000S.")
    return seconds


def duration(text: str) -> int | None:
    """The whole seconds of a duration, None when the text is none. Years and months have no length and are none."""
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
    """Seconds since 1970 of an ISO 8601 time; without an offset it is UTC. None when it is no time."""
    try:
        time = datetime.datetime.fromisoformat(_for_python_39(str(text)))
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)).timestamp()


def _for_python_39(time: str) -> str:
    """``...Z`` and ``+0530`` as ``+00:00`` and ``+05:30``, which is all that Python 3.9 reads."""
    if time.endswith("Z"):
        return time[:-1] + "+00:00"
    if len(time) > 5 and time[-5] in "+-" and time[-3] != ":":
        return f"{time[:-2]}:{time[-2:]}"
    return time
