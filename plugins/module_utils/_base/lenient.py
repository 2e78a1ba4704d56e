# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers and booleans of UM's records, also where they arrive as text.

A value that cannot be converted becomes None, as if the field were absent. Private to this collection.
"""

from __future__ import annotations

import math
import re
from typing import Any

_WHOLE = re.compile(r"[+-]?[0-9]{1,30}(?:\.0*)?", re.ASCII)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BOOLEANS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


def text(value: object) -> str | None:
    """A text that is not blank; a number as its digits. Lone surrogates, which no encoding can carry, become U+FFFD."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.strip():
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    return None


def integer(value: object) -> int | None:
    """A whole number, also one that arrives as ``"1073741824"`` or ``5.0``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        return int(value.strip().partition(".")[0])
    return None


def number(value: object) -> float | None:
    """A finite number, also one that arrives as ``"0.5"``; a whole one is an int."""
    whole = integer(value)
    if whole is not None or isinstance(value, bool):
        return whole
    try:
        found = float(value)  # type: ignore[arg-type]  # what is not a number raises
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def boolean(value: object) -> bool | None:
    """True or False, also as ``"true"``, ``"False"``, ``1`` or ``"0"``; ``"false"`` is False."""
    if isinstance(value, bool):
        return value
    return _BOOLEANS.get(value.strip().casefold() if isinstance(value, str) else str(value))


def dictionary(value: object) -> dict[str, Any]:
    """A dictionary; empty where the value is none."""
    return value if isinstance(value, dict) else {}
