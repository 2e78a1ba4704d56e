# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that were read once for many targets. Private to this collection."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Record = dict[str, Any]


class ListCache:
    """Records by collection, found by their key and by the last part of their name; empty where nothing was read.

    :ivar changed: name -> whether UM has changed the object so lately that its inventory may not show it
    """

    def __init__(self) -> None:
        self.changed: Callable[[str], bool] = lambda name: True
        self._by_query: dict[tuple[Any, ...], list[Record]] | None = None
        self._by_name: dict[str, dict[str, list[Record]]] = {}
        self._by_key: dict[str, dict[str, Record]] = {}

    def put(self, collection: str, records: Iterable[Record]) -> None:
        """All records of a collection that can be meant; they replace what was there."""
        names = self._by_name[collection] = {}
        keys = self._by_key[collection] = {}
        for record in records:
            names.setdefault(last_part(record.get("name")), []).append(record)
            keys[str(record.get("key") or record.get("name"))] = record

    def count(self, collection: str) -> int:
        return len(self._by_key.get(collection, ()))

    def named(self, collection: str | None, name: str | None) -> list[Record] | None:
        """The records whose name ends so; None when the collection was not read."""
        if collection not in self._by_name or name is None:
            return None
        return self._by_name[collection].get(last_part(name), [])

    def holds(self, collection: str | None) -> bool:
        """Whether the collection was read."""
        return collection in self._by_key

    @contextlib.contextmanager
    def remembering(self) -> Iterator[None]:
        """Within, a list that was read is not read again."""
        self._by_query = {}
        try:
            yield
        finally:
            self._by_query = None

    def queried(
        self, collection: str, query: Record, read: Callable[[str, Record], Iterable[Record]]
    ) -> Iterable[Record]:
        """The records that a query finds: those that are remembered, or else what ``read`` returns."""
        if self._by_query is None:
            return read(collection, query)
        place = (collection, *sorted(query.items()))
        if place not in self._by_query:
            self._by_query[place] = list(read(collection, query))
        return self._by_query[place]

    def keyed(self, collection: str | None, key: str) -> Record | None:
        return self._by_key.get(str(collection), {}).get(key)

    def fields(self, collection: str | None, key: str, names: Sequence[str]) -> Record:
        """Some fields of a record, those that it has."""
        record = self.keyed(collection, key) or {}
        return {name: record[name] for name in names if name in record}

    def clear(self) -> None:
        self._by_name.clear()
        self._by_key.clear()


def last_part(name: Any) -> str:
    """``lun1`` of ``/vol/vol1/lun1``."""
    return str(name).rpartition("/")[2]
