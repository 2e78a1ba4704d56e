# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage Efficiency Policies. The values of High and Low are published nowhere.

See docs/facts/server.md, 5.16 and 8.14.
"""

from __future__ import annotations

from .. import policies
from ..calls import Answer, Call, Route
from ..collection import Collection, names
from ..keys import named_uuid
from ..paths import STORAGE_EFFICIENCY_POLICIES, link
from ..switches import Switch
from ..validation import READ, flag, require, text
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
RESERVED = ("High", "Low", "Unassigned", "Learning", "Idle", "Default", "None")
DEFAULTS = {"compression": "inline", "deduplication": "inline", "space_thin_provisioned": True, "description": None}
SHAPE = {
    **dict.fromkeys(("key", "system_defined", "workload_count", "create_time", "update_time"), READ),
    "name": text(shortest=1, longest=255),
    "description": text(),
    "compression": text(one_of=("inline", "background", "none")),
    "deduplication": text(one_of=("inline", "background", "none")),
    "space_thin_provisioned": flag(),
}


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name")
    return policies.create(call, STORAGE_EFFICIENCY_POLICIES, {**DEFAULTS, **body}, RESERVED)


def modify(call: Call) -> Answer:
    """What a PATCH leaves out is kept, or falls back to its default, which is not documented (5.16)."""
    change = call.checked_body(SHAPE)
    if call.world.switches["sep_patch_omitted"] == "default":
        change = {**DEFAULTS, **change}
    return policies.modify(call, STORAGE_EFFICIENCY_POLICIES, change, RESERVED)


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", STORAGE_EFFICIENCY_POLICIES, create),
    Route("PATCH", f"{STORAGE_EFFICIENCY_POLICIES}/{{key}}", modify),
    Route(
        "DELETE",
        f"{STORAGE_EFFICIENCY_POLICIES}/{{key}}",
        lambda call: policies.delete(call, STORAGE_EFFICIENCY_POLICIES),
    ),
]
SWITCHES = (
    Switch("sep_patch_omitted", "keep", ("keep", "default"), "what a PATCH of a policy does to what it omits (5.16)"),
)


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
