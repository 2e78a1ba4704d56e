# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Performance Service Levels of NetApp's Performance Guarantee Program, added all at once.

Facts: docs/facts/server.md, 5.15. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._model.listing import Listing
from .._model.resource import STATE, Finding, Operation, Record, Resource

COLLECTION = "/storage-provider/performance-service-levels/pgp-policies"


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        if before is not None:
            raise BadInput("state: Unified Manager cannot remove these levels once they were added.")
        return []
    if before is not None:
        return []
    return [Operation.create(None, {})]


LEVELS = Resource(
    noun="performance_guarantee_levels",
    title="Performance Service Levels of the guarantee program",
    collection=COLLECTION,
    arguments=STATE,
    desired=lambda params: {"state": params["state"]},
    find=lambda desired: Finding(collection=COLLECTION, together=True),
    current=lambda record: {"levels": record["records"]},
    plan=plan,
    called=lambda options: "",
    listed_only=True,
    shown=lambda record: record["records"],
)
LISTING = Listing(
    plural="performance_guarantee_levels",
    collection=COLLECTION,
    arguments={},
    query=lambda params: {},
)
