# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities of aggregates as they are listed (docs/facts/server.md, 8.22). Private to this collection."""

from __future__ import annotations

from .._base.names import refers
from .._model.desired import filters
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import Params, Record


def _supports(params: Params, record: Record) -> bool:
    level = params["performance_service_level"]
    named = params["name"] in (None, record.get("name")) and refers(record.get("cluster"), params["cluster"])
    return named and (
        level is None or any(refers(one, level) for one in record.get("performance_service_levels") or ())
    )


CAPABILITIES = Listing(
    plural="aggregate_capabilities",
    collection="/storage-provider/aggregate-capabilities",
    arguments={
        "name": {"type": "str"},
        "cluster": {"type": "str"},
        "performance_service_level": {"type": "str"},
        **LIST_ARGUMENTS,
    },
    query=lambda params: filters(params, {"cluster": "cluster"}),
    keys=key_as_name,
    matches=_supports,
)
