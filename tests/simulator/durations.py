# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Durations as ISO 8601 writes them and as Java writes them back."""

from __future__ import annotations

import re

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


def seconds_of(text: str) -> float | None:
    """The seconds of ``PT1000S`` or ``P1DT2H``; None when it is no duration."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def normalised(text: str) -> str:
    """The same with the largest units: ``PT16M40S`` for ``PT1000S``."""
    left = int(seconds_of(text) or 0)
    parts = ((left // 3600, "H"), (left // 60 % 60, "M"), (left % 60, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")
