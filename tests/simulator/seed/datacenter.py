# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three clusters with their nodes, aggregates, SVMs, LIFs and initiator groups."""

from __future__ import annotations

from typing import Any

from .. import network
from ..keys import named_uuid, object_key
from ..paths import AGGREGATES, CLUSTERS, IGROUPS, NODES, SVMS, link, reference
from ..world import World

Record = dict[str, Any]

TIB = 1024**4
GIB = 1024**3
CREATED = "2026-01-12T09:30:00.000+00:00"
VERSION = {"full": "NetApp Release 9.16.1: Thu Jan 30 18:13:12 UTC 2025", "generation": 9, "major": 16, "minor": 1}

# name, management address, number of nodes, model, All-SAN
CLUSTERS_SEEDED = (
    ("cluster1", "10.10.0.10", 4, "AFF-A400", False),
    ("cluster2", "10.10.0.20", 2, "FAS8300", False),
    ("cluster3", "10.10.0.30", 2, "ASA-A400", True),
)
# cluster, name, number of the node, type, size, used
AGGREGATES_SEEDED = (
    ("cluster1", "aggr1", 1, "ssd", 40 * TIB, 12 * TIB),
    ("cluster1", "aggr2", 2, "ssd", 40 * TIB, 9 * TIB),
    ("cluster1", "aggr3", 3, "ssd_fabricpool", 20 * TIB, 3 * TIB),
    ("cluster1", "aggr_full", 1, "ssd", 1 * TIB, 1 * TIB - 2 * GIB),
    ("cluster2", "fas_aggr1", 1, "hybrid", 60 * TIB, 31 * TIB),
    ("cluster2", "fas_aggr2", 2, "hdd", 120 * TIB, 88 * TIB),
    ("cluster3", "asa_aggr1", 1, "ssd", 30 * TIB, 4 * TIB),
    ("cluster3", "asa_aggr2", 2, "ssd", 30 * TIB, 6 * TIB),
)
# cluster, name, aggregates, protocols, protocols that have LIFs
SVMS_SEEDED = (
    ("cluster1", "svm1", ("aggr1", "aggr2", "aggr_full"), ("iscsi", "fcp", "nfs"), ("iscsi", "fcp", "nfs")),
    ("cluster1", "svm2", ("aggr2", "aggr3"), ("iscsi", "fcp"), ("iscsi",)),
    ("cluster1", "svm_nosan", ("aggr1",), ("iscsi", "fcp", "nfs"), ("nfs",)),
    ("cluster1", "svm_nas", ("aggr1", "aggr3"), ("nfs", "cifs"), ("nfs", "cifs")),
    ("cluster1", "svm_shared", ("aggr2",), ("iscsi", "nfs"), ("iscsi", "nfs")),
    ("cluster2", "svm_shared", ("fas_aggr1",), ("iscsi", "nfs"), ("iscsi", "nfs")),
    ("cluster2", "svm_fas", ("fas_aggr1", "fas_aggr2"), ("iscsi", "fcp", "nfs", "cifs"), ("iscsi", "fcp", "nfs")),
    ("cluster3", "svm_asa", ("asa_aggr1", "asa_aggr2"), ("iscsi", "fcp"), ("iscsi", "fcp")),
)
# name, os_type, protocol, initiators
IGROUPS_SEEDED = (
    ("ig_linux01", "linux", "iscsi", ("iqn.1994-05.com.redhat:linux01",)),
    ("ig_esx01", "vmware", "mixed", ("iqn.1998-01.com.vmware:esx01", "10:00:00:90:fa:53:e2:01")),
    ("ig_win01", "windows", "fcp", ("10:00:00:90:fa:53:e2:11", "10:00:00:90:fa:53:e2:12")),
)


def seed(world: World) -> None:
    for number, (name, address, nodes, model, all_san) in enumerate(CLUSTERS_SEEDED, 1):
        add_cluster(world, number, name, address, nodes, model, all_san)
    for cluster, name, node, kind, size, used in AGGREGATES_SEEDED:
        add_aggregate(world, cluster, name, node, kind, size, used)
    for number, (cluster, name, aggregates, enabled, with_lifs) in enumerate(SVMS_SEEDED, 1):
        svm = add_svm(world, cluster, name, aggregates, enabled)
        _add_lifs(world, svm, aggregates, with_lifs, number)
        if {"iscsi", "fcp"} & set(enabled):
            for igroup in IGROUPS_SEEDED:
                add_igroup(world, svm, *igroup)


def cluster_uuid(name: str) -> str:
    return named_uuid(name)


def cluster_named(world: World, name: str) -> Record:
    uuid = cluster_uuid(name)
    return world.record(CLUSTERS, object_key(uuid, "cluster", uuid=uuid))


def aggregate_named(world: World, cluster: str, name: str) -> Record:
    return world.record(
        AGGREGATES, object_key(cluster_uuid(cluster), "aggregate", uuid=named_uuid(cluster, "aggregate", name))
    )


def svm_named(world: World, cluster: str, name: str) -> Record:
    return world.record(SVMS, object_key(cluster_uuid(cluster), "vserver", uuid=named_uuid(cluster, "svm", name)))


def igroup_named(world: World, cluster: str, svm: str, name: str) -> Record:
    return world.record(
        IGROUPS, object_key(cluster_uuid(cluster), "igroup", uuid=named_uuid(cluster, svm, "igroup", name))
    )


def add_cluster(world: World, number: int, name: str, address: str, nodes: int, model: str, all_san: bool) -> None:
    """Add a cluster and its nodes, which are the partners of each other by twos."""
    uuid = cluster_uuid(name)
    key = object_key(uuid, "cluster", uuid=uuid)
    cluster: dict[str, Any] = {
        "key": key,
        "uuid": uuid,
        "name": name,
        "contact": None,
        "location": f"rack {number}",
        "management_ip": address,
        "version": VERSION,
        "isSanOptimized": all_san,
        "is_san_optimized": all_san,
        "protocol_breakdown": {"cifs": 0, "fcp": 2, "iscsi": 2, "nfs": 0 if all_san else 3},
        "storage_capacity": {"total": 100 * TIB, "used": 30 * TIB, "available": 70 * TIB},
        "_links": link(CLUSTERS, key),
    }
    records = [_node(cluster, name, index, model) for index in range(1, nodes + 1)]
    for first, second in zip(records[::2], records[1::2], strict=True):
        first["ha"] = {"partners": [reference(NODES, second)]}
        second["ha"] = {"partners": [reference(NODES, first)]}
    parts = ("key", "uuid", "name", "location", "version", "model", "uptime", "serial_number", "_links")
    cluster["nodes"] = [{part: node[part] for part in parts} for node in records]
    world.table(CLUSTERS).put(cluster)
    for node in records:
        world.table(NODES).put(node)


def _node(cluster: Record, cluster_name: str, index: int, model: str) -> Record:
    uuid = named_uuid(cluster_name, "node", str(index))
    key = object_key(cluster["uuid"], "cluster_node", uuid=uuid)
    return {
        "key": key,
        "uuid": uuid,
        "name": f"{cluster_name}-{index:02}",
        "location": cluster["location"],
        "version": VERSION,
        "model": model,
        "uptime": 2592000 + index * 60,
        "serial_number": f"7219340000{int(uuid[:2], 16):02d}{index}",
        "system_id": f"05380{int(uuid[:4], 16):05d}",
        "health": True,
        "performance_capacity": {"used": 18.5 + index},
        "cluster": reference(CLUSTERS, cluster),
        "_links": link(NODES, key),
    }


def add_aggregate(world: World, cluster: str, name: str, node: int, kind: str, size: int, used: int) -> None:
    """Add an aggregate on one of the nodes of a cluster, which count from 1; sizes are in bytes."""
    uuid = named_uuid(cluster, "aggregate", name)
    key = object_key(cluster_uuid(cluster), "aggregate", uuid=uuid)
    node_key = object_key(cluster_uuid(cluster), "cluster_node", uuid=named_uuid(cluster, "node", str(node)))
    world.table(AGGREGATES).put(
        {
            "key": key,
            "uuid": uuid,
            "name": name,
            "cluster": reference(CLUSTERS, cluster_named(world, cluster)),
            "node": world.refer(NODES, node_key),
            "state": "online",
            "type": kind,
            "create_time": CREATED,
            "snaplock_type": "non_snaplock",
            "block_storage": {
                "primary": {"raid_type": "raid_dp", "raid_size": 24},
                "hybrid_cache": {"enabled": kind == "hybrid", "size": 2 * TIB if kind == "hybrid" else 0},
                "mirror": {"state": "unmirrored"},
            },
            "data_encryption": {"software_encryption_enabled": False},
            "performance_capacity": {"used": 22.5 + node},
            "space": {
                "block_storage": {"size": size, "used": used, "available": size - used},
                "efficiency": {"logical_used": used * 2, "savings": used},
            },
            "_links": link(AGGREGATES, key),
        }
    )


def add_svm(world: World, cluster: str, name: str, aggregates: tuple[str, ...], enabled: tuple[str, ...]) -> Record:
    """Add an SVM without interfaces that has some protocols enabled; returns its record."""
    uuid = named_uuid(cluster, "svm", name)
    key = object_key(cluster_uuid(cluster), "vserver", uuid=uuid)
    c = cluster_uuid(cluster)
    svm = {
        "key": key,
        "uuid": uuid,
        "name": name,
        "cluster": reference(CLUSTERS, cluster_named(world, cluster)),
        "aggregates": [reference(AGGREGATES, aggregate_named(world, cluster, one)) for one in aggregates],
        "state": "running",
        "subtype": "default",
        "language": "c.utf_8",
        "ipspace": {
            "key": f"{named_uuid(c, 'ipspace')}:type=network_ip_space",
            "name": "Default",
            "uuid": named_uuid(c, "ipspace"),
        },
        "snapshot_policy": {
            "key": object_key(c, "snapshot_policy", vserver_uuid=uuid, name="default"),
            "name": "default",
            "uuid": named_uuid(key, "snapshot policy", "default"),
        },
        "dns": {"domains": ["example.com"], "servers": ["10.10.0.2"]},
        "nis": {"enabled": False, "domain": None, "servers": []},
        "ldap": {"enabled": False},
        "nvme": {"enabled": False},
        "_links": link(SVMS, key),
    }
    for protocol in ("iscsi", "fcp", "nfs"):
        svm[protocol] = {"enabled": protocol in enabled}
    svm["cifs"] = {"enabled": False, "name": None, "ad_domain": {"fqdn": None}}
    if "cifs" in enabled:
        server = name.replace("_", "-").upper()[:15]
        svm["cifs"] = {"enabled": True, "name": server, "ad_domain": {"fqdn": "AD.EXAMPLE.COM"}}
    world.table(SVMS).put(svm)
    return svm


def _add_lifs(world: World, svm: Record, aggregates: tuple[str, ...], protocols: tuple[str, ...], number: int) -> None:
    """A LIF for each protocol on each node that has an aggregate of the SVM, and on its partner."""
    first = world.record(AGGREGATES, svm["aggregates"][0]["key"])
    nodes = network.node_and_partner(world, first["node"]["key"])
    for position, protocol in enumerate(protocols, 1):
        for index, node in enumerate(nodes, 1):
            name = f"{svm['name']}_{protocol}_{index}"
            uuid = named_uuid(svm["key"], name)
            if protocol == "fcp":
                network.add_fc_endpoint(world, svm, node, uuid, name)
            else:
                address = f"10.20.{number}.{position * 10 + index}"
                network.add_network_endpoint(
                    world, svm, node, uuid, name, [protocol], address, "255.255.255.0", f"10.20.{number}.1"
                )


def add_igroup(world: World, svm: Record, name: str, os_type: str, protocol: str, initiators: tuple[str, ...]) -> None:
    """Add an igroup of an SVM."""
    uuid = named_uuid(svm["cluster"]["name"], svm["name"], "igroup", name)
    key = object_key(svm["cluster"]["uuid"], "igroup", uuid=uuid)
    world.table(IGROUPS).put(
        {
            "key": key,
            "uuid": uuid,
            "name": name,
            "os_type": os_type,
            "protocol": protocol,
            "initiators": [{"name": initiator} for initiator in initiators],
            "svm": reference(SVMS, svm),
            "cluster": svm["cluster"],
            "_links": link(IGROUPS, key),
        }
    )
