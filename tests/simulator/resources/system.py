# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server itself (docs/facts/server.md, 8.21)."""

from __future__ import annotations

from ..calls import Answer, Call, Route, ok
from ..keys import named_uuid
from ..paths import SYSTEM


def read(call: Call) -> Answer:
    return ok(
        {
            "uuid": named_uuid("unified manager"),
            "product": "Active IQ Unified Manager",
            "vendor": "NetApp, Inc.",
            "version": call.world.switches["release"],
            "deployment": "RedHat",
            "services": [
                {"name": "ocie", "description": "Active IQ Unified Manager server service", "status": "running"},
                {"name": "ocieau", "description": "Active IQ acquisition service", "status": "running"},
                {"name": "mysqld", "description": "Database service", "status": "running"},
            ],
            "_links": {"self": {"href": f"/api{SYSTEM}"}},
        }
    )


ROUTES = [Route("GET", SYSTEM, read)]
