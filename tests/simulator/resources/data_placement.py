# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a workload would best be placed: POSTs that change nothing (docs/facts/server.md, 5.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .. import performance
from ..calls import Answer, Call, Route
from ..errors import bad_value, unknown_key
from ..paths import AGGREGATES, CLUSTERS, NODES, PERFORMANCE_SERVICE_LEVELS, PLACEMENT, SVMS, VOLUMES
from ..switches import Switch
from ..tables import Record
from ..validation import flag, number, text
from ..world import World
from .metrics import LOAD

BALANCE = f"{PLACEMENT}/balance"
SWITCHES = (
    Switch(
        "data_placement",
        "balance_list",
        ("balance_list", "document", "list"),
        "who answers 200 and a list, best first: balance only, neither or both; the others 202 and one aggregate (5.9)",
    ),
)
RANK, NORMALIZED, LITERAL = 0, 1, 2
LESS_IS_BETTER = ("volume_count", "latency")
PRIORITIES = ("volume_count", "size", "latency", "ops")
UNITS = {"M": 1024**2, "G": 1024**3, "T": 1024**4, "P": 1024**5}
SHAPE = {
    "capacity": text(),
    "ssl_key": text(),
    "resource_keys": [text()],
    "priority_order": [text()],
}
BALANCE_SHAPE = {
    **SHAPE,
    "eval_method": number(minimum=0, maximum=2),
    "opt_method": number(),
    "separate_flag": flag(),
}


def place(call: Call) -> Answer:
    return _answer(call, _ranked(call, SHAPE)[:1], call.world.switches["data_placement"] == "list")


def balance(call: Call) -> Answer:
    ranked = _ranked(call, BALANCE_SHAPE)
    if call.body.get("separate_flag"):
        return Answer(200, {one["key"]: list(measures(call.world, one).values()) for one, _score in ranked})
    return _answer(call, ranked, call.world.switches["data_placement"] != "document")


def measures(world: World, aggregate: Record) -> dict[str, float]:
    """What each criterion sees of an aggregate: volumes, free bytes, microseconds, percent of the load that is free."""
    key = aggregate["key"]
    on_it = [one for one in world.table(VOLUMES).values() if key in [part["key"] for part in one["aggregates"]]]
    return {
        "volume_count": float(len(on_it)),
        "size": float(aggregate["space"]["block_storage"]["available"]),
        "latency": performance.average(key, "latency.total", LOAD, 0.0, *performance.ANALYSED),  # at any time the same
        "ops": 100.0 - aggregate["performance_capacity"]["used"],
    }


def scores(found: list[dict[str, float]], weights: Mapping[str, float], method: int) -> list[float]:
    """A score for each aggregate; higher is better.

    :param found: the measures of each
    :param weights: of each criterion; they add up to 1
    :param method: RANK gives 10 points for each place from the last, NORMALIZED the share of the best, LITERAL what
        was measured
    """
    judged = [_points([one[name] for one in found], name in LESS_IS_BETTER, method) for name in weights]
    return [
        round(sum(weight * points[place] for weight, points in zip(weights.values(), judged, strict=True)), 6)
        for place in range(len(found))
    ]


def _points(values: list[float], less_is_better: bool, method: int) -> list[float]:
    signed = [-value for value in values] if less_is_better else values
    if method == LITERAL:
        return signed
    if method == RANK:
        return [10.0 * (len(signed) - sum(other > one for other in signed)) for one in signed]
    low, high = min(signed), max(signed)
    return [1.0 if high == low else (one - low) / (high - low) for one in signed]


def weights_of(order: list[str]) -> dict[str, float]:
    """The weight of each criterion by its place; those that are joined by a colon share theirs.

    :raises Refusal: it does not name each criterion once
    """
    places = [entry.split(":") for entry in order]
    if sorted(name for place in places for name in place) != sorted(PRIORITIES):
        raise bad_value("priority_order", f"It must name each of {', '.join(PRIORITIES)} once.")
    raw = {name: len(places) - index for index, place in enumerate(places) for name in place}
    return {name: weight / sum(raw.values()) for name, weight in raw.items()}


def _ranked(call: Call, shape: dict[str, Any]) -> list[tuple[Record, float]]:
    """The aggregates that have room, with their scores, the best first."""
    body, world = call.checked_body(shape), call.world
    if body.get("opt_method", 0) != 0:
        raise bad_value("opt_method", "Only 0 is supported.")
    if body.get("separate_flag") and body.get("eval_method") != LITERAL:
        raise bad_value("separate_flag", "It needs the literal evaluation method.")
    weights = weights_of(body.get("priority_order") or list(PRIORITIES))
    call.referred(PERFORMANCE_SERVICE_LEVELS, body.get("ssl_key"), "ssl_key")
    capacity = _bytes(body.get("capacity", "100G"))
    fitting = [
        aggregate
        for aggregate in _within(world, body.get("resource_keys", []))
        if aggregate["space"]["block_storage"]["available"] >= capacity
    ]
    scored = scores([measures(world, one) for one in fitting], weights, body.get("eval_method", RANK))
    return sorted(zip(fitting, scored, strict=True), key=lambda pair: (-pair[1], pair[0]["key"]))


def _within(world: World, keys: list[str]) -> list[Record]:
    """The aggregates that the keys of aggregates, nodes, clusters and SVMs mean; all without keys.

    :raises Refusal: a key belongs to none of these
    """
    aggregates = list(world.table(AGGREGATES).values())
    if not keys:
        return aggregates
    meant: set[str] = set()
    for key in keys:
        meant |= _meant_by(world, key)
    return [one for one in aggregates if meant & {one["key"], one["node"]["key"], one["cluster"]["key"]}]


def _meant_by(world: World, key: str) -> set[str]:
    """The key itself; of an SVM its aggregates, or its cluster while it has none of its own."""
    svm = world.known(SVMS, key)
    if svm is not None:
        return {one["key"] for one in svm["aggregates"]} or {svm["cluster"]["key"]}
    if not any(world.known(path, key) for path in (AGGREGATES, NODES, CLUSTERS)):
        raise unknown_key("resource_keys", key)
    return {key}


def _bytes(capacity: str) -> int:
    match = re.fullmatch(r"(\d+)([MGTP])B?", capacity)
    if not match:
        raise bad_value("capacity", "It is a whole number with M, G, T or P.")
    return int(match[1]) * UNITS[match[2]]


def _answer(call: Call, ranked: list[tuple[Record, float]], as_list: bool) -> Answer:
    if as_list:
        return Answer(200, [{"key": one["key"], "scores": {"total_weighted_score": score}} for one, score in ranked])
    if not ranked:
        raise bad_value("capacity", "No aggregate has room for it.")
    return Answer(202, ranked[0][0])


ROUTES = [Route("POST", PLACEMENT, place), Route("POST", BALANCE, balance)]
