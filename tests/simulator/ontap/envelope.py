# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's GET: filters, fields, order and pages. No total_records; a next link also where no links are wanted."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import quote, urlencode

from ..calls import Answer, ok
from ..query import Condition, sort
from ..tables import Record, value_at
from .request import Request, bad

CONTROL = ("fields", "max_records", "order_by", "return_records", "return_timeout", "start.index")
MOST_RECORDS = 10000


class View:
    """What a GET shows of a kind of object.

    :param fields: all its fields, dotted, as far as leaves
    :param identity: the fields that are shown always
    :param costly: the fields that one object shows only when they are asked for
    :param path: the fields that make the path of one, below the collection; by default the first of its identity
    """

    def __init__(self, fields: str, identity: str = "uuid name", costly: str = "", path: str = "") -> None:
        self.fields = fields.split()
        self.identity = identity.split()
        self.costly = costly.split()
        self.path = path.split() or self.identity[:1]

    def knows(self, field: str) -> bool:
        return any(field == one or one.startswith(field + ".") for one in self.fields)

    def one(self, request: Request, record: Record, href: str) -> Answer:
        for name, _value in request.query:
            if name not in CONTROL and not self.knows(name):
                raise unexpected(name)
        wanted = self._wanted(request, [field for field in self.fields if field not in self.costly])
        shown = pick(record, [*self.identity, *wanted])
        return ok({**shown, **({"_links": link(href)} if request.hal else {})})

    def many(self, request: Request, records: list[Record], href: str) -> Answer:
        filters, found = self.fitting(request, records)
        order = request.parameters.get("order_by", "")
        for part in filter(None, order.split(",")):
            if not self.knows(part.split()[0]):
                raise bad(f'The value "{part}" is invalid for field "order_by".', "order_by")
        found = sort(found, order)
        start = self._number(request, "start.index", 0)
        most = self._number(request, "max_records", MOST_RECORDS)
        page = found[start : start + most]
        wanted = [*self.identity, *self._wanted(request, []), *filters]
        body: Record = {"records": [self._row(request, record, wanted, href) for record in page]}
        body["num_records"] = len(page)
        links = link(_query(href, request.query)) if request.hal else {}
        if start + most < len(found):
            kept = [pair for pair in request.query if pair[0] != "start.index"]
            links["next"] = {"href": _query(href, [("start.index", str(start + most)), *kept])}
        return ok({**body, **({"_links": links} if links else {})})

    def fitting(self, request: Request, records: list[Record]) -> tuple[list[str], list[Record]]:
        """The fields by which a request chooses, and the records that it chooses."""
        filters = [(name, value) for name, value in request.query if name not in CONTROL]
        for name, _value in filters:
            if not self.knows(name):
                raise unexpected(name)
        conditions = [Condition(name, value, sensitive=True) for name, value in filters]
        found = [one for one in records if all(test.matches(one) for test in conditions)]
        return [name for name, _value in filters], found

    def _row(self, request: Request, record: Record, wanted: list[str], href: str) -> Record:
        row = pick(record, wanted)
        if request.hal:
            row["_links"] = link("/".join([href, *(quote(str(value_at(record, name)), safe="") for name in self.path)]))
        return row

    def _wanted(self, request: Request, default: list[str]) -> list[str]:
        asked = [name for name in request.parameters.get("fields", "").split(",") if name]
        for name in asked:
            if name not in ("*", "**") and not self.knows(name):
                raise bad(f'The value "{name}" is invalid for field "fields".', "fields")
        if "**" in asked:
            return self.fields
        return [*(field for field in self.fields if field not in self.costly)] if "*" in asked else asked or default

    def _number(self, request: Request, name: str, default: int) -> int:
        text = request.parameters.get(name, str(default))
        if not text.isdigit() or (name == "max_records" and not 0 < int(text) <= MOST_RECORDS):
            raise bad(f'The value "{text}" is invalid for field "{name}".', name)
        return int(text)


def unexpected(name: str) -> Exception:
    return bad(f'Unexpected argument "{name}".', name, "262179")


def link(href: str) -> dict[str, Any]:
    return {"self": {"href": href}}


def _query(href: str, query: list[tuple[str, str]]) -> str:
    return f"{href}?{urlencode(query)}" if query else href


def pick(record: Record, fields: list[str]) -> Record:
    """The dotted fields of a record; what it does not have is left out, lists are looked through."""
    result: Record = {}
    for field in fields:
        _pick(record, result, field.split("."))
    return result


def _pick(record: Record, result: Record, names: list[str]) -> None:
    name, *rest = names
    value = record.get(name)
    if value is None:
        return
    if not rest:
        result[name] = copy.deepcopy(value)
    elif isinstance(value, list):
        rows = result.setdefault(name, [{} for _one in value])
        for row, one in zip(rows, value, strict=True):
            _pick(one, row, rest)
    else:
        _pick(value, result.setdefault(name, {}), rest)
