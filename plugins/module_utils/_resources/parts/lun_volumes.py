# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The volumes that Unified Manager makes for LUNs (docs/facts/server.md, 5.11). Private to this collection."""

from __future__ import annotations

from ..._model.resource import Record
from .tags import PREFIXES


def shares_volume(desired: Record) -> bool:
    """Whether a LUN lies in a volume that UM makes with its first LUN: by a path, beside the tag of the volume."""
    return "path" in desired and "volume_name_tag" in desired and desired["volume"] in volumes_of(desired)


def volumes_of(desired: Record) -> list[str]:
    """The names that UM may give to a volume of this tag."""
    return [prefix + desired["volume_name_tag"] for prefix in PREFIXES]


def makes(desired: Record) -> tuple[str, ...]:
    """What the creation of a LUN makes that other LUNs may lie in, too; empty where there is nothing."""
    if not shares_volume(desired):
        return ()
    return ("volume", str(desired.get("cluster")), str(desired.get("svm")), desired["volume"])
