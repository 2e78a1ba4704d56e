# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a POST that creates an SVM, and the limits of its addresses and services (docs/facts/server.md, 5.10).

Private to this collection.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from ..._base.addresses import check_netmask, checked_address
from ..._base.errors import BadInput
from ..._model import kinds
from ..._model.desired import listed, require_for_creation
from ..._model.resource import Record, Reference

PROTOCOLS = ("nfs", "iscsi", "fcp", "nvme")
LANGUAGES = (
    "ar c cs da de en en_us es fi fr he hr hu it ja ja_jp.932 ja_jp.pck ja_jp.pck_v2 ja_v1 ko nl no pl pt ro ru sk sl"
    " sv tr zh zh.gbk zh_tw zh_tw.big5"
)
SETTABLE = {"utf8mb4", *(f"{language}.utf_8" for language in LANGUAGES.split())}
LIMITS = (  # the most entries, and the most characters of each
    ("dns", "domains", 6, 255),
    ("dns", "servers", 3, 255),
    ("nis", "domain", 1, 64),
    ("nis", "servers", 10, 255),
)


def creation(desired: Record) -> Record:
    """:raises BadInput: something is missing, or a language that cannot be set"""
    require_for_creation("SVM", desired["name"], desired, "cluster")
    if "cifs" in desired:
        missing = [name for name in ("username", "password") if not desired["cifs"].get(name)]
        missing += [name for name in ("ip_interfaces", "routes", "dns") if not desired.get(name)]
        if missing:
            raise BadInput(f"cifs: for a new CIFS server, also set {listed(missing)}.")
    if "language" in desired:
        check_language(desired["language"])
    body: Record = {
        "name": desired["name"],
        "cluster": Reference(kinds.CLUSTER, desired["cluster"], "cluster"),
        **{name: desired[name] for name in ("language", "subtype", "dns", "nis", "ldap") if name in desired},
        **{name: {"name": desired[name]} for name in ("ipspace", "snapshot_policy") if name in desired},
        **{name: {"enabled": desired[name]} for name in PROTOCOLS if name in desired},
    }
    if "aggregates" in desired:
        body["aggregates"] = aggregates(desired, desired["cluster"])
    if "cifs" in desired:
        domain = {"fqdn": desired["cifs"]["domain"], "user": desired["cifs"]["username"]}
        domain["password"] = desired["cifs"]["password"]
        body["cifs"] = {"enabled": True, "name": desired["cifs"]["name"], "ad_domain": domain}
    if "ip_interfaces" in desired:
        body["ip_interfaces"] = [_interface(one) for one in desired["ip_interfaces"]]
    if "routes" in desired:
        body["routes"] = [_route(one) for one in desired["routes"]]
    return body


def aggregates(desired: Record, cluster: str | None) -> list[Reference]:
    scope = (("cluster", cluster),) if cluster else ()
    return [Reference(kinds.AGGREGATE, name, "aggregates", scope) for name in dict.fromkeys(desired["aggregates"])]


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
        raise BadInput(f"routes.destination: {text!r} is not a network; write it like 10.0.0.0/8.") from error


def language(text: str) -> str:
    """UM writes ``en_us.utf_8`` where people write en_US.UTF-8."""
    return text.casefold().replace("-", "_")


def check_language(name: str) -> None:
    """:raises BadInput: UM does not know it, or shows it but cannot set it, since it is not in UTF-8"""
    if name not in SETTABLE:
        raise BadInput(f"language: {name!r} cannot be set; give utf8mb4, or one in UTF-8, like c.utf_8 or en_us.utf_8.")


def check_limits(desired: Record) -> None:
    """:raises BadInput: something is missing, too many or too long, or an address is not an address"""
    for service, option, most, longest in LIMITS:
        if service in desired:
            _check_entries(f"{service}.{option}", desired[service].get(option) or [], most, longest)
    for server in desired.get("dns", {}).get("servers", ()):
        checked_address(server, "dns.servers")
    ldap = desired.get("ldap")
    if ldap is not None and bool(ldap.get("servers")) == bool(ldap.get("ad_domain")):
        raise BadInput("ldap: give either servers or ad_domain.")
    for interface in desired.get("ip_interfaces", ()):
        check_netmask(
            interface["netmask"],
            checked_address(interface["address"], "ip_interfaces.address"),
            "ip_interfaces.netmask",
        )
    for route in desired.get("routes", ()):
        checked_address(route["gateway"], "routes.gateway")
        if "destination" in route:
            _network(route["destination"])


def _check_entries(option: str, given: Any, most: int, longest: int) -> None:
    entries = given if isinstance(given, list) else [given]
    if not 1 <= len(entries) <= most:
        raise BadInput(f"{option}: {len(entries)} are given; give 1 to {most}.")
    for entry in entries:
        if not 1 <= len(entry) <= longest:
            raise BadInput(f"{option}: {entry!r} has {len(entry)} characters; it must have 1 to {longest}.")
