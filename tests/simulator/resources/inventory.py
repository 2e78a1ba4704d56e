# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the inventory has beside volumes and SVMs: licenses, ports, shares, policies, qtrees.

See docs/facts/server.md, 2.5, 7.
"""

from __future__ import annotations

from typing import Any

from .. import network
from ..collection import Collection, names
from ..keys import cluster_of, named_uuid, object_key
from ..paths import (
    CIFS_SHARES,
    CLUSTERS,
    ETHERNET_PORTS,
    EXPORT_POLICIES,
    FC_INTERFACES,
    FC_PORTS,
    LICENSES,
    NODES,
    QOS_POLICIES,
    QTREES,
    SVMS,
    VOLUMES,
    link,
    reference,
)
from ..world import World
from .file_share_tasks import new_policy

Record = dict[str, Any]

# File shares and the inventory have different words for the same flavors (docs/facts/server.md, 5.12).
FLAVORS = {"none": "anon", "kerberos5": "krb5", "kerberos5i": "krb5i", "kerberos5p": "krb5p"}


def _with_its_flavors(world: World, policy: Record) -> Record:
    """An export policy in the words of the inventory."""
    return {
        **policy,
        "rules": [{name: _flavors(name, value) for name, value in one.items()} for one in policy["rules"]],
    }


def _flavors(name: str, value: Any) -> Any:
    if name in ("ro_rule", "rw_rule", "superuser"):
        return [FLAVORS.get(flavor, flavor) for flavor in value]
    return value


OBJECT = "{key,name,uuid}"
COLLECTIONS = (
    Collection(
        LICENSES,
        names(f"key scope name uuid licenses.{{serial_number,owner,expiry_time}} cluster.{OBJECT} node.{OBJECT}"),
    ),
    Collection(
        ETHERNET_PORTS,
        names(
            f"key uuid name state speed enabled mtu mac_address type cluster.{OBJECT} node.{OBJECT}"
            f" broadcast_domain.ipspace.name broadcast_domain.{OBJECT} vlan.tag vlan.base_port.{{name,uuid}}"
            " vlan.base_port.node.name"
        ),
    ),
    Collection(
        FC_PORTS,
        names(
            "key uuid name state physical_protocol wwpn wwnn speed.{maximum,configured}"
            f" fabric.{{switch_port,connected,connected_speed}} cluster.{OBJECT} node.{OBJECT}"
        ),
    ),
    Collection(
        FC_INTERFACES,
        names(
            f"key name uuid wwpn data_protocol state enabled cluster.{OBJECT} svm.{OBJECT} wwnn"
            f" location.home_port.{OBJECT} location.home_port.node.name location.home_node.{OBJECT}"
            f" location.port.{OBJECT} location.port.node.name location.node.{OBJECT} location.is_home"
        ),
    ),
    Collection(CIFS_SHARES, names(f"key comment path name cluster.{OBJECT} svm.{OBJECT} volume.{OBJECT}")),
    Collection(
        EXPORT_POLICIES,
        names(
            "key name id rules.{index,protocols,ro_rule,rw_rule,anonymous_user,superuser} rules.clients.match"
            f" cluster.{OBJECT} svm.{OBJECT}"
        ),
        view=_with_its_flavors,
    ),
    Collection(QOS_POLICIES, names(f"key uuid adaptive.absolute_min_iops cluster.{OBJECT} svm.{OBJECT}")),
    Collection(
        QTREES,
        names(
            f"key name id security_style cluster.{OBJECT} svm.{OBJECT} volume.{OBJECT} export_policy.{{key,name,id}}"
        ),
    ),
)
CEILING = {
    "max_throughput_iops": 5000,
    "max_throughput_mbps": 0,
    "min_throughput_iops": 0,
    "capacity_shared": False,
}
READERS = {
    "index": 1,
    "clients": [{"match": "192.0.2.0/24"}],
    "protocols": ["nfs3"],
    "ro_rule": ["sys"],
    "rw_rule": ["never"],
    "anonymous_user": "65534",
    "superuser": ["none"],
}
ROUTES = [route for collection in COLLECTIONS for route in collection.routes()]


def seed_late(world: World) -> None:
    """Licenses of each cluster, ports of each node, QoS policies of each SVM; qtrees, shares and rules where NAS is."""
    for cluster in list(world.table(CLUSTERS).values()):
        for package in ("base", "nfs", "iscsi"):
            world.table(LICENSES).put(_license(cluster, package))
        node = next(node for node in world.table(NODES).values() if node["cluster"]["key"] == cluster["key"])
        world.table(LICENSES).put(_license(cluster, "snapmirror", node))
    for node in list(world.table(NODES).values()):
        for port in ("e0c", "e0d"):
            world.table(ETHERNET_PORTS).put(_ethernet_port(node, port))
        world.table(ETHERNET_PORTS).put(_ethernet_port(node, "e0c", vlan=100))
        world.table(FC_PORTS).put(_fc_port(node, "0a"))
    for svm in list(world.table(SVMS).values()):
        world.table(QOS_POLICIES).put(_qos_policy(svm, "value", {"adaptive": {"absolute_min_iops": 75}}))
        world.table(QOS_POLICIES).put(_qos_policy(svm, "ceiling", {"fixed": CEILING}))
    for volume_name, qtree, share in (("vol_home", "users", "home"), ("vol_projects", "drafts", "projects")):
        volume = world.table(VOLUMES).find("name", volume_name)[0]
        world.table(QTREES).put(_qtree(volume, qtree))
        world.table(CIFS_SHARES).put(_share(volume, share))
    new_policy(world, world.record(SVMS, volume["svm"]["key"]), "readers", [READERS])


def _license(cluster: Record, package: str, node: Record | None = None) -> Record:
    """A license of a cluster, or of one node."""
    serial = f"1-{'81' if node else '80'}-{int(cluster['uuid'][:4], 16):06d}"
    key = object_key(cluster["uuid"], "license", package_name=package, serial_number=serial)
    scope = "cluster" if package == "base" else "site"
    return {
        "key": key,
        "uuid": named_uuid(cluster["uuid"], package, serial),
        "name": package,
        "scope": "node" if node else scope,
        "licenses": [{"serial_number": serial, "owner": (node or cluster)["name"], "expiry_time": None}],
        "cluster": reference(CLUSTERS, cluster),
        **({"node": reference(NODES, node)} if node else {}),
        "_links": link(LICENSES, key),
    }


def _ethernet_port(node: Record, base: str, vlan: int | None = None) -> Record:
    """A physical port, or a VLAN on it; its UUID is the one by which LIFs refer to it."""
    cluster = cluster_of(node["key"])
    name = f"{base}-{vlan}" if vlan else base
    uuid = named_uuid(node["uuid"], name)
    port = {"name": base, "uuid": named_uuid(node["uuid"], base), "node": {"name": node["name"]}}
    key = object_key(cluster, "network_port", uuid=uuid)
    domain = named_uuid(cluster, "broadcast domain")
    domain_key = object_key(
        cluster,
        "network_port_broadcast_domain",
        IP_SPACE_UUID=named_uuid(cluster, "ipspace"),
        BROADCAST_DOMAIN="Default",
    )
    return {
        "key": key,
        "uuid": uuid,
        "name": name,
        "type": "vlan" if vlan else "physical",
        **({"vlan": {"tag": vlan, "base_port": port}} if vlan else {}),
        "state": "up",
        "enabled": True,
        "mtu": 1500,
        "speed": "10000",
        "mac_address": ":".join(("d2", *(uuid.replace("-", "")[i : i + 2] for i in range(0, 10, 2)))),
        "broadcast_domain": {
            "key": domain_key,
            "name": "Default",
            "uuid": domain,
            "ipspace": {"name": "Default"},
        },
        "cluster": node["cluster"],
        "node": reference(NODES, node),
        "_links": link(ETHERNET_PORTS, key),
    }


def _fc_port(node: Record, name: str) -> Record:
    uuid = named_uuid(node["uuid"], name)
    wwnn, wwpn = network.wwn("50", node["uuid"]), network.wwn("51", node["uuid"])
    place = {"cluster_node_uuid": node["uuid"], "node_name": f'"{wwnn}"', "port_name": f'"{wwpn}"', "adapter": name}
    key = object_key(cluster_of(node["key"]), "fcp_port", **place)
    return {
        "key": key,
        "uuid": uuid,
        "name": name,
        "description": "Fibre Channel Target Adapter",
        "enabled": True,
        "state": "online",
        "physical_protocol": "fibre_channel",
        "wwnn": wwnn,
        "wwpn": wwpn,
        "speed": {"configured": "auto", "maximum": "32"},
        "fabric": {"connected": True, "connected_speed": 16, "switch_port": f"switch1:{node['name'][-1]}"},
        "cluster": node["cluster"],
        "node": reference(NODES, node),
        "_links": link(FC_PORTS, key),
    }


def _qos_policy(svm: Record, name: str, limits: Record) -> Record:
    uuid = named_uuid(svm["key"], "qos policy", name)
    key = object_key(cluster_of(svm["key"]), "qos_policy_group", qos_policy_group_uuid=uuid)
    return {
        "key": key,
        "uuid": uuid,
        "name": f"{svm['name']}_{name}",
        **limits,
        "object_count": 0,
        "cluster": svm["cluster"],
        "svm": reference(SVMS, svm),
        "_links": link(QOS_POLICIES, key),
    }


def _qtree(volume: Record, name: str) -> Record:
    svm, number = volume["svm"], 1
    key = object_key(
        cluster_of(volume["key"]),
        "qtree",
        vserver_uuid=svm["uuid"],
        volume_uuid=volume["uuid"],
        qtree_id=str(number),
    )
    return {
        "key": key,
        "id": number,
        "name": name,
        "security_style": "unix",
        "cluster": volume["cluster"],
        "svm": svm,
        "volume": reference(VOLUMES, volume),
        "export_policy": {name: volume["nas"]["export_policy"][name] for name in ("key", "name", "id")},
        "_links": link(QTREES, key),
    }


def _share(volume: Record, name: str) -> Record:
    svm = volume["svm"]
    key = object_key(cluster_of(volume["key"]), "cifs_share", vserver_uuid=svm["uuid"], share_name=name.upper())
    return {
        "key": key,
        "name": name,
        "path": f"/{volume['name']}",
        "comment": f"All of {name}",
        "acls": [{"user_or_group": "everyone", "permission": "full_control"}],
        "cluster": volume["cluster"],
        "svm": svm,
        "volume": reference(VOLUMES, volume),
        "_links": link(CIFS_SHARES, key),
    }
