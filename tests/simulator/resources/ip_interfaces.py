# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP interfaces of the inventory (docs/facts/server.md, 2.5 and 7)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import IP_INTERFACES

ROUTES = Collection(
    IP_INTERFACES,
    names(
        "key name uuid ipspace.{uuid,name,key} ip.{netmask,address} enabled state cluster.{key,name,uuid}"
        " svm.{key,name,uuid} location.broadcast_domain.{key,name,uuid} location.auto_revert"
        " location.port.{key,name,uuid} location.port.node.name location.home_node.{key,name,uuid}"
        " location.node.{key,name,uuid} location.is_home location.failover location.home_port.{key,name,uuid}"
        " location.home_port.node.name"
    ),
).routes()
