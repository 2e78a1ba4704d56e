# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""UM's query language: filters, order and pages of a collection (docs/facts/server.md, 2.2 to 2.4). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, quote, urlencode

from .errors import bad_value

MAX_RECORDS = 1000  # whatever is asked for
COMPARATORS = (">=", "<=", ">", "<", "!")
PAGING = ("max_records", "offset", "order_by")


def parse_parameters(text: str) -> list[tuple[str, str]]:
    """The decoded parameters of a query string; empty ones (``a=1&&b=2``) are skipped.

    :raises Refusal: a question mark in a value, which UM takes for an injection
    """
    parameters = parse_qsl(text, keep_blank_values=True)
    for name, value in parameters:
        if "?" in value:
            raise bad_value(name, f"The value of {name} has a character that is not allowed: '?'")
    return parameters


def values_at(record: Any, field: str) -> Iterator[Any]:
    """Every value of a dotted field; lists are looked through, and a field that is not there gives None."""
    return _values_at(record, field.split("."))


def _values_at(node: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(node, list):
        for item in node:
            yield from _values_at(item, names)
    elif names:
        yield from _values_at(node.get(names[0]) if isinstance(node, dict) else None, names[1:])
    else:
        yield node


class Alternative(NamedTuple):
    """One of the values between ``|``: a comparator, or ``range``, or empty; and text, or a pattern with wildcards."""

    comparator: str
    text: str
    pattern: re.Pattern[str] | None = None
    end: str = ""

    def fits(self, value: Any, sensitive: bool) -> bool:
        if self.comparator == "!":
            return not self._equals(value, sensitive)
        if self.comparator == "range":
            return _compare(value, self.text, ">=") and _compare(value, self.end, "<=")
        if self.comparator:
            return _compare(value, self.text, self.comparator)
        return self._equals(value, sensitive)

    def _equals(self, value: Any, sensitive: bool) -> bool:
        if value is None:
            return False
        if isinstance(value, bool):
            return str(value).casefold() == self.text.casefold()
        if isinstance(value, (int, float)):
            number = _number(self.text)
            return value == number if number is not None else self._like(str(value), sensitive)
        return self._like(str(value), sensitive)

    def _like(self, value: str, sensitive: bool) -> bool:
        if self.pattern:
            return bool(re.fullmatch(self.pattern.pattern, value, re.DOTALL | (0 if sensitive else re.IGNORECASE)))
        return value == self.text if sensitive else value.casefold() == self.text.casefold()


def parse_value(text: str, alternatives: bool = True) -> list[Alternative]:
    """What a filter's value asks for; with ``alternatives`` False a ``|`` is a plain character."""
    found = []
    characters: list[tuple[str, bool]] = []  # with whether it is an operator
    quoted = False
    position = 0
    while position < len(text):
        character = text[position]
        if character == "\\" and text[position + 1 : position + 2] in ('"', "\\"):
            position += 1
            characters.append((text[position], False))
        elif character == '"':
            quoted = not quoted
            characters.append(("", False))
        elif character == "|" and not quoted and alternatives:
            found.append(_alternative(characters))
            characters = []
        else:
            characters.append((character, not quoted))
        position += 1
    return [*found, _alternative(characters)]


def _alternative(characters: list[tuple[str, bool]]) -> Alternative:
    bare = "".join(character for character, operator in characters if operator)
    text = "".join(character for character, dummy in characters)
    all_bare = all(operator for dummy, operator in characters)
    for comparator in COMPARATORS:
        length = len(comparator)
        if bare.startswith(comparator) and text.startswith(comparator) and all(op for dummy, op in characters[:length]):
            inner = _alternative(characters[length:])
            return Alternative(comparator, inner.text, inner.pattern)
    if ("*", True) in characters:
        pattern = "".join(".*" if pair == ("*", True) else re.escape(pair[0]) for pair in characters)
        return Alternative("", text, re.compile(pattern))
    if all_bare and ".." in text:
        start, end = text.partition("..")[::2]
        if start and end:
            return Alternative("range", start, None, end)
    return Alternative("", text)


def _compare(value: Any, text: str, comparator: str) -> bool:
    if value is None:
        return False
    left, right = _comparable(value, text)
    return {">": left > right, "<": left < right, ">=": left >= right, "<=": left <= right}[comparator]


def _comparable(value: Any, text: str) -> tuple[Any, Any]:
    """Both as numbers, else both as dates, else both as text."""
    for read in (_number, _date):
        left, right = read(value), read(text)
        if left is not None and right is not None:
            return left, right
    return str(value).casefold(), text.casefold()


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        return None


def _date(value: Any) -> datetime | None:
    try:
        date = datetime.fromisoformat(str(value).replace(" ", "+"))
    except ValueError:
        return None
    return date if date.tzinfo else None


class Condition:
    """One filter: a dotted field and the value that was asked for."""

    def __init__(self, field: str, text: str, sensitive: bool = False, alternatives: bool = True) -> None:
        self.field = field
        self._sensitive = sensitive
        self._alternatives = parse_value(text, alternatives)

    def exact(self) -> list[str] | None:
        """The texts, when the filter is for nothing but equality; None otherwise."""
        if any(one.comparator or one.pattern for one in self._alternatives):
            return None
        return [one.text for one in self._alternatives]

    def matches(self, record: Any) -> bool:
        values = list(values_at(record, self.field))
        return any(
            (all if one.comparator == "!" else any)(one.fits(value, self._sensitive) for value in values)
            for one in self._alternatives
        )


class Source(Protocol):
    """Where records come from: all of them, or those with a text in an indexed field."""

    @property
    def indexed(self) -> tuple[str, ...]:
        """The fields that ``find`` knows."""

    def values(self) -> Iterable[Any]:
        """All records."""

    def find(self, field: str, text: str) -> list[Any]:
        """Those with the text in an indexed field."""


def select(source: Source, conditions: list[Condition], contains: str = "", fields: tuple[str, ...] = ()) -> list[Any]:
    """The records that meet every condition and have the text ``contains`` in one of the fields."""
    records = _candidates(source, conditions)
    wanted = contains.casefold()
    return [
        record
        for record in records
        if all(condition.matches(record) for condition in conditions)
        and (not wanted or any(wanted in str(value).casefold() for f in fields for value in values_at(record, f)))
    ]


def _candidates(source: Source, conditions: list[Condition]) -> Iterable[Any]:
    for field in source.indexed:
        for condition in conditions:
            texts = condition.exact() if condition.field == field else None
            if texts is not None:
                wanted = dict.fromkeys(text.casefold() for text in texts)
                return [record for text in wanted for record in source.find(field, text)]
    return source.values()


def sort(records: list[Any], order_by: str) -> list[Any]:
    """Ordered by ``field [asc|desc][,...]``; records without the field come last.

    :raises Refusal: a word that is neither asc nor desc
    """
    for part in reversed([part for part in order_by.split(",") if part.strip()]):
        field, *direction = part.split()
        if len(direction) > 1 or (direction and direction[0].lower() not in ("asc", "desc")):
            raise bad_value("order_by", f"Cannot order by {part.strip()!r}.")
        downwards = bool(direction) and direction[0].lower() == "desc"
        valued = [(value, record) for record in records for value in [_sort_value(record, field)] if value is not None]
        without = [record for record in records if _sort_value(record, field) is None]
        valued.sort(key=itemgetter(0), reverse=downwards)
        records = [record for dummy, record in valued] + without
    return records


def _sort_value(record: Any, field: str) -> tuple[int, Any] | None:
    value = next(values_at(record, field), None)
    if value is None or isinstance(value, dict):
        return None
    return (0, value) if isinstance(value, (int, float)) else (1, str(value).casefold())


def page_bounds(parameters: dict[str, str], default: int) -> tuple[int, int]:
    """(offset, max_records) of a request; too large a page is cut, not refused.

    :raises Refusal: not numbers, or negative
    """
    offset = _whole_number(parameters, "offset", 0, 0)
    return offset, min(_whole_number(parameters, "max_records", default, 1), MAX_RECORDS)


def _whole_number(parameters: dict[str, str], name: str, default: int, least: int) -> int:
    text = parameters.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"-?\d+", text) or int(text) < least:
        raise bad_value(name, f"{name} must be a whole number of at least {least}, not {text!r}.")
    return int(text)


def href(path: str, parameters: list[tuple[str, str]]) -> str:
    """The absolute path of a request, unversioned, with all its parameters."""
    query = urlencode(parameters, quote_via=quote, safe=":=,")
    return f"/api{path}" + (f"?{query}" if query else "")


def next_parameters(parameters: list[tuple[str, str]], offset: int, limit: int) -> list[tuple[str, str]]:
    kept = [pair for pair in parameters if pair[0] not in ("offset", "max_records")]
    return [*kept, ("offset", str(offset)), ("max_records", str(limit))]
