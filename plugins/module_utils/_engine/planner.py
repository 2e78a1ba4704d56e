# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads and plans targets: everything that a run does before its first write. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .._base.errors import BadInput, UMError
from .._base.names import SCOPE, is_key
from .._model.resource import Finding, Operation, Record, Resource
from .._um.client import PAGE, Client
from .reader import Reader
from .target import Target
from .visibility import ACQUISITION

SHARED = tuple(f"{field}." for field in SCOPE)  # filters that a list and its inventory have in common


class Planner:
    """Reads what targets are about, and plans; each Target keeps what was found, its error included.

    For several targets of a kind it reads one list, where that is fewer requests than one for each.

    :ivar reader: reads their objects
    :ivar lookup: knows what names stand for
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.reader = Reader(client)
        self.lookup = self.reader.lookup

    def prepare(self, targets: Sequence[Target]) -> None:
        """Read and plan; nothing is written. Afterwards each target has its operations, or its error.

        :raises BadInput: two targets may mean the same object; nothing is done then
        """
        for target in targets:
            _try(target, _take_desired)
        _refuse_doubles(targets, _named)
        for group in by_kind(targets):
            self._cache_lists(group)
        with self.lookup.list_cache.remembering():
            for target in targets:
                _try(target, self.plan)
        _refuse_doubles(targets, lambda target: [(target.resource.noun, target.key)] if target.key else [])
        self.lookup.learn([operation.body for target in targets for operation in target.operations])
        for target in targets:
            _try(target, self.predict)

    def plan_again(self, target: Target, record: Record) -> None:
        """Plan by a record that differs from the one that was read."""
        target.error, target.listed = None, record
        _try(target, self.plan)
        _try(target, self.predict)

    def plan(self, target: Target) -> None:
        """What there is, and what is to be done about it."""
        target.planned_at = self.client.server_time()
        if target.listed is None:
            target.record = self.reader.read(target)
        else:
            target.record, target.listed = target.listed, None
            target.key = target.resource.key_of(target.record)
        target.planned_at = target.planned_at or self.client.server_time()
        target.operations = list(self.operations_for(target))
        target.follow = target.resource.under_way(target.record) if target.record and not target.operations else None

    def predict(self, target: Target) -> None:
        """What will be sent, and what it will lead to."""
        self.lookup.resolve([operation.body for operation in target.operations])
        record = target.record
        for operation in target.operations:
            if operation.deletes:
                record = None
            elif operation.display is not None:
                record = target.resource.planned(record or {}, operation.display)
            elif operation.body is not None:
                record = target.resource.planned(record or {}, self.lookup.shown(operation.body))
        target.planned = record

    def operations_for(self, target: Target) -> Sequence[Operation]:
        """What leads from the record to what is desired."""
        current = None if target.record is None else target.resource.current(target.record)
        return target.resource.plan(current, target.desired)

    def cache_list(self, collection: str, findings: Sequence[Finding]) -> None:
        """Read the list in which all of them are.

        :raises UMError: it cannot be read
        """
        self.lookup.list_cache.put(collection, self.client.records(collection, _shared(findings)))

    def forget_lists(self) -> None:
        """Forget what lists have shown, and read it again when it is needed."""
        self.lookup.list_cache.clear()

    def pages_of(self, resource: Resource) -> int:
        """How many GETs the list of a kind takes."""
        return 1 + self.lookup.list_cache.count(resource.collection) // PAGE

    def _cache_lists(self, group: Sequence[Target]) -> None:
        """Read the list for all of a kind, and of the inventory what they need, unless single records cost less."""
        resource = group[0].resource
        found = [resource.find(target.desired) for target in group if target.listed is None]
        self.lookup.learn([finding.query for finding in found])
        findings = [finding for finding in found if finding.name is not None]
        if len(findings) < 2:
            return
        self.cache_list(resource.collection, findings)
        if resource.inventory is None:
            return
        lacking = sum(self._lacks(target) for target in group)
        if lacking > self.pages_of(resource):
            self.cache_list(resource.inventory, findings)
            if resource.as_inventory is not None:
                from .._jobs.recent_changes import RecentChanges  # only now, since most runs compare few objects

                self.lookup.list_cache.changed = RecentChanges(self.client, resource.title, ACQUISITION).changed

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
        named = any(name in target.desired for name in resource.lasting)
        shown = resource.inventory in asked or (resource.as_inventory is not None and resource.collection in asked)
        return bool(listed) and target.desired.get("state") == "present" and (named or shown)


def by_kind(targets: Iterable[Target]) -> list[list[Target]]:
    """The targets whose options are in order, in groups of one noun each."""
    groups: dict[str, list[Target]] = {}
    for target in targets:
        if target.desired:
            groups.setdefault(target.resource.noun, []).append(target)
    return list(groups.values())


def _try(target: Target, step: Callable[[Target], None]) -> None:
    if target.error is None:
        try:
            step(target)
        except UMError as error:
            target.error = error


def _take_desired(target: Target) -> None:
    target.desired = target.resource.desired(target.params)


def _named(target: Target) -> list[tuple[str, str | None]]:
    return [(target.resource.noun, str(target.desired["name"]))] if "name" in target.desired else []


def _refuse_doubles(targets: Iterable[Target], marks: Callable[[Target], list[tuple[str, str | None]]]) -> None:
    """:raises BadInput: two targets with a mark in common may be one object"""
    seen: dict[tuple[str, str | None], list[Target]] = {}
    for target in targets:
        for mark in marks(target):
            for other in seen.setdefault(mark, []):
                same = target.key == other.key if target.key and other.key else _may_be_one(target, other)
                if same:
                    raise BadInput(f"{target.name} is given more than once; nothing was done. Keep one of them.")
            seen[mark].append(target)


def _may_be_one(one: Target, other: Target) -> bool:
    """Whether two targets with the same name can mean the same object: no scope tells them apart."""
    for field in SCOPE:
        first, second = one.desired.get(field), other.desired.get(field)
        if first and second and is_key(first) == is_key(second) and first != second:
            return False
    return True


def _shared(findings: Sequence[Finding]) -> Record:
    """The filters by scope that all have in common."""
    first, *others = [finding.query for finding in findings]
    return {
        name: value
        for name, value in first.items()
        if name.startswith(SHARED) and all(query.get(name) == value for query in others)
    }
