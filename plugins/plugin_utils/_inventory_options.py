# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of the inventory plugin that choose and name hosts and groups. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..module_utils._model.listing import own_filters

CLUSTERS = "/datacenter/cluster/clusters"
SVMS = "/datacenter/svm/svms"
IP_INTERFACES = "/datacenter/network/ip/interfaces"


class Options(NamedTuple):
    """Named as the plugin's."""

    hosts: list[str]
    cluster_filters: Mapping[str, Any]
    svm_filters: Mapping[str, Any]
    cluster_names: str
    svm_names: str
    group_by: list[str]
    ip_interfaces: bool

    def queries(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """What to read: {kind of records: (collection, filters)}. SVMs need their clusters, too.

        :raises BadInput: what is given as filters cannot be one
        """
        asked = {"clusters": (CLUSTERS, own_filters(self.cluster_filters, "cluster_filters"))}
        if "svms" in self.hosts:
            asked["svms"] = (SVMS, own_filters(self.svm_filters, "svm_filters"))
            if self.ip_interfaces:
                asked["ip_interfaces"] = (IP_INTERFACES, {})
        return asked
