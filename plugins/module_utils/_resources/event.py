# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event: which ones are meant, where they can go, which requests lead there, and how they are listed.

See docs/facts/server.md, 2.4, 5.5 and 8.16; changed at once, without a job, one property in one request. Private to
this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.names import checked_name, checked_text, is_key, literal
from .._base.times import checked_moment
from .._model.desired import fields, filters, given, is_same, refer_all
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Finding, Operation, Params, Record, Resource, merged

COLLECTION = "/management-server/events"
STATES = ["new", "acknowledged", "resolved", "obsolete"]
OPEN = "new|acknowledged"
SCOPE = {place: place for place in ("cluster", "svm", "node")}
CAUSES = [
    *("system_resolved", "event_overwritten", "event_type_value_disabled", "root_aggr_event_ignored"),
    *("notified_ems_event", "maintenance_window_ended", "invalid_event_for_current_configuration"),
]
SEVERITIES = ["normal", "information", "warning", "error", "critical"]
# option -> UM's filter, for options that take words of UM
WORDS = {
    "severity": "severity",
    "current_state": "current_state",
    "impact_area": "impact.area",
    "impact_level": "impact.level",
    "resource_type": "impact.resource_type",
    "group": "group",
}
SELECTION = {
    "keys": {"type": "list", "elements": "str", "no_log": False},
    "name": {"type": "str"},
    "severity": {"type": "list", "elements": "str", "choices": SEVERITIES},
    "current_state": {"type": "list", "elements": "str", "choices": STATES},
    "cluster": {"type": "str"},
    "svm": {"type": "str"},
    "node": {"type": "str"},
    "impact_area": {
        "type": "list",
        "elements": "str",
        "choices": ["availability", "capacity", "configuration", "performance", "protection", "security"],
    },
    "impact_level": {"type": "list", "elements": "str", "choices": ["event", "risk", "incident", "upgrade"]},
    "resource_type": {"type": "list", "elements": "str"},
    "group": {
        "type": "list",
        "elements": "str",
        "choices": [
            *("storage_capacity", "performance_capacity", "workload_performance", "workload_iops"),
            *("security", "none"),
        ],
    },
    "assigned_user": {"type": "str"},
}
ARGUMENTS = {
    **SELECTION,
    "filters": LIST_ARGUMENTS["filters"],
    "state": {"type": "str", "choices": ["acknowledged", "resolved"]},
    "on_behalf_of": {"type": "str"},
    "assigned_to": {"type": "str"},
}
HISTORY = {
    "type": "dict",
    "options": {
        "state": {"type": "str", "required": True, "choices": STATES},
        "after": {"type": "str"},
        "before": {"type": "str"},
        "user": {"type": "str"},
        "cause": {"type": "str", "choices": CAUSES},
    },
    "mutually_exclusive": [("after", "before")],  # UM takes one filter by the time
}


def desired(params: Params) -> Record:
    desired = given(params, ("key", "state", "on_behalf_of", "assigned_to"))
    for name in ("on_behalf_of", "assigned_to"):
        if name in desired:
            checked_text(desired[name], name)
    if "on_behalf_of" in desired and "state" not in desired:
        raise BadInput("on_behalf_of: valid only together with state; set state as well.")
    if "key" in desired and not is_key(desired["key"]):
        raise BadInput(f"keys: {desired['key']!r} is not the key of an event; to choose events by name, use name.")
    return desired


def current(record: Record) -> Record:
    assigned = record.get("assigned") or {}
    return {**fields(record, ("current_state", "severity")), "assigned_to": assigned.get("user") or None}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if before is None:
        raise BadInput("The event does not exist.")
    operations = []
    if "assigned_to" in desired and not is_same(before["assigned_to"], desired["assigned_to"]):
        after = {"assigned_to": desired["assigned_to"]}
        body: Record = {"assigned": {"user": desired["assigned_to"]}}
        operations.append(Operation.change(body, {"assigned_to": before["assigned_to"]}, after))
    state, now = desired.get("state"), before["current_state"]
    if state not in (None, now) and (state, now) != ("acknowledged", "resolved"):  # a resolved event is past that
        _check_way(state, before)
        body = {"current_state": state}
        if "on_behalf_of" in desired:
            body[f"{state}_username"] = desired["on_behalf_of"]
        change = Operation.change(body, {"current_state": now}, {"current_state": state})
        operations.append(change._replace(purpose="state"))
    return operations


def _check_way(state: str | None, before: Record) -> None:
    """:raises BadInput: UM lets no such event go there"""
    if before["current_state"] == "obsolete":
        raise BadInput(f"It is obsolete, and an obsolete event cannot be {state}.")
    if state == "acknowledged" and before["severity"] == "information":
        raise BadInput("Its severity is information, and such an event cannot be acknowledged; it can be resolved.")


def planned(record: Record, body: Record) -> Record:
    """Without what only UM then knows: times, and the new entry of the history."""
    kept = {name: value for name, value in record.items() if name not in ("duration", "history")}
    if "assigned" in body:
        return {**kept, "assigned": body["assigned"]}
    return merged(kept, {"current_state": body["current_state"]})


def _selected(params: Params) -> Record:
    query = filters(params, SCOPE)
    for option, field in WORDS.items():
        if params[option]:
            query[field] = "|".join(literal(checked_name(word, option)) for word in params[option])
    if params["assigned_user"] is not None:
        query["assigned.user"] = literal(checked_name(params["assigned_user"], "assigned_user"))
    return query


def _is_meant(params: Params, record: Record) -> bool:
    return params["name"] in (None, record.get("name")) and refer_all(record, params, SCOPE)


def _to_change(params: Params) -> Record:
    """Open events, unless the options or the filters say in which state they are."""
    query = _selected(params)
    own = params["filters"] or {}
    if not query and not own:
        raise BadInput("Say which events are meant: by keys, by an option such as severity or cluster, or by filters.")
    _check_history(own, None)
    return query if "current_state" in {*query, *own} else {**query, "current_state": OPEN}


def _keys(params: Params) -> list[str] | None:
    keys: list[str] | None = params["keys"]
    if keys is not None and (params["filters"] or any(params[name] for name in SELECTION if name != "keys")):
        raise BadInput("keys: give either keys or what the events have in common, not both.")
    return keys


def _query(params: Params) -> Record:
    query = _selected(params)
    if params["origin"] is not None:
        query["origin"] = literal(checked_name(params["origin"], "origin"))
    for name, value in (params["history"] or {}).items():
        if value is not None:
            query.update(_of_history(name, value))
    _check_history({**query, **(params["filters"] or {})}, params["order_by"])
    return query


def _counts(params: Params) -> dict[str, dict[str, Record]]:
    """The filter of each severity that is counted."""
    if not params["summary"]:
        return {}
    if params["keys"] is not None:
        raise BadInput("summary: it counts the events that options describe; leave out keys or summary.")
    if "severity" in (params["filters"] or {}):
        raise BadInput("filters.severity: with summary, use the option severity.")
    return {"summary": {severity: {"severity": severity} for severity in params["severity"] or SEVERITIES}}


def _of_history(name: str, value: str) -> dict[str, str]:
    if name not in ("after", "before"):
        return {f"history.{name}": literal(checked_name(value, f"history.{name}"))}
    return {"history.timestamp": f"{'>' if name == 'after' else '<'}{checked_moment(value, f'history.{name}')}"}


def _check_history(query: Record, order_by: str | None) -> None:
    """:raises BadInput: UM filters and orders by history only with a state of it (docs/facts/server.md, 2.4)"""
    fields = [part.split()[0] for part in (order_by or "").split(",") if part.strip()]
    if "history.state" in fields:
        raise BadInput("order_by: Unified Manager cannot order events by history.state.")
    of_history = [name for name in (*query, *fields) if name.startswith("history.")]
    if of_history and "history.state" not in query:
        raise BadInput(f"{of_history[0]}: give history.state as well, the state of the entry in the history.")


EVENT = Resource(
    noun="event",
    title="event",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: Finding(key=desired["key"]),
    current=current,
    plan=plan,
    planned=planned,
    called=lambda options: str(options.get("key") or ""),
    rules={"required_one_of": [("state", "assigned_to")]},
)
CHOSEN_EVENTS = Listing(
    plural="events",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    query=_to_change,
    keys=_keys,
    matches=_is_meant,
)
EVENTS = Listing(
    plural="events",
    collection=COLLECTION,
    arguments={
        **SELECTION,
        "origin": {"type": "str"},
        "history": HISTORY,
        "summary": {"type": "bool", "default": False},
        **LIST_ARGUMENTS,
    },
    query=_query,
    keys=_keys,
    matches=_is_meant,
    counts=_counts,
)
