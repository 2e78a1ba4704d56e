# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that several messages share, such as "(+2 more)". Private to this collection."""

from __future__ import annotations

from collections.abc import Sequence

TOLD = 3  # sentences of many that a message has
LONGEST_QUOTE = 120  # characters


def more(left: int) -> str:
    """`` (+2 more)``, or nothing where none are left."""
    return f" (+{left} more)" if left > 0 else ""


def first_of(sentences: Sequence[str], most: int = TOLD) -> str:
    """The first sentences, and how many more there are."""
    return " ".join(sentences[:most]) + more(len(sentences) - most)


def shortened(text: str) -> str:
    """A text as a message quotes it, with its end cut off where it is long."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}..."
