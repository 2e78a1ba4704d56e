# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes (docs/facts/server.md, 8.6)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import VOLUMES

ROUTES = Collection(
    VOLUMES,
    names(
        "key type name space.{available,used,size} autosize.{mode,maximum} create_time state style uuid"
        " cluster.{key,name,uuid} svm.{key,name,uuid} aggregate.{key,name,uuid} nas.export_policy.{key,name,id}"
    ),
    aliases={f"aggregate.{name}": f"aggregates.{name}" for name in ("key", "name", "uuid")},
).routes()
