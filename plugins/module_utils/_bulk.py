# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine for many wishes at once: lists instead of single records, before and after. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ._client import PAGE
from ._engine import Engine
from ._errors import BadInput, UMError
from ._filters import PLACES, is_key
from ._item import Item
from ._planner import Planner
from ._resource import Finding, Record, Resource

SHARED = tuple(f"{place}." for place in PLACES)  # filters that a list and its inventory have in common


class BulkPlanner(Planner):
    """Reads one list for all wishes of a kind, where that is fewer requests than one for each."""

    def prepare_all(self, items: Sequence[Item]) -> None:
        """As ``prepare`` for each; wishes that may mean the same object are refused."""
        for item in items:
            self._try(item, self._wish)
        self._refuse_doubles(items, self._places)
        for group in _by_kind(items):
            self._shelve_for(group)
        for item in items:
            self._try(item, self.look)
        self._refuse_doubles(items, lambda item: [(item.resource.noun, item.key)] if item.key else [])
        self.lookup.learn([operation.body for item in items for operation in item.operations])
        for item in items:
            self._try(item, self.foretell)

    def _try(self, item: Item, step: Callable[[Item], None]) -> None:
        if item.error is None:
            try:
                step(item)
            except UMError as error:
                item.error = error

    def _wish(self, item: Item) -> None:
        item.desired = item.resource.desired(item.params)

    def _shelve_for(self, group: Sequence[Item]) -> None:
        """Read the list for all of a kind, and of the inventory what they need, unless single records cost less."""
        resource = group[0].resource
        findings = [finding for item in group for finding in [resource.find(item.desired)] if finding.name is not None]
        if len(findings) < 2:
            return
        self.shelve(resource.collection, findings)
        if resource.inventory is None:
            return
        lacking = sum(self._lacks(item) for item in group)
        if lacking > self.pages_of(resource):
            self.shelve(resource.inventory, findings)

    def shelve(self, collection: str, findings: Sequence[Finding]) -> None:
        """Read the list in which all of them are.

        :raises UMError: it cannot be read
        """
        self.lookup.shelf.put(collection, self.client.records(collection, _shared(findings)))

    def _lacks(self, item: Item) -> bool:
        """Whether the listed record lacks what the inventory has."""
        resource = item.resource
        listed = self.lookup.shelf.named(resource.collection, resource.find(item.desired).name)
        asked: list[str] = []

        def get(collection: str) -> Record:
            asked.append(collection)
            return {}

        for record in listed or ():
            whole = {**dict.fromkeys(resource.lasting), **record}
            resource.complete(whole, item.desired, get)
        wished = any(name in item.desired for name in resource.lasting)
        return bool(listed) and item.desired.get("state") == "present" and (wished or resource.inventory in asked)

    def pages_of(self, resource: Resource) -> int:
        """How many GETs the list of a kind takes."""
        return 1 + self.lookup.shelf.count(resource.collection) // PAGE

    def _places(self, item: Item) -> list[tuple[str, str]]:
        return [(item.resource.noun, str(item.desired["name"]))] if item.desired else []

    def _refuse_doubles(self, items: Iterable[Item], marks: Callable[[Item], list[tuple[str, str | None]]]) -> None:
        seen: dict[tuple[str, str | None], list[Item]] = {}
        for item in items:
            for mark in marks(item):
                for other in seen.setdefault(mark, []):
                    if item.key == other.key if item.key and other.key else _may_be_one(item.desired, other.desired):
                        raise BadInput(f"{item.name} is wished more than once; nothing was done. Keep one of them.")
                seen[mark].append(item)


class BulkEngine(Engine):
    """Reads back one list for all that was changed, where that is fewer requests than one for each."""

    _planner: BulkPlanner

    def perform_all(self, items: Sequence[Item], max_in_flight: int, hold_back: Callable[[Item], bool]) -> None:
        """As ``perform``."""
        self._changed: list[Item] = []
        self._pages = {group[0].resource.noun: self._planner.pages_of(group[0].resource) for group in _by_kind(items)}
        self._planner.lookup.shelf.clear()
        self.perform(items, max_in_flight, hold_back)
        for group in _by_kind(self._changed):
            self._read_all_back(group)

    def _read_back(self, item: Item) -> None:
        """Later, for all at once."""
        self._changed.append(item)

    def _read_all_back(self, group: Sequence[Item]) -> None:
        resource = group[0].resource
        left = [item for item in group if not _is_gone(item)]
        named = [item for item in left if resource.find(item.desired).name is not None]
        if len(named) > max(1, self._pages[resource.noun]):
            try:
                self._planner.shelve(resource.collection, [resource.find(item.desired) for item in named])
            except UMError:
                named = []
            for item in named:
                self._take_from_shelf(item)
            group = [item for item in group if item not in named]
        for item in group:
            super()._read_back(item)

    def _take_from_shelf(self, item: Item) -> None:
        """The listed record, with what cannot have changed since the plan."""
        try:
            record = self._planner.listed(item.resource.find(item.desired), item)
        except UMError:
            record = None
        if record is None:
            super()._read_back(item)
            return
        known = item.foreseen or {}
        lasting = {name: known[name] for name in item.resource.lasting if name in known}
        item.key = item.resource.key_of(record)
        item.record = {**lasting, **record}


def _may_be_one(one: Record, other: Record) -> bool:
    """Whether two wishes with the same name can mean the same object: no place tells them apart."""
    for field in PLACES:
        first, second = one.get(field), other.get(field)
        if first and second and is_key(first) == is_key(second) and first != second:
            return False
    return True


def _by_kind(items: Iterable[Item]) -> list[list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        if item.desired:
            groups.setdefault(item.resource.noun, []).append(item)
    return list(groups.values())


def _shared(findings: Sequence[Finding]) -> Record:
    """The filters by place that all have in common."""
    first, *others = [finding.query for finding in findings]
    return {
        name: value
        for name, value in first.items()
        if name.startswith(SHARED) and all(query.get(name) == value for query in others)
    }


def _is_gone(item: Item) -> bool:
    """It was deleted, or nothing was changed."""
    deleted = item.operations[-1].verb == "DELETE" and item.applied == len(item.operations)
    return deleted or not (item.applied or item.watches)
