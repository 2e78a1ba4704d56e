# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came with which release of UM, to say why a path is missing (docs/facts/releases.md, 1 and 2). Pure.

Private to this collection.
"""

from __future__ import annotations

import re

SYSTEM = "/management-server/system"
# (path, what the user asked for, the release that brought it); the first that fits counts
_CAME_WITH = (
    (r"/management-server/alerts", "alert", "9.10"),
    (r"/management-server/scripts", "alert_script", "9.10"),
    (r"/management-server/events/.+", "event by key", "9.10"),
    (r"/datacenter/network/.*/(?:analytics|metrics)", "metrics_info of the network", "9.10"),
    (r"/datacenter/network/(?:ethernet|fc)/ports", "datacenter_info of ports", "9.10"),
    (r"/datacenter/network/(?:fc|ip)/interfaces", "datacenter_info of interfaces", "9.10"),
    (r"/datacenter/cluster/licensing/licenses", "datacenter_info of licenses", "9.9"),
    (r"/datacenter/.*/(?:analytics|metrics)", "metrics_info", "9.9"),
)


def came_with(path: str) -> tuple[str, str] | None:
    """What a path is for and the release that brought it; None for what all supported releases have."""
    for pattern, words, release in _CAME_WITH:
        if re.match(rf"{pattern}(?:/|$)", path):
            return words, release
    return None


def number(release: object) -> tuple[int, int] | None:
    """``9.10P1`` and ``9.10.1`` as (9, 10); None where it is not a release."""
    found = re.match(r"\D{0,20}(\d{1,4})\.(\d{1,4})", str(release), re.ASCII)
    return (int(found.group(1)), int(found.group(2))) if found else None


def needs(path: str, version: object) -> str | None:
    """The sentence for a path that is missing because the server is too old; None where that is not the reason.

    :param version: what the server says of itself
    """
    known, there = came_with(path), number(version)
    if known is None or there is None:
        return None
    words, release = known
    if there >= (number(release) or ()):
        return None
    return f"{words} needs UM {release} or newer; this is {version}."
