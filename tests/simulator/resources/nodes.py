# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes of clusters (docs/facts/server.md, 8.3)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import NODES

ROUTES = Collection(
    NODES,
    names(
        "key location name version.{major,full,generation,minor} serial_number uuid model system_id uptime health"
        " performance_capacity.used cluster.{key,name,uuid}"
    ),
).routes()
