# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: HTTP Basic and UM's roles (docs/facts/server.md, 1.2, 1.3 and 9.6)."""

from __future__ import annotations

import base64
import hmac
from typing import Any

from .errors import Refusal
from .paths import (
    ALERTS,
    BACKUP_SETTINGS,
    DATASOURCES,
    EVENTS,
    PERFORMANCE_SERVICE_LEVELS,
    PLACEMENT,
    SCRIPTS,
    STORAGE_EFFICIENCY_POLICIES,
    USERS,
)
from .switches import Switch, Switches
from .world import World

ADMINISTRATION = ("/admin/", "/security/")
SWITCHES = (
    Switch("admin_reads", "any_role", ("any_role", "administrator"), "who may GET admin and security (1.3)"),
    Switch("database_user_status", 401, (401, 403), "the answer to a database user (1.2)"),
    Switch("failed_logins_until_locked", 0.0, (), "wrong passwords in a row that lock a user, 0 for never (1.2)"),
    Switch("operators_change_events", True, (True, False), "whether operators may, as they may in the UI (1.3)"),
    Switch("operators_place_data", False, (True, False), "whether operators may ask where data is best placed (9.6)"),
    Switch(
        "backup_settings_change", "administrator", ("administrator", "any_role"), "who may, as all may in the UI (9.6)"
    ),
    Switch("storage_administrators_change_storage", True, (True, False), "workloads, SVMs, igroups, endpoints (9.6)"),
    Switch("storage_administrators_change_alerts", True, (True, False), "alerts and scripts, as in the UI (9.6)"),
    Switch("storage_administrators_change_datasources", False, (True, False), "clusters, as in the UI (9.6)"),
    Switch("storage_administrators_change_policies", False, (True, False), "levels and efficiency policies (9.6)"),
)
# The first that fits decides; what fits none is storage.
AREAS = (
    ("events", (EVENTS,)),
    ("alerts", (ALERTS, SCRIPTS)),
    ("datasources", (DATASOURCES,)),
    ("backup settings", (BACKUP_SETTINGS,)),
    ("administration", ADMINISTRATION),
    ("policies", (PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES)),
    ("gateways", ("/gateways/",)),
    ("placement", (PLACEMENT,)),
)


def authenticate(world: World, authorization: str | None) -> dict[str, Any]:
    """The record of the user who sent this Authorization header.

    :raises Refusal: 401; for a database user 401 or 403
    """
    name, password = _credentials(authorization)
    user = world.table(USERS).get(name)
    known = world.passwords.get(name)
    if user is None or known is None:
        raise Refusal(401)
    if not hmac.compare_digest(known.encode(), password.encode()):
        _count_failure(world, user)
        raise Refusal(401)
    if user["locked"] == "yes":
        raise Refusal(401)
    world.note(f"user {name}").pop("failed logins", None)
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


def _count_failure(world: World, user: dict[str, Any]) -> None:
    """Lock the user, if UM does that and it was one time too many."""
    note = world.note(f"user {user['name']}")
    note["failed logins"] = note.get("failed logins", 0) + 1
    limit = world.switches["failed_logins_until_locked"]
    if limit and note["failed logins"] >= limit and user["locked"] == "no":
        world.table(USERS).put({**user, "locked": "yes"})


def authorize(world: World, user: dict[str, Any], method: str, path: str) -> None:
    """Refuse what the user's role may not do.

    :raises Refusal: 403
    """
    if method in ("GET", "HEAD", "OPTIONS"):
        if not may_read(world.switches, user["role"], path):
            raise Refusal(403)
    elif not may_change(world.switches, user["role"], path):
        raise Refusal(403)


def may_read(switches: Switches, role: str, path: str) -> bool:
    return role == "administrator" or switches["admin_reads"] == "any_role" or not path.startswith(ADMINISTRATION)


def may_change(switches: Switches, role: str, path: str) -> bool:
    if role == "administrator":
        return True
    area = next((name for name, prefixes in AREAS if path.startswith(prefixes)), "storage")
    backups = switches["backup_settings_change"] == "any_role"
    if role == "storage_administrator":
        by_switch = ("alerts", "datasources", "policies", "storage")
        rights = {name: switches[f"storage_administrators_change_{name}"] for name in by_switch}
        return {"events": True, "placement": True, "backup settings": backups, **rights}.get(area, False)
    operators = {"events": switches["operators_change_events"], "placement": switches["operators_place_data"]}
    return {**operators, "backup settings": backups}.get(area, False)
