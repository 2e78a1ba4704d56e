# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies of ONTAP's REST API: their fields, and how a body compares with an object. Private to this collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._base.errors import BadInput
from ..._model.resource import Record

FIELDS_BUDGET = 2000  # characters of field names in one query
NOTHING: tuple[Any, ...] = (None, "", [], {})


def planned(record: Record, body: Record) -> Record:
    """What was sent is what will be shown, in the types of what was there; null takes a field away."""
    result = dict(record)
    for name, value in body.items():
        old = result.get(name)
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping):
            result[name] = planned(old if isinstance(old, dict) else {}, dict(value))
        else:
            result[name] = int(value) if _is_number(old) and str(value).isdecimal() else value
    return result


def difference(current: Any, desired: Mapping[str, Any]) -> tuple[Record, Record]:
    """The desired fields that differ: as they are, and as they shall be. Other fields do not count."""
    before: Record = {}
    after: Record = {}
    for name, value in desired.items():
        old = current.get(name) if isinstance(current, Mapping) else None
        if isinstance(value, Mapping):
            inner_before, inner_after = difference(old, value)
            if inner_after:
                before[name], after[name] = inner_before, inner_after
        elif not _equal(old, value):
            before[name], after[name] = old, value
    return before, after


def _equal(old: Any, value: Any) -> bool:
    """Whether a value is there; text of a number or a boolean is that, and ONTAP leaves out what is empty."""
    if value in NOTHING:
        return old in NOTHING
    if isinstance(value, list):
        return isinstance(old, list) and len(old) == len(value) and all(map(_equal, old, value))
    if isinstance(value, Mapping):
        return isinstance(old, Mapping) and not difference(old, value)[1]
    if isinstance(old, bool) or isinstance(value, bool):
        return str(old).casefold() == str(value).casefold()
    return old == value or ((_is_number(old) or _is_number(value)) and str(old) == str(value).strip())


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def fields_of(body: Mapping[str, Any]) -> list[str]:
    """The dotted names of a body's leaves; only the first level where that would be too much for a URL."""
    names = list(_leaves(body))
    return names if sum(map(len, names)) <= FIELDS_BUDGET else list(body)


def _leaves(body: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in body.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def spread(body: Mapping[str, Any], option: str) -> Record:
    """ONTAP takes ``svm.name: x`` for ``svm: {name: x}``.

    :raises BadInput: both are given, and do not agree
    """
    result: Record = {}
    for name, value in body.items():
        node: Any = _spread_value(value, option)
        for part in reversed(str(name).split(".")):
            node = {part: node}
        try:
            result = merge(result, node)
        except TypeError:
            raise BadInput(f"{option}: {name} is given twice.") from None
    return result


def _spread_value(value: Any, option: str) -> Any:
    if isinstance(value, Mapping):
        return spread(value, option)
    return [_spread_value(item, option) for item in value] if isinstance(value, list) else value


def merge(one: Record, other: Record) -> Record:
    """:raises TypeError: they differ in what is no object"""
    result = dict(one)
    for name, value in other.items():
        if name not in result:
            result[name] = value
        elif isinstance(result[name], dict) and isinstance(value, dict):
            result[name] = merge(result[name], value)
        else:
            raise TypeError(name)
    return result
