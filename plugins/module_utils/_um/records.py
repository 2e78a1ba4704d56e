# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door at which UM's records come in: numbers and booleans that arrive as text become what they stand for.

Booleans stand as texts in some of UM's own examples (docs/facts/server.md, 5.10). Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._base.lenient import boolean, integer, number

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
_DEEPEST = 8  # of UM's records; what lies deeper is none of these fields


def typed(body: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """A body of UM, changed in place: texts in the fields above are numbers and booleans, and links are gone.

    A text that stands for none stays, since some names have another meaning elsewhere: ``port`` may be ``e0a``. Links
    say what keys say, too, and would bury the message of a failed task; only those of a list lead to its next page.
    """
    if depth or "records" not in body:
        body.pop("_links", None)
    for name, value in body.items():
        kind = type(value)
        if kind is str or kind is float:
            reader = FIELDS.get(name)
            if reader is not None:
                read = reader(value)
                body[name] = value if read is None else read
        elif depth < _DEEPEST:
            if kind is dict:
                typed(value, depth + 1)
            elif kind is list:
                for part in value:
                    if isinstance(part, dict):
                        typed(part, depth + 1)
    return body
