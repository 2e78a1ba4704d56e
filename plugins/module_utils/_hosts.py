# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts as people spell them. Private to this collection."""

from __future__ import annotations

import ipaddress


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
