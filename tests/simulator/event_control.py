# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events on request (control API): raised for objects of the world, and moved on as by UM itself or by a user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import event_records
from .clock import timestamp
from .descriptions import described
from .event_records import AREAS, GROUPS, LEVELS, PLACES, SEVERITIES, STATES
from .paths import EVENTS
from .tables import Record, value_at
from .world import World


@dataclass
class Event:
    """An event, or several alike.

    :ivar resource_type: one of PLACES
    :ivar resource: name or key of the object; by default the first of its sort
    :ivar cluster: name of its cluster, where several have an object of that name
    :ivar times: how many
    :ivar age: seconds since it happened, by UM's clock
    :ivar visible_after: seconds from now until GETs show it; by default the switch event_lag
    """

    name: str = "Volume Space Nearly Full"
    severity: str = "warning"
    area: str = "capacity"
    level: str = "risk"
    group: str = "storage_capacity"
    resource_type: str = "volume"
    resource: str = ""
    cluster: str = ""
    cause: str | None = None
    times: int = 1
    age: float = 0.0
    visible_after: float | None = None


@dataclass
class Step:
    """A new state of events.

    :ivar key: of one event; without it all that have the name, or all
    :ivar user: who did it; None for UM itself
    :ivar cause: as in history.cause, such as system_resolved
    :ivar visible_after: as of an Event
    """

    state: str
    key: str = ""
    name: str = ""
    user: str | None = None
    cause: str | None = None
    visible_after: float | None = None


def raise_events(world: World, description: Any) -> list[dict[str, Any]]:
    """Raise what is described; returns key, name and timestamp of each.

    :raises ValueError: a field or a value that no event has, or an object that does not exist
    """
    wanted = described(Event, description)
    _check_choices(wanted)
    target = _object(world, wanted)
    impact = (wanted.area, wanted.level, wanted.group)
    happened = timestamp(world.clock.date(world.agenda.now() - wanted.age))
    raised = []
    for _time in range(wanted.times):
        key = world.keys.new_uuid()
        history = [event_records.entry("new", happened)]
        resource = (wanted.resource_type, target)
        event = event_records.new_event(
            world, key, wanted.name, wanted.severity, impact, resource, history, wanted.cause
        )
        event_records.show_after(world, event, _lag(world, wanted.visible_after))
        raised.append({"key": key, "name": wanted.name, "timestamp": happened})
    return raised


def move_events(world: World, description: Any) -> list[dict[str, Any]]:
    """Give events a new state; returns key, state and timestamp of those that it changed.

    :raises ValueError: a field or a value that makes no sense, or an event that does not exist
    """
    wanted = described(Step, description)
    if wanted.state not in STATES:
        raise ValueError(f"state is one of {', '.join(STATES)}, not {wanted.state!r}")
    changed = []
    for event in _events(world, wanted):
        if event["current_state"] == wanted.state:
            continue
        step = event_records.entry(wanted.state, world.now(), wanted.user, wanted.cause)
        event_records.show_after(world, event_records.moved(event, step), _lag(world, wanted.visible_after))
        changed.append({"key": event["key"], "state": wanted.state, "timestamp": step["timestamp"]})
    return changed


def _events(world: World, wanted: Step) -> list[Record]:
    if wanted.key:
        event = world.table(EVENTS).get(wanted.key)
        found = [] if event is None else [event]
    else:
        found = [one for one in world.table(EVENTS).values() if wanted.name in ("", one["name"])]
    if not found:
        raise ValueError(f"there is no event {wanted.key or wanted.name!r}")
    return found


def _lag(world: World, asked: float | None) -> float:
    return world.switches["event_lag"] if asked is None else asked


def _check_choices(wanted: Event) -> None:
    choices = {"severity": SEVERITIES, "area": AREAS, "level": LEVELS, "group": GROUPS, "resource_type": tuple(PLACES)}
    for name, allowed in choices.items():
        if getattr(wanted, name) not in allowed:
            raise ValueError(f"{name} is one of {', '.join(allowed)}, not {getattr(wanted, name)!r}")
    if wanted.times < 1 or wanted.age < 0:
        raise ValueError("times is at least 1, and age is not negative")


def _object(world: World, wanted: Event) -> Record:
    table = world.table(PLACES[wanted.resource_type])
    by_key = table.get(wanted.resource)
    found = [by_key] if by_key else table.find("name", wanted.resource) if wanted.resource else list(table.values())
    found = [one for one in found if wanted.cluster in ("", one["name"], value_at(one, "cluster.name"))]
    if not found or (len(found) > 1 and wanted.resource):
        place = f" on {wanted.cluster}" if wanted.cluster else ""
        raise ValueError(f"{len(found)} objects are {wanted.resource_type} {wanted.resource!r}{place}; it must be one")
    return found[0]
