# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes as people write them and as Unified Manager counts them. Private to this collection."""

from __future__ import annotations

import re

from .errors import BadInput

MIB = 1024**2
LARGEST_SIZE = 2**63 - MIB  # docs/facts/server.md, 5.11
_FACTORS = {letter: 1024**power for power, letter in enumerate(("", "K", "M", "G", "T", "P"))}
_SIZE = re.compile(r"\s*([0-9]{1,20}(?:\.[0-9]{1,20})?)\s*([kmgtp]?)(?:i?b)?\s*", re.IGNORECASE | re.ASCII)


def parse_size(text: object, option: str = "size") -> int:
    """``10GiB``, ``10g``, ``10 GB``, ``1.5T`` or plain bytes as bytes; every unit is a power of 1024, as in ONTAP.

    :raises BadInput: it is not a size, it does not fit into an int64, or it is a small number without a unit,
        which is more often meant as GiB than as bytes
    """
    match = _SIZE.fullmatch(str(text))
    if not match:
        raise BadInput(f"{option}: {str(text)!r} is not a size; write it like 10GiB, 512MiB or a number of bytes.")
    number, unit = match.groups()
    if str(text).strip() == number and 0 < float(number) < MIB:
        raise BadInput(f"{option}: {number} has no unit; write {number}GiB, or {number}B if you mean bytes.")
    factor = _FACTORS[unit.upper()]
    size = int(float(number) * factor) if "." in number else int(number) * factor
    if not 0 < size <= LARGEST_SIZE:
        raise BadInput(f"{option}: {str(text)!r} is out of range; it must be over 0 and below 8 EiB.")
    return size


def whole_mib(size: int) -> int:
    """UM counts in MiB and rounds up (docs/facts/server.md, 5.11): the bytes that it will show for a desired size."""
    return -(-size // MIB) * MIB


def human_size(size: int) -> str:
    """Bytes for messages and diffs: the largest unit that keeps the number exact."""
    for letter in ("P", "T", "G", "M", "K"):
        if size and size % _FACTORS[letter] == 0:
            return f"{size // _FACTORS[letter]}{letter}iB"
    return f"{size}B"
