# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alert: its options, how they compare, which request leads there, and how alerts are listed.

Facts: docs/facts/server.md, 5.4 and 8.17; changed at once, without a job. What a PATCH does to the rest of ``action``
and ``event`` when only a part of them is sent is not known, so these objects are always sent whole. Private to this
collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._base.errors import BadInput
from .._base.lenient import boolean
from .._base.names import checked_name, is_key, literal, refers
from .._base.times import (
    clock_time,
    duration,
    iso_duration,
    parse_duration,
    parse_time_of_day,
    time_of_day,
)
from .._model import kinds
from .._model.desired import fields, filters, given, is_same, require_for_creation
from .._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from .._model.resource import STATE, Description, Operation, Params, Record, Reference, Resource, option_of
from .parts import renaming

TITLE, COLLECTION = "alert", "/management-server/alerts"
SEVERITIES = ["warning", "error", "critical"]
RESOURCE_TYPES = [
    *("cluster", "cluster_node", "vserver", "aggregate", "volume", "network_lif", "qtree", "lun", "namespace"),
    *("bridge", "bridge_stack_connection", "fcp_lif", "inter_node_connection", "inter_switch_connection"),
    *("network_port", "metro_cluster_relationship", "nvmf_fc_lif", "node_bridge_connection", "node_stack_connection"),
    *("node_switch_connection", "storage_shelf", "switch", "switch_bridge_connection", "snap_mirror", "fcp_port"),
    *("objectstore_config", "disk", "infinitevol_storage_service", "user_quota", "management_station"),
    "storage_service",
]
TIMES = ("duration", "from", "to")
NOTIFICATION = (*TIMES, "emails", "send_snmp_trap")
EVENT = {"event_severities": "severities", "event_types": "types"}
PATTERNS = ("include", "exclude", "keys")
OPTIONS = ("description", "enabled", *NOTIFICATION, "script", *EVENT, "resources")
ARGUMENTS = {
    **renaming.NAMES,
    "description": {"type": "str"},
    "enabled": {"type": "bool"},
    "event_severities": {"type": "list", "elements": "str", "choices": SEVERITIES},
    "event_types": {"type": "list", "elements": "str"},
    "resources": {
        "type": "list",
        "elements": "dict",
        "options": {
            "type": {"type": "str", "required": True, "choices": RESOURCE_TYPES},
            "include_all": {"type": "bool", "default": False},
            "include": {"type": "list", "elements": "str"},
            "exclude": {"type": "list", "elements": "str"},
            "keys": {"type": "list", "elements": "str", "no_log": False},
        },
    },
    "emails": {"type": "list", "elements": "str"},
    "send_snmp_trap": {"type": "bool"},
    "duration": {"type": "str"},
    "from": {"type": "str"},
    "to": {"type": "str"},
    "script": {"type": "str"},
    **STATE,
}


def desired(params: Params) -> Record:
    """Lists lose their doubles; durations are written as UM's examples write them; an empty text clears."""
    desired = given(params, ARGUMENTS)
    renaming.check_names(desired, TITLE)
    for name in TIMES:
        if desired.get(name):
            parse = parse_duration if name == "duration" else parse_time_of_day
            desired[name] = iso_duration(parse(desired[name], name))
    for name in ("event_severities", "event_types", "emails"):
        if name in desired:
            desired[name] = list(dict.fromkeys(desired[name]))
    for email in desired.get("emails", ()):
        if "@" not in email:
            raise BadInput(f"emails: {email!r} is not an e-mail address.")
    if desired.get("script"):
        checked_name(desired["script"], "script")
    if "resources" in desired:
        desired["resources"] = [_desired_resource(entry) for entry in desired["resources"]]
    return desired


def _desired_resource(entry: Record) -> Record:
    resource = _resource(entry)
    if not (resource["include_all"] or resource["include"] or resource["keys"]):
        raise BadInput(f"resources: of type {entry['type']} nothing is chosen; give include_all, include or keys.")
    return resource


def _resource(entry: Record) -> Record:
    """An entry with all its parts, whose lists have an order of their own."""
    lists = {name: sorted(set(entry.get(name) or [])) for name in PATTERNS}
    return {"type": entry.get("type"), "include_all": boolean(entry.get("include_all")) or False, **lists}


def current(record: Record) -> Record:
    """``script`` is the whole reference, everything else what an option would say."""
    action, event = record.get("action") or {}, record.get("event") or {}
    notification, script = action.get("notification") or {}, action.get("script") or {}
    return {
        **fields(record, ("name", "description")),
        "enabled": boolean(record.get("enabled")),
        **{name: _written(name, notification.get(name)) for name in TIMES},
        "emails": notification.get("emails") or [],
        "send_snmp_trap": boolean(notification.get("send_snmp_trap")),
        "script": script if script.get("key") or script.get("name") else None,
        **{option: event.get(name) or [] for option, name in EVENT.items()},
        "resources": [_resource(entry) for entry in record.get("resource") or []],
    }


def _written(name: str, text: Any) -> Any:
    """A time of day in the form in which times are compared; other text is left as it is."""
    if text in (None, ""):
        return None
    seconds = duration(str(text)) if name == "duration" else time_of_day(str(text))
    return text if seconds is None else iso_duration(seconds)


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(_shown(before))]
    if before is None:
        return [_creation(desired)]
    changed = ["name"] if renaming.is_renamed(before, desired) else []
    changed += [name for name in OPTIONS if name in desired and not _same(name, before[name], desired[name])]
    if not changed:
        return []
    old = {name: _value(name, before[name]) for name in changed}
    new = {name: desired[name] for name in changed}
    every = {**before, **new}
    return [Operation.change(_body(every, changed), old, new)]


def _creation(desired: Record) -> Operation:
    renaming.check_creation(desired, TITLE)
    require_for_creation(TITLE, desired["name"], desired, (*EVENT, "resources"))
    settings = {"name": desired["name"], "send_snmp_trap": False}
    settings.update({name: desired[name] for name in OPTIONS if desired.get(name) not in (None, "")})
    body = _body(settings, list(settings))
    return Operation.create(body, settings)


def _body(settings: Record, changed: Sequence[str]) -> Record:
    """The settings that changed in UM's shape; of an object of which anything changed, everything."""
    body: Record = {name: settings[name] or None for name in ("name", "description") if name in changed}
    if "enabled" in changed:
        body["enabled"] = settings["enabled"]
    if set(changed) & {*NOTIFICATION, "script"}:
        body["action"] = _action(settings, changed)
    if set(changed) & set(EVENT):
        body["event"] = {name: settings[option] for option, name in EVENT.items() if option in settings}
    if "resources" in changed:
        body["resource"] = settings["resources"]
    return body


def _action(settings: Record, changed: Sequence[str]) -> Record:
    notification = {
        name: settings[name] or (None if name in TIMES else settings[name])
        for name in NOTIFICATION
        if name in changed or settings.get(name) is not None
    }
    script = settings.get("script")
    if isinstance(script, dict):  # as it was
        same = {part: script[part] for part in ("key", "name") if script.get(part)}
        return {"notification": notification, "script": same}
    if script:
        return {"notification": notification, "script": Reference(kinds.SCRIPT, script, "script")}
    if "script" in changed:
        return {"notification": notification, "script": {"key": None, "name": None}}
    return {"notification": notification}


def _same(name: str, is_now: Any, desired: Any) -> bool:
    if name == "script":
        return refers(is_now, desired) if desired else is_now is None
    if name == "resources":
        return sorted(map(_order, is_now)) == sorted(map(_order, desired))
    if isinstance(desired, list):
        return set(is_now) == set(desired)
    return is_same(is_now, desired)


def _order(resource: Record) -> list[Any]:
    return [str(resource["type"]), resource["include_all"], *(resource[name] for name in PATTERNS)]


def _value(name: str, is_now: Any) -> Any:
    """What the option would have said."""
    return is_now.get("name") or is_now.get("key") if name == "script" and is_now else is_now


def _shown(before: Record) -> Record:
    return {name: _value(name, value) for name, value in before.items()}


def _query(params: Params) -> Record:
    query = filters(params)
    if params["enabled"] is not None:
        query["enable"] = params["enabled"]  # the name of the filter for "enabled" (docs/facts/server.md, 2.4)
    if params["send_snmp_trap"] is not None:
        query["action.notification.send_snmp_trap"] = params["send_snmp_trap"]
    if params["script"] is not None:
        part = "key" if is_key(params["script"]) else "name"
        query[f"action.script.{part}"] = literal(checked_name(params["script"], "script"))
    return query


def _is_meant(params: Params, record: Record) -> bool:
    script = (record.get("action") or {}).get("script")
    return params["name"] in (None, record.get("name")) and refers(script, params["script"])


def describe(record: Record) -> Description:
    """Times of day as people write them; what an alert does not limit or do is an empty option."""
    now = current(record)
    options = {**now, "script": option_of(now["script"]), "from": _clock(now["from"]), "to": _clock(now["to"])}
    remarks = []
    if any(entry["keys"] for entry in now["resources"]):
        remarks.append(f"Alert {now['name']} names resources by their keys, which hold for this Unified Manager alone.")
    told = {name: "" if value is None else value for name, value in options.items()}
    told["resources"] = [_described(entry) for entry in now["resources"]]
    return Description(told, (), tuple(remarks))


def _clock(text: Any) -> Any:
    seconds = None if text is None else time_of_day(str(text))
    return text if seconds is None else clock_time(seconds) or text


def _described(entry: Record) -> Record:
    return {name: value for name, value in entry.items() if value not in (None, [], False)}


ALERT = Resource(
    noun="alert",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired),
    current=current,
    plan=plan,
    describe=describe,
)
ALERTS = Listing(
    plural="alerts",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        "enabled": {"type": "bool"},
        "send_snmp_trap": {"type": "bool"},
        "script": {"type": "str"},
        **LIST_ARGUMENTS,
    },
    query=_query,
    keys=key_as_name,
    matches=_is_meant,
)
