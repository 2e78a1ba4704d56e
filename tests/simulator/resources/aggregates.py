# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Aggregates (docs/facts/server.md, 8.5)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import AGGREGATES

ROUTES = Collection(
    AGGREGATES,
    names(
        "key uuid name state performance_capacity.used space.efficiency.{logical_used,savings}"
        " space.block_storage.{size,available,used} data_encryption.software_encryption_enabled snaplock_type type"
        " create_time block_storage.primary.{raid_size,raid_type} block_storage.mirror.{state,enabled}"
        " block_storage.hybrid_cache.{enabled,size} cluster.{key,uuid,name} node.{key,uuid,name}"
    ),
).routes()
