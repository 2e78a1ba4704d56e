# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a POST that creates an SVM, with its addresses and services (wire facts 5.10).

Private to this collection.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from .._errors import BadInput
from .._resource import AGGREGATE, CLUSTER, Record, Reference

PROTOCOLS = ("nfs", "iscsi", "fcp", "nvme")


def creation(wish: Record) -> Record:
    """:raises BadInput: something is missing"""
    if "cluster" not in wish:
        raise BadInput("There is no such SVM, and to create it cluster must be given, too.")
    if "cifs" in wish:
        missing = [name for name in ("username", "password") if not wish["cifs"].get(name)]
        missing += [name for name in ("ip_interfaces", "routes") if not wish.get(name)]
        missing += [] if wish.get("dns", {}).get("servers") else ["dns.servers"]
        if missing:
            raise BadInput(f"cifs: for a new CIFS server {', '.join(missing)} must be given, too.")
    body: Record = {
        "name": wish["name"],
        "cluster": Reference(CLUSTER, wish["cluster"], "cluster"),
        **{name: wish[name] for name in ("language", "subtype", "dns", "nis", "ldap") if name in wish},
        **{name: {"name": wish[name]} for name in ("ipspace", "snapshot_policy") if name in wish},
        **{name: {"enabled": wish[name]} for name in PROTOCOLS if name in wish},
    }
    if "aggregates" in wish:
        body["aggregates"] = aggregates(wish, wish["cluster"])
    if "cifs" in wish:
        domain = {"fqdn": wish["cifs"]["domain"], "user": wish["cifs"]["username"]}
        domain["password"] = wish["cifs"]["password"]
        body["cifs"] = {"enabled": True, "name": wish["cifs"]["name"], "ad_domain": domain}
    if "ip_interfaces" in wish:
        body["ip_interfaces"] = [_interface(one) for one in wish["ip_interfaces"]]
    if "routes" in wish:
        body["routes"] = [_route(one) for one in wish["routes"]]
    return body


def aggregates(wish: Record, cluster: str | None) -> list[Reference]:
    scope = (("cluster", cluster),) if cluster else ()
    return [Reference(AGGREGATE, name, "aggregates", scope) for name in dict.fromkeys(wish["aggregates"])]


def _interface(one: Record) -> Record:
    return {
        "name": one["name"],
        "enabled": one["enabled"],
        "ip": {"address": one["address"], "netmask": one["netmask"]},
        "location": {"home_node": {"name": one["home_node"]}},
    }


def _route(one: Record) -> Record:
    if "destination" not in one:
        return {"gateway": one["gateway"]}
    found = _network(one["destination"])
    destination = {"address": str(found.network_address), "netmask": str(found.prefixlen)}
    return {"gateway": one["gateway"], "destination": destination}


def _network(text: str) -> Any:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise BadInput(f"routes.destination: {text!r} is no network like 10.0.0.0/8.") from error


def check_addresses(wish: Record) -> None:
    """:raises BadInput: one of the interfaces or routes has none"""
    for interface in wish.get("ip_interfaces", ()):
        _check_address(interface["address"], "ip_interfaces.address")
    for route in wish.get("routes", ()):
        _check_address(route["gateway"], "routes.gateway")
        if "destination" in route:
            _network(route["destination"])


def _check_address(text: str, option: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError as error:
        raise BadInput(f"{option}: {text!r} is no IP address.") from error
