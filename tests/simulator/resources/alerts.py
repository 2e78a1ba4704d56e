# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts: changed at once, without a job (docs/facts/server.md, 5.4 and 8.17). Their records have no links."""

from __future__ import annotations

from typing import Any

from ..calls import Answer, Call, Route, created, duplicate, ok
from ..collection import Collection, names
from ..durations import normalised, seconds_of
from ..errors import bad_value, missing_field
from ..keys import named_uuid
from ..paths import ALERTS, SCRIPTS
from ..switches import Switch
from ..tables import Record
from ..validation import READ, flag, given, require, text
from ..world import World

RESOURCE_TYPES = (
    *("cluster", "cluster_node", "vserver", "aggregate", "volume", "network_lif", "qtree", "lun", "namespace"),
    *("bridge", "bridge_stack_connection", "fcp_lif", "inter_node_connection", "inter_switch_connection"),
    *("network_port", "metro_cluster_relationship", "nvmf_fc_lif", "node_bridge_connection", "node_stack_connection"),
    *("node_switch_connection", "storage_shelf", "switch", "switch_bridge_connection", "snap_mirror", "fcp_port"),
    *("objectstore_config", "disk", "infinitevol_storage_service", "user_quota", "management_station"),
    "storage_service",
)
TIMES = ("duration", "from", "to")
SHAPE = {
    "key": READ,
    "name": text(shortest=1),
    "description": text(nullable=True),
    "enabled": flag(),
    "action": {
        "notification": {
            **{name: text(nullable=True) for name in TIMES},
            "emails": [text(shortest=3)],
            "send_snmp_trap": flag(),
        },
        "script": {"key": text(nullable=True), "name": text(nullable=True)},
    },
    "event": {"severities": [text(one_of=("warning", "error", "critical"))], "types": [text(shortest=1)]},
    "resource": [
        {
            "type": text(one_of=RESOURCE_TYPES),
            "include": [text()],
            "exclude": [text()],
            "include_all": flag(),
            "keys": [text()],
        }
    ],
}
SWITCHES = (
    Switch(
        "alert_patch", "merge", ("merge", "replace"), "what a PATCH of an alert does to the rest of an object (5.4)"
    ),
    Switch("alert_times", "as_sent", ("as_sent", "normalised"), "how UM writes the durations of an alert (5.4)"),
)
_NO_NOTIFICATION: dict[str, Any] = {"duration": None, "from": None, "to": None, "emails": [], "send_snmp_trap": False}
_NO_SCRIPT = {"key": None, "name": None}
_NO_EVENT: dict[str, Any] = {"severities": [], "types": []}


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "action.notification.send_snmp_trap")
    if not body.get("resource") and not any((body.get("event") or {}).values()):
        raise missing_field("resource or event")
    _check_name(call, body["name"])
    record = {"key": call.world.keys.new_uuid(), "name": body["name"], "description": None, "enabled": True}
    return created(_store(call, {**record, **_EMPTY}, body))


def modify(call: Call) -> Answer:
    alert = call.target(ALERTS)
    body = call.checked_body(SHAPE)
    if body.get("name", alert["name"]) != alert["name"]:
        _check_name(call, body["name"])
    start = dict(alert)
    if call.world.switches["alert_patch"] == "replace":
        start.update({name: _EMPTY[name] for name in ("action", "event") if name in body})
    return ok(_store(call, start, body))


def delete(call: Call) -> Answer:
    call.world.table(ALERTS).remove(call.target(ALERTS)["key"])
    return ok()


def _store(call: Call, start: Record, body: dict[str, Any]) -> Record:
    changes: Record = {name: body[name] for name in ("name", "description", "enabled") if name in body}
    record = {**start, **changes}
    action = body.get("action", {})
    notification = _notification(call, action.get("notification", {}))
    script = start["action"]["script"] if "script" not in action else _script(call, action["script"])
    record["action"] = {"notification": {**start["action"]["notification"], **notification}, "script": script}
    record["event"] = {**start["event"], **body.get("event", {})}
    if "resource" in body:
        record["resource"] = [_resource(index, entry) for index, entry in enumerate(body["resource"])]
    call.world.table(ALERTS).put(record)
    return record


def _notification(call: Call, sent: dict[str, Any]) -> dict[str, Any]:
    checked = dict(sent)
    for name in TIMES:
        value = checked.get(name)
        if value is None:
            continue
        if seconds_of(value) is None:
            raise bad_value(f"action.notification.{name}", f"{value!r} is no duration.")
        if call.world.switches["alert_times"] == "normalised":
            checked[name] = normalised(value)
    for email in checked.get("emails", ()):
        if "@" not in email:
            raise bad_value("action.notification.emails", f"{email!r} is no e-mail address.")
    return checked


def _script(call: Call, sent: dict[str, Any]) -> dict[str, Any]:
    """The script by its key, else by its name; none for empty texts, as a real client sends them."""
    if not given(sent, "key") and given(sent, "name"):
        found = call.world.table(SCRIPTS).find("name", sent["name"])
        if not found:
            raise bad_value("action.script.name", f"There is no script {sent['name']!r}.")
        return {"key": found[0]["key"], "name": found[0]["name"]}
    script = call.referred(SCRIPTS, given(sent, "key") or None, "action.script.key")
    return dict(_NO_SCRIPT) if script is None else {"key": script["key"], "name": script["name"]}


def _resource(index: int, entry: dict[str, Any]) -> dict[str, Any]:
    if "type" not in entry:
        raise missing_field(f"resource[{index}].type")
    return {"include": [], "exclude": [], "include_all": False, "keys": [], **entry}


def _check_name(call: Call, name: str) -> None:
    if any(other["name"] == name for other in call.world.table(ALERTS).find("name", name)):
        raise duplicate(call.world, "name", name)


_EMPTY: dict[str, Any] = {
    "action": {"notification": _NO_NOTIFICATION, "script": _NO_SCRIPT},
    "event": _NO_EVENT,
    "resource": [],
}


def seed(world: World) -> None:
    name = "Everything critical"
    notification = {**_NO_NOTIFICATION, "emails": ["storage@example.com"]}
    world.table(ALERTS).put(
        {
            "key": named_uuid("alert", name),
            "name": name,
            "description": None,
            "enabled": True,
            "action": {"notification": notification, "script": _NO_SCRIPT},
            "event": {"severities": ["critical"], "types": []},
            "resource": [],
        }
    )


COLLECTION = Collection(
    ALERTS,
    names("key name enable enabled action.notification.{from,to,duration,send_snmp_trap} action.script.{key,name}"),
    aliases={"enable": "enabled"},
)
ROUTES = [
    *COLLECTION.routes(),
    Route("POST", ALERTS, create),
    Route("PATCH", f"{ALERTS}/{{key}}", modify),
    Route("DELETE", f"{ALERTS}/{{key}}", delete),
]
