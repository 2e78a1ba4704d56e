# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records by key, with the lag between what is so and what a GET shows.

A record is a plain nested dict in UM's shape and is never changed in place: ``edit`` gives a copy, ``put`` stores it.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Record = dict[str, Any]

INDEXED = ("name", "uuid", "svm.key", "volume.key")


def value_at(record: Any, field: str) -> Any:
    """The value of a dotted field, None where there is none; does not look into lists."""
    return _value_below(record, field.split("."))


def _value_below(record: Any, names: list[str]) -> Any:
    for name in names:
        if not isinstance(record, dict):
            return None
        record = record.get(name)
    return record


@functools.cache
def _parts(key_field: str, indexed: tuple[str, ...]) -> dict[str, list[str]]:
    """{indexed field: its names}, the key first."""
    return {field: field.split(".") for field in (key_field, *indexed)}


class Rows:
    """Records by key and by the exact, case-folded text of a few fields."""

    def __init__(self, key_field: str = "key", indexed: Iterable[str] = INDEXED) -> None:
        self.key_field = key_field
        self._parts = _parts(key_field, tuple(indexed))
        self._shared = False  # with the rows that were taken over, until something changes
        self._records: dict[str, Record] = {}
        self._index: dict[str, dict[str, dict[str, None]]] = {field: {} for field in self._parts}

    @property
    def indexed(self) -> tuple[str, ...]:
        """The fields that ``find`` takes."""
        return tuple(self._parts)

    def __len__(self) -> int:
        return len(self._records)

    def values(self) -> Iterable[Record]:
        return self._records.values()

    def get(self, key: str) -> Record | None:
        return self._records.get(key)

    def existing(self, key: str) -> Record:
        """:raises KeyError: there is none"""
        return self._records[key]

    def find(self, field: str, text: str) -> list[Record]:
        """The records with this text in an indexed field, whatever its case."""
        return [self._records[key] for key in self._index[field].get(text.casefold(), ())]

    def put(self, record: Record) -> None:
        self._own()
        key = record[self.key_field]
        old = self._records.get(key)
        if old is not None:
            self._forget(key, old)
        self._records[key] = record
        for field, text in self._texts(record):
            self._index[field].setdefault(text, {})[key] = None

    def take_over(self, other: Rows) -> None:
        """Hold the very records of others that are indexed in the same way, and that do not change any more."""
        self._records, self._index, self._shared = other._records, other._index, True

    def _own(self) -> None:
        """What is shared is copied before it changes."""
        if self._shared:
            self._records = dict(self._records)
            self._index = {
                field: {text: dict(keys) for text, keys in found.items()} for field, found in self._index.items()
            }
            self._shared = False

    def remove(self, key: str) -> None:
        self._own()
        old = self._records.pop(key, None)
        if old is not None:
            self._forget(key, old)

    def _forget(self, key: str, record: Record) -> None:
        for field, text in self._texts(record):
            keys = self._index[field][text]
            del keys[key]
            if not keys:
                del self._index[field][text]

    def _texts(self, record: Record) -> Iterator[tuple[str, str]]:
        """The indexed fields that have a text, with it."""
        for field, names in self._parts.items():
            value = _value_below(record, names)
            if isinstance(value, str):
                yield field, value.casefold()


class Table:
    """What is so (``get``, ``find``, ``values``), and ``shown``, the Rows that a GET sees.

    :param show_later: given an action, runs it when a change becomes visible
    """

    def __init__(self, key_field: str, show_later: Callable[[Callable[[], None]], None]) -> None:
        self.key_field = key_field
        self._truth = Rows(key_field)
        self.shown = Rows(key_field)
        self._show_later = show_later
        self.get = self._truth.get
        self.find = self._truth.find
        self.values = self._truth.values

    def __len__(self) -> int:
        return len(self._truth)

    def edit(self, key: str) -> Record:
        """A copy of a record, to be changed and ``put`` back.

        :raises KeyError: there is none
        """
        return copy.deepcopy(self._truth.existing(key))

    def edit_if_there(self, key: str) -> Record | None:
        """As ``edit``; None where there is no such record."""
        return copy.deepcopy(self._truth.get(key))

    def put(self, record: Record, at_once: bool = False) -> None:
        """Store a new or changed record; GETs show it when the lag is over, or ``at_once``."""
        self._truth.put(record)
        self._show(record[self.key_field], at_once)

    def take_over(self, other: Table) -> None:
        """Hold the very records of another table, which does not change any more."""
        self._truth.take_over(other._truth)
        self.shown.take_over(other.shown)

    def put_unseen(self, record: Record) -> None:
        """Store a record of which GETs see nothing until it is put into ``shown``."""
        self._truth.put(record)

    def remove(self, key: str, at_once: bool = False) -> None:
        self._truth.remove(key)
        self._show(key, at_once)

    def _show(self, key: str, at_once: bool) -> None:
        if at_once:
            self._show_now(key)
        else:
            self._show_later(lambda: self._show_now(key))

    def _show_now(self, key: str) -> None:
        record = self._truth.get(key)
        if record is None:
            self.shown.remove(key)
        else:
            self.shown.put(record)
