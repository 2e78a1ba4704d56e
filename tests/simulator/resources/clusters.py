# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clusters (docs/facts/server.md, 8.3)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import CLUSTERS

ROUTES = Collection(
    CLUSTERS,
    names("key location name uuid contact management_ip version.{major,full,generation,minor}"),
).routes()
