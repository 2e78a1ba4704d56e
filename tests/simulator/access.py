# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: HTTP Basic and UM's roles (docs/facts/server.md, 1.2 and 1.3)."""

from __future__ import annotations

import base64
import hmac
from typing import Any

from .errors import Refusal
from .paths import EVENTS, PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES, USERS
from .world import World

ADMINISTRATION = ("/admin/", "/security/")
ADMINISTRATORS_WRITE = (*ADMINISTRATION, PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES, "/gateways/")


def authenticate(world: World, authorization: str | None) -> dict[str, Any]:
    """The record of the user who sent this Authorization header.

    :raises Refusal: 401; for a database user 401 or 403
    """
    name, password = _credentials(authorization)
    user = world.table(USERS).get(name)
    known = world.passwords.get(name)
    if user is None or known is None or not hmac.compare_digest(known.encode(), password.encode()):
        raise Refusal(401)
    if user["locked"] == "yes":
        raise Refusal(401)
    if user["role"] in ("integration_schema", "report_schema"):
        raise Refusal(world.switches["database_user_status"])
    return user


def _credentials(authorization: str | None) -> tuple[str, str]:
    scheme, encoded = (authorization or "").partition(" ")[::2]
    if scheme.lower() != "basic":
        raise Refusal(401)
    try:
        name, password = base64.b64decode(encoded, validate=True).decode().partition(":")[::2]
    except ValueError:  # no base64, or no UTF-8 in it
        raise Refusal(401) from None
    return name, password


def authorize(world: World, user: dict[str, Any], method: str, path: str) -> None:
    """Refuse what the user's role may not do.

    :raises Refusal: 403
    """
    role = user["role"]
    if role == "administrator":
        return
    if method in ("GET", "HEAD", "OPTIONS"):
        if world.switches["admin_reads"] == "administrator" and path.startswith(ADMINISTRATION):
            raise Refusal(403)
        return
    if path.startswith(f"{EVENTS}/"):
        return  # operators, too: see the resource
    if role == "operator" or path.startswith(ADMINISTRATORS_WRITE):
        raise Refusal(403)
