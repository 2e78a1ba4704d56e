# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage Efficiency Policies (wire facts 5.16 and 8.14). The values of High and Low are published nowhere."""

from __future__ import annotations

from ..collection import Collection, names
from ..keys import named_uuid
from ..paths import STORAGE_EFFICIENCY_POLICIES, link
from ..world import World

# name, compression, deduplication, thin provisioning
SYSTEM_DEFINED = (("High", "inline", "inline", True), ("Low", "none", "background", False))
INSTALLED = "2026-01-05T08:00:00.000+00:00"

COLLECTION = Collection(
    STORAGE_EFFICIENCY_POLICIES,
    names(
        "name key system_defined space_thin_provisioned workload_count compression deduplication create_time"
        " update_time"
    ),
    contains=("name", "description"),
    page_size=None,
)
ROUTES = COLLECTION.routes()


def seed(world: World) -> None:
    """The policies that every UM comes with."""
    for name, compression, deduplication, thin in SYSTEM_DEFINED:
        key = named_uuid("sep", name)
        world.table(STORAGE_EFFICIENCY_POLICIES).put(
            {
                "key": key,
                "name": name,
                "description": f"{name} storage efficiency",
                "compression": compression,
                "deduplication": deduplication,
                "space_thin_provisioned": thin,
                "system_defined": True,
                "workload_count": 0,
                "create_time": INSTALLED,
                "update_time": INSTALLED,
                "_links": link(STORAGE_EFFICIENCY_POLICIES, key),
            }
        )
