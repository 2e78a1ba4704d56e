# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user of every role (docs/facts/server.md, 1.3 and 8.19)."""

from __future__ import annotations

from ..paths import USERS
from ..world import World

# name, role, type, password
ACCOUNTS = (
    ("admin", "administrator", "local_user", "Netapp1!"),
    ("storage", "storage_administrator", "local_user", "Storage1!"),
    ("operator", "operator", "local_user", "Operator1!"),
    ("umadmin", "administrator", "maintenance_user", "Umadmin1!"),
    ("reports", "report_schema", "database_user", "Reports1!"),
    ("schema", "integration_schema", "database_user", "Schema1!"),
)


def seed(world: World) -> None:
    for name, role, kind, password in ACCOUNTS:
        world.passwords[name] = password
        world.table(USERS).put(
            {
                "name": name,
                "role": role,
                "authentication_type": kind,
                "email": None if kind == "database_user" else f"{name}@example.com",
                "group": False,
                "locked": "no" if kind in ("local_user", "maintenance_user") else "na",
                "_links": {"self": {"href": f"/api{USERS}/{name}"}},
            }
        )


def credentials() -> dict[str, dict[str, str]]:
    """{user name: {password, role}} of all accounts."""
    return {name: {"password": password, "role": role} for name, role, dummy, password in ACCOUNTS}
