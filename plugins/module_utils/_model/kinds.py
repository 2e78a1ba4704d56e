# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of objects that others refer to by name or key. Private to this collection."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A sort of object that others refer to by name or key.

    :param title: UM's term, for messages
    :param collection: where it is looked up
    :param key_type: the ``type`` in its key, None where keys are plain UUIDs
    :param name_field: the field of its record that a person calls it by
    :param filtered: whether the collection can be filtered by that field
    :param seen_in: a collection and its field that refers to such an object, where new ones are seen earlier
    :param named_by_path: the name in the record is a path such as ``/vol/<volume>/<name>``; its last part names it, too
    """

    title: str
    collection: str
    key_type: str | None = None
    name_field: str = "name"
    filtered: bool = True
    named_by_path: bool = False
    seen_in: tuple[str, str] | None = None


CLUSTER = Kind("cluster", "/datacenter/cluster/clusters", "cluster")
NODE = Kind("node", "/datacenter/cluster/nodes", "cluster_node")
SVM = Kind("SVM", "/datacenter/svm/svms", "vserver")
AGGREGATE = Kind("aggregate", "/datacenter/storage/aggregates", "aggregate")
# UM makes volumes with LUNs, and shows those at once (docs/facts/server.md, 4.9).
VOLUME = Kind("volume", "/datacenter/storage/volumes", "volume", seen_in=("/storage-provider/luns", "volume"))
IGROUP = Kind("igroup", "/datacenter/protocols/san/igroups", "igroup")
LUN = Kind("LUN", "/storage-provider/luns", "lun", named_by_path=True)
FILE_SHARE = Kind("file share", "/storage-provider/file-shares", "volume")
EXPORT_POLICY = Kind("export policy", "/datacenter/protocols/nfs/export-policies", "export_policy")
PERFORMANCE_SERVICE_LEVEL = Kind("Performance Service Level", "/storage-provider/performance-service-levels")
STORAGE_EFFICIENCY_POLICY = Kind("Storage Efficiency Policy", "/storage-provider/storage-efficiency-policies")
ACTIVE_DIRECTORY_MAPPING = Kind(
    "Active Directory mapping",
    "/storage-provider/active-directories-mappings",
    name_field="domain",
    filtered=False,
)
SCRIPT = Kind("script", "/management-server/scripts")
