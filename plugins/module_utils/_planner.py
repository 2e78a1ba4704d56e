# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What there is, and what is to be done about it: all that a run needs before it writes. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ._client import Client
from ._errors import BadInput, JobUnusable, Missing, Refused, UMError
from ._filters import elsewhere, path_of
from ._item import Item
from ._lookup import Lookup
from ._resource import Finding, Operation, Record, Resource


class Planner:
    """Reads what wishes are about, and plans; each Item keeps what was found, its error included.

    :ivar lookup: what is known of names, and of lists
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.lookup = Lookup(client)

    def prepare(self, item: Item, record: Record | None = None) -> None:
        """Look and plan; nothing is written. Afterwards the item has its operations, or its error.

        :param record: what a list has just shown of it, so that it need not be read
        """
        try:
            item.desired = item.resource.desired(item.params)
            self.look(item, record)
            self.foretell(item)
        except UMError as error:
            item.error = error

    def look(self, item: Item, record: Record | None = None) -> None:
        """What there is, and what is to be done about it."""
        item.planned_at = self.client.server_time()
        item.record = record or self.read(item)
        item.planned_at = item.planned_at or self.client.server_time()
        if record is not None:
            item.key = item.resource.key_of(record)
        item.operations = list(self.plan(item))
        item.follow = item.resource.under_way(item.record) if item.record and not item.operations else None

    def foretell(self, item: Item) -> None:
        """What will be sent, and what it will lead to."""
        self.lookup.resolve([operation.body for operation in item.operations])
        item.foreseen = self._foresee(item)

    def plan(self, item: Item) -> Sequence[Operation]:
        """What leads from the record to the wish."""
        present = None if item.record is None else item.resource.present(item.record)
        return item.resource.plan(present, item.desired)

    def _foresee(self, item: Item) -> Record | None:
        record = item.record
        for operation in item.operations:
            if operation.verb == "DELETE":
                record = None
            elif operation.shows is not None:
                record = item.resource.foresee(record or {}, operation.shows)
            elif operation.body is not None:
                record = item.resource.foresee(record or {}, self.lookup.shown(operation.body))
        return record

    def read(self, item: Item) -> Record | None:
        """The object as it is, with all that the wish names."""
        resource = item.resource
        finding = resource.find(item.desired)
        if finding.collection is None:
            record = self._get_or_none(_place(resource, finding))
            _check_place(item, record or {})
        else:
            record = self.listed(finding, item)
        if record is None or finding.whole:
            return record
        item.key = resource.key_of(record)
        record = {**self.lookup.shelf.fields(resource.inventory, item.key, resource.lasting), **record}
        return resource.complete(record, item.desired, self._getter(item, record if finding.key else None))

    def listed(self, finding: Finding, item: Item) -> Record | None:
        """What a list shows of the object; nothing lies in a place that does not exist."""
        try:
            return self.lookup.record(finding, item.resource.title, item.name)
        except Missing:
            if item.desired.get("state") != "absent":
                raise
            return None

    def _getter(self, item: Item, detail: Record | None) -> Callable[[str], Record]:
        """GET of the object by key in a collection, {} when it is not there; what was read by key is not read again."""
        key = str(item.key)

        def get(collection: str) -> Record:
            if detail is not None and collection == item.resource.collection:
                return detail
            known = self.lookup.shelf.keyed(collection, key) if collection == item.resource.inventory else None
            return known or self._get_or_none(path_of(collection, key)) or {}

        return get

    def path(self, item: Item) -> str:
        """Where the object is changed, and read."""
        finding = item.resource.find(item.desired)
        if finding.collection is None:
            return _place(item.resource, finding)
        if item.key is None:
            record = self.listed(finding, item)
            if record is None:
                raise JobUnusable("It was created, but cannot be found, so it cannot be changed further.")
            item.key = item.resource.key_of(record)
        return path_of(item.resource.collection, item.key)

    def read_again(self, item: Item) -> Record:
        """The object after a change.

        :raises UMError: it cannot be read
        """
        if not item.resource.listed_only:
            return self.client.get(self.path(item))
        record = self.read(item)
        if record is None:
            raise JobUnusable("it is not in the list.")
        return record

    def _get_or_none(self, path: str) -> Record | None:
        try:
            return self.client.get(path)
        except Refused as error:
            if error.status == 404:
                return None
            raise


def _check_place(item: Item, record: Record) -> None:
    """A key says all; what is said beside it must not be of another object.

    :raises BadInput: it is
    """
    option = elsewhere(record, item.desired)
    if option is not None:
        raise BadInput(f"{option}: it is not in {item.desired[option]!r}, but in {record[option].get('name')!r}.")


def _place(resource: Resource, finding: Finding) -> str:
    """The path of an object that is found without a list."""
    return finding.path or path_of(resource.collection, str(finding.key))
