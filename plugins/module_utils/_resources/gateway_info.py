# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clusters that the API gateway reaches, as they are listed. Private to this collection.

See docs/facts/server.md, 6.1.
"""

from __future__ import annotations

from typing import Any

from .._base.names import checked_name, is_key, literal, refuse_other_key
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Params, Record


def query(params: Params) -> dict[str, Any]:
    desired: dict[str, Any] = {}
    name = params["name"]
    if name is not None and is_key(name):
        refuse_other_key(name, "name", "cluster", None, "cluster")
        desired["uuid"] = name.partition(":")[0]
    elif name is not None:
        desired["name"] = literal(checked_name(name, "name"))
    if params["ip_address"] is not None:
        desired["ip_address"] = literal(checked_name(params["ip_address"], "ip_address"))
    return desired


def matches(params: Params, record: Record) -> bool:
    name = params["name"]
    if name is not None and is_key(name):
        return str(record.get("uuid")).casefold() == name.partition(":")[0].casefold()
    return name in (None, record.get("name"))


GATEWAYS = Listing(
    plural="gateways",
    collection="/gateways",
    arguments={"name": {"type": "str"}, "ip_address": {"type": "str"}, "filters": LIST_ARGUMENTS["filters"]},
    query=query,
    matches=matches,
)
