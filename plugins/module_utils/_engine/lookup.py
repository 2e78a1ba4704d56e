# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resolves names to keys: exactly, with one GET per kind, and only for what will be sent.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .._base.errors import BadInput, Missing, UMError
from .._base.names import SCOPE, by, checked_name, has_operators, is_key, literal, object_type, path_filter
from .._model.kinds import Kind
from .._model.resource import Finding, Record, Reference
from .._um.client import Client
from .list_cache import ListCache
from .picking import Found, ambiguous, pick

URL_BUDGET = 3000  # characters of names in one query


class Promised(Missing):
    """An object that the run has yet to create is needed already."""


class Lookup:
    """Resolves References, and remembers what it found, and what it did not find.

    :ivar list_cache: lists that need not be read again
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._found: dict[Reference, Found | UMError] = {}
        self._promised: set[tuple[str, str]] = set()
        self.list_cache = ListCache()

    def promise(self, collection: str, name: str) -> None:
        """The run will create an object of that name, so that others may refer to it before it is there."""
        self._promised.add((collection, name))

    def promise_all(self, body: Any) -> None:
        """As ``promise`` for each object that the body refers to and that something else can stand for."""
        for reference in references(body):
            if reference.otherwise:
                self.promise(reference.kind.collection, reference.name_or_key)

    def awaits(self, body: Any) -> bool:
        """Whether a body, whose References were resolved, refers to an object that the run has yet to create."""
        return any(
            (reference.kind.collection, reference.name_or_key) in self._promised and self._known(reference).key is None
            for reference in references(body)
        )

    def record(self, finding: Finding, title: str, name_or_key: str) -> Record | None:
        """What a Finding describes by its list: one record, or all of them as one; None when there is none.

        :raises BadInput: several match where one is meant; they are listed
        :raises Missing: an object that the query refers to does not exist
        """
        listed: Iterable[Record] | None = self.list_cache.named(finding.collection, finding.name)
        if listed is None:
            query = self.query(finding.query)
            listed = self.list_cache.queried(str(finding.collection), query, self._client.records)
        records = [record for record in listed if finding.matches(record)]
        if len(records) > 1 and not finding.together:
            raise BadInput(ambiguous(title, name_or_key, records))
        if not records and finding.otherwise:
            return self.record(finding.otherwise, title, name_or_key)
        if not records:
            return None
        return {"records": records} if finding.together else records[0]

    def resolve(self, bodies: Iterable[Any]) -> None:
        """Look up every Reference in the bodies.

        :raises Missing: there is no such object
        :raises BadInput: there are several, what was given is not a name, or a body names one object twice
        """
        wanted = [list(references(body)) for body in bodies]
        self.learn(wanted)
        for body in wanted:
            names_or_keys: dict[tuple[str, str], str] = {}
            for reference in body:
                found = self._known(reference)
                place = (reference.option, found.key or reference.name_or_key)
                if names_or_keys.setdefault(place, reference.name_or_key) != reference.name_or_key:
                    raise BadInput(
                        f"{reference.option}: {names_or_keys[place]!r} and {reference.name_or_key!r}"
                        f" are the same {reference.kind.title}; give it once."
                    )

    def learn(self, bodies: Iterable[Any]) -> None:
        """As ``resolve`` for many bodies at once; what cannot be resolved is told when it is asked for."""
        wanted: dict[Kind, list[Reference]] = {}
        for reference in references(list(bodies)):
            if reference not in self._found:
                wanted.setdefault(reference.kind, []).append(reference)
        for kind, group in wanted.items():
            self._resolve_kind(kind, list(dict.fromkeys(group)))

    def _known(self, reference: Reference) -> Found:
        found = self._found[reference]
        if isinstance(found, UMError):
            raise found
        return found

    def query(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """A query as it is sent: the bare key for each Reference.

        :raises Missing: an object that it refers to does not exist
        :raises Promised: the run has yet to create one
        """
        self.resolve([query])
        return _replace(query, self._key)

    def wire(self, body: Any) -> Any:
        """The body as it is sent: ``{"key": ...}`` for each Reference.

        :raises Promised: the run was to create an object that it refers to, and it is not there
        """
        return _replace(body, self._sent)

    def _sent(self, reference: Reference) -> Record:
        late = (reference.kind.collection, reference.name_or_key) in self._promised
        if reference.otherwise and self._known(reference).key is None and not late:
            return dict(reference.otherwise)
        try:
            return {"key": self._key(reference)}
        except Promised:
            if not reference.otherwise:
                raise
            return dict(reference.otherwise)

    def _key(self, reference: Reference) -> str:
        """Its key; what the run was to create is looked up again, since it may be there by now."""
        found = self._known(reference)
        if found.key is None:
            del self._found[reference]
            self.learn([reference])
            found = self._known(reference)
        if found.key is None:
            raise Promised(
                f"{reference.option}: the {reference.kind.title} {reference.name_or_key!r} is not there yet."
            )
        return found.key

    def shown(self, body: Any) -> Any:
        """The body as a record would show it: with names where they are known."""
        return _replace(body, lambda reference: {k: v for k, v in self._known(reference)._asdict().items() if v})

    def _resolve_kind(self, kind: Kind, group: list[Reference]) -> None:
        named = []
        for reference in group:
            try:
                if is_key(reference.name_or_key):
                    self._found[reference] = Found(_checked_key(reference), None)
                else:
                    checked_name(reference.name_or_key, reference.option)
                    named.append(reference)
            except BadInput as error:
                self._found[reference] = error
        for batch in _batches(named, kind):
            records = list(self._client.records(kind.collection, _query(batch, kind)))
            missing = [reference for reference in batch if not self._picked(reference, records)]
            if missing and kind.seen_in:
                records = self._seen_elsewhere(missing, *kind.seen_in)
                for reference in missing:
                    self._picked(reference, records)

    def _picked(self, reference: Reference, records: list[Record]) -> bool:
        """Remember what the records tell of a Reference; whether it is among them."""
        try:
            self._found[reference] = pick(reference, records)
        except Missing as error:
            promised = (reference.kind.collection, reference.name_or_key) in self._promised
            late = promised or reference.otherwise
            self._found[reference] = Found(None, reference.name_or_key) if late else error
            return False
        except BadInput as error:
            self._found[reference] = error
        return True

    def _seen_elsewhere(self, batch: list[Reference], collection: str, field: str) -> list[Record]:
        """Objects to which the records of another collection refer, each with the scope of these records."""
        query = _query(batch, batch[0].kind._replace(name_field=f"{field}.name"))
        found = {}
        for record in self._client.records(collection, query):
            seen = record.get(field) or {}
            found[seen.get("key")] = {**{name: record.get(name) for name in SCOPE}, **seen}
        return [record for key, record in found.items() if key]


def references(body: Any) -> Iterator[Reference]:
    """Every Reference in a body, depth first."""
    if isinstance(body, Reference):
        yield body
    elif isinstance(body, Mapping):
        for value in body.values():
            yield from references(value)
    elif isinstance(body, (list, tuple)):
        for value in body:
            yield from references(value)


def _replace(body: Any, how: Callable[[Reference], Any]) -> Any:
    if isinstance(body, Reference):
        return how(body)
    if isinstance(body, Mapping):
        return {name: _replace(value, how) for name, value in body.items()}
    if isinstance(body, (list, tuple)):
        return [_replace(value, how) for value in body]
    return body


def _checked_key(reference: Reference) -> str:
    found = object_type(reference.name_or_key)
    if found != reference.kind.key_type:
        raise BadInput(
            f"{reference.option}: {reference.name_or_key!r} is a key of kind {found or 'unknown'};"
            f" the name or key of a different kind, {reference.kind.title}, is needed."
        )
    return reference.name_or_key


def _batches(group: list[Reference], kind: Kind) -> Iterator[list[Reference]]:
    """References that one query can find: the same scope, and names that can stand beside others."""
    batch: list[Reference] = []
    length = 0
    for reference in sorted(group, key=lambda reference: (reference.scope, has_operators(reference.name_or_key))):
        alone = kind.named_by_path or has_operators(reference.name_or_key)
        joins = batch and batch[0].scope == reference.scope and not alone
        if not joins or length + len(reference.name_or_key) > URL_BUDGET:
            if batch:
                yield batch
            batch, length = [], 0
        batch.append(reference)
        length += len(reference.name_or_key) + 3
    if batch:
        yield batch


def _query(batch: list[Reference], kind: Kind) -> dict[str, str]:
    names = list(dict.fromkeys(reference.name_or_key for reference in batch))
    query = {}
    if kind.named_by_path:
        query = path_filter(names[0])
    elif kind.filtered:
        query = {kind.name_field: literal(names[0]) if len(names) == 1 else "|".join(names)}
    for field, name_or_key in batch[0].scope:
        query.update(by(field, name_or_key))
    return query
