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
