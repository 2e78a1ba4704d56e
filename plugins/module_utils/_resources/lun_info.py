# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs as they are listed (docs/facts/server.md, 2.5 and 8.9). Private to this collection."""

from __future__ import annotations

from typing import Any

from .._base.names import checked_name, path_filter
from .._model.desired import filters, refer_all
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import Params, Record

REFERENCES = {
    "svm": "svm",
    "cluster": "cluster",
    "volume": "volume",
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}


def query(params: Params) -> dict[str, Any]:
    named = {} if params["name"] is None else path_filter(checked_name(params["name"], "name"))
    return {**named, **filters({**params, "name": None}, REFERENCES, {"query": "query"})}


def matches(params: Params, record: Record) -> bool:
    path = str(record.get("name"))
    return params["name"] in (None, path, path.rpartition("/")[2]) and refer_all(record, params, REFERENCES)


LUNS = Listing(
    plural="luns",
    collection="/storage-provider/luns",
    arguments={
        "name": {"type": "str"},
        **{option: {"type": "str"} for option in REFERENCES},
        "query": {"type": "str"},
        "details": {"type": "bool", "default": False},
        **LIST_ARGUMENTS,
    },
    query=query,
    keys=key_as_name,
    matches=matches,
    detailed=lambda params: params["details"],
)
