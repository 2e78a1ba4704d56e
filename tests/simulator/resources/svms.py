# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage virtual machines (docs/facts/server.md, 5.10 and 8.4)."""

from __future__ import annotations

from typing import Any

from .. import clusters, network
from ..calls import Answer, Call, Route, duplicate, in_use
from ..collection import Collection, names
from ..errors import bad_value
from ..jobs import Job, Task, TaskFailure
from ..keys import cluster_of, named_uuid, object_key
from ..paths import AGGREGATES, CLUSTERS, NODES, SVMS, VOLUMES, link, reference
from ..switches import Switch
from ..tables import Rows, Table, value_at
from ..validation import READ, flag, number, reference_shape, require, text
from ..world import World
from . import file_share_tasks

Record = dict[str, Any]

SWITCHES = (
    Switch("svm_patch_properties", "many", ("many", "one"), "how many properties a PATCH of an SVM may have (5.10)"),
    Switch("svm_not_empty", "job", ("job", "refused"), "how the delete of an SVM with volumes is refused (5.10)"),
)
PROTOCOLS = ("nfs", "iscsi", "fcp", "nvme")
SERVICES = {  # what each needs; of a group, one
    "dns": ("dns.servers", "dns.domains"),
    "nis": ("nis.servers", "nis.domain"),
    "ldap": (("ldap.servers", "ldap.ad_domain"), "ldap.bind_dn", "ldap.base_dn"),
}
MOST = {"dns.servers": 3, "dns.domains": 6, "nis.servers": 10}
LANGUAGES = (
    "ar c cs da de en en_us es fi fr he hr hu it ja ja_jp.932 ja_jp.pck ja_jp.pck_v2 ja_v1 ko nl no pl pt ro ru sk sl"
    " sv tr zh zh.gbk zh_tw zh_tw.big5"
)
SETTABLE = {*(f"{language}.utf_8" for language in LANGUAGES.split()), "utf8mb4"}
ENABLED = {"enabled": flag("create")}
NAMED: dict[str, Any] = {"key": READ, "name": text(), "uuid": READ, "_links": READ}
SHAPE: dict[str, Any] = {
    "key": READ,
    "uuid": READ,
    "name": text(shortest=1, longest=203),
    "state": text(one_of=("starting", "running", "stopping", "stopped", "deleting")),
    "language": text(any_case=True),
    "subtype": text("create", one_of=("default", "dp_destination", "sync_source")),
    "cluster": reference_shape("create"),
    "aggregates": [reference_shape()],
    "ipspace": {**NAMED, "name": text("create")},
    "snapshot_policy": NAMED,
    **dict.fromkeys(PROTOCOLS, ENABLED),
    "cifs": {
        "enabled": flag("create"),
        "name": text("create", shortest=1, longest=15),
        "ad_domain": {"fqdn": text("create"), "user": text("create"), "password": text("create")},
    },
    "dns": {"domains": [text("create", shortest=1, longest=255)], "servers": [text("create")]},
    "nis": {
        "enabled": flag("create"),
        "domain": text("create", shortest=1, longest=64),
        "servers": [text("create", shortest=1, longest=255)],
    },
    "ldap": {
        "enabled": flag("create"),
        "ad_domain": text("create"),
        "base_dn": text("create"),
        "bind_dn": text("create"),
        "name": text("create"),
        "servers": [text("create")],
    },
    "ip_interfaces": [
        {
            "name": text("create"),
            "enabled": flag("create"),
            "ip": {"address": text("create"), "netmask": text("create")},
            "location": {"home_node": {"name": text("create")}},
        }
    ],
    "routes": [
        {
            "gateway": text("create"),
            "destination": {"address": text("create"), "netmask": text("create")},
            "metric": number("create"),
        }
    ],
}
COLLECTION = Collection(
    SVMS,
    names(
        "key cluster.{key,uuid,name} nis.enabled nvme.enabled language nfs.enabled subtype fcp.enabled iscsi.enabled"
        " name ldap.enabled uuid cifs.{name,enabled} state"
    ),
)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "cluster.key")
    cluster = call.referred(CLUSTERS, body["cluster"]["key"], "cluster.key")
    _check_language(body)
    _check_name(call, cluster["key"], body["name"])
    _check_aggregates(call, body, cluster)
    if "cifs" in body:
        require(body, "cifs.name", "cifs.ad_domain.fqdn", "cifs.ad_domain.user", "cifs.ad_domain.password")
        require(body, "ip_interfaces", "routes", "dns.servers")
    _check_services(body)
    for interface in body.get("ip_interfaces", ()):
        require(interface, "name", "ip.address", "ip.netmask", "location.home_node.name")
        _node(call.world, cluster, interface["location"]["home_node"]["name"])
    tasks = [Task("provision_svm_create", f"Create SVM {body['name']}", lambda job: _create(call.world, body, job))]
    if body.get("ip_interfaces"):
        tasks.append(
            Task(
                "provision_lif_create",
                f"Create the interfaces of SVM {body['name']}",
                lambda job: _add_interfaces(call.world, body, job),
            )
        )
    return call.submit("Create SVM", "provision_svm_create", tasks)


def modify(call: Call) -> Answer:
    svm = call.target(SVMS)
    body = call.checked_body(SHAPE)
    if len(body) > 1 and call.world.switches["svm_patch_properties"] == "one":
        raise bad_value(sorted(body)[1], "You can only update one property at a time.")
    _check_language(body)
    if body.get("state", "running") not in ("running", "stopped"):
        raise bad_value("state", f"An SVM cannot be set to {body['state']}.")
    if body.get("name", svm["name"]) != svm["name"]:
        _check_name(call, svm["cluster"]["key"], body["name"])
    _check_aggregates(call, body, svm["cluster"])

    def work(job: Job) -> None:
        record = call.world.edit(SVMS, svm["key"])
        if body.get("name", record["name"]) != record["name"] and _taken(
            call.world.table(SVMS), record["cluster"]["key"], body["name"]
        ):
            raise TaskFailure(f"Vserver name {body['name']!r} is already in use.")
        for name in ("name", "state", "language"):
            record[name] = body.get(name, record[name])
        if "aggregates" in body:
            record["aggregates"] = _aggregates(call.world, body)
        if "snapshot_policy" in body:
            record["snapshot_policy"] = _snapshot_policy(svm["key"], body["snapshot_policy"]["name"])
        call.world.table(SVMS).put(record)

    return call.submit("Modify SVM", "provision_svm_modify", [Task("provision_svm_modify", "Change SVM", work)])


def delete(call: Call) -> Answer:
    svm = call.target(SVMS)
    force = call.parameters.get("force", "false").lower() == "true"
    volumes = [volume["key"] for volume in call.world.table(VOLUMES).find("svm.key", svm["key"])]
    message = f"The SVM {svm['name']} has {len(volumes)} data volumes."
    if volumes and not force and call.world.switches["svm_not_empty"] == "refused":
        raise in_use(call.world, message)

    def work(job: Job) -> None:
        world = call.world
        left = world.table(VOLUMES).find("svm.key", svm["key"])
        if left and not force:
            raise TaskFailure(message)
        clusters.forget_svm(world, world.record(SVMS, svm["key"])["key"])

    return call.submit("Delete SVM", "provision_svm_delete", [Task("provision_svm_delete", "Delete SVM", work)])


def _check_name(call: Call, cluster_key: str, name: str) -> None:
    """:raises Refusal: UM knows of an SVM with this name; one that it does not show yet may be for ONTAP to refuse"""
    table = call.world.table(SVMS)
    if _taken(table.shown if call.world.switches["references"] == "shown" else table, cluster_key, name):
        raise duplicate(call.world, "name", name)


def _taken(svms: Rows | Table, cluster_key: str, name: str) -> bool:
    return any(one["cluster"]["key"] == cluster_key and one["name"] == name for one in svms.find("name", name))


def _check_language(body: Record) -> None:
    """Upper and lower case, dash and underscore are the same (5.10); writes it as UM does."""
    if "language" in body:
        body["language"] = body["language"].replace("-", "_")
        if body["language"] not in SETTABLE:
            raise bad_value("language", f"The language {body['language']} is not valid.")


def _check_services(body: Record) -> None:
    for service, needed in SERVICES.items():
        if service in body:
            require(body, *needed)
    if value_at(body, "ldap.servers") and value_at(body, "ldap.ad_domain"):
        raise bad_value("ldap.ad_domain", "servers and ad_domain are mutually exclusive.")
    for field, most in MOST.items():
        if len(value_at(body, field) or ()) > most:
            raise bad_value(field, f"{field} has at most {most} entries.")


def _check_aggregates(call: Call, body: Record, cluster: Record) -> None:
    for entry in body.get("aggregates", ()):
        aggregate = call.referred(AGGREGATES, entry.get("key"), "aggregates.key")
        if aggregate is None or aggregate["cluster"]["key"] != cluster["key"]:
            raise bad_value("aggregates.key", "The aggregate is on another cluster than the SVM.")


def _create(world: World, body: Record, job: Job) -> None:
    cluster = world.record(CLUSTERS, body["cluster"]["key"])
    if _taken(world.table(SVMS), cluster["key"], body["name"]):
        raise TaskFailure(f"Vserver name {body['name']!r} is already in use.")
    c, uuid = cluster["uuid"], world.keys.new_uuid()
    key = object_key(c, "vserver", uuid=uuid)
    domain = value_at(body, "cifs.ad_domain.fqdn")
    world.table(SVMS).put(
        {
            "key": key,
            "uuid": uuid,
            "name": body["name"],
            "cluster": reference(CLUSTERS, cluster),
            "aggregates": _aggregates(world, body),
            "state": "running",
            "subtype": body.get("subtype", "default"),
            "language": body.get("language", "c.utf_8"),
            "ipspace": {
                "key": f"{named_uuid(c, 'ipspace')}:type=network_ip_space",
                "name": value_at(body, "ipspace.name") or "Default",
                "uuid": named_uuid(c, "ipspace"),
            },
            "snapshot_policy": _snapshot_policy(key, value_at(body, "snapshot_policy.name") or "default"),
            "dns": {"domains": [], "servers": [], **body.get("dns", {})},
            "nis": {"enabled": "nis" in body, "domain": None, "servers": [], **body.get("nis", {})},
            "ldap": {"enabled": "ldap" in body},
            "cifs": {
                "enabled": "cifs" in body,
                "name": value_at(body, "cifs.name"),
                "ad_domain": {"fqdn": domain.upper() if domain else None},
            },
            **{name: {"enabled": bool(value_at(body, f"{name}.enabled"))} for name in PROTOCOLS},
            "_links": link(SVMS, key),
        }
    )
    if body.get("nfs", {}).get("enabled") or "cifs" in body:
        file_share_tasks.default_policy(world, world.record(SVMS, key))
    job.results["svmKey"] = key


def _add_interfaces(world: World, body: Record, job: Job) -> None:
    svm = world.record(SVMS, job.results["svmKey"])
    protocols = [name for name in ("nfs", "cifs") if svm[name]["enabled"]] or ["iscsi"]
    routes = body.get("routes", [])
    for interface in body["ip_interfaces"]:
        network.add_network_endpoint(
            world,
            svm,
            _node(world, svm["cluster"], interface["location"]["home_node"]["name"]),
            world.keys.new_uuid(),
            interface["name"],
            protocols,
            interface["ip"]["address"],
            interface["ip"]["netmask"],
            routes[0].get("gateway") if routes else None,
        )


def _node(world: World, cluster: Record, name: str) -> Record:
    found = [node for node in world.table(NODES).find("name", name) if node["cluster"]["key"] == cluster["key"]]
    if not found:
        raise bad_value("ip_interfaces.location.home_node.name", f"There is no node {name} on the cluster.")
    return found[0]


def _aggregates(world: World, body: Record) -> list[Record]:
    return [world.refer(AGGREGATES, entry["key"]) for entry in body.get("aggregates", ())]


def _snapshot_policy(svm_key: str, name: str) -> Record:
    key = object_key(cluster_of(svm_key), "snapshot_policy", vserver_uuid=svm_key.rpartition("=")[2], name=name)
    return {"key": key, "name": name, "uuid": named_uuid(svm_key, "snapshot policy", name)}


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", SVMS, create),
    Route("PATCH", f"{SVMS}/{{key}}", modify),
    Route("DELETE", f"{SVMS}/{{key}}", delete),
]
