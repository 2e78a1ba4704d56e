# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance Service Levels (docs/facts/server.md, 5.15 and 8.13)."""

from __future__ import annotations

from .. import policies
from ..calls import Answer, Call, Route, duplicate, ok
from ..collection import Collection, names
from ..errors import Refusal, bad_value
from ..keys import named_uuid
from ..paths import PERFORMANCE_SERVICE_LEVELS, link
from ..tables import Record
from ..validation import READ, decimal, number, require, text
from ..world import World

# name, latency in ms, peak and expected IOPS per TB, absolute minimum IOPS
SYSTEM_DEFINED = (
    ("Extreme Performance", 1.0, 12288, 6144, 1000),
    ("Performance", 2.0, 4096, 2048, 500),
    ("Value", 17.0, 512, 128, 75),
    ("Extreme for Database Logs", 1.0, 45056, 22528, 4000),
    ("Extreme for Database Shared Data", 1.0, 32768, 16384, 2000),
    ("Extreme for Database Data", 1.0, 24576, 12288, 2000),
)
PGP = f"{PERFORMANCE_SERVICE_LEVELS}/pgp-policies"
# Levels of NetApp's Performance Guarantee Program; their names and values are not public, so these are made up.
GUARANTEED = (
    ("Prime Extreme", 1.0, 12288, 6144, 1000),
    ("Prime Performance", 2.0, 4096, 2048, 500),
    ("Prime Value", 17.0, 512, 128, 75),
)
INSTALLED = "2026-01-05T08:00:00.000+00:00"

COLLECTION = Collection(
    PERFORMANCE_SERVICE_LEVELS,
    names(
        "name key description iops.{absolute_min_iops,expected_iops_per_tb,peak_iops_per_tb"
        ",peak_iops_allocation_policy} latency.{excepted,expected} system_defined space.used workload_count"
        " create_time update_time"
    ),
    aliases={"latency.excepted": "latency.expected"},
    page_size=None,
)
RESERVED = (
    "Prime",
    "Extreme",
    "Performance",
    "Value",
    "Unassigned",
    "Learning",
    "Idle",
    "Default",
    "None",
)
IOPS = {
    "absolute_min_iops": number(minimum=1, maximum=75000),
    "expected_iops_per_tb": number(minimum=1),
    "peak_iops_per_tb": number(minimum=1),
    "peak_iops_allocation_policy": text(one_of=("used_space", "allocated_space")),
}
SHAPE = {
    **dict.fromkeys(("key", "system_defined", "workload_count", "create_time", "update_time", "space"), READ),
    "name": text(shortest=1, longest=255),
    "description": text(),
    "iops": IOPS,
    "latency": {"expected": decimal(minimum=0.001)},
}


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", *(f"iops.{name}" for name in IOPS), "latency.expected")
    _check_limits(body["iops"], body["latency"])
    space = {"used": 0, "available": 52776558133248}
    return policies.create(call, PERFORMANCE_SERVICE_LEVELS, {"description": None, **body, "space": space}, RESERVED)


def modify(call: Call) -> Answer:
    level = call.target(PERFORMANCE_SERVICE_LEVELS)
    change = call.checked_body(SHAPE)
    _check_limits({**level["iops"], **change.get("iops", {})}, {**level["latency"], **change.get("latency", {})})
    return policies.modify(call, PERFORMANCE_SERVICE_LEVELS, change, RESERVED)


def _check_limits(iops: Record, latency: Record) -> None:
    if iops["absolute_min_iops"] < 1000 / latency["expected"]:
        raise bad_value("iops.absolute_min_iops", "It must be at least 1000 divided by the expected latency.")
    if iops["peak_iops_per_tb"] < iops["expected_iops_per_tb"]:
        raise bad_value("iops.peak_iops_per_tb", "The peak must not be less than what is expected.")


def guaranteed(call: Call) -> Answer:
    """The levels of the Performance Guarantee Program, once they were added; no pages (docs/facts/server.md, 2.5)."""
    wanted = {level[0] for level in GUARANTEED}
    records = [one for one in call.world.table(PERFORMANCE_SERVICE_LEVELS).shown.values() if one["name"] in wanted]
    links = {"self": {"href": f"/api{PGP}"}}
    return ok({"records": records, "num_records": len(records), "total_records": len(records), "_links": links})


def add_guaranteed(call: Call) -> Answer:
    """All of them at once, without a body in either direction (docs/facts/server.md, 5.15)."""
    if call.headers.get("Content-Type", "").partition(";")[0] != "application/json":
        raise Refusal(415, "unsupported_media_type", "The content type must be application/json.")
    if call.world.table(PERFORMANCE_SERVICE_LEVELS).find("name", GUARANTEED[0][0]):
        raise duplicate(call.world, "name", GUARANTEED[0][0])
    for level in GUARANTEED:
        _add(call.world, *level)
    return Answer(201)


ROUTES = [
    Route("GET", PGP, guaranteed),
    Route("POST", PGP, add_guaranteed),
    *COLLECTION.routes(),
    Route("POST", PERFORMANCE_SERVICE_LEVELS, create),
    Route("PATCH", f"{PERFORMANCE_SERVICE_LEVELS}/{{key}}", modify),
    Route(
        "DELETE",
        f"{PERFORMANCE_SERVICE_LEVELS}/{{key}}",
        lambda call: policies.delete(call, PERFORMANCE_SERVICE_LEVELS),
    ),
]


def seed(world: World) -> None:
    """The levels that every UM comes with."""
    for level in SYSTEM_DEFINED:
        _add(world, *level)


def _add(world: World, name: str, latency: float, peak: int, expected: int, minimum: int) -> None:
    """A level that the system defines."""
    key = named_uuid("psl", name)
    world.table(PERFORMANCE_SERVICE_LEVELS).put(
        {
            "key": key,
            "name": name,
            "description": f"For workloads that need a latency of {latency:g} ms",
            "system_defined": True,
            "iops": {
                "absolute_min_iops": minimum,
                "expected_iops_per_tb": expected,
                "peak_iops_per_tb": peak,
                "peak_iops_allocation_policy": "used_space",
            },
            "latency": {"expected": latency},
            "space": {"used": 0, "available": 52776558133248},
            "workload_count": 0,
            "create_time": INSTALLED,
            "update_time": INSTALLED,
            "_links": link(PERFORMANCE_SERVICE_LEVELS, key),
        }
    )
