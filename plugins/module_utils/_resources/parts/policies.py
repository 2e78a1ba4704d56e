# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Performance Service Levels and Storage Efficiency Policies have in common (docs/facts/server.md, 5.15, 5.16).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ..._base.errors import BadInput
from ..._base.lenient import boolean, integer
from ..._model.desired import filters, given, option_changes
from ..._model.listing import LIST_ARGUMENTS, Listing, key_as_name
from ..._model.resource import Description, Operation, Record, merged
from . import renaming


def check_changeable(record: Record, title: str) -> None:
    """Unified Manager changes and deletes only policies that are its users' own and assigned to nothing.

    :raises BadInput: this is not one of them
    """
    if boolean(record.get("system_defined")):
        raise BadInput(
            f"This {title} is defined by the system and cannot be changed or deleted; create one of your own."
        )
    count = integer(record.get("workload_count")) or 0
    if count:
        raise BadInput(
            f"This {title} is assigned to {count} workloads and cannot be changed or deleted;"
            " assign another one to them first."
        )


def plan(
    before: Record | None,
    desired: Record,
    title: str,
    reserved: Collection[str],
    settings: Sequence[str],
    creation: Callable[[Record], Operation],
    body: Callable[[Record], Record],
) -> Sequence[Operation]:
    """The one Operation that leads to what is desired, if any is needed.

    :param reserved: names that no policy can be given
    :param creation: desired -> the POST
    :param body: all settings -> what a PATCH sends. All of them are sent, since one that is left out might fall back
        to its default (docs/facts/server.md, 5.16).
    """
    if desired["state"] == "absent":
        if before is None:
            return []
        check_changeable(before, title)
        return [Operation.delete({name: before[name] for name in ("name", *settings)})]
    renamed = ["name"] if before and renaming.is_renamed(before, desired) else []
    if (before is None or renamed) and desired["name"] in reserved:
        raise BadInput(f"name: {desired['name']!r} is reserved by Unified Manager; choose another name.")
    if before is None:
        renaming.check_creation(desired, title)
        return [creation(desired)]
    changed = renamed + option_changes(before, desired, settings)
    if not changed:
        return []
    check_changeable(before, title)
    old, new = {name: before[name] for name in changed}, {name: desired[name] for name in changed}
    every = {name: desired.get(name, before[name]) for name in settings}
    sent = {**({"name": desired["name"]} if renamed else {}), **body(every)}
    return [Operation.change(sent, old, new)]


def planned(record: Record, body: Record) -> Record:
    """What was sent; the time of the change cannot be predicted."""
    return merged({name: value for name, value in record.items() if name != "update_time"}, body)


def listing(plural: str, collection: str) -> Listing:
    """How such policies are read."""
    return Listing(
        plural=plural,
        collection=collection,
        arguments={"name": {"type": "str"}, "system_defined": {"type": "bool"}, **LIST_ARGUMENTS},
        query=lambda params: filters(params, {}, {"system_defined": "system_defined"}),
        keys=key_as_name,
        matches=lambda params, record: params["name"] in (None, record.get("name")),
    )


def describe(current: Record, settings: Sequence[str]) -> Description:
    """The options of a policy, from what ``current`` makes of its record."""
    options = given(current, ("name", *settings))
    if boolean(current.get("system_defined")):
        return Description(options, (), (f"{current['name']} is defined by the system and cannot be changed.",))
    return Description(options)
