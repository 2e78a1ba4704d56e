# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which role a request needs, to say why it is refused with 403 (docs/facts/server.md, 1.3 and 1.6). Pure.

Private to this collection.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OPERATOR, STORAGE, APPLICATION = "Operator", "Storage Administrator", "Application Administrator"
ROLES = (OPERATOR, STORAGE, APPLICATION)  # each may also do what those before it may
READS = ("GET", "HEAD", "OPTIONS")


class Right(NamedTuple):
    """What a part of the API needs.

    :param path: a regular expression for the path below the API's base
    :param reading: the least role that reads it on every server
    :param changing: the least role that changes it on every server
    :param otherwise: why a user who has the role may be refused as well, for messages
    """

    path: str
    reading: str
    changing: str
    otherwise: str = ""


_OFF = "{} may be switched off in Unified Manager's settings"
_STORAGE_OFF = _OFF.format("policy-based storage management")
_GATEWAY_OFF = _OFF.format("the API gateway") + ", or the cluster refuses the account that Unified Manager keeps of it"
GATEWAYS = "/gateways"
# The first that fits counts.
RIGHTS = (
    Right(
        "/storage-provider/(performance-service-levels|storage-efficiency-policies)",
        OPERATOR,
        APPLICATION,
        _STORAGE_OFF,
    ),
    Right("/storage-provider", OPERATOR, STORAGE, _STORAGE_OFF),
    Right("/datacenter", OPERATOR, STORAGE),
    Right("/management-server/scripts", OPERATOR, STORAGE, _OFF.format("the upload of scripts")),
    Right("/management-server/(alerts|events)", OPERATOR, STORAGE),
    Right("/management-server", OPERATOR, APPLICATION),
    Right(GATEWAYS, OPERATOR, APPLICATION, _GATEWAY_OFF),
    Right("/admin", APPLICATION, APPLICATION),
    Right("/security", APPLICATION, APPLICATION),
)
NO_ROLE = (
    "Every role that may use the API can do that, so this may be a database user: the roles Integration Schema and"
    " Report Schema have no access to the API."
)


def right_for(path: str) -> Right | None:
    """The right that counts for a path below the API's base; None for a path that is not UM's."""
    return next((right for right in RIGHTS if re.match(rf"(?:{right.path})", path)), None)


def explained(method: str, path: str) -> str:
    """The sentences for a request that was refused with 403.

    :param path: with or without the API's base, ``/api`` or ``/api/v2``
    """
    below = re.sub(r"^/api(?:/v\d+)?(?=/)", "", path)
    right, reads = right_for(below), method in READS
    if right is None:
        return "The user's role does not allow it."
    role = right.reading if reads else right.changing
    first, *others = ROLES[ROLES.index(role) :]
    roles = " or ".join(([", ".join([first, *others[:-1]])] if others else [first]) + others[-1:])
    text = f"The user's role does not allow it: this request needs the role {roles}."
    if role == OPERATOR:
        text = f"{text} {NO_ROLE}"
    if right.otherwise and (not reads or right.path == GATEWAYS):
        text = f"{text} If the user has it, {right.otherwise}."
    return text
