# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a workload would best be placed: POSTs that change nothing (docs/facts/server.md, 5.9)."""

from __future__ import annotations

import re
from typing import Any

from ..calls import Answer, Call, Route
from ..errors import bad_value
from ..paths import AGGREGATES, PERFORMANCE_SERVICE_LEVELS, VOLUMES
from ..switches import Switch
from ..validation import flag, number, text
from ..world import World

PLACEMENT = "/storage-provider/data-placement"
BALANCE = f"{PLACEMENT}/balance"
SWITCHES = (
    Switch(
        "data_placement",
        "document",
        ("document", "list"),
        "the answer: 202 and one aggregate, or 200 and a list, best first (5.9)",
    ),
)
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
    return _answer(call, _ranked(call, SHAPE)[:1])


def balance(call: Call) -> Answer:
    ranked = _ranked(call, BALANCE_SHAPE)
    if call.body.get("separate_flag"):
        return Answer(200, {one["key"]: _statistics(call.world, one) for one in ranked})
    return _answer(call, ranked)


def _statistics(world: World, aggregate: dict[str, Any]) -> list[float]:
    """A number for each criterion, in the order of PRIORITIES; the form of the real answer is not public."""
    on_it = [
        volume
        for volume in world.table(VOLUMES).values()
        if aggregate["key"] in [one["key"] for one in volume["aggregates"]]
    ]
    return [
        len(on_it),
        aggregate["space"]["block_storage"]["available"],
        1.0,
        aggregate["performance_capacity"]["used"],
    ]


def _ranked(call: Call, shape: dict[str, Any]) -> list[dict[str, Any]]:
    """The aggregates that have room, the emptiest first."""
    body = call.checked_body(shape)
    if body.get("opt_method", 0) != 0:
        raise bad_value("opt_method", "Only 0 is supported.")
    if body.get("separate_flag") and body.get("eval_method") != 2:
        raise bad_value("separate_flag", "It needs the literal evaluation method.")
    order = [one for entry in body.get("priority_order", PRIORITIES) for one in entry.split(":")]
    if sorted(order) != sorted(PRIORITIES):
        raise bad_value("priority_order", f"It must name each of {', '.join(PRIORITIES)} once.")
    call.referred(PERFORMANCE_SERVICE_LEVELS, body.get("ssl_key"), "ssl_key")
    capacity = _bytes(body.get("capacity", "100G"))
    fitting = [
        aggregate
        for aggregate in call.world.table(AGGREGATES).values()
        if aggregate["space"]["block_storage"]["available"] >= capacity
        and _within(call.world, aggregate, body.get("resource_keys", []))
    ]
    return sorted(fitting, key=lambda one: (-one["space"]["block_storage"]["available"], one["key"]))


def _within(world: World, aggregate: dict[str, Any], keys: list[str]) -> bool:
    places = {aggregate["key"], aggregate["node"]["key"], aggregate["cluster"]["key"]}
    return not keys or bool(places & set(keys))


def _bytes(capacity: str) -> int:
    match = re.fullmatch(r"(\d+)([MGTP])B?", capacity)
    if not match:
        raise bad_value("capacity", "It is a whole number with M, G, T or P.")
    return int(match[1]) * UNITS[match[2]]


def _answer(call: Call, ranked: list[dict[str, Any]]) -> Answer:
    if call.world.switches["data_placement"] == "list":
        scores = range(10 * len(ranked), 0, -10)
        rows = [
            {"key": one["key"], "scores": {"total_weighted_score": float(score)}}
            for one, score in zip(ranked, scores, strict=True)
        ]
        return Answer(200, rows)
    if not ranked:
        raise bad_value("capacity", "No aggregate has room for it.")
    return Answer(202, ranked[0])


ROUTES = [Route("POST", PLACEMENT, place), Route("POST", BALANCE, balance)]
