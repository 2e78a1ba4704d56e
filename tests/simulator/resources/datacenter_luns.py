# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs as the inventory sees them (docs/facts/server.md, 8.7)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import DATACENTER_LUNS

ROUTES = Collection(
    DATACENTER_LUNS,
    names(
        "key uuid class comment serial_number name status.{mapped,state} os_type lun_maps.logical_unit_number"
        " cluster.{key,name,uuid} svm.{key,name,uuid} volume.{key,name,uuid}"
    ),
    aliases={f"volume.{name}": f"location.volume.{name}" for name in ("key", "name", "uuid")},
).routes()
