# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converts UM's records as they arrive: texts that stand for numbers and booleans become numbers and booleans.

Booleans stand as texts in some of UM's own examples (docs/facts/server.md, 5.10). A field of the wrong shape, such as a
text where a list is due, is as good as absent. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._base.errors import Lacking
from .._base.lenient import boolean, integer, number, text
from .._base.texts import shortened

_INTEGERS = (
    *("num_records", "total_records"),
    *("available", "size", "total", "used"),
    *("absolute_min_iops", "expected_iops", "expected_iops_per_tb", "peak_iops", "peak_iops_per_tb"),
    *("lun_count", "total_workload_count", "workload_count"),
    *("hour", "index", "logical_unit_number", "minute", "mtu", "port", "retention_count", "vlan"),
)
_NUMBERS = ("expected", "total_weighted_score")
_BOOLEANS = (
    *("enabled", "group", "include_all", "is_home", "is_metro_cluster", "is_san_optimized", "is_scheduled"),
    *("is_self_signed", "is_valid", "is_valid_hostname", "mapped", "send_snmp_trap", "space_thin_provisioned"),
    "system_defined",
)
FIELDS: Mapping[str, Callable[[object], Any]] = {
    **dict.fromkeys(_INTEGERS, integer),
    **dict.fromkeys(_NUMBERS, number),
    **dict.fromkeys(_BOOLEANS, boolean),
}
_TEXTS = ("address", "key", "language", "name", "netmask", "path")
# Names that mean another shape elsewhere, such as ``iops``, are not among these.
_DICTIONARIES = (
    *("access_control", "action", "assigned", "event", "export_policy", "ip", "ldap", "nis", "notification", "nvme"),
    *("operation", "script", "space", "svm"),
)
_LISTS_OF_DICTIONARIES = (
    *("acl", "aggregates", "clients", "initiators", "lun_maps", "performance_service_levels", "resource", "rules"),
)
_LISTS_OF_TEXTS = (
    *("data_protocols", "domains", "emails", "exclude", "gateways", "include", "keys", "ro_rule", "rw_rule"),
    *("servers", "severities", "types"),
)
_ENTRIES: Mapping[str, type] = {**dict.fromkeys(_LISTS_OF_DICTIONARIES, dict), **dict.fromkeys(_LISTS_OF_TEXTS, str)}
SHAPES: Mapping[str, type] = {**dict.fromkeys(_DICTIONARIES, dict), **dict.fromkeys(_ENTRIES, list)}
_DEEPEST = 8  # levels in UM's records; none of these fields lies deeper


class Body(dict[str, Any]):
    """A record, or another body: a field that is missing where it is needed is reported as a fault of the server."""

    __slots__ = ()

    def __missing__(self, name: str) -> Any:
        there = ", ".join(sorted(map(str, self))) or "nothing"
        raise Lacking(
            f"Unified Manager shows a record without {name!r}, which is needed here; it has {shortened(there)}.", 200
        )


def typed(body: dict[str, Any]) -> Body:
    """A body of UM, in which texts in the fields above are numbers and booleans, and links are gone.

    A text that stands for none stays, since some names have another meaning elsewhere: ``port`` may be ``e0a``. Links
    say what keys say, too, and would bury the message of a failed task; only those of a list lead to its next page.
    A field of another shape than its name means is as good as absent, and so is such an entry of a list.
    """
    records = body.get("records")
    if "records" not in body:
        body.pop("_links", None)
    _type(body, 0)
    if isinstance(records, list):
        body["records"] = [Body(record) if isinstance(record, dict) else record for record in records]
    return Body(body)


def _shape(body: dict[str, Any]) -> None:
    for name in [name for name in body if name in SHAPES and body[name] is not None]:
        if not isinstance(body[name], SHAPES[name]):
            del body[name]
        elif name in _ENTRIES:
            body[name] = [entry for entry in body[name] if isinstance(entry, _ENTRIES[name])]
    for name in _TEXTS:
        if name in body and not isinstance(body[name], str):
            read = text(body.pop(name))
            body.update({} if read is None else {name: read})


def _type(body: dict[str, Any], depth: int) -> None:
    if depth:
        body.pop("_links", None)
    _shape(body)
    for name, value in body.items():
        kind = type(value)
        if kind is str or kind is float:
            reader = FIELDS.get(name)
            if reader is not None:
                read = reader(value)
                body[name] = value if read is None else read
        elif depth < _DEEPEST:
            for part in (value,) if kind is dict else value if kind is list else ():
                if isinstance(part, dict):
                    _type(part, depth + 1)
