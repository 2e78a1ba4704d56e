# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which a module that reads is declared: plain data and pure functions. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._base.errors import BadInput
from .._base.names import is_key
from .resource import Params, Record

# The options of every module that lists records.
LIST_ARGUMENTS = {
    "filters": {"type": "dict"},
    "order_by": {"type": "str"},
    "limit": {"type": "int"},
}
PAGING = ("max_records", "offset", "order_by")


class Single(NamedTuple):
    """A thing of which there is only one, and which can be read.

    :param noun: its key in the result
    :param path: its place below the API's base
    """

    noun: str
    path: str


class Listing(NamedTuple):
    """A collection that can be read.

    :param plural: the key of the records in the result
    :param collection: its path below the API's base
    :param arguments: the argument spec of its options, LIST_ARGUMENTS among them
    :param query: options -> UM's filters; raises BadInput
    :param keys: options -> the keys of the records to read, one by one; None reads the list
    :param matches: options, record -> whether it is really meant, where UM's filter says too little
    :param detailed: options -> whether each record is read again by its key, for what the list lacks
    :param finish: records -> further keys of the result
    :param rules: further keywords of AnsibleModule
    :param shown: record -> the record as results show it
    :param beside: options -> {key of the result: path} of single things that are read as well
    :param counts: options -> {key of the result: {name: UM's filters}} of records that are counted as well, each with
        these filters beside those of the options; raises BadInput
    """

    plural: str
    collection: str
    arguments: Mapping[str, Any]
    query: Callable[[Params], Mapping[str, Any]]
    keys: Callable[[Params], list[str] | None] = lambda params: None
    matches: Callable[[Params, Record], bool] | None = None
    detailed: Callable[[Params], bool] = lambda params: False
    finish: Callable[[Params, list[Record]], Mapping[str, Any]] = lambda params, records: {}
    rules: Mapping[str, Any] = {}
    shown: Callable[[Record], Record] = lambda record: record
    beside: Callable[[Params], Mapping[str, str]] = lambda params: {}
    counts: Callable[[Params], Mapping[str, Mapping[str, Record]]] = lambda params: {}

    def compares(self, params: Params) -> bool:
        """Whether an option is given that ``matches`` may have to compare, so that UM may list more than is meant."""
        if self.matches is None:
            return False
        chosen = {name: spec for name, spec in self.arguments.items() if name not in LIST_ARGUMENTS}
        return any(params.get(name) and spec["type"] != "bool" for name, spec in chosen.items())


def key_as_name(params: Params) -> list[str] | None:
    """The ``keys`` of a Listing whose option ``name`` takes a name or a key."""
    return [params["name"]] if is_key(params["name"]) else None


def checked_limit(limit: int | None) -> int | None:
    """:raises BadInput: it is less than one record"""
    if limit is not None and limit < 1:
        raise BadInput(f"limit: {limit} is not a number of records over 0.")
    return limit


def own_filters(filters: Mapping[str, Any] | None, option: str = "filters") -> dict[str, Any]:
    """Filters in UM's own words, as an option gave them.

    :raises BadInput: paging among them, or a list where UM takes one value
    """
    for name, value in (filters or {}).items():
        if name in PAGING:
            raise BadInput(f"{option}: {name} is not a filter; use the options limit and order_by.")
        if isinstance(value, (dict, list)):
            raise BadInput(f"{option}.{name}: give one value; write alternatives like a|b.")
    return dict(filters or {})
