# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data placement: which aggregates would suit a workload; changes nothing (docs/facts/server.md, 5.9).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._base.errors import BadInput
from .._base.names import checked_name
from .._base.sizes import MIB, parse_size
from .._model import kinds
from .._model.resource import Params, Record, Reference

PATH = "/storage-provider/data-placement"
PRIORITIES = ["volume_count", "size", "latency", "ops"]
METHODS = {"rank": 0, "normalized": 1, "literal": 2, "raw": 2}
SCOPE = {"aggregates": kinds.AGGREGATE, "nodes": kinds.NODE, "clusters": kinds.CLUSTER, "svms": kinds.SVM}
ARGUMENTS = {
    "capacity": {"type": "str", "default": "100GiB"},
    "performance_service_level": {"type": "str"},
    **{name: {"type": "list", "elements": "str"} for name in SCOPE},
    "priority_order": {"type": "list", "elements": "str"},
    "all_candidates": {"type": "bool", "default": True},
    "evaluation": {"type": "str", "choices": list(METHODS), "default": "rank"},
}


def path_to(params: Params) -> str:
    """One call names the best aggregate, the other ranks all."""
    return f"{PATH}/balance" if params["all_candidates"] else PATH


def body_of(params: Params) -> Record:
    """The request; UM counts in M and takes whole numbers.

    :raises BadInput: a size, a name or an order is invalid
    """
    mib = -(-parse_size(params["capacity"], "capacity") // MIB)
    desired: Record = {"capacity": f"{mib}M"}
    if params["performance_service_level"] is not None:
        level = checked_name(params["performance_service_level"], "performance_service_level")
        desired["ssl_key"] = Reference(kinds.PERFORMANCE_SERVICE_LEVEL, level, "performance_service_level")
    places = [
        Reference(kind, checked_name(name, option), option)
        for option, kind in SCOPE.items()
        for name in params[option] or ()
    ]
    if places:
        desired["resource_keys"] = places
    if params["priority_order"] is not None:
        desired["priority_order"] = _order(params["priority_order"])
    if params["all_candidates"]:
        desired.update(eval_method=METHODS[params["evaluation"]], opt_method=0, separate_flag=is_raw(params))
    else:
        _check_for_best(params)
    return desired


def is_raw(params: Params) -> bool:
    """Whether the answer is unweighted statistics; their form is not documented.

    See docs/facts/server.md, 5.9.
    """
    return params["evaluation"] == "raw"


def _check_for_best(params: Params) -> None:
    """The call that names only the best aggregate always ranks, and takes no criteria that count the same."""
    if params["evaluation"] != "rank":
        raise BadInput(f"evaluation: {params['evaluation']} needs all_candidates: true.")
    if any(":" in entry for entry in params["priority_order"] or ()):
        raise BadInput("priority_order: criteria that count the same, joined by a colon, need all_candidates: true.")


def _order(order: Sequence[str]) -> list[str]:
    """Each criterion once; those of one rank are joined by a colon, like ``latency:ops``."""
    if sorted(one for entry in order for one in entry.split(":")) != sorted(PRIORITIES):
        raise BadInput(f"priority_order: name each of {', '.join(PRIORITIES)} once, the most important first.")
    return list(order)


def ranked(answer: Any) -> list[Record]:
    """Key, name and score of the aggregates, best first; servers answer with one, or with a list.

    See docs/facts/server.md, 5.9.
    """
    rows = answer if isinstance(answer, list) else [answer]
    if isinstance(answer, dict) and isinstance(answer.get("records"), list):
        rows = answer["records"]
    found = [row for row in rows if isinstance(row, dict) and row.get("key")]
    found.sort(key=lambda row: -_score(row) if _score(row) is not None else 0.0)
    return [{"key": row["key"], "name": row.get("name"), "score": _score(row)} for row in found]


def _score(row: Record) -> Any:
    scores = row.get("scores")
    return scores.get("total_weighted_score") if isinstance(scores, dict) else None
