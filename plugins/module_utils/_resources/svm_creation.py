# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The body of a POST that creates an SVM, and the limits of its addresses and services (wire facts 5.10).

Private to this collection.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from .._errors import BadInput
from .._resource import AGGREGATE, CLUSTER, Record, Reference

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


def creation(wish: Record) -> Record:
    """:raises BadInput: something is missing, or a language that cannot be set"""
    if "cluster" not in wish:
        raise BadInput("There is no such SVM, and to create it cluster must be given, too.")
    if "cifs" in wish:
        missing = [name for name in ("username", "password") if not wish["cifs"].get(name)]
        missing += [name for name in ("ip_interfaces", "routes", "dns") if not wish.get(name)]
        if missing:
            raise BadInput(f"cifs: for a new CIFS server {', '.join(missing)} must be given, too.")
    if "language" in wish:
        check_language(wish["language"])
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


def language(text: str) -> str:
    """UM writes ``en_us.utf_8`` where people write en_US.UTF-8."""
    return text.casefold().replace("-", "_")


def check_language(name: str) -> None:
    """:raises BadInput: UM does not know it, or shows it but cannot set it, since it is not in UTF-8"""
    if name not in SETTABLE:
        raise BadInput(f"language: {name!r} cannot be set; give utf8mb4, or one in UTF-8, like c.utf_8 or en_us.utf_8.")


def check_limits(wish: Record) -> None:
    """:raises BadInput: something is missing, too much or too long, or an address that is none"""
    for service, option, most, longest in LIMITS:
        if service in wish:
            _check_entries(f"{service}.{option}", wish[service].get(option) or [], most, longest)
    for server in wish.get("dns", {}).get("servers", ()):
        _check_address(server, "dns.servers")
    ldap = wish.get("ldap")
    if ldap is not None and bool(ldap.get("servers")) == bool(ldap.get("ad_domain")):
        raise BadInput("ldap: give either servers or ad_domain.")
    for interface in wish.get("ip_interfaces", ()):
        _check_address(interface["address"], "ip_interfaces.address")
    for route in wish.get("routes", ()):
        _check_address(route["gateway"], "routes.gateway")
        if "destination" in route:
            _network(route["destination"])


def _check_entries(option: str, given: Any, most: int, longest: int) -> None:
    entries = given if isinstance(given, list) else [given]
    if not 1 <= len(entries) <= most:
        raise BadInput(f"{option}: {len(entries)} are given; 1 to {most} are taken.")
    for entry in entries:
        if not 1 <= len(entry) <= longest:
            raise BadInput(f"{option}: {entry!r} has {len(entry)} characters; 1 to {longest} are taken.")


def _check_address(text: str, option: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError as error:
        raise BadInput(f"{option}: {text!r} is no IP address.") from error
