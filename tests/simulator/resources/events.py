# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events: acknowledged, resolved and assigned, never made or deleted by anybody (docs/facts/server.md, 5.5 and 8.16).

Their records have no links. The filters of history need ``history.state`` and are all for one entry
(docs/facts/server.md, 2.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..calls import Answer, Call, Route, ok
from ..collection import Collection, names
from ..durations import normalised
from ..errors import bad_value, not_found
from ..event_records import PLACES, entry, moved, new_event
from ..keys import named_uuid
from ..paths import EVENTS, USERS
from ..query import Condition
from ..switches import Switch
from ..tables import Record
from ..validation import READ, text
from ..world import World

OF_HISTORY = ("history.state", "history.timestamp", "history.user", "history.cause")
ENTRY = "_entry"  # of a record in a list: the entry of its history that the filters are for
SHAPE = {
    **dict.fromkeys(("annotation", "cause", "cluster", "config_advisor_rule_id", "duration", "group", "history"), READ),
    **dict.fromkeys(("impact", "key", "name", "node", "origin", "severity", "svm"), READ),
    "current_state": text(one_of=("new", "acknowledged", "resolved", "obsolete")),
    "acknowledged_username": text("modify"),
    "resolved_username": text("modify"),
    "assigned": {"user": text(shortest=1), "timestamp": READ},
}
SWITCHES = (
    Switch("event_lag", 0.0, (), "seconds until GETs show what UM itself does to events, whatever time it says (4.9)"),
    Switch(
        "event_duplicates",
        "none",
        ("none", "pages", "twice"),
        "whether a page begins with the last event of the page before, or each event is listed twice (2.2)",
    ),
)
BY = {"acknowledged": "acknowledged_username", "resolved": "resolved_username"}


def modify(call: Call) -> Answer:
    """One of: a new state, or somebody to whom the event is assigned."""
    if call.world.table(EVENTS).shown.get(call.params["key"]) is None:
        raise not_found("event")
    event = call.target(EVENTS)
    body = call.checked_body(SHAPE)
    if "current_state" in body and "assigned" in body:
        raise bad_value("assigned", "The state of an event and its user are changed one after the other.")
    for state, field in BY.items():
        if field in body and body.get("current_state") != state:
            raise bad_value(field, f"{field} goes with the state {state}.")
    record = event
    if "current_state" in body:
        record = _moved(call, event, body)
    elif "assigned" in body:
        record = {**event, "assigned": _assigned(call, body["assigned"])}
    call.world.table(EVENTS).put(record, at_once=True)
    return ok(_view(call.world, record))


def _moved(call: Call, event: Record, body: dict[str, Any]) -> Record:
    state, now = body["current_state"], event["current_state"]
    if state in ("new", "obsolete") or now == "obsolete" or (now, state) == ("resolved", "acknowledged"):
        raise bad_value("current_state", f"An event that is {now} cannot become {state}.")
    if state == "acknowledged" and event["severity"] == "information":
        raise bad_value("current_state", "An event that only informs cannot be acknowledged.")
    if state == now:
        return event
    user = body.get(BY[state], call.user.get("name", "admin"))
    return moved(event, entry(state, call.world.now(), user))


def _assigned(call: Call, assigned: dict[str, Any]) -> dict[str, Any]:
    if call.world.table(USERS).get(assigned.get("user", "")) is None:
        raise bad_value("assigned.user", f"There is no user {assigned.get('user')!r}.")
    return {"user": assigned["user"], "timestamp": call.world.now()}


class Entries:
    """The records, each with the entry of its history that meets all the filters of history."""

    indexed: tuple[str, ...] = ()

    def __init__(self, records: Iterable[Record], conditions: list[Condition]) -> None:
        self._records = records
        self._conditions = conditions

    def values(self) -> Iterable[Record]:
        for record in self._records:
            for step in record["history"]:
                if all(condition.matches(step) for condition in self._conditions):
                    yield {**record, ENTRY: step}
                    break

    def find(self, field: str, wanted: str) -> list[Record]:
        return []


def _source(call: Call) -> Any:
    asked = {name: value for name, value in call.query if name in OF_HISTORY and value}
    order = call.parameters.get("order_by", "")
    if "history.state" in order:
        raise bad_value("order_by", "Events cannot be ordered by history.state.")
    if (asked or "history." in order) and "history.state" not in asked:
        raise bad_value("history.state", "It is needed wherever history is filtered or ordered by.")
    records = call.world.table(EVENTS).shown
    if not asked:
        return records
    sensitive = call.world.switches["filter_case"] == "sensitive"
    conditions = [Condition(name.partition(".")[2], value, sensitive) for name, value in asked.items()]
    return Entries(records.values(), conditions)


def _view(world: World, record: Record) -> Record:
    """``duration`` is the time since the event was new."""
    began = datetime.fromisoformat(record["history"][0]["timestamp"])
    seconds = (datetime.fromisoformat(world.now()) - began).total_seconds()
    shown = {name: value for name, value in record.items() if name != ENTRY}
    return {**shown, "duration": normalised(f"PT{max(0, int(seconds))}S")}


# name, severity, state, area, level, group, type and name of the resource
SEEDED = (
    ("Aggregate Overcommitted", "error", "new", "capacity", "risk", "storage_capacity", "aggregate", "aggr_full"),
    ("Volume Space Full", "error", "new", "capacity", "risk", "storage_capacity", "volume", "vol_db"),
    ("Volume Space Nearly Full", "warning", "new", "capacity", "risk", "storage_capacity", "volume", "vol_esx"),
    ("Login Banner Disabled", "warning", "acknowledged", "security", "risk", "security", "cluster", "cluster2"),
    ("Node Reboot", "information", "new", "availability", "event", "none", "cluster_node", "cluster1-01"),
    ("Some Failed Disks", "critical", "resolved", "availability", "incident", "none", "cluster", "cluster1"),
    ("SVM Stopped", "critical", "obsolete", "availability", "incident", "none", "vserver", "svm_nas"),
)
_STEPS = {
    "new": ("new",),
    "acknowledged": ("new", "acknowledged"),
    "resolved": ("new", "acknowledged", "resolved"),
    "obsolete": ("new", "obsolete"),
}


def seed_late(world: World) -> None:
    for number, (name, severity, state, area, level, group, kind, resource) in enumerate(SEEDED, 1):
        target = world.table(PLACES[kind]).find("name", resource)[0]
        key = named_uuid("event", name, resource)
        history = [_seeded_entry(number, hour, step) for hour, step in enumerate(_STEPS[state])]
        event = new_event(world, key, name, severity, (area, level, group), (kind, target), history)
        world.table(EVENTS).put(event)


def _seeded_entry(number: int, hour: int, state: str) -> dict[str, Any]:
    user = "operator" if state in BY else None
    moment = f"2025-12-{10 + number}T{10 + hour}:00:00.000+00:00"
    return entry(state, moment, user, "system_resolved" if state == "obsolete" else None)


def _repeated(world: World, found: list[Record], size: int) -> list[Record]:
    """The events of a list whose pages overlap, or in which each is there twice, if the switch says so."""
    setting = world.switches["event_duplicates"]
    if setting == "none":
        return found
    listed: list[Record] = []
    for record in found:
        if setting == "pages" and listed and len(listed) % size == 0:
            listed.append(listed[-1])
        listed += [record] if setting == "pages" else [record, record]
    return listed


COLLECTION = Collection(
    EVENTS,
    (
        *names("key name cluster.{key,uuid,name} svm.{key,uuid,name} node.{key,uuid,name} severity current_state"),
        *names("impact.{area,level,resource_type} assigned.user group origin"),
        *OF_HISTORY,
    ),
    aliases={name: name.replace("history", ENTRY) for name in OF_HISTORY},
    view=_view,
    source=_source,
    listed=_repeated,
)
ROUTES = [*COLLECTION.routes(), Route("PATCH", f"{EVENTS}/{{key}}", modify)]
