# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the inventory: several parts of it in one run, and its performance. Private to this collection."""

from __future__ import annotations

from typing import Any

from ._errors import Refused
from ._filters import path_of
from ._lookup import Lookup
from ._reading import reading_result
from ._resource import Record
from ._resources.datacenter import (
    DATACENTER_ARGUMENTS,
    METRICS_ARGUMENTS,
    analytics_query,
    first,
    is_there,
    limit_of,
    measured,
    metrics_query,
    queries,
    subset_of,
)
from ._resources.datacenter import SUBSETS as PARTS
from ._runner import Result, run
from ._session import Host, Session, Signals

SURVEY_ARGUMENTS, PERFORMANCE_ARGUMENTS = DATACENTER_ARGUMENTS, METRICS_ARGUMENTS


def survey(host: Host) -> None:
    """Report the chosen parts of the inventory, page after page, and single objects by their keys."""
    found: dict[str, list[Record]] = {}

    def work(session: Session, signals: Signals) -> Result:
        limit = limit_of(host.params)
        wanted, keys = queries(host.params), [(subset_of(key), key) for key in host.params["keys"]]
        for name, query in wanted.items():
            page = {**query, "max_records": min(limit, 1000)} if limit else query
            found[name] = first(session.client.records(PARTS[name].collection, page), limit)
        for (name, subset), key in keys:
            found.setdefault(name, []).extend(_one(session, path_of(subset.collection, key)))
        return {}

    run(host, work, lambda error: {"datacenter": found, **reading_result(error)})


def _one(session: Session, path: str) -> list[Record]:
    try:
        return [session.client.get(path)]
    except Refused as error:
        if error.status == 404:
            return []
        raise


def measure(host: Host) -> None:
    """Report the metrics of one object, or the analytics of all objects of its kind."""
    found: dict[str, Any] = {"metrics": None, "analytics": []}

    def work(session: Session, signals: Signals) -> Result:
        limit = limit_of(host.params)
        subset, reference = measured(host.params)
        if reference is None:
            rows = session.client.records(f"{subset.collection}/analytics", analytics_query(host.params))
            found["analytics"] = first((row for row in rows if is_there(host.params, row)), limit)
            return {}
        key = Lookup(session.client).query({"key": reference})["key"]
        path = f"{path_of(subset.collection, key)}/metrics"
        found["metrics"] = session.client.get(path, metrics_query(host.params))
        return {}

    run(host, work, lambda error: {**found, **reading_result(error)})
