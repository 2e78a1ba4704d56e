# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that can be renamed: ``name`` is how one shall be called, ``from_name`` one that has yet to get that name.

Each takes a name or a key. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..._base.errors import BadInput
from ..._base.names import by, checked_name, is_key, literal, refers, refuse_other_key
from ..._model.desired import refuse_key
from ..._model.resource import Finding, Record

NAMES = {"name": {"type": "str", "required": True}, "from_name": {"type": "str"}}


def check_names(desired: Record, title: str, key_type: str | None = None) -> None:
    """:raises BadInput: one is not a name, is the key of another kind of object, or the new name is a key"""
    for option in NAMES:
        if option in desired:
            checked_name(desired[option], option)
            refuse_other_key(desired[option], option, title, key_type)
    if "from_name" in desired and is_key(desired["name"]):
        raise BadInput("name: beside from_name it is the new name, and not a key.")


def find(collection: str, desired: Record, places: Iterable[str] = ()) -> Finding:
    """The object of that name, or else the one that shall get it; what shall be absent gets no name.

    :param places: options that say where it lies
    """
    if is_key(desired["name"]):
        return Finding(key=desired["name"])
    where = {place: desired[place] for place in places if place in desired}
    found = named(collection, desired["name"], where)
    if "from_name" not in desired or desired["state"] == "absent":
        return found
    return found._replace(otherwise=named(collection, desired["from_name"], where))


def named(collection: str, name: str, where: Record) -> Finding:
    query = {"key": name} if is_key(name) else {"name": literal(name)}
    for place, wanted in where.items():
        query.update(by(place, wanted))
    return Finding(
        collection=collection,
        query=query,
        matches=lambda record: (
            refers(record, name) and all(refers(record.get(place), wanted) for place, wanted in where.items())
        ),
        name=None if is_key(name) else name,
    )


def is_renamed(before: Record, desired: Record) -> bool:
    return "from_name" in desired and before["name"] != desired["name"]


def check_creation(desired: Record, title: str) -> None:
    """:raises BadInput: it is not to be created: what shall be renamed, or has this key, is not there"""
    if "from_name" in desired:
        raise BadInput(f"from_name: neither {title} {desired['name']!r} nor {title} {desired['from_name']!r} exists.")
    if is_key(desired["name"]):
        refuse_key(title, desired["name"])
