# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs as they are listed (docs/facts/server.md, 2.5 and 8.9). Private to this collection."""

from __future__ import annotations

from typing import Any

from .._base.names import by, checked_name, is_key, path_filter, refers
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Params, Record

REFERENCES = {
    "svm": "svm",
    "cluster": "cluster",
    "volume": "volume",
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}


def query(params: Params) -> dict[str, Any]:
    filters: dict[str, Any] = {"query": params["query"]} if params["query"] else {}
    name = params["name"]
    if name is not None:
        filters.update(path_filter(checked_name(name, "name")))
    for option, field in REFERENCES.items():
        if params[option] is not None:
            filters.update(by(field, checked_name(params[option], option)))
    return filters


def matches(params: Params, record: Record) -> bool:
    path = str(record.get("name"))
    named = params["name"] in (None, path, path.rpartition("/")[2])
    return named and all(refers(record.get(field), params[option]) for option, field in REFERENCES.items())


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
    keys=lambda params: [params["name"]] if is_key(params["name"]) else None,
    matches=matches,
    detailed=lambda params: params["details"],
)
