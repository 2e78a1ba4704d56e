# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance of the inventory: metrics of one object, analytics of all of a kind (docs/facts/server.md, 8.25).

Private to this collection.
"""

from __future__ import annotations

from .._base.errors import BadInput
from .._base.names import checked_name, is_key
from .._model.desired import filters, given, refer_all, scope_of
from .._model.kinds import Kind
from .._model.listing import LIST_ARGUMENTS, checked_limit, own_filters
from .._model.resource import Params, Record, Reference
from .datacenter import SUBSETS, Subset

MEASURED = {name.rstrip("s"): subset for name, subset in SUBSETS.items() if subset.measured}
# What rows of analytics refer to, beside the object itself.
SCOPE = {place: place for place in ("svm", "cluster", "node")}
INTERVALS = ["1h", "12h", "1d", "2d", "3d", "15d", "1w", "1m", "2m", "3m", "6m"]
ARGUMENTS = {
    "kind": {"type": "str", "choices": list(MEASURED), "required": True},
    "name": {"type": "str"},
    **{place: {"type": "str"} for place in SCOPE},
    "interval": {"type": "str", "choices": INTERVALS},
    **LIST_ARGUMENTS,
}


def measured(params: Params) -> tuple[Subset, Reference | None]:
    """The kind whose performance is asked for, and the one object if one is meant.

    :raises BadInput: options that say nothing about it
    """
    subset, single = MEASURED[params["kind"]], params["name"] is not None
    for place in SCOPE:
        if params[place] is not None and place not in _places(params["kind"], subset, single):
            raise BadInput(f"{place}: no {subset.title} can be chosen by {place}; leave it out.")
    if not single:
        if params["interval"] is not None:
            raise BadInput("interval: analytics are always of 72 hours; give the name of one object, or no interval.")
        return subset, None
    if params["filters"] or params["order_by"] or params["limit"]:
        raise BadInput(
            "name: filters, order_by and limit are for all objects of a kind; leave out name, or leave them out."
        )
    kind = Kind(subset.title, subset.collection, subset.key_type, named_by_path=subset.key_type == "lun")
    scope = scope_of(given(params, SCOPE), *SCOPE)
    name = params["name"] if is_key(params["name"]) else checked_name(params["name"], "name")
    return subset, Reference(kind, name, "name", scope)


def _places(kind: str, subset: Subset, single: bool) -> set[str]:
    """What limits the objects of a kind; rows of analytics refer to the object itself, too."""
    found = {"cluster", *(["svm"] if subset.in_svm else []), *(["node"] if subset.on_node else [])}
    return found - {kind} if single else found | {kind}


def metrics_query(params: Params) -> Record:
    return {"interval": params["interval"]} if params["interval"] else {}


def analytics_query(params: Params) -> Record:
    """The filters for analytics, whose rows refer to what they lie on."""
    query = {**own_filters(params["filters"]), **filters(params, SCOPE)}
    limit = checked_limit(params["limit"])
    query.update({"max_records": min(limit, 1000)} if limit else {})
    return {**query, **({"order_by": params["order_by"]} if params["order_by"] else {})}


def is_there(params: Params, row: Record) -> bool:
    return refer_all(row, params, SCOPE)
