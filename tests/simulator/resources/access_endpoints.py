# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access endpoints: the LIFs through which hosts reach SVMs, LUNs and file shares.

See docs/facts/server.md, 5.13 and 8.11.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from .. import network
from ..calls import Answer, Call, Route
from ..collection import Collection
from ..errors import Refusal, bad_value
from ..jobs import Job, Task, TaskFailure
from ..keys import cluster_of, object_key
from ..paths import (
    ACCESS_ENDPOINTS,
    AGGREGATES,
    CLUSTERS,
    FILE_SHARES,
    IP_INTERFACES,
    LUNS,
    NODES,
    SVMS,
    VOLUMES,
)
from ..query import Source
from ..tables import Rows, value_at
from ..validation import READ, number, reference_shape, require, text
from ..world import World

Record = dict[str, Any]

PROTOCOLS = ("nfs", "cifs", "iscsi", "fcp")
SHAPE = {
    "key": READ,
    "uuid": READ,
    "name": text("create", shortest=1),
    "data_protocols": [text("create", one_of=PROTOCOLS, any_case=True)],
    "ip": {"address": text(), "netmask": text("create"), "ha_address": text("create")},
    "gateway": text(),
    "gateways": READ,
    "vlan": number("create", minimum=1, maximum=4094),
    "mtu": number("create", minimum=68, maximum=9216),
    "svm": reference_shape("create"),
    "lun": {"key": text("create")},
    "fileshare": {"key": text("create")},
    "wwpn": READ,
}
RESOURCES = {"svm": SVMS, "lun": LUNS, "fileshare": FILE_SHARES}


def _of_resource(call: Call) -> Source:
    """The endpoints of what ``resource.key`` names: of an SVM all, of a file share NAS, of a LUN SAN."""
    key, world = call.parameters["resource.key"], call.world
    resource = world.known(FILE_SHARES, key) or world.known(LUNS, key)
    svm = world.known(SVMS, key) if resource is None else resource["svm"]
    protocols = PROTOCOLS if resource is None else network.SAN if ":type=lun," in key else network.NAS
    rows = Rows()
    for endpoint in world.table(ACCESS_ENDPOINTS).shown.find("svm.key", svm["key"]) if svm else ():
        if set(protocols) & set(endpoint["data_protocols"]):
            rows.put(endpoint)
    return rows


COLLECTION = Collection(ACCESS_ENDPOINTS, required=("resource.key",), page_size=None, source=_of_resource)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "data_protocols", ("svm.key", "fileshare.key", "lun.key"))
    protocols = set(body["data_protocols"])
    if len(protocols & set(network.SAN)) and len(protocols) > 1:
        raise bad_value("data_protocols", "A SAN protocol cannot be combined with another one.")
    kind, resource = _resource(call, body)
    svm = call.world.record(SVMS, resource["key"] if kind == "svm" else resource["svm"]["key"])
    if call.world.record(CLUSTERS, svm["cluster"]["key"])["is_san_optimized"]:
        raise Refusal(400, "all_san_array", "Access endpoints cannot be made on an All-SAN array.", f"{kind}.key")
    _check_protocols(protocols, kind)
    if "fcp" not in protocols:
        _check_addresses(body, kind)
    if "mtu" in body and "vlan" not in body:
        raise bad_value("mtu", "An MTU can be given only together with a VLAN.")
    nodes = _nodes(call.world, kind, resource, svm)
    return call.submit("Create Access-endpoint", "provision_eth_endpoint_create", _tasks(call.world, body, svm, nodes))


def modify(call: Call) -> Answer:
    endpoint = call.target(ACCESS_ENDPOINTS)
    body = call.checked_body(SHAPE)
    cluster = object_key(cluster_of(endpoint["key"]), "cluster", uuid=cluster_of(endpoint["key"]))
    if call.world.record(CLUSTERS, cluster)["is_san_optimized"]:
        raise Refusal(400, "all_san_array", "Access endpoints of an All-SAN array cannot be changed.", "key")
    if "wwpn" in endpoint and body:
        raise bad_value(next(iter(body)), "An FCP access endpoint has nothing that can be changed.")
    address = value_at(body, "ip.address")
    for target, value in (("ip.address", address), ("gateway", body.get("gateway"))):
        if value is not None:
            _check_address(target, value)
    task = Task(
        "provision_lif_modify",
        f"Change access endpoint {endpoint['name']}",
        lambda job: _change(call.world, endpoint["key"], address, body.get("gateway")),
    )
    return call.submit("Modify Access-endpoint", "provision_eth_endpoint_modify", [task])


def delete(call: Call) -> Answer:
    endpoint = call.target(ACCESS_ENDPOINTS)
    task = Task(
        "provision_lif_delete",
        f"Delete access endpoint {endpoint['name']}",
        lambda job: network.remove_endpoint(call.world, endpoint["key"]),
    )
    return call.submit("Delete Access-endpoint", "provision_eth_endpoint_delete", [task])


def _resource(call: Call, body: Record) -> tuple[str, Record]:
    given = [kind for kind in RESOURCES if value_at(body, f"{kind}.key") is not None]
    if len(given) > 1:
        raise bad_value(f"{given[1]}.key", "Only one of svm.key, fileshare.key and lun.key can be given.")
    kind = given[0]
    return kind, call.referred(RESOURCES[kind], body[kind]["key"], f"{kind}.key")


def _check_protocols(protocols: set[str], kind: str) -> None:
    unfit = {"lun": set(network.NAS), "fileshare": set(network.SAN)}.get(kind, set()) & protocols
    if unfit:
        raise bad_value("data_protocols", f"{sorted(unfit)[0]} is no protocol for a {kind}.")


def _check_addresses(body: Record, kind: str) -> None:
    addresses = ("ip.address", "ip.ha_address") if kind == "lun" else ("ip.address",)
    require(body, addresses, "ip.netmask")
    if kind != "lun" and value_at(body, "ip.ha_address"):
        raise bad_value("ip.ha_address", "An HA address is only for the iSCSI endpoints of a LUN.")
    for target in (*addresses, "gateway"):
        value = value_at(body, target)
        if value is not None:
            _check_address(target, value)


def _check_address(target: str, value: str) -> None:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        raise bad_value(target, f"{value!r} is no IP address.") from None


def _nodes(world: World, kind: str, resource: Record, svm: Record) -> list[Record]:
    """The node for the endpoint and, for a LUN, its partner."""
    volume = {"lun": lambda: resource["volume"]["key"], "fileshare": lambda: resource["key"]}.get(kind)
    aggregates = world.record(VOLUMES, volume())["aggregates"] if volume else svm["aggregates"]
    if not aggregates:
        node = next(n for n in world.table(NODES).values() if n["cluster"]["key"] == svm["cluster"]["key"])
        return [node]
    nodes = network.node_and_partner(world, world.record(AGGREGATES, aggregates[0]["key"])["node"]["key"])
    return nodes if kind == "lun" else nodes[:1]


def _tasks(world: World, body: Record, svm: Record, nodes: list[Record]) -> list[Task]:
    """One task for each interface, before them one for the VLAN's broadcast domain."""
    tasks = []
    vlan = body.get("vlan")
    if vlan:
        description = f"Add VLAN e0d-{vlan} on node {nodes[0]['name']} to broadcast domain"
        tasks.append(Task("provision_modify_broadcast_domain", description))
    fcp = "fcp" in body["data_protocols"]
    addresses = [value_at(body, "ip.address"), value_at(body, "ip.ha_address")]
    name = body.get("name") or f"{svm['name']}_{body['data_protocols'][0]}_{world.keys.new_uuid()[:8]}"
    wanted = [(node, address) for node, address in zip(nodes, addresses, strict=False) if fcp or address]
    for index, (node, address) in enumerate(wanted):
        task = Task("provision_lif_create", f"Create a LIF on node {node['name']}")
        task.work = _creation(world, body, svm, node, address, name + "_Partner" if index else name)
        tasks.append(task)
    return tasks


def _creation(world: World, body: Record, svm: Record, node: Record, address: str | None, name: str) -> Any:
    def work(job: Job) -> None:
        uuid = world.keys.new_uuid()
        if any(lif["name"] == name for lif in world.table(ACCESS_ENDPOINTS).find("svm.key", svm["key"])):
            raise TaskFailure(f"A LIF with the name {name!r} already exists on Vserver {svm['name']}.")
        if address is None:
            key = network.add_fc_endpoint(world, svm, node, uuid, name)
        else:
            _refuse_duplicate_address(world, address, svm)
            netmask, gateway = body["ip"]["netmask"], body.get("gateway")
            protocols = sorted(body["data_protocols"])
            key = network.add_network_endpoint(
                world, svm, node, uuid, name, protocols, address, netmask, gateway, body.get("vlan"), body.get("mtu")
            )
        job.results["accessEndpointHAKey" if "accessEndpointKey" in job.results else "accessEndpointKey"] = key

    return work


def _refuse_duplicate_address(world: World, address: str, svm: Record) -> None:
    for interface in world.table(IP_INTERFACES).values():
        if interface["ip"]["address"] == address and interface["cluster"]["key"] == svm["cluster"]["key"]:
            raise TaskFailure(f"The IP address {address} is already in use by LIF {interface['name']}.")


def _change(world: World, key: str, address: str | None, gateway: str | None) -> None:
    endpoint = world.table(ACCESS_ENDPOINTS).edit_if_there(key)
    interface = world.table(IP_INTERFACES).edit_if_there(key)
    if endpoint is None or interface is None:
        raise TaskFailure("The access endpoint does not exist any more.")
    if address is not None:
        endpoint["ip"]["address"] = interface["ip"]["address"] = address
    if gateway is not None:
        endpoint["gateways"] = [gateway]
    world.table(ACCESS_ENDPOINTS).put(endpoint)
    world.table(IP_INTERFACES).put(interface)


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", ACCESS_ENDPOINTS, create),
    Route("PATCH", f"{ACCESS_ENDPOINTS}/{{key}}", modify),
    Route("DELETE", f"{ACCESS_ENDPOINTS}/{{key}}", delete),
]
