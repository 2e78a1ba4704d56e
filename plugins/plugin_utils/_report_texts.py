# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the report says in figures: ages, sizes, percentages and how bad they are. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..module_utils._base.lenient import number
from ..module_utils._base.times import iso_moment, moment

Record = Mapping[str, Any]

GOOD, UNKNOWN, WARNING, CRITICAL = "good", "unknown", "warning", "critical"
BADNESS = {GOOD: 0, UNKNOWN: 1, WARNING: 2, CRITICAL: 3}
MINUTE, HOUR, DAY = 60, 3600, 86400
SKEW = 5 * MINUTE  # clocks may differ by so much without a word
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")


class Limits(NamedTuple):
    """What the report judges by.

    :param now: when it is written, seconds since 1970
    :param warning: percent of a space from which on it is nearly full
    :param critical: percent from which on it is full
    :param rows: rows of a table that lists the worst
    :param days: how long ago a Job may have ended badly to be listed
    """

    now: float
    warning: float = 80.0
    critical: float = 90.0
    rows: int = 10
    days: float = 7.0


def field(record: Any, path: str) -> Any:
    """The value at a dotted path; None where something on the way is missing or is no object."""
    for name in path.split("."):
        if not isinstance(record, Mapping):
            return None
        record = record.get(name)
    return record


def name_at(record: Any, path: str) -> str:
    """The text at a dotted path, or an empty one."""
    value = field(record, path)
    return "" if value is None else str(value)


def listed(value: Any) -> list[Record]:
    """The records of a list; none where it is no list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def count_of(value: Any) -> int:
    """A number of things, also one that came as a text; 0 where it is none."""
    return int(number(value) or 0)


def plural(count: int, noun: str) -> str:
    """``1 cluster``, ``2,000 clusters``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def size(count: float) -> str:
    """Bytes in the unit that people would use: ``512 GiB``, ``1.5 TiB``."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    text = f"{value:.1f}" if unit and value < 10 else f"{value:.0f}"
    return f"{text.removesuffix('.0')} {_UNITS[unit]}"


def span(seconds: float) -> str:
    """``under a minute``, ``5 min``, ``3 h``, ``12 d``; rounded down."""
    if seconds < MINUTE:
        return "under a minute"
    for unit, length, longest in (("min", MINUTE, 2 * HOUR), ("h", HOUR, 2 * DAY)):
        if seconds < longest:
            return f"{int(seconds // length)} {unit}"
    return f"{int(seconds // DAY):,} d"


def age_of(time: Any, now: float) -> float | None:
    """Seconds since a time of UM's; None where it is none. A clock that is a little ahead makes no negative age."""
    when = moment(time)
    if when is None:
        return None
    return 0.0 if -SKEW < now - when < 0 else now - when


def ago(time: Any, now: float) -> str:
    """How long ago a time was, in words."""
    age = age_of(time, now)
    if age is None:
        return "at an unknown time"
    return f"{span(age)} ago" if age >= 0 else f"{span(-age)} ahead of the clock here"


def at(time: Any) -> str:
    """A time of UM's in UTC, for people; empty where it is none."""
    when = moment(time)
    return "" if when is None else f"{iso_moment(when)[:16].replace('T', ' ')} UTC"


def how_full(used: Any, whole: Any, limits: Limits) -> dict[str, Any]:
    """A space as a bar shows it: ``percent`` (None if unknown), ``state`` and the sizes in words."""
    part, total = number(used), number(whole)
    if part is None or not total or total < 0:
        return {"percent": None, "state": UNKNOWN, "used": "", "size": "", "bytes": (0.0, 0.0)}
    percent = 100.0 * part / total
    state = CRITICAL if percent >= limits.critical else WARNING if percent >= limits.warning else GOOD
    sizes = {"used": size(part), "size": size(total), "bytes": (float(part), float(total))}
    return {"percent": max(0, int(percent)), "exact": percent, "state": state, **sizes}


def worst(*states: str) -> str:
    """The worst of some states; good if there are none."""
    return max(states, key=lambda state: BADNESS[state], default=GOOD)


def together(found: Sequence[tuple[str, str]]) -> tuple[str, list[str]]:
    """Of what is wrong with an object, as (state, text): the worst state, and all texts."""
    return worst(*(state for state, _text in found)), [text for _state, text in found]


def is_trouble(state: str) -> bool:
    """Whether somebody should look at it."""
    return BADNESS[state] >= BADNESS[WARNING]
