# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of request bodies against a declared shape (docs/facts/server.md, 3.5 and 5).

A shape is a dict of fields; a field is a Field, a nested shape, or a list with the one shape of its items.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .errors import Refusal, bad_value, missing_field
from .switches import Switches


class Field(NamedTuple):
    """One property. ``access``: both, create (POST only), modify (PATCH only) or read (never sent)."""

    kind: type = str
    access: str = "both"
    one_of: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    nullable: bool = False
    any_case: bool = False


READ = Field(object, "read")


class Rules(NamedTuple):
    """What becomes of fields that do not belong into a body.

    :ivar refused: the kinds of access that this request has not
    :ivar strict: whether such fields are refused, not ignored
    :ivar lenient: whether unknown fields are ignored
    """

    refused: tuple[str, ...]
    strict: bool
    lenient: bool


def text(
    access: str = "both",
    one_of: tuple[str, ...] = (),
    shortest: int | None = None,
    longest: int | None = None,
    nullable: bool = False,
    any_case: bool = False,
) -> Field:
    """A string; with ``any_case`` a value of ``one_of`` may be in upper case and is lowered."""
    return Field(str, access, one_of, shortest, longest, nullable, any_case)


def number(
    access: str = "both", minimum: float | None = None, maximum: float | None = None, nullable: bool = False
) -> Field:
    """A whole number; its text is taken too, which NetApp's own modules send (docs/facts/server.md, 5.11)."""
    return Field(int, access, (), minimum, maximum, nullable)


def decimal(access: str = "both", minimum: float | None = None, maximum: float | None = None) -> Field:
    return Field(float, access, (), minimum, maximum)


def flag(access: str = "both") -> Field:
    """A boolean; its text is taken too, as in the vendor's examples (docs/facts/server.md, 5.10)."""
    return Field(bool, access)


def reference_shape(access: str = "both") -> dict[str, Field]:
    """A reference to another object by its key."""
    return {"key": text(access), "name": READ, "uuid": READ, "_links": READ}


def check_body(body: Any, shape: dict[str, Any], method: str, switches: Switches) -> dict[str, Any]:
    """The body with its values converted and without what the server ignores.

    Nulls count as absent, save in nullable fields.

    :raises Refusal: 400 with the first field that is wrong
    """
    if not isinstance(body, dict):
        raise Refusal(400, "malformed_json", "The body must be a JSON object.")
    refused = {"POST": ("read", "modify"), "PATCH": ("read", "create")}[method]
    rules = Rules(refused, switches["read_only_fields"] == "refuse", switches["unknown_fields"] == "ignore")
    checked = _check(body, shape, "", rules)
    if method == "PATCH" and not checked and switches["empty_patch"] == "refuse":
        raise Refusal(400, "empty_patch", "The request changes nothing.")
    return checked


def _check(body: dict[str, Any], shape: dict[str, Any], prefix: str, rules: Rules) -> Any:
    checked: dict[str, Any] = {}
    for name, value in body.items():
        target = f"{prefix}{name}"
        if name not in shape:
            if name == "_links" or rules.lenient:
                continue
            raise Refusal(400, "unknown_field", f"There is no field {target}.", target)
        part = shape[name]
        if isinstance(part, Field) and part.access in rules.refused:
            if rules.strict:
                raise Refusal(400, "read_only_field", f"The field {target} cannot be set in this request.", target)
            continue
        if value is None:
            if isinstance(part, Field) and part.nullable:
                checked[name] = None
            continue
        result = _check_value(value, part, target, rules)
        if result != {} or value == {}:
            checked[name] = result
    return checked


def _check_value(value: Any, part: Any, target: str, rules: Rules) -> Any:
    if isinstance(part, dict):
        if not isinstance(value, dict):
            raise bad_value(target, f"The field {target} must be an object.")
        return _check(value, part, f"{target}.", rules)
    if isinstance(part, list):
        if not isinstance(value, list):
            raise bad_value(target, f"The field {target} must be an array.")
        return [_check_value(item, part[0], target, rules) for item in value]
    return _converted(value, part, target)


def _converted(value: Any, field: Field, target: str) -> Any:
    value = _of_kind(value, field, target)
    if field.one_of and value not in field.one_of:
        raise bad_value(target, f"{target} is one of {', '.join(field.one_of)}, not {value!r}.")
    size = len(value) if isinstance(value, str) else value
    measure = "characters long" if isinstance(value, str) else "in value"
    if field.minimum is not None and size < field.minimum:
        raise bad_value(target, f"{target} must be at least {field.minimum} {measure}.")
    if field.maximum is not None and size > field.maximum:
        raise bad_value(target, f"{target} must be at most {field.maximum} {measure}.")
    return value


def _of_kind(value: Any, field: Field, target: str) -> Any:
    kind = field.kind
    if kind is object:
        return value
    if kind is str and isinstance(value, str):
        return value.lower() if field.any_case else value
    if kind is bool and (isinstance(value, bool) or str(value).lower() in ("true", "false")):
        return value if isinstance(value, bool) else str(value).lower() == "true"
    if kind in (int, float) and not isinstance(value, bool):
        result = _number(value, kind)
        if result is not None:
            return result
    names = {str: "a string", bool: "a boolean", int: "a whole number", float: "a number"}
    raise bad_value(target, f"The field {target} must be {names[kind]}, not {value!r}.")


def _number(value: Any, kind: type) -> int | float | None:
    """The value, or its text, as a number of the kind; None if it is not a number."""
    if kind is int and isinstance(value, float) and not value.is_integer():
        return None
    try:
        return kind(value)
    except (TypeError, ValueError, OverflowError):
        return None


def given(body: Any, field: str) -> Any:
    """The value of a dotted field of a body; None when it, or anything on the way to it, is absent."""
    for name in field.split("."):
        body = body.get(name) if isinstance(body, dict) else None
    return body


def require(body: dict[str, Any], *fields: str | tuple[str, ...]) -> None:
    """Each of the fields must be there; of a tuple, one.

    :raises Refusal: 400 with the first that is not
    """
    for field in fields:
        group = (field,) if isinstance(field, str) else field
        if all(given(body, name) in (None, "", []) for name in group):
            raise missing_field(" or ".join(group))
