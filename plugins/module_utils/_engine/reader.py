# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the record of a target: by its key, from a list, or from a list that was read for many targets.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable

from .._base.errors import BadInput, JobUnusable, Missing
from .._base.names import elsewhere, path_of
from .._model.resource import Finding, Record, Resource
from .._um.client import Client, get_or_none
from .lookup import Lookup, Promised
from .target import Target


class Reader:
    """Reads the objects that targets are about.

    :ivar lookup: what is known of names, and of lists
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.lookup = Lookup(client)

    def read(self, target: Target) -> Record | None:
        """The object as it is, with all that the options name; None when it is not there.

        :raises BadInput: several objects match, or a key is that of an object elsewhere
        """
        resource = target.resource
        finding = resource.find(target.desired)
        if finding.collection is None:
            record = self._by_key(target, finding)
            _check_scope(target, record or {})
        else:
            record = self.listed(finding, target)
        if record is None or finding.together:
            return record
        target.key = resource.key_of(record)
        record = {**self.lookup.list_cache.fields(resource.inventory, target.key, resource.lasting), **record}
        return resource.complete(record, target.desired, self._getter(target, record if finding.key else None))

    def _by_key(self, target: Target, finding: Finding) -> Record | None:
        """What is found without a list, unless a list was read that shows the same."""
        resource, cache = target.resource, self.lookup.list_cache
        if finding.name is not None and cache.holds(resource.collection):
            return cache.keyed(resource.collection, str(finding.key))
        return get_or_none(self.client, _path(resource, finding))

    def listed(self, finding: Finding, target: Target) -> Record | None:
        """The record of the object in a list; None if it, or its scope, does not exist."""
        try:
            return self.lookup.record(finding, target.resource.title, target.name)
        except Promised:
            return None
        except Missing:
            if target.desired.get("state") != "absent":
                raise
            return None

    def path(self, target: Target) -> str:
        """Where the object is changed, and read.

        :raises JobUnusable: it was created, and is not in the list
        """
        path = self._path_or_none(target)
        if path is None:
            raise JobUnusable("It was created, but cannot be found, so it cannot be changed further.")
        return path

    def read_again(self, target: Target) -> Record | None:
        """The object after a change; None when it is not there."""
        if target.resource.listed_only:
            return self.read(target)
        path = self._path_or_none(target)
        return None if path is None else get_or_none(self.client, path)

    def exists(self, resource: Resource, key: str) -> bool:
        """Whether the server shows the object with that key."""
        return get_or_none(self.client, path_of(resource.collection, key)) is not None

    def _path_or_none(self, target: Target) -> str | None:
        finding = target.resource.find(target.desired)
        if finding.collection is None:
            return _path(target.resource, finding)
        if target.key is None:
            record = self.listed(finding, target)
            if record is None:
                return None
            target.key = target.resource.key_of(record)
        return path_of(target.resource.collection, target.key)

    def _getter(self, target: Target, detail: Record | None) -> Callable[[str], Record]:
        """GET of the object by key in a collection, {} when it is not there; what was read by key is not read again."""
        key = str(target.key)

        def get(collection: str) -> Record:
            if detail is not None and collection == target.resource.collection:
                return detail
            if collection == target.resource.collection:
                told = self._as_inventory(target)
                if told is not None:
                    return told
            known = self.lookup.list_cache.keyed(collection, key) if collection == target.resource.inventory else None
            return known or get_or_none(self.client, path_of(collection, key)) or {}

        return get

    def _as_inventory(self, target: Target) -> Record | None:
        """What the inventory tells of an object as well as its own record would; None where that must be read."""
        resource, cache = target.resource, self.lookup.list_cache
        seen = cache.keyed(resource.inventory, str(target.key))
        if seen is None or resource.as_inventory is None or cache.changed(target.spoken):
            return None
        return resource.as_inventory(seen, target.desired)


def _check_scope(target: Target, record: Record) -> None:
    """A key says all; what is said beside it must not be of another object.

    :raises BadInput: it is
    """
    option = elsewhere(record, target.desired)
    if option is not None:
        raise BadInput(
            f"{option}: the {target.resource.title} is in {record[option].get('name')!r},"
            f" not in {target.desired[option]!r}."
        )


def _path(resource: Resource, finding: Finding) -> str:
    """The path of an object that is found without a list."""
    return finding.path or path_of(resource.collection, str(finding.key))
