# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report as a whole: what was read of several Unified Managers becomes what the page shows, text by text.

What comes in is what the tasks of the role ``report`` registered. Nothing is escaped here; the page does that.
Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..module_utils._base.times import iso_moment
from . import _report_parts as parts
from . import _report_server as server
from ._report_texts import (
    BADNESS,
    CRITICAL,
    GOOD,
    WARNING,
    Limits,
    Record,
    ago,
    at,
    count_of,
    field,
    how_full,
    is_trouble,
    listed,
    name_at,
    plural,
    span,
    worst,
)

Row = dict[str, Any]
# A part of the report, and what its task is called in the result of a Unified Manager.
READ = {
    "clusters": ("datasources", "inventory"),
    "aggregates": ("inventory",),
    "workloads": ("workloads",),
    "fullest": ("fullest",),
    "events": ("events", "latest"),
    "jobs": ("jobs",),
    "backups": ("backups", "backup_settings"),
}
# A server that answers so is there; its user may read other things.
ANSWERS = (403, 404)
MOST_SENTENCES = 12


def report(ums: list[Record], limits: Limits) -> Row:
    """What the page shows.

    :param ums: ``name``, ``read`` (when it was asked, in ISO 8601), and the results of the tasks by the names in READ,
        with ``system`` and ``drift``
    """
    reached = [um for um in ums if is_reached(um)]
    found: Row = {
        "written": at(iso_moment(limits.now)),
        "asked": _asked(reached),
        "days": f"{limits.days:g}",
        "several": len(ums) > 1,
        "unreached": [{"name": um["name"], "message": _why(um)} for um in ums if not is_reached(um)],
        "reached": len(reached),
        "notes": {part: _notes(reached, names) for part, names in READ.items()},
        **_storage(reached, limits),
        **_server(reached, limits),
    }
    found["ums"] = [_um(um, found, limits) for um in reached]
    found["attention"] = attention(found, limits)
    found["tiles"] = tiles(found, limits)
    return found


def _asked(ums: list[Record]) -> str:
    """When the Unified Managers were asked, in words."""
    times = sorted({at(um.get("read")) for um in ums})
    return f"Read on {' to '.join(dict.fromkeys((times[0], times[-1])))}." if times else ""


def is_reached(um: Record) -> bool:
    """Whether a Unified Manager answered, with something to read or with a refusal of this alone."""
    return field(um, "system.outcome") == "unchanged" or field(um, "system.error.status") in ANSWERS


def _why(um: Record) -> str:
    return name_at(um, "system.msg") or "It was not asked."


def _notes(ums: Iterable[Record], names: Iterable[str]) -> list[Row]:
    """What could not be read for a part, and why."""
    found = []
    for um in ums:
        for name in names:
            if field(um, f"{name}.outcome") not in ("unchanged", None):
                found.append({"um": um["name"], "message": name_at(um, f"{name}.msg")})
    return found


def _storage(ums: list[Record], limits: Limits) -> Row:
    clusters = parts.by_fullness(row for um in ums for row in parts.clusters(um, limits))
    aggregates = parts.by_fullness(row for um in ums for row in parts.aggregates(um, limits))
    volumes, luns = (
        parts.by_fullness(row for um in ums for row in parts.fullest(um, part, limits))[: limits.rows]
        for part in ("volumes", "luns")
    )
    spaces = [row["space"]["bytes"] for row in clusters]
    return {
        "clusters": sorted(clusters, key=lambda row: -BADNESS[row["state"]]),
        "aggregates": parts.shortened(aggregates, limits, "aggregate"),
        "full_aggregates": [row for row in aggregates if is_trouble(row["state"])],
        "volumes": volumes,
        "luns": luns,
        "workloads": parts.workloads(ums),
        "capacity": how_full(sum(used for used, _size in spaces), sum(whole for _used, whole in spaces), limits),
    }


def _server(ums: list[Record], limits: Limits) -> Row:
    latest = server.newest_first(row for um in ums for row in server.latest_events(um, limits))
    jobs = server.newest_first(row for um in ums for row in server.jobs(um, limits))
    backups = [row for row in (server.backup(um, limits) for um in ums) if row]
    return {
        "events": server.events(ums),
        "latest_events": latest[: limits.rows],
        "jobs": jobs[: limits.rows],
        "jobs_count": len(jobs),
        "backups": sorted(backups, key=lambda row: -BADNESS[row["state"]]),
        "drift": [row for row in (server.drift(um) for um in ums) if row],
    }


def _um(um: Record, found: Row, limits: Limits) -> Row:
    """The row of a Unified Manager."""
    name = um["name"]
    counts = field(um, "events.summary")
    stopped = [
        name_at(one, "name")
        for one in listed(field(um, "system.system.services"))
        if name_at(one, "status") not in ("", "running")
    ]
    return {
        "name": name,
        "version": name_at(um, "system.system.version") or "unknown",
        "read": at(um.get("read")),
        "ago": ago(um.get("read"), limits.now),
        "clusters": sum(1 for row in found["clusters"] if row["um"] == name),
        "workloads": count_of(field(um, "workloads.summary.total_workload_count")),
        "events": None
        if counts is None
        else {each: count_of(field(counts, each)) for each in ("critical", "error", "warning")},
        "stopped": stopped,
        "state": CRITICAL if stopped else GOOD,
    }


def attention(found: Row, limits: Limits) -> Row:
    """What somebody should look at, the worst first, in sentences."""
    sentences = [*_about_servers(found), *_about_storage(found), *_about_all(found, limits)]
    sentences.sort(key=lambda one: -BADNESS[one["state"]])
    rest = len(sentences) - MOST_SENTENCES
    return {"rows": sentences[:MOST_SENTENCES], "rest": f"and {rest} more, in the sections below" if rest > 0 else ""}


def _about_servers(found: Row) -> Iterator[Row]:
    for row in found["ums"]:
        if row["stopped"]:
            yield _sentence(CRITICAL, row["name"], f"services do not run: {', '.join(row['stopped'])}")
    for row in found["backups"]:
        if row["says"]:
            yield _sentence(row["state"], row["um"], f"{'; '.join(row['says'])} (schedule: {row['schedule']})")
    for row in found["drift"]:
        state, says = server.drift_says(row)
        if state != GOOD:
            yield _sentence(state, row["name"], says)


def _about_storage(found: Row) -> Iterator[Row]:
    for row in found["clusters"]:
        if is_trouble(row["state"]):
            yield _sentence(row["state"], row["um"], f"cluster {row['name']}: {'; '.join(row['says'])}")
    for row in found["full_aggregates"]:
        yield _sentence(row["state"], row["um"], _aggregate_says(row))
    for row in found["latest_events"]:
        if row["severity"] == "critical":
            about = f"critical event of {row['object'] or 'an unknown object'}, raised {row['ago']}"
            yield _sentence(CRITICAL, row["um"], f"{row['name']}: {about}")
    for row in found["volumes"]:
        if row["space"]["state"] == CRITICAL:
            yield _sentence(
                WARNING, row["um"], f"volume {row['name']} of {row['svm']} is {row['space']['percent']} % full"
            )


def _about_all(found: Row, limits: Limits) -> Iterator[Row]:
    total = found["workloads"]["total"]
    if total["not_conforming"]:
        yield _sentence(
            WARNING, "", f"{plural(total['not_conforming'], 'workload')} without what the service level promises"
        )
    if found["jobs_count"]:
        yield _sentence(
            WARNING, "", f"{plural(found['jobs_count'], 'Job')} ended badly in the last {limits.days:g} days"
        )


def _sentence(state: str, um: str, text: str) -> Row:
    return {"state": state, "um": um, "text": text}


def _aggregate_says(row: Row) -> str:
    where = f"aggregate {row['name']} of {row['cluster']}"
    if row["condition"] != "online":
        return f"{where} is {row['condition']}"
    return f"{where} is {row['space']['percent']} % full"


def tiles(found: Row, limits: Limits) -> list[Row]:
    """The figures at the top: ``value``, ``label``, ``note`` and ``state``."""
    total = found["workloads"]["total"]
    everything = found["reached"] + len(found["unreached"])
    troubled = sum(1 for row in found["clusters"] if is_trouble(row["state"]))
    shown = [
        _tile(
            f"{found['reached']} of {everything}", "Unified Managers read", "", CRITICAL if found["unreached"] else GOOD
        ),
        _tile(
            f"{len(found['clusters']):,}",
            "cluster" if len(found["clusters"]) == 1 else "clusters",
            f"{troubled} in trouble" if troubled else "none in trouble",
            worst(*(row["state"] for row in found["clusters"])),
        ),
    ]
    if found["capacity"]["percent"] is not None:
        space = found["capacity"]
        shown.append(
            _tile(
                f"{space['percent']} %", "of the capacity used", f"{space['used']} of {space['size']}", space["state"]
            )
        )
    if found["events"]:
        open_events = {row["severity"]: row["count"] for row in found["events"]}
        bad = open_events["critical"] + open_events["error"]
        shown.append(
            _tile(
                f"{bad:,}",
                "open critical events and errors",
                f"{open_events['critical']:,} critical",
                CRITICAL if bad else GOOD,
            )
        )
    if total["count"]:
        shown.append(
            _tile(
                f"{total['not_conforming']:,}",
                "workloads do not conform",
                f"of {total['count']:,}",
                WARNING if total["not_conforming"] else GOOD,
            )
        )
    shown.append(
        _tile(
            f"{found['jobs_count']:,}",
            "Jobs ended badly",
            f"in {limits.days:g} days",
            WARNING if found["jobs_count"] else GOOD,
        )
    )
    return [*shown, *_tile_of_backups(found["backups"]), *_tile_of_drift(found["drift"])]


def _tile(value: str, label: str, note: str, state: str) -> Row:
    return {"value": value, "label": label, "note": note, "state": state}


def _tile_of_backups(backups: list[Row]) -> list[Row]:
    if not backups:
        return []
    ages = [row["age"] for row in backups]
    value = "none" if None in ages else span(max(ages))
    note = "of one Unified Manager" if len(backups) == 1 else f"the oldest of {len(backups)}"
    return [_tile(value, "age of the newest backup", note, worst(*(row["state"] for row in backups)))]


def _tile_of_drift(drift: list[Row]) -> list[Row]:
    if not drift:
        return []
    states = [server.drift_says(row)[0] for row in drift]
    differing = sum(len(row["after"]) for row in drift)
    return [
        _tile(
            f"{differing:,}", "objects differ", f"of {sum(row['compared'] for row in drift):,} compared", worst(*states)
        )
    ]
