# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the control API is told as JSON, as objects: no unknown fields, and no text where a list belongs."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Described = TypeVar("Described", bound="DataclassInstance")


def described(kind: type[Described], description: Any) -> Described:
    """An object of a dataclass.

    :raises ValueError: a field that it lacks, one that is missing, or a value of another type
    """
    noun = f"{'an' if kind.__name__[0] in 'AEIO' else 'a'} {kind.__name__.lower()}"
    check_fields(noun, description, typing.get_type_hints(kind))
    for one in fields(kind):
        if one.name not in description and one.default is MISSING and one.default_factory is MISSING:
            raise ValueError(f"{noun} needs {one.name}")
    return kind(**description)


def check_fields(noun: str, description: Any, hints: Mapping[str, Any]) -> None:
    """:raises ValueError: not a mapping, a field that is not in the hints, or a value of another type"""
    if not isinstance(description, dict):
        raise ValueError(f"{noun} is a mapping, not {description!r}")
    unknown = set(description) - set(hints)
    if unknown:
        raise ValueError(f"{noun} has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(hints))}")
    for name, value in description.items():
        if not _fits(value, hints[name]):
            raise ValueError(f"{name} of {noun} is {_words(hints[name])}, not {value!r}")


def check_patterns(*patterns: str) -> None:
    """:raises ValueError: one is not a regular expression"""
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None


def _fits(value: Any, hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if hint is Any:
        return True
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in typing.get_args(hint))
    if origin is list:
        return isinstance(value, list) and all(_fits(one, typing.get_args(hint)[0]) for one in value)
    if origin is dict:
        return isinstance(value, dict)
    if hint in (int, float):
        return isinstance(value, (int, float) if hint is float else int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _words(hint: Any) -> str:
    """The type in words: ``a text or a list of mappings``."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_words(one) for one in typing.get_args(hint))
    if origin is list:
        return f"a list with {_words(typing.get_args(hint)[0])} for each entry"
    names = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", types.NoneType: "null"}
    return "a mapping" if origin is dict else names.get(hint, str(hint))
