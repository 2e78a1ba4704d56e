# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every noun does with its options: take those that were given, check names, report what is missing.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._base.errors import BadInput
from .._base.names import by, checked_name, literal, refers
from .kinds import Kind
from .resource import Params, Record, Reference

Scope = tuple[tuple[str, str], ...]


def given(params: Params, arguments: Iterable[str]) -> Record:
    """The options of a noun that were given: those that are neither absent nor null."""
    return {name: params[name] for name in arguments if params.get(name) is not None}


def with_defaults(arguments: Mapping[str, Any], options: Params, defaults: Params | None = None) -> dict[str, Any]:
    """The options of one object: its own, else the common ones, else those of the argument spec.

    :param arguments: the argument spec
    """
    merged = {}
    for name, spec in arguments.items():
        given = options.get(name)
        if given is None:
            given = (defaults or {}).get(name)
        merged[name] = spec.get("default") if given is None else given
    return merged


def check_names(desired: Record, options: Iterable[str]) -> None:
    """Check the options that name something, as far as they are given.

    :raises BadInput: one is not a name
    """
    for option in options:
        if option in desired:
            checked_name(desired[option], option)


def scope_of(desired: Record, *fields: str) -> Scope:
    """Where something lies, as a Reference takes it: the fields that are given, with their values."""
    return tuple((field, desired[field]) for field in fields if field in desired)


def references(desired: Record, kinds: Mapping[str, Kind], scope: Scope = ()) -> dict[str, Reference]:
    """A Reference for each of the options that is given.

    :param kinds: what each option names
    """
    return {
        option: Reference(kind, desired[option], option, scope) for option, kind in kinds.items() if option in desired
    }


def require_for_creation(title: str, name: str, desired: Record, *needed: str | Sequence[str]) -> None:
    """Refuse to create something from too few options.

    :param needed: options; of a group of them one is enough
    :raises BadInput: some are missing; all of them are named
    """
    groups = [(option,) if isinstance(option, str) else option for option in needed]
    missing = [listed(group, "or") for group in groups if not any(_is_set(desired.get(option)) for option in group)]
    if missing:
        called = f"{title} {name!r}" if name else title
        raise BadInput(f"{called[0].upper()}{called[1:]} does not exist; to create it, also set {listed(missing)}.")


def _is_set(value: Any) -> bool:
    return value not in (None, "", [])


def refuse_key(title: str, key: str, option: str = "name") -> None:
    """:raises BadInput: always: nothing has this key, and a new object gets its key from the server"""
    raise BadInput(f"{option}: no {title} has the key {key}; to create one, give its {option} instead of a key.")


def listed(words: Sequence[str], joined: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *others, last = words
    return f"{', '.join(others)} {joined} {last}" if others else last


def is_same(current: Any, desired: Any) -> bool:
    """Whether an option has this value already; an empty text equals an absent one."""
    return current == desired or (current in (None, "") and desired in (None, ""))


def option_changes(current: Record, desired: Record, options: Sequence[str]) -> list[str]:
    """The options, in the order given, that are given and differ from what is there."""
    return [option for option in options if option in desired and not is_same(current.get(option), desired[option])]


def fields(record: Record, names: Iterable[str]) -> Record:
    """Some fields of a record; what is absent or an empty text is None."""
    return {name: None if record.get(name) == "" else record.get(name) for name in names}


def filters(
    params: Params, references: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None
) -> Record:
    """UM's filters for ``name`` and for what records refer to.

    :param references: option -> the field of the record that refers to what it names
    :param words: option -> the filter that takes its value as it is
    :raises BadInput: what was given is not a name
    """
    query: Record = {}
    if params.get("name") is not None:
        query["name"] = literal(checked_name(params["name"], "name"))
    for option, field in (references or {}).items():
        if params.get(option) is not None:
            query.update(by(field, checked_name(params[option], option)))
    for option, field in (words or {}).items():
        if params.get(option) not in (None, ""):
            query[field] = params[option]
    return query


def refer_all(record: Record, params: Params, references: Mapping[str, str]) -> bool:
    """Whether the record refers to all that was named; UM's filters are not exact."""
    return all(refers(record.get(field), params.get(option)) for option, field in references.items())
