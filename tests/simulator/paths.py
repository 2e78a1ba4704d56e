# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the collections of the API lie, below /api; a path is also the name of the World's table behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

CLUSTERS = "/datacenter/cluster/clusters"
NODES = "/datacenter/cluster/nodes"
AGGREGATES = "/datacenter/storage/aggregates"
SVMS = "/datacenter/svm/svms"
VOLUMES = "/datacenter/storage/volumes"
DATACENTER_LUNS = "/datacenter/storage/luns"
IGROUPS = "/datacenter/protocols/san/igroups"
IP_INTERFACES = "/datacenter/network/ip/interfaces"
FC_INTERFACES = "/datacenter/network/fc/interfaces"
CIFS_SHARES = "/datacenter/protocols/cifs/shares"
EXPORT_POLICIES = "/datacenter/protocols/nfs/export-policies"
LICENSES = "/datacenter/cluster/licensing/licenses"
ETHERNET_PORTS = "/datacenter/network/ethernet/ports"
FC_PORTS = "/datacenter/network/fc/ports"
QOS_POLICIES = "/datacenter/storage/qos/policies"
QTREES = "/datacenter/storage/qtrees"
LUNS = "/storage-provider/luns"
FILE_SHARES = "/storage-provider/file-shares"
ACCESS_ENDPOINTS = "/storage-provider/access-endpoints"
ACTIVE_DIRECTORY_MAPPINGS = "/storage-provider/active-directories-mappings"
PERFORMANCE_SERVICE_LEVELS = "/storage-provider/performance-service-levels"
STORAGE_EFFICIENCY_POLICIES = "/storage-provider/storage-efficiency-policies"
PLACEMENT = "/storage-provider/data-placement"
DATASOURCES = "/admin/datasources/clusters"
JOBS = "/management-server/jobs"
SYSTEM = "/management-server/system"
USERS = "/security/users"
ALERTS = "/management-server/alerts"
EVENTS = "/management-server/events"
SCRIPTS = "/management-server/scripts"
BACKUP = "/admin/backup"
BACKUP_FILES = "/admin/backup-file-info"
BACKUP_SETTINGS = "/admin/backup-settings"


def link(path: str, key: str, encoded: bool = False) -> dict[str, Any]:
    """The ``_links`` block of a record: unversioned, the key raw unless ``encoded``.

    See docs/facts/server.md, 1.1 and 7.
    """
    return {"self": {"href": f"/api{path}/{quote(key, safe='') if encoded else key}"}}


def reference(path: str, record: dict[str, Any]) -> dict[str, Any]:
    """How one record refers to another: key, uuid, name and the link to it (docs/facts/server.md, 2.1)."""
    return {
        "key": record["key"],
        "uuid": record["uuid"],
        "name": record["name"],
        "_links": link(path, record["key"]),
    }
