# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of events: how one is made, moves on, and becomes visible (docs/facts/server.md, 5.5 and 8.16)."""

from __future__ import annotations

from typing import Any

from .paths import AGGREGATES, CLUSTERS, DATACENTER_LUNS, EVENTS, NODES, SVMS, VOLUMES, reference
from .tables import Record
from .world import World

SEVERITIES = ("normal", "information", "warning", "error", "critical")
AREAS = ("availability", "capacity", "configuration", "performance", "protection", "security")
LEVELS = ("event", "risk", "incident", "upgrade")
GROUPS = ("storage_capacity", "performance_capacity", "workload_performance", "workload_iops", "security", "none")
STATES = ("new", "acknowledged", "resolved", "obsolete")
PLACES = {
    "aggregate": AGGREGATES,
    "cluster": CLUSTERS,
    "cluster_node": NODES,
    "lun": DATACENTER_LUNS,
    "volume": VOLUMES,
    "vserver": SVMS,
}


def new_event(
    world: World,
    key: str,
    name: str,
    severity: str,
    impact: tuple[str, str, str],
    resource: tuple[str, Record],
    history: list[dict[str, Any]],
    cause: str | None = None,
) -> Record:
    """An event in the last state of its history.

    :param impact: area, level and group
    :param resource: one of PLACES and the record of the object
    """
    area, level, group = impact
    kind, target = resource
    cluster = target if kind == "cluster" else world.record(CLUSTERS, target["cluster"]["key"])
    svm = target if kind == "vserver" else target.get("svm")
    return {
        "key": key,
        "name": name,
        "severity": severity,
        "current_state": history[-1]["state"],
        "group": group,
        "origin": "Management Server",
        "cause": cause or f"{target['name']}: {name}.",
        "annotation": None,
        "config_advisor_rule_id": None,
        "cluster": reference(CLUSTERS, cluster),
        "svm": reference(SVMS, svm) if svm else None,
        "node": reference(NODES, target) if kind == "cluster_node" else None,
        "impact": {
            "area": area,
            "level": level,
            "resource_name": f"{cluster['name']}:{target['name']}",
            "resource_type": kind,
            "resource_uuid": target["uuid"],
        },
        "assigned": {"user": None, "timestamp": None},
        "history": history,
    }


def entry(state: str, timestamp: str, user: str | None = None, cause: str | None = None) -> dict[str, Any]:
    """One step of an event's history."""
    return {"state": state, "timestamp": timestamp, "user": user, "cause": cause}


def moved(event: Record, step: dict[str, Any]) -> Record:
    """The event after one more step."""
    return {**event, "current_state": step["state"], "history": [*event["history"], step]}


def show_after(world: World, event: Record, seconds: float) -> None:
    """Store an event as it is now, and let GETs see it so many seconds later.

    What was shown meanwhile and is newer stays.
    """
    table = world.table(EVENTS)
    table.put_unseen(event)

    def show() -> None:
        seen = table.shown.get(event["key"])
        if table.get(event["key"]) is not None and (seen is None or len(seen["history"]) < len(event["history"])):
            table.shown.put(event)

    if seconds > 0:
        world.agenda.after(seconds, show)
    else:
        show()
