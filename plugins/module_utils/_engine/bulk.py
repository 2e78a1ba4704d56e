# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine for many wishes at once: lists instead of single records, before and after. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .._base.errors import BadInput, UMError
from .._base.names import SCOPE, is_key
from .._model.resource import Finding, Record, Resource
from .._um.client import PAGE
from .engine import Engine
from .planner import Planner
from .target import Target

SHARED = tuple(f"{place}." for place in SCOPE)  # filters that a list and its inventory have in common


class BulkPlanner(Planner):
    """Reads one list for all wishes of a kind, where that is fewer requests than one for each."""

    def prepare_all(self, targets: Sequence[Target]) -> None:
        """As ``prepare`` for each; wishes that may mean the same object are refused."""
        for target in targets:
            self._try(target, self._wish)
        self._refuse_doubles(targets, self._places)
        for group in _by_kind(targets):
            self._shelve_for(group)
        for target in targets:
            self._try(target, self.look)
        self._refuse_doubles(targets, lambda target: [(target.resource.noun, target.key)] if target.key else [])
        self.lookup.learn([operation.body for target in targets for operation in target.operations])
        for target in targets:
            self._try(target, self.predict)

    def _try(self, target: Target, step: Callable[[Target], None]) -> None:
        if target.error is None:
            try:
                step(target)
            except UMError as error:
                target.error = error

    def _wish(self, target: Target) -> None:
        target.desired = target.resource.desired(target.params)

    def _shelve_for(self, group: Sequence[Target]) -> None:
        """Read the list for all of a kind, and of the inventory what they need, unless single records cost less."""
        resource = group[0].resource
        findings = [
            finding for target in group for finding in [resource.find(target.desired)] if finding.name is not None
        ]
        if len(findings) < 2:
            return
        self.cache_list(resource.collection, findings)
        if resource.inventory is None:
            return
        lacking = sum(self._lacks(target) for target in group)
        if lacking > self.pages_of(resource):
            self.cache_list(resource.inventory, findings)

    def cache_list(self, collection: str, findings: Sequence[Finding]) -> None:
        """Read the list in which all of them are.

        :raises UMError: it cannot be read
        """
        self.lookup.list_cache.put(collection, self.client.records(collection, _shared(findings)))

    def _lacks(self, target: Target) -> bool:
        """Whether the listed record lacks what the inventory has."""
        resource = target.resource
        listed = self.lookup.list_cache.named(resource.collection, resource.find(target.desired).name)
        asked: list[str] = []

        def get(collection: str) -> Record:
            asked.append(collection)
            return {}

        for record in listed or ():
            whole = {**dict.fromkeys(resource.lasting), **record}
            resource.complete(whole, target.desired, get)
        wished = any(name in target.desired for name in resource.lasting)
        return bool(listed) and target.desired.get("state") == "present" and (wished or resource.inventory in asked)

    def pages_of(self, resource: Resource) -> int:
        """How many GETs the list of a kind takes."""
        return 1 + self.lookup.list_cache.count(resource.collection) // PAGE

    def _places(self, target: Target) -> list[tuple[str, str]]:
        return [(target.resource.noun, str(target.desired["name"]))] if target.desired else []

    def _refuse_doubles(
        self, targets: Iterable[Target], marks: Callable[[Target], list[tuple[str, str | None]]]
    ) -> None:
        seen: dict[tuple[str, str | None], list[Target]] = {}
        for target in targets:
            for mark in marks(target):
                for other in seen.setdefault(mark, []):
                    if (
                        target.key == other.key
                        if target.key and other.key
                        else _may_be_one(target.desired, other.desired)
                    ):
                        raise BadInput(f"{target.name} is wished more than once; nothing was done. Keep one of them.")
                seen[mark].append(target)


class BulkEngine(Engine):
    """Reads back one list for all that was changed, where that is fewer requests than one for each."""

    _planner: BulkPlanner

    def perform_all(self, targets: Sequence[Target], max_in_flight: int, hold_back: Callable[[Target], bool]) -> None:
        """As ``perform``."""
        self._changed: list[Target] = []
        self._pages = {group[0].resource.noun: self._planner.pages_of(group[0].resource) for group in _by_kind(targets)}
        self._planner.lookup.list_cache.clear()
        self.perform(targets, max_in_flight, hold_back)
        for group in _by_kind(self._changed):
            self._read_all_back(group)

    def _read_back(self, target: Target) -> None:
        """Later, for all at once."""
        self._changed.append(target)

    def _read_all_back(self, group: Sequence[Target]) -> None:
        resource = group[0].resource
        left = [target for target in group if target.begun and not target.deleted]
        named = [target for target in left if resource.find(target.desired).name is not None]
        if len(named) > max(1, self._pages[resource.noun]):
            try:
                self._planner.cache_list(resource.collection, [resource.find(target.desired) for target in named])
            except UMError:
                named = []
            for target in named:
                self._take_from_cache(target)
            group = [target for target in group if target not in named]
        for target in group:
            super()._read_back(target)

    def _take_from_cache(self, target: Target) -> None:
        """The listed record, with what cannot have changed since the plan."""
        try:
            record = self._planner.listed(target.resource.find(target.desired), target)
        except UMError:
            record = None
        if record is None:
            super()._read_back(target)
            return
        known = target.planned or {}
        lasting = {name: known[name] for name in target.resource.lasting if name in known}
        target.key = target.resource.key_of(record)
        target.record = {**lasting, **record}


def _may_be_one(one: Record, other: Record) -> bool:
    """Whether two wishes with the same name can mean the same object: no place tells them apart."""
    for field in SCOPE:
        first, second = one.get(field), other.get(field)
        if first and second and is_key(first) == is_key(second) and first != second:
            return False
    return True


def _by_kind(targets: Iterable[Target]) -> list[list[Target]]:
    groups: dict[str, list[Target]] = {}
    for target in targets:
        if target.desired:
            groups.setdefault(target.resource.noun, []).append(target)
    return list(groups.values())


def _shared(findings: Sequence[Finding]) -> Record:
    """The filters by place that all have in common."""
    first, *others = [finding.query for finding in findings]
    return {
        name: value
        for name, value in first.items()
        if name.startswith(SHARED) and all(query.get(name) == value for query in others)
    }
