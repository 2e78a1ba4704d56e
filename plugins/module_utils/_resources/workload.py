# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workloads as they are listed, and their summary (docs/facts/server.md, 8.23 and 8.24). Private to this collection."""

from __future__ import annotations

from .._base.names import checked_name, has_operators, is_key
from .._model.desired import filters, refer_all
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Params, Record

SCOPE = {"svm": "svm", "cluster": "cluster", "volume": "volume"}
POLICIES = {
    "performance_service_level": "assigned_performance_service_level",
    "storage_efficiency_policy": "assigned_storage_efficiency_policy",
}
REFERENCES = {**SCOPE, **POLICIES}


def _query(params: Params) -> Record:
    name = params["name"]
    query = filters({**params, "name": None}, REFERENCES, {"type": "type", "query": "query"})
    if name is not None:
        query.update({"key": name} if is_key(name) else _named(checked_name(name, "name")))
    return query


def _named(name: str) -> Record:
    """The filter for a LUN or a file share: LUNs are named by their path, file shares are not.

    A pattern cannot stand in quotes, so that names with operators are not filtered, only tested afterwards.
    """
    if has_operators(name):
        return {}
    return {"name": name if "/" in name else f"*{name}"}


def _matches(params: Params, record: Record) -> bool:
    name = str(record.get("name"))
    named = params["name"] in (None, name, name.rpartition("/")[2], record.get("key"))
    return named and refer_all(record, params, REFERENCES)


WORKLOADS = Listing(
    plural="workloads",
    collection="/storage-provider/workloads",
    arguments={
        "name": {"type": "str"},
        "type": {"type": "str", "choices": ["file_share", "lun", "unknown"]},
        **{option: {"type": "str"} for option in REFERENCES},
        "query": {"type": "str"},
        "summary": {"type": "bool", "default": False},
        **LIST_ARGUMENTS,
    },
    query=_query,
    matches=_matches,
    beside=lambda params: {"summary": "/storage-provider/workloads-summary"} if params["summary"] else {},
)
