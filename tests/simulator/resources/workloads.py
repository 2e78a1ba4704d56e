# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workloads, what aggregates could bear, and the sum of it all (docs/facts/server.md, 5.17 and 8.22 to 8.24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..calls import Answer, Call, Route, ok
from ..collection import Collection, names
from ..errors import not_found
from ..paths import (
    AGGREGATES,
    FILE_SHARES,
    LUNS,
    PERFORMANCE_SERVICE_LEVELS,
    STORAGE_EFFICIENCY_POLICIES,
    VOLUMES,
    link,
    reference,
)
from ..query import Source
from ..tables import Rows
from ..world import World

Record = dict[str, Any]

WORKLOADS = "/storage-provider/workloads"
SUMMARY = "/storage-provider/workloads-summary"
CAPABILITIES = "/storage-provider/aggregate-capabilities"
POLICIES = {
    "assigned_performance_service_level": PERFORMANCE_SERVICE_LEVELS,
    "recommended_performance_service_level": PERFORMANCE_SERVICE_LEVELS,
    "assigned_storage_efficiency_policy": STORAGE_EFFICIENCY_POLICIES,
}
FASTEST = {"ssd": 1.0, "hybrid": 5.0, "hdd": 15.0}  # milliseconds that such an aggregate can promise


def _workloads(world: World) -> Iterator[Record]:
    for table, kind in ((LUNS, "lun"), (FILE_SHARES, "file_share")):
        for record in world.table(table).shown.values():
            managed = record["assigned_performance_service_level"]["key"] is not None
            statistics = {"average": 12.5, "max": 40.0, "median": 11.0, "95th_percentile": 35.0}
            size = record["space"]["size"]
            used = world.notes.get(record["key"], {}).get("used", size // 2)
            volume = record.get("volume") or reference(VOLUMES, record)
            yield {
                **{name: record[name] for name in ("key", "uuid", "name", "cluster", "svm")},
                **{name: _linked(path, record[name]) for name, path in POLICIES.items()},
                "type": kind,
                "volume": volume,
                "conformance_status": "conforming" if managed else "unassigned",
                "iops": statistics,
                "latency": {name: value / 10 for name, value in statistics.items()},
                "space": {
                    "size": size,
                    "used": used,
                    **{f"used_{name}": float(used) for name in ("average", "max", "median", "95th_percentile")},
                },
                "_links": link(WORKLOADS, record["key"]),
            }


def _linked(path: str, block: Record) -> Record:
    """A level or policy with its link, which is empty where there is none (docs/facts/server.md, 5.17)."""
    return {**block, "_links": link(path, block["key"]) if block["key"] else {}}


def _of_world(call: Call) -> Source:
    rows = Rows()
    for workload in _workloads(call.world):
        rows.put(workload)
    return rows


def summary(call: Call) -> Answer:
    workloads = list(_workloads(call.world))
    managed = [one for one in workloads if one["conformance_status"] != "unassigned"]
    levels = []
    for level in call.world.table(PERFORMANCE_SERVICE_LEVELS).values():
        its = [one for one in managed if one["assigned_performance_service_level"]["key"] == level["key"]]
        levels.append(
            {
                "key": level["key"],
                "name": level["name"],
                "workload_count": len(its),
                "conformant_workload_count": str(len(its)),
                "non_conformant_workload_count": 0,
                "workload_with_unknown_status_count": 0,
                "iops": {"used": 12.5 * len(its), "available": 50000.0},
                "space": {"used": sum(one["space"]["used"] for one in its), "available": level["space"]["available"]},
            }
        )
    spaces = [one["space"]["block_storage"] for one in call.world.table(AGGREGATES).values()]
    return ok(
        {
            "total_workload_count": len(workloads),
            "conformance_summary": {
                "conformant_workload_count": len(managed),
                "non_conformant_workload_count": 0,
                "workload_with_unknown_status_count": len(workloads) - len(managed),
            },
            "performance_service_level_summary": {
                "managed_workload_count": len(managed),
                "unmanaged_workload_count": len(workloads) - len(managed),
                "workloads_with_system_suggested_psls": 0,
                "performance_service_levels": levels,
            },
            "iops": {"total": 100000.0, "used": 12.5 * len(workloads), "available": 100000.0 - 12.5 * len(workloads)},
            "space": {part: sum(space[part] for space in spaces) for part in ("size", "used", "available")},
            "_links": {"self": {"href": f"/api{SUMMARY}"}},
        }
    )


def _capability(world: World, aggregate: Record) -> Record:
    """The levels whose latency its disks can keep."""
    fastest = FASTEST.get(aggregate["type"], 15.0)
    levels = [one for one in world.table(PERFORMANCE_SERVICE_LEVELS).values() if one["latency"]["expected"] >= fastest]
    return {
        **{name: aggregate[name] for name in ("key", "name", "uuid", "cluster")},
        "performance_service_levels": [{name: one[name] for name in ("key", "name", "_links")} for one in levels],
        "_links": link(CAPABILITIES, aggregate["key"]),
    }


def _capabilities(call: Call) -> Source:
    rows = Rows()
    for aggregate in call.world.table(AGGREGATES).shown.values():
        rows.put(_capability(call.world, aggregate))
    return rows


def capability(call: Call) -> Answer:
    aggregate = call.world.table(AGGREGATES).shown.get(call.params["key"])
    if aggregate is None:
        raise not_found("aggregate-capabilities")
    return ok(_capability(call.world, aggregate))


OBJECT = "{key,name,uuid}"
LIST = Collection(
    WORKLOADS,
    names(
        "key name uuid type assigned_performance_service_level.{name,key} assigned_storage_efficiency_policy.{name,key}"
        f" space.size space.used recommended_performance_service_level.{{key,name}} volume.{OBJECT} svm.{OBJECT}"
        f" cluster.{OBJECT}"
    ),
    contains=("name", "svm.name", "cluster.name"),
    source=_of_world,
)
ROUTES = [
    Route("GET", WORKLOADS, LIST.answer_list),
    Route("GET", SUMMARY, summary),
    Route(
        "GET",
        CAPABILITIES,
        Collection(CAPABILITIES, names(f"key name uuid cluster.{OBJECT}"), source=_capabilities).answer_list,
    ),
    Route("GET", f"{CAPABILITIES}/{{key}}", capability),
]
