# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small changes to the world that tests need (control API); GETs show them at once."""

from __future__ import annotations

from typing import Any

from . import network, paths
from .tables import Record
from .world import World


def apply(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """Do one edit, described by ``action``; returns what was done.

    :raises ValueError: no such action, or an object that does not exist
    """
    action = edit.get("action")
    if action not in ACTIONS:
        raise ValueError(f"the action of an edit is one of {', '.join(ACTIONS)}")
    return ACTIONS[action](world, edit)


def _put(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "put", "table": path, "record": {...}}``: add or replace a whole record."""
    world.table(_table(edit)).put(edit["record"], at_once=True)
    return edit["record"]


def _merge(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "merge", "table": path, "key" or "name": ..., "fields": {...}}``: change some fields."""
    table = world.table(_table(edit))
    record = table.edit(_find(world, _table(edit), edit)[table.key_field])
    _merge_into(record, edit["fields"])
    table.put(record, at_once=True)
    return record


def _remove(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "remove", "table": path, "key" or "name": ...}``"""
    record = _find(world, _table(edit), edit)
    world.table(_table(edit)).remove(record[world.table(_table(edit)).key_field], at_once=True)
    return record


def _remove_san_lifs(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "remove_san_lifs", "svm": name or key}``"""
    svm = _find(world, paths.SVMS, {"name": edit.get("svm")})
    gone = network.endpoints_of(world, svm["key"], network.SAN)
    for endpoint in gone:
        network.remove_endpoint(world, endpoint["key"])
    return {"removed": [endpoint["name"] for endpoint in gone]}


def _fill_aggregate(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "fill_aggregate", "aggregate": name or key, "available": bytes}``"""
    aggregate = _find(world, paths.AGGREGATES, {"name": edit.get("aggregate")})
    changed = world.table(paths.AGGREGATES).edit(aggregate["key"])
    space = changed["space"]["block_storage"]
    space["available"] = int(edit.get("available", 0))
    space["used"] = space["size"] - space["available"]
    world.table(paths.AGGREGATES).put(changed, at_once=True)
    return changed


def _use_space(world: World, edit: dict[str, Any]) -> dict[str, Any]:
    """``{"action": "use_space", "volume" or "lun": name or key, "used": bytes, or "percent": of its size}``"""
    path, wanted = (paths.DATACENTER_LUNS, edit["lun"]) if "lun" in edit else (paths.VOLUMES, edit["volume"])
    record = world.edit(path, _find(world, path, {"name": wanted})["key"])
    space = record["space"]
    space["used"] = int(edit["used"]) if "used" in edit else int(space["size"] * float(edit["percent"]) / 100)
    if not 0 <= space["used"] <= space["size"]:
        raise ValueError(f"at least 0 and at most {space['size']} bytes can be used, not {space['used']}")
    if "available" in space:
        space["available"] = space["size"] - space["used"]
    world.note(record["key"])["used"] = space["used"]
    world.table(path).put(record, at_once=True)
    return record


ACTIONS = {
    "put": _put,
    "merge": _merge,
    "remove": _remove,
    "remove_san_lifs": _remove_san_lifs,
    "fill_aggregate": _fill_aggregate,
    "use_space": _use_space,
}


def _table(edit: dict[str, Any]) -> str:
    path = edit.get("table", "")
    if not path.startswith("/"):
        raise ValueError("table is the path of a collection below /api, such as /datacenter/svm/svms")
    return path


def _find(world: World, path: str, edit: dict[str, Any]) -> Record:
    """The one record with this key or name."""
    table = world.table(path)
    wanted = edit.get("key") or edit.get("name")
    record = table.get(str(wanted))
    found = [record] if record else table.find("name", str(wanted))
    if len(found) != 1:
        raise ValueError(f"{path} has {len(found)} records {wanted!r}")
    return found[0]


def _merge_into(record: Record, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(record.get(name), dict):
            _merge_into(record[name], value)
        else:
            record[name] = value
