# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts, networks and masks as people spell them. Private to this collection."""

from __future__ import annotations

import ipaddress

from .errors import BadInput


def canonical_host(text: object) -> str:
    """One spelling for one host: the shortest of an IP address, lower case and no last dot for a name."""
    host = str(text).strip()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host.casefold().rstrip(".")


def canonical_network(text: object) -> str:
    """One spelling for one host, network or netgroup: ``10.0.0.0/255.0.0.0`` is ``10.0.0.0/8``."""
    try:
        return str(ipaddress.ip_network(str(text).strip(), strict=False))
    except ValueError:
        return canonical_host(text)


def checked_address(text: str, option: str) -> str:
    """An IP address in its shortest spelling.

    :raises BadInput: it is not one
    """
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError as error:
        raise BadInput(f"{option}: {text!r} is not an IP address.") from error


def prefix_length(netmask: object, option: str = "netmask") -> int:
    """255.255.255.0 and 24 say the same, and UM takes either (docs/facts/server.md, 5.10).

    :raises BadInput: it is neither a mask nor a length
    """
    text = str(netmask).strip()
    try:
        network = ipaddress.ip_network(f"::/{text}" if text.isdecimal() else f"0.0.0.0/{text}")
    except ValueError:
        network = None
    if network is None or text not in (str(network.prefixlen), str(network.netmask)):
        raise BadInput(f"{option}: {text!r} is neither a mask like 255.255.255.0 nor a length like 24.")
    return network.prefixlen


def check_netmask(netmask: str, address: str, option: str = "netmask") -> None:
    """Refuse a mask that does not fit an address.

    :raises BadInput: it is not a mask, or it is a mask of the other IP version
    """
    found = ipaddress.ip_address(address)
    if prefix_length(netmask, option) > found.max_prefixlen or ("." in netmask and found.version == 6):
        raise BadInput(f"{option}: {netmask!r} does not go with {address}.")
