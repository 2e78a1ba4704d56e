# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What there is, and what is to be done about it: all that a run needs before it writes. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .._base.errors import BadInput, JobUnusable, Missing, Refused, UMError
from .._base.names import elsewhere, path_of
from .._model.resource import Finding, Operation, Record, Resource
from .._um.client import Client
from .lookup import Lookup
from .target import Target


class Planner:
    """Reads what wishes are about, and plans; each Item keeps what was found, its error included.

    :ivar lookup: what is known of names, and of lists
    """

    def __init__(self, client: Client) -> None:
        self.client = client
        self.lookup = Lookup(client)

    def prepare(self, target: Target, record: Record | None = None) -> None:
        """Look and plan; nothing is written. Afterwards the item has its operations, or its error.

        :param record: what a list has just shown of it, so that it need not be read
        """
        try:
            target.desired = target.resource.desired(target.params)
            self.look(target, record)
            self.predict(target)
        except UMError as error:
            target.error = error

    def look(self, target: Target, record: Record | None = None) -> None:
        """What there is, and what is to be done about it."""
        target.planned_at = self.client.server_time()
        target.record = record or self.read(target)
        target.planned_at = target.planned_at or self.client.server_time()
        if record is not None:
            target.key = target.resource.key_of(record)
        target.operations = list(self.plan(target))
        target.follow = target.resource.under_way(target.record) if target.record and not target.operations else None

    def predict(self, target: Target) -> None:
        """What will be sent, and what it will lead to."""
        self.lookup.resolve([operation.body for operation in target.operations])
        target.planned = self._predict(target)

    def plan(self, target: Target) -> Sequence[Operation]:
        """What leads from the record to the wish."""
        current = None if target.record is None else target.resource.current(target.record)
        return target.resource.plan(current, target.desired)

    def _predict(self, target: Target) -> Record | None:
        record = target.record
        for operation in target.operations:
            if operation.verb == "DELETE":
                record = None
            elif operation.display is not None:
                record = target.resource.planned(record or {}, operation.display)
            elif operation.body is not None:
                record = target.resource.planned(record or {}, self.lookup.shown(operation.body))
        return record

    def read(self, target: Target) -> Record | None:
        """The object as it is, with all that the wish names."""
        resource = target.resource
        finding = resource.find(target.desired)
        if finding.collection is None:
            record = self._get_or_none(_place(resource, finding))
            _check_place(target, record or {})
        else:
            record = self.listed(finding, target)
        if record is None or finding.whole:
            return record
        target.key = resource.key_of(record)
        record = {**self.lookup.list_cache.fields(resource.inventory, target.key, resource.lasting), **record}
        return resource.complete(record, target.desired, self._getter(target, record if finding.key else None))

    def listed(self, finding: Finding, target: Target) -> Record | None:
        """What a list shows of the object; nothing lies in a place that does not exist."""
        try:
            return self.lookup.record(finding, target.resource.title, target.name)
        except Missing:
            if target.desired.get("state") != "absent":
                raise
            return None

    def _getter(self, target: Target, detail: Record | None) -> Callable[[str], Record]:
        """GET of the object by key in a collection, {} when it is not there; what was read by key is not read again."""
        key = str(target.key)

        def get(collection: str) -> Record:
            if detail is not None and collection == target.resource.collection:
                return detail
            known = self.lookup.list_cache.keyed(collection, key) if collection == target.resource.inventory else None
            return known or self._get_or_none(path_of(collection, key)) or {}

        return get

    def path(self, target: Target) -> str:
        """Where the object is changed, and read."""
        finding = target.resource.find(target.desired)
        if finding.collection is None:
            return _place(target.resource, finding)
        if target.key is None:
            record = self.listed(finding, target)
            if record is None:
                raise JobUnusable("It was created, but cannot be found, so it cannot be changed further.")
            target.key = target.resource.key_of(record)
        return path_of(target.resource.collection, target.key)

    def read_again(self, target: Target) -> Record:
        """The object after a change.

        :raises UMError: it cannot be read
        """
        if not target.resource.listed_only:
            return self.client.get(self.path(target))
        record = self.read(target)
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


def _check_place(target: Target, record: Record) -> None:
    """A key says all; what is said beside it must not be of another object.

    :raises BadInput: it is
    """
    option = elsewhere(record, target.desired)
    if option is not None:
        raise BadInput(f"{option}: it is not in {target.desired[option]!r}, but in {record[option].get('name')!r}.")


def _place(resource: Resource, finding: Finding) -> str:
    """The path of an object that is found without a list."""
    return finding.path or path_of(resource.collection, str(finding.key))
