# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Records of Unified Manager into hosts, groups and variables: plain data and pure functions.

Private to this collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..module_utils._base.errors import BadInput
from ._inventory_options import Options
from ._servers import Server

PROTOCOLS = ("nfs", "cifs", "iscsi", "fcp", "nvme")

Record = Mapping[str, Any]


class Host(NamedTuple):
    """A host of the inventory; its name is no template, and ``groups`` are safe names."""

    name: str
    variables: dict[str, Any]
    groups: list[str]


class Inventory(NamedTuple):
    hosts: list[Host]
    warnings: list[str]


class Answer(NamedTuple):
    """What one Unified Manager knows.

    :ivar server: None where the configuration names no servers
    :ivar records: what the queries of the options found, by their kinds; None if the server could not be read
    """

    server: Server | None
    records: Mapping[str, Iterable[Record]] | None


class _Groups:
    """Makes names of groups safe, and notes which values fell together by it."""

    def __init__(self) -> None:
        self._values: dict[str, set[str]] = {}

    def name(self, prefix: str, value: str) -> str:
        group = re.sub(r"[^A-Za-z0-9_]", "_", f"um_{prefix}_{value}")
        self._values.setdefault(group, set()).add(value)
        return group

    def warnings(self) -> list[str]:
        return [
            f"The group {group} holds hosts of {' and of '.join(sorted(values))}, whose names look the same as a group."
            for group, values in sorted(self._values.items())
            if len(values) > 1
        ]


def build(options: Options, answers: Iterable[Answer]) -> Inventory:
    """The hosts of all servers. A cluster that two servers manage is one host, in the groups of both.

    :raises BadInput: two hosts of one name
    """
    groups = _Groups()
    hosts: list[Host] = []
    known: dict[tuple[str, str], Host] = {}
    shared: list[str] = []
    for answer in answers:
        for host in _hosts(options, groups, answer):
            twin = known.setdefault(_identity(host), host)
            if twin.variables.get("um_server") == host.variables.get("um_server"):
                hosts.append(host)
            else:
                shared += _share(twin, host)
    _refuse_twins(hosts)
    return Inventory(hosts, [*groups.warnings(), *shared])


def _identity(host: Host) -> tuple[str, str]:
    """What makes two hosts the same object, whichever server knows it."""
    known = host.variables
    return known["um_kind"], known["um_uuid"] or known["um_key"]


def _share(host: Host, other: Host) -> list[str]:
    """Let a host stand for its twin of another server, too; returns the warnings."""
    first, second = host.variables["um_server"], other.variables["um_server"]
    host.variables["um_server_names"] += other.variables["um_server_names"]
    host.groups.extend(group for group in other.groups if group not in host.groups)
    if host.variables["um_kind"] != "cluster":
        return []
    warning = (
        f"The cluster {host.variables['um_name']} is managed by two servers, {first} and {second}."
        f" Its variables and those of its SVMs are those of {first}."
    )
    return [warning]


def _hosts(options: Options, groups: _Groups, answer: Answer) -> list[Host]:
    """Those of one server, each with its server's variables and group."""
    hosts = _of_records(options, groups, answer) if answer.records is not None else []
    server = answer.server
    if server is None:
        return hosts
    own = {"um_server": server.name, "um_server_hostname": server.hostname, "um_server_port": server.port}
    group = groups.name("server", server.name)
    if "servers" in options.hosts:
        of_server = {"ansible_host": server.hostname, "um_kind": "server", "um_name": server.name, "um_uuid": None}
        reachable = answer.records is not None
        variables = {**of_server, "um_key": server.name, "um_reachable": reachable}
        hosts.insert(0, Host(_no_template(server.name), variables, ["um_servers"]))
    for host in hosts:
        host.variables.update(own, um_server_names=[server.name])
        host.groups.append(group)
    return hosts


def _of_records(options: Options, groups: _Groups, answer: Answer) -> list[Host]:
    records = answer.records or {}
    server = answer.server.name if answer.server else ""
    clusters = _by_key(records.get("clusters", ()))
    interfaces = _by_svm(records.get("ip_interfaces", ())) if options.ip_interfaces else None
    hosts = []
    if "clusters" in options.hosts:
        hosts += [_cluster(options, groups, cluster, server) for cluster in clusters.values()]
    for svm in _by_key(records.get("svms", ())).values():
        cluster = clusters.get(str(_part(svm, "cluster").get("key")))
        if cluster is not None or not options.cluster_filters:
            hosts.append(_svm(options, groups, svm, cluster or _part(svm, "cluster"), interfaces, server))
    return hosts


def _cluster(options: Options, groups: _Groups, cluster: Record, server: str) -> Host:
    name = cluster_name(options.cluster_names, cluster, server)
    variables = _variables("cluster", cluster, cluster)
    return Host(name, variables, ["um_clusters", *_common_groups(options, groups, cluster)])


def cluster_name(style: str, cluster: Record, server: str) -> str:
    """What the host of a cluster is called.

    :param style: the option ``cluster_names``
    :param cluster: a record of it, or a reference to it
    :param server: the name of its Unified Manager
    """
    uuid = cluster.get("uuid") or cluster["key"]
    names = {
        "name": cluster.get("name"),
        "name.server": f"{cluster['name']}.{server}" if cluster.get("name") else None,
        "management_address": cluster.get("management_ip"),
        "uuid": uuid,
    }
    return _no_template(names[style] or cluster.get("name") or uuid)


def _svm(
    options: Options,
    groups: _Groups,
    svm: Record,
    cluster: Record,
    interfaces: Mapping[str, list[Record]] | None,
    server: str,
) -> Host:
    protocols = [protocol for protocol in PROTOCOLS if _part(svm, protocol).get("enabled")]
    variables = {
        **_variables("svm", svm, cluster),
        "um_state": svm.get("state"),
        "um_protocols": protocols,
    }
    if interfaces is not None:
        variables["um_ip_interfaces"] = [_interface(record) for record in interfaces.get(svm["key"], ())]
        variables["um_addresses"] = [
            one["address"] for one in variables["um_ip_interfaces"] if one["enabled"] and one["state"] == "up"
        ]
    own = []
    if "protocol" in options.group_by:
        own += [groups.name("protocol", protocol) for protocol in protocols]
    if "state" in options.group_by and svm.get("state"):
        own.append(groups.name("state", svm["state"]))
    name = svm_name(options.svm_names, svm, cluster, server)
    return Host(name, variables, ["um_svms", *_common_groups(options, groups, cluster), *own])


def svm_name(style: str, svm: Record, cluster: Record, server: str) -> str:
    """What the host of an SVM is called.

    :param style: the option ``svm_names``
    :param svm: a record of it, or a reference to it; so is ``cluster``
    :param server: the name of its Unified Manager
    """
    uuid = svm.get("uuid") or svm["key"]
    if style == "uuid" or not svm.get("name"):
        return _no_template(uuid)
    of_cluster = cluster.get("name") or cluster.get("uuid") or cluster.get("key") or "unknown"
    names = {
        "svm": svm["name"],
        "svm.cluster": f"{svm['name']}.{of_cluster}",
        "svm.cluster.server": f"{svm['name']}.{of_cluster}.{server}",
        "cluster.svm": f"{of_cluster}.{svm['name']}",
    }
    return _no_template(names[style])


def _no_template(name: Any) -> str:
    """ansible-core before 2.19 looks for templates in names of hosts; no object of ONTAP has a brace in its name."""
    return str(name).replace("{", "_")


def _variables(kind: str, record: Record, cluster: Record) -> dict[str, Any]:
    address = cluster.get("management_ip")
    return {
        **({"ansible_host": address} if address else {}),
        "um_kind": kind,
        "um_name": record.get("name"),
        "um_key": record["key"],
        "um_uuid": record.get("uuid"),
        "um_cluster": cluster.get("name"),
        "um_cluster_key": cluster.get("key"),
        "um_location": cluster.get("location"),
        "um_ontap_version": _version(cluster),
        "um_record": dict(record),
    }


def _common_groups(options: Options, groups: _Groups, cluster: Record) -> list[str]:
    """The groups that a cluster and its SVMs have in common."""
    values = {
        "cluster": cluster.get("name"),
        "location": cluster.get("location"),
        "ontap_version": _version(cluster),
    }
    prefixes = {"ontap_version": "ontap"}
    return [
        groups.name(prefixes.get(name, name), value)
        for name, value in values.items()
        if name in options.group_by and value
    ]


def _version(cluster: Record) -> str | None:
    """Such as 9.16.1; None where UM does not know it."""
    version = _part(cluster, "version")
    parts = [version.get(part) for part in ("generation", "major", "minor")]
    return None if None in parts[:2] else ".".join(str(part) for part in parts if part is not None)


def _interface(record: Record) -> dict[str, Any]:
    ip, location = _part(record, "ip"), _part(record, "location")
    return {
        "name": record.get("name"),
        "address": ip.get("address"),
        "netmask": ip.get("netmask"),
        "enabled": record.get("enabled"),
        "state": record.get("state"),
        "node": _part(location, "node").get("name"),
    }


def _by_key(records: Iterable[Record]) -> dict[str, Record]:
    """A record that came twice, since something changed between two pages, is there once."""
    return {record["key"]: record for record in records if record.get("key")}


def _by_svm(interfaces: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in _by_key(interfaces).values():
        found.setdefault(_part(record, "svm").get("key", ""), []).append(record)
    return {key: sorted(records, key=lambda record: str(record.get("name"))) for key, records in found.items()}


def _part(record: Record, name: str) -> Record:
    value = record.get(name)
    return value if isinstance(value, Mapping) else {}


def _refuse_twins(hosts: Iterable[Host]) -> None:
    names: dict[str, Host] = {}
    for host in hosts:
        twin = names.setdefault(host.name, host)
        if twin is not host:
            raise BadInput(
                f"Two hosts would be called {host.name}: {_described(twin)} and {_described(host)}. Let svm_names or"
                " cluster_names make other names, such as uuid, or those that end with the server."
            )


def _described(host: Host) -> str:
    known = host.variables
    where = f" of cluster {known['um_cluster']}" if known["um_kind"] == "svm" else ""
    server = f" of server {known['um_server']}" if "um_server" in known else ""
    return f"the {known['um_kind']} {known['um_name']}{where}{server} with the key {known['um_key']}"
