# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of volumes and export policies that Unified Manager makes of a tag. Private to this collection.

Source: docs/facts/server.md, 5.11.
"""

from __future__ import annotations

PREFIXES = ("AIQUM_", "NSLM_")


def tag_of(name: str | None) -> str:
    """The tag in the name of such an object; empty where UM did not make it."""
    return next((name.removeprefix(prefix) for prefix in PREFIXES if name and name.startswith(prefix)), "")
