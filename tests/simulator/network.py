# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LIFs: an access endpoint and the interface of the inventory behind it, which have the same key.

See docs/facts/server.md, 7.
"""

from __future__ import annotations

from typing import Any

from .keys import cluster_of, named_uuid, object_key
from .paths import ACCESS_ENDPOINTS, CLUSTERS, FC_INTERFACES, IP_INTERFACES, NODES, SVMS, link, reference
from .world import World

Record = dict[str, Any]

SAN = ("iscsi", "fcp")
NAS = ("nfs", "cifs")


def add_network_endpoint(
    world: World,
    svm: Record,
    node: Record,
    uuid: str,
    name: str,
    protocols: list[str],
    address: str,
    netmask: str,
    gateway: str | None = None,
    vlan: int | None = None,
    mtu: int | None = None,
) -> str:
    """Make a LIF for NAS or iSCSI on a node; returns its key."""
    cluster = cluster_of(svm["key"])
    key = object_key(cluster, "network_lif", lif_uuid=uuid)
    port = f"e0d-{vlan}" if vlan else "e0d"
    world.table(IP_INTERFACES).put(
        {
            **_interface(world, IP_INTERFACES, key, uuid, name, svm),
            "ip": {"address": address, "netmask": netmask, "family": "ipv6" if ":" in address else "ipv4"},
            "ipspace": {
                "key": f"{named_uuid(cluster, 'ipspace')}:type=network_ip_space",
                "name": "Default",
                "uuid": named_uuid(cluster, "ipspace"),
            },
            "scope": "svm",
            "location": {
                **_location(node, object_key(cluster, "network_port", cluster_node_uuid=node["uuid"], port=port), port),
                "auto_revert": False,
                "failover": "system_defined",
                "broadcast_domain": {"name": "Default", "uuid": named_uuid(cluster, "broadcast domain")},
            },
        }
    )
    world.table(ACCESS_ENDPOINTS).put(
        {
            **_endpoint(key, uuid, name, svm, protocols),
            "ip": {"address": address, "netmask": netmask},
            "gateways": [gateway] if gateway else [],
            "vlan": vlan,
            "mtu": mtu or 1500,
        }
    )
    return key


def add_fc_endpoint(world: World, svm: Record, node: Record, uuid: str, name: str) -> str:
    """Make a LIF for FCP on a node; returns its key."""
    cluster = cluster_of(svm["key"])
    key = object_key(cluster, "fcp_lif", lif_uuid=uuid)
    wwpn = wwn("20", uuid)
    wwnn = wwn("20", svm["uuid"])
    port = object_key(
        cluster,
        "fcp_port",
        cluster_node_uuid=node["uuid"],
        node_name=f'"{wwn("50", node["uuid"])}"',
        port_name=f'"{wwn("51", node["uuid"])}"',
        adapter="0a",
    )
    world.table(FC_INTERFACES).put(
        {
            **_interface(world, FC_INTERFACES, key, uuid, name, svm),
            "data_protocol": "fcp",
            "wwpn": wwpn,
            "wwnn": wwnn,
            "location": _location(node, port, "0a"),
        }
    )
    world.table(ACCESS_ENDPOINTS).put({**_endpoint(key, uuid, name, svm, ["fcp"]), "wwpn": wwpn})
    return key


def interface_path(key: str) -> str:
    """The inventory's table of an access endpoint."""
    return FC_INTERFACES if ":type=fcp_lif," in key else IP_INTERFACES


def remove_endpoint(world: World, key: str) -> None:
    world.table(ACCESS_ENDPOINTS).remove(key)
    world.table(interface_path(key)).remove(key)


def endpoints_of(world: World, svm_key: str, protocols: tuple[str, ...]) -> list[Record]:
    """The access endpoints of an SVM that carry one of the protocols."""
    found = world.table(ACCESS_ENDPOINTS).find("svm.key", svm_key)
    return [endpoint for endpoint in found if set(protocols) & set(endpoint["data_protocols"])]


def has_san_lif(world: World, svm_key: str, nodes: list[Record]) -> bool:
    """Whether a LIF for iSCSI or FCP of the SVM lies on one of the nodes."""
    wanted = {node["key"] for node in nodes}
    return any(
        world.record(interface_path(endpoint["key"]), endpoint["key"])["location"]["node"]["key"] in wanted
        for endpoint in endpoints_of(world, svm_key, SAN)
    )


def node_and_partner(world: World, node_key: str) -> list[Record]:
    """A node and its HA partners."""
    node = world.record(NODES, node_key)
    return [node, *(world.record(NODES, partner["key"]) for partner in node["ha"]["partners"])]


def _interface(world: World, path: str, key: str, uuid: str, name: str, svm: Record) -> Record:
    cluster = cluster_of(key)
    return {
        "key": key,
        "uuid": uuid,
        "name": name,
        "enabled": True,
        "state": "up",
        "svm": reference(SVMS, svm),
        "cluster": reference(CLUSTERS, world.record(CLUSTERS, object_key(cluster, "cluster", uuid=cluster))),
        "_links": link(path, key),
    }


def _endpoint(key: str, uuid: str, name: str, svm: Record, protocols: list[str]) -> Record:
    return {
        "key": key,
        "uuid": uuid,
        "name": name,
        "data_protocols": protocols,
        "svm": reference(SVMS, svm),
        "_links": link(ACCESS_ENDPOINTS, key),
    }


def _location(node: Record, port_key: str, port: str) -> Record:
    where = {"key": port_key, "name": port, "uuid": named_uuid(node["uuid"], port), "node": {"name": node["name"]}}
    home = reference(NODES, node)
    return {"home_node": home, "node": home, "home_port": where, "port": where, "is_home": True}


def wwn(start: str, uuid: str) -> str:
    digits = start + uuid.replace("-", "")[:14]
    return ":".join(digits[i : i + 2] for i in range(0, 16, 2))
