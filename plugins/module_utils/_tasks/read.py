# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules that read do: options into a query, all its pages into a list. Private to this collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .._base.errors import BadInput, Refused
from .._base.lenient import integer
from .._base.names import SCOPE, elsewhere, path_of
from .._engine.ansible_module import Host, new_host
from .._engine.lookup import Lookup
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._model.listing import Listing, Single, checked_limit, own_filters
from .._model.resource import Params, Record
from .._um.client import PAGE, get_or_none


def list_records(host: Host, listing: Listing) -> None:
    """Read all records that the options ask for."""
    records: list[Record] = []

    def work(session: Session, signals: Signals) -> Result:
        counts, keys = listing.counts(host.params), listing.keys(host.params)
        if keys is not None:
            _check_alone(listing, host.params, keys)
            found = _details(session, listing, keys)
            records[:] = [listing.shown(record) for record in found if not elsewhere(record, host.params)]
        else:
            for record in records_of(session, listing, host.params):
                records.append(listing.shown(record))
                if len(records) == host.params.get("limit"):
                    break
            if listing.detailed(host.params):
                found = _details(session, listing, [record["key"] for record in records])
                records[:] = [listing.shown(record) for record in found]
        single = {name: session.client.get(path) for name, path in listing.beside(host.params).items()}
        counted = {
            name: {part: _count(session, listing, host.params, query) for part, query in parts.items()}
            for name, parts in counts.items()
        }
        return {**listing.finish(host.params, records), **single, **counted}

    def report(error: BaseException | None) -> Result:
        further = {} if error is None else _further(listing, records)
        return {listing.plural: records, **further, **reading_result(error)}

    run(host, work, report)


def read_single(host: Host, single: Single) -> None:
    """Read the one thing that there is."""
    found: dict[str, Record] = {}

    def work(session: Session, signals: Signals) -> Result:
        found[single.noun] = session.client.get(single.path)
        return {}

    run(host, work, lambda error: {single.noun: None, **found, **reading_result(error)})


def reading_result(error: BaseException | None) -> Result:
    """The part of the answer that all reading modules share."""
    result: Result = {"changed": False, "outcome": "unchanged"}
    if error is not None:
        result.update(
            failed=True, outcome=getattr(error, "outcome", "failed"), msg=getattr(error, "message", str(error))
        )
    if isinstance(error, Refused):
        result["error"] = error.error
    return result


def _further(listing: Listing, records: list[Record]) -> Result:
    """What is said beside the records where not all were read: nothing of what was asked for and is not among them."""
    return dict(listing.finish(dict.fromkeys(listing.arguments), records))


def records_of(session: Session, listing: Listing, params: Params) -> Iterable[Record]:
    """The records that the options describe, page after page as they are asked for."""
    query = Lookup(session.client).query(_query(listing, params))
    return _meant(listing, params, session.client.records(listing.collection, query))


def _meant(listing: Listing, params: Params, found: Iterable[Record]) -> Iterable[Record]:
    return (record for record in found if listing.matches is None or listing.matches(params, record))


def _count(session: Session, listing: Listing, params: Params, further: Record) -> int:
    """How many records meet the options and further filters: as UM counts them, where nothing must be compared here."""
    described = _query(listing, {**params, "limit": None, "order_by": None})
    query = Lookup(session.client).query({**described, **further})
    if not listing.compares(params):
        total = integer(session.client.get(listing.collection, {**query, "max_records": 1}).get("total_records"))
        if total is not None:
            return total
    found = session.client.records(listing.collection, query)
    return sum(1 for _record in _meant(listing, params, found))


def _query(listing: Listing, params: Params) -> dict[str, Any]:
    limit = checked_limit(params.get("limit"))
    query = {**listing.query(params), **own_filters(params.get("filters"))}
    if params.get("order_by"):
        query["order_by"] = params["order_by"]
    if limit and not listing.compares(params):
        query["max_records"] = min(limit, PAGE)
    return query


def _check_alone(listing: Listing, params: Params, keys: list[str]) -> None:
    """Beside keys nothing chooses among records, save places, which are compared; switches choose nothing.

    :raises BadInput: something would
    """
    for option, spec in listing.arguments.items():
        value = params.get(option)
        chooses = value != spec.get("default") and spec["type"] != "bool" and option not in SCOPE
        if value and chooses and value not in (keys, *keys):
            raise BadInput(f"{option}: a key already means one object; leave {option} out.")


def _details(session: Session, listing: Listing, keys: Iterable[str]) -> Iterator[Record]:
    """The full records; what is not there, or not any more, is left out."""
    for key in keys:
        record = get_or_none(session.client, path_of(listing.collection, key))
        if record is not None:
            yield record


def run_listing(listing: Listing) -> None:
    """The whole of a module that reads records."""
    blank = {listing.plural: [], **_further(listing, [])}
    list_records(new_host(options.for_reading(listing.arguments, listing.rules), **blank), listing)


def run_reading(single: Single) -> None:
    """The whole of a module that reads a thing of which there is only one."""
    read_single(new_host(options.for_reading({}, {}), **{single.noun: None}), single)
