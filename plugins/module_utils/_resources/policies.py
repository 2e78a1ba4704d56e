# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Performance Service Levels and Storage Efficiency Policies have in common (wire facts 5.15 and 5.16).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Collection

from .._errors import BadInput
from .._filters import checked_name, is_key, literal
from .._resource import Finding, Params, Record


def find(collection: str, wish: Record) -> Finding:
    """A policy by its name, or by its key."""
    if is_key(wish["name"]):
        return Finding(key=wish["name"])
    return Finding(
        collection=collection,
        query={"name": literal(wish["name"])},
        matches=lambda record: record.get("name") == wish["name"],
    )


def checked_new_name(wish: Record, title: str, reserved: Collection[str]) -> str:
    """The name for a new policy.

    :raises BadInput: it is a key, or reserved by Unified Manager
    """
    name = wish["name"]
    if is_key(name):
        raise BadInput(f"name: there is no {title} with the key {name}; to create one, give its name.")
    if name in reserved:
        raise BadInput(f"name: {name!r} is reserved by Unified Manager; choose another name.")
    return name


def check_changeable(record: Record, title: str) -> None:
    """Unified Manager changes and deletes only policies that are its users' own and assigned to nothing.

    :raises BadInput: this is not one of them
    """
    if record.get("system_defined"):
        raise BadInput(
            f"This {title} is defined by the system and cannot be changed or deleted; create one of your own."
        )
    count = record.get("workload_count") or 0
    if count:
        raise BadInput(
            f"This {title} is assigned to {count} workloads and cannot be changed or deleted;"
            " assign another one to them first."
        )


def query(params: Params, flags: Collection[str] = ("system_defined",)) -> Record:
    """The filters that both kinds of policies have."""
    filters: Record = {}
    if params["name"] is not None:
        filters["name"] = literal(checked_name(params["name"], "name"))
    filters.update({name: params[name] for name in flags if params[name] is not None})
    return filters


def is_named(params: Params, record: Record) -> bool:
    return params["name"] in (None, record.get("name"))


def keys(params: Params) -> list[str] | None:
    return [params["name"]] if is_key(params["name"]) else None
