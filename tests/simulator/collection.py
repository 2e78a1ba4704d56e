# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""GET of a collection and of one record, the same for every resource (docs/facts/server.md, 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .calls import Answer, Call, Route, ok
from .errors import Refusal, not_found
from .query import PAGING, Condition, Source, href, next_parameters, page_bounds, select, sort
from .world import World

Record = dict[str, Any]

DEFAULT_PAGE = 100


def names(text: str) -> tuple[str, ...]:
    """Filter names, written as ``key name cluster.{key,name,uuid}``."""
    found: list[str] = []
    for word in text.split():
        match = re.fullmatch(r"(.*)\{(.*)\}", word)
        found += [match[1] + part for part in match[2].split(",")] if match else [word]
    return tuple(found)


def _as_it_is(world: World, record: Record) -> Record:
    return record


def _as_found(world: World, found: list[Record], page_size: int) -> list[Record]:
    return found


def _none_of_them(world: World) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Collection:
    """How a collection is read.

    :ivar path: below /api; also the name of the table
    :ivar filters: the parameters that the vendor declares
    :ivar aliases: {parameter: field of the record}, where they differ
    :ivar contains: the fields that ``query=`` searches, where it is declared
    :ivar required: parameters that must be given
    :ivar page_size: of a request without max_records; None where there is no paging
    :ivar order: order_by of a request without one
    :ivar literal: the parameters whose value is taken as it is, ``|`` and all
    :ivar listed: what is put into pages of what was found; by default just that
    :ivar total: whether the answer has total_records
    :ivar view: makes what is shown of a record, by key
    :ivar list_view: the same in the list; by default as ``view``
    :ivar source: the records to choose from; by default those that the table shows
    """

    path: str
    filters: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    contains: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    page_size: int | None = DEFAULT_PAGE
    order: str = ""
    total: bool = True
    view: Callable[[World, Record], Record] = _as_it_is
    list_view: Callable[[World, Record], Record] | None = None
    source: Callable[[Call], Source] | None = None
    literal: Callable[[World], tuple[str, ...]] = _none_of_them
    listed: Callable[[World, list[Record], int], list[Record]] = _as_found

    def routes(self) -> list[Route]:
        """GET of the list and GET by key."""
        return [Route("GET", self.path, self.answer_list), Route("GET", f"{self.path}/{{key}}", self.read)]

    def read(self, call: Call) -> Answer:
        record = call.world.table(self.path).shown.get(call.params["key"])
        if record is None:
            raise not_found(self.path.rpartition("/")[2])
        return ok(self.view(call.world, record))

    def answer_list(self, call: Call) -> Answer:
        parameters = call.parameters
        self._check(call)
        source = self.source(call) if self.source else call.world.table(self.path).shown
        found = select(source, self._conditions(call), self._text(parameters), self.contains)
        order = parameters.get("order_by", "") or self.order
        found = sort(found, self._order(order))
        size = self._page_size(call)
        offset, limit = (0, len(found)) if size is None else page_bounds(parameters, size)
        found = self.listed(call.world, found, limit)
        page = found[offset : offset + limit]
        view = self.list_view or self.view
        links = {"self": {"href": href(call.path, call.query)}}
        if offset + limit < len(found):
            links["next"] = {"href": href(call.path, next_parameters(call.query, offset + limit, limit))}
        body = {"records": [view(call.world, record) for record in page], "num_records": len(page), "_links": links}
        if self.total:
            body["total_records"] = len(found)
        return ok(body)

    def _page_size(self, call: Call) -> int | None:
        """That of the document, or of the switch where it says none (docs/facts/server.md, 2.2)."""
        documented = self.page_size != DEFAULT_PAGE or self.path.startswith("/datacenter/")
        return self.page_size if documented else max(1, int(call.world.switches["unknown_page_size"]))

    def _check(self, call: Call) -> None:
        for name in self.required:
            if not call.parameters.get(name):
                raise Refusal(400, "missing_parameter", f"The parameter {name} is required.", name)
        if call.world.switches["unknown_parameters"] == "refuse":
            known = {*self.filters, *self.required, *PAGING, *(["query"] if self.contains else [])}
            for name in (pair[0] for pair in call.query):
                if name not in known:
                    raise Refusal(400, "unknown_parameter", f"There is no parameter {name}.", name)

    def _conditions(self, call: Call) -> list[Condition]:
        switches = call.world.switches
        sensitive = switches["filter_case"] == "sensitive"
        literal = self.literal(call.world)
        return [
            Condition(self.aliases.get(name, name), value, sensitive, name not in literal)
            for name, value in call.query
            if name in self.filters and value != ""
        ]

    def _text(self, parameters: dict[str, str]) -> str:
        return parameters.get("query", "").strip('*"') if self.contains else ""

    def _order(self, order: str) -> str:
        for parameter, field_name in self.aliases.items():
            order = re.sub(rf"(^|,)\s*{re.escape(parameter)}\b", rf"\1{field_name}", order)
        return order
