# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sections of the report that are about storage: what modules read becomes rows, the worst first.

A row has texts for people, and a state that says how bad it is. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ._report_texts import (
    BADNESS,
    CRITICAL,
    GOOD,
    HOUR,
    WARNING,
    Limits,
    Record,
    age_of,
    ago,
    count_of,
    field,
    how_full,
    listed,
    name_at,
    plural,
    span,
    together,
)

Row = dict[str, Any]
HEALTH = {"critical": CRITICAL, "error": CRITICAL, "warning": WARNING}
POLL_IS_LATE = HOUR  # UM polls a cluster every 15 minutes (docs/facts/server.md, 4.9)


def ages(um: Record, limits: Limits) -> Callable[[str], str]:
    """key of a cluster -> how old what UM shows of it is; where its poll is not known, when UM was asked"""
    found = listed(field(um, "datasources.datasources"))
    polls = {name_at(one, "key"): field(one, "operation.last_success_time") for one in found}

    def as_of(cluster: str) -> str:
        polled = polls.get(cluster)
        return f"polled {ago(polled, limits.now)}" if polled else f"read {ago(um.get('read'), limits.now)}"

    return as_of


def clusters(um: Record, limits: Limits) -> list[Row]:
    """A row for each cluster that UM manages, whether it was discovered or not."""
    known = {name_at(one, "key"): one for one in listed(field(um, "inventory.datacenter.clusters"))}
    sources = {name_at(one, "key"): one for one in listed(field(um, "datasources.datasources"))}
    as_of = ages(um, limits)
    return [
        {**_cluster(um, key, known.get(key), sources.get(key), limits), "as_of": as_of(key)}
        for key in {**sources, **known}
    ]


def _cluster(um: Record, key: str, record: Record | None, source: Record | None, limits: Limits) -> Row:
    space = _space_of_cluster(um, key, record, limits)
    state, says = _health(source, limits) if source else (GOOD, [])
    return {
        "um": um["name"],
        "name": name_at(record, "name") or name_at(source, "name") or name_at(source, "address") or key,
        "version": name_at(record, "version.full"),
        "space": space,
        "state": state,
        "says": says or ["no trouble"],
    }


def _space_of_cluster(um: Record, key: str, record: Record | None, limits: Limits) -> Row:
    """What the cluster shows; where it shows nothing, the sum of its aggregates."""
    shown = how_full(field(record, "storage_capacity.used"), field(record, "storage_capacity.total"), limits)
    if shown["percent"] is not None:
        return shown
    own = [one for one in listed(field(um, "inventory.datacenter.aggregates")) if name_at(one, "cluster.key") == key]
    spaces = [_space_of_aggregate(one, limits)["bytes"] for one in own]
    return how_full(sum(used for used, _size in spaces), sum(whole for _used, whole in spaces), limits)


def _health(source: Record, limits: Limits) -> tuple[str, list[str]]:
    """How UM sees a cluster, and why it is in trouble."""
    found = []
    status, health = name_at(source, "status"), name_at(source, "cluster_health_status")
    if status in HEALTH:
        reason = name_at(source, "status_message").rstrip(".")
        found.append((HEALTH[status], f"its status is {status}{': ' + reason if reason else ''}"))
    if health in HEALTH:
        found.append((HEALTH[health], f"its health is {health}"))
    operation = name_at(source, "operation.type").replace("_", " ")
    if name_at(source, "operation.state") == "failed":
        found.append((CRITICAL, f"its last {operation or 'operation'} failed"))
    age = age_of(field(source, "operation.last_success_time"), limits.now)
    if age is not None and age > POLL_IS_LATE:
        found.append((WARNING, f"not polled for {span(age)}"))
    if operation == "discovery" and name_at(source, "operation.state") == "in_progress":
        found.append((WARNING, "its discovery is under way"))
    return together(found)


def aggregates(um: Record, limits: Limits) -> list[Row]:
    """A row for each aggregate."""
    as_of = ages(um, limits)
    return [
        {**_aggregate(um, one, limits), "as_of": as_of(name_at(one, "cluster.key"))}
        for one in listed(field(um, "inventory.datacenter.aggregates"))
    ]


def _space_of_aggregate(record: Record, limits: Limits) -> Row:
    space = field(record, "space.block_storage")
    return how_full(field(space, "used"), field(space, "size"), limits)


def _aggregate(um: Record, record: Record, limits: Limits) -> Row:
    space = _space_of_aggregate(record, limits)
    condition = name_at(record, "state") or "unknown"
    return {
        "um": um["name"],
        "name": name_at(record, "name"),
        "cluster": name_at(record, "cluster.name"),
        "condition": condition,
        "space": space,
        "state": space["state"] if condition == "online" else CRITICAL,
    }


def fullest(um: Record, part: str, limits: Limits) -> list[Row]:
    """A row for each of the fullest ``volumes`` or ``luns``."""
    as_of = ages(um, limits)
    return [
        {
            "um": um["name"],
            "name": name_at(one, "name"),
            "svm": name_at(one, "svm.name"),
            "cluster": name_at(one, "cluster.name"),
            "space": how_full(field(one, "space.used"), field(one, "space.size"), limits),
            "as_of": as_of(name_at(one, "cluster.key")),
        }
        for one in listed(field(um, f"fullest.datacenter.{part}"))
    ]


def by_fullness(rows: Iterable[Row]) -> list[Row]:
    """The worst first, and among those of a state the fullest; what is of unknown size comes last."""
    return sorted(rows, key=lambda row: (-_badness(row), -(row["space"].get("exact", -1.0)), row["um"], row["name"]))


def _badness(row: Row) -> int:
    state = row.get("state", row["space"]["state"])
    return BADNESS[state] if row["space"]["percent"] is not None or state == CRITICAL else -1


COUNTS = {
    "count": "workload_count",
    "conforming": "conformant_workload_count",
    "not_conforming": "non_conformant_workload_count",
    "unknown": "workload_with_unknown_status_count",
}


def workloads(ums: Iterable[Record]) -> Row:
    """All workloads together: how many of each service level conform, and how many have no level."""
    levels: dict[str, dict[str, int]] = {}
    total: dict[str, int] = dict.fromkeys((*COUNTS, "unmanaged"), 0)
    for summary in (field(um, "workloads.summary") for um in ums):
        if not isinstance(summary, Mapping):
            continue
        total["count"] += count_of(summary.get("total_workload_count"))
        total["unmanaged"] += count_of(field(summary, "performance_service_level_summary.unmanaged_workload_count"))
        for level in listed(field(summary, "performance_service_level_summary.performance_service_levels")):
            row = levels.setdefault(name_at(level, "name"), dict.fromkeys(COUNTS, 0))
            for name, of_um in COUNTS.items():
                row[name] += count_of(level.get(of_um))
    for row in levels.values():
        for name in ("conforming", "not_conforming", "unknown"):
            total[name] += row[name]
    rows = [{"name": name, **row} for name, row in levels.items() if row["count"]]
    return {
        "total": total,
        "levels": sorted(rows, key=lambda row: (-row["not_conforming"], -row["count"], row["name"])),
    }


def shortened(rows: list[Row], limits: Limits, noun: str) -> dict[str, Any]:
    """The first rows of a table, and in words what is left out of it."""
    rest = rows[limits.rows :]
    percents = [row["space"]["percent"] for row in rest if row["space"]["percent"] is not None]
    words = f"and {plural(len(rest), f'other {noun}')}" if rest else ""
    if percents:
        words += f", none of them over {max(percents)} % full"
    return {"rows": rows[: limits.rows], "rest": words, "count": len(rows)}
