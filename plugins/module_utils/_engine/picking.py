# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chooses the record of a list that is meant, and names all of them if there are several.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .._base.errors import BadInput, Missing
from .._base.names import refers
from .._model.resource import Record, Reference


class Found(NamedTuple):
    """What a Reference turned out to be.

    :ivar key: None where the object does not exist: the run has yet to create it, or something else is sent instead
    :ivar name: None where a key was given
    """

    key: str | None
    name: str | None


def pick(reference: Reference, records: Sequence[Record]) -> Found:
    """The one record that a Reference means.

    :raises Missing: it is not among them
    :raises BadInput: several are meant; they are listed
    """
    matches = [
        record
        for record in records
        if _is_called(record, reference)
        and all(refers(record.get(field), name_or_key) for field, name_or_key in reference.scope)
    ]
    title = reference.kind.title
    if not matches:
        where = "".join(f" in {field} {name_or_key!r}" for field, name_or_key in reference.scope)
        raise Missing(f"{reference.option}: {title} {reference.name_or_key!r} does not exist{where}.")
    if len(matches) > 1:
        raise BadInput(f"{reference.option}: {ambiguous(title, reference.name_or_key, matches)}")
    return Found(matches[0]["key"], matches[0].get("name"))


def _is_called(record: Record, reference: Reference) -> bool:
    name = record.get(reference.kind.name_field)
    if reference.kind.named_by_path:
        return reference.name_or_key in (name, str(name).rpartition("/")[2])
    if reference.kind.filtered:
        return name == reference.name_or_key
    return str(name).casefold() == reference.name_or_key.casefold()


def ambiguous(title: str, name_or_key: str, records: Sequence[Record]) -> str:
    """The message about records of which only one can be meant."""
    found = "; ".join(_described(record) for record in records[:10])
    more = f"; and {len(records) - 10} more" if len(records) > 10 else ""
    return (
        f"{len(records)} objects of kind {title} match {name_or_key!r}: {found}{more}."
        " Name its cluster, node, SVM or volume as well, or give its key instead of the name."
    )


def _described(record: Record) -> str:
    places = [
        f"{field} {record[field]['name']}"
        for field in ("cluster", "node", "svm", "volume")
        if isinstance(record.get(field), Mapping) and record[field].get("name")
    ]
    return ", ".join([str(record.get("name")), *places, f"key {record.get('key')}"])
