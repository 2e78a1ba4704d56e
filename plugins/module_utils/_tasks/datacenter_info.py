# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading the inventory: several parts of it in one run. Private to this collection."""

from __future__ import annotations

from .._base.names import path_of
from .._engine.ansible_module import Host, new_host
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._model.listing import checked_limit
from .._model.resource import Record
from .._resources.datacenter import ARGUMENTS, SUBSETS, first, fullest_of, queries, subset_of, the_fullest
from .._um.client import PAGE, get_or_none
from .read import reading_result


def survey(host: Host) -> None:
    """Report the chosen parts of the inventory, page after page, and single objects by their keys."""
    found: dict[str, list[Record]] = {}

    def work(session: Session, signals: Signals) -> Result:
        limit, most = checked_limit(host.params["limit"]), fullest_of(host.params)
        wanted, keys = queries(host.params), [(subset_of(key), key) for key in host.params["keys"]]
        for name, query in wanted.items():
            page = {**query, "max_records": min(limit, PAGE)} if limit else query
            records = session.client.records(SUBSETS[name].collection, page)
            found[name] = the_fullest(SUBSETS[name], records, most) if most else first(records, limit)
        for (name, subset), key in keys:
            one = get_or_none(session.client, path_of(subset.collection, key))
            found.setdefault(name, []).extend([] if one is None else [one])
        return {}

    run(host, work, lambda error: {"datacenter": found, **reading_result(error)})


def run_survey() -> None:
    """The whole of datacenter_info."""
    survey(new_host(options.for_reading(ARGUMENTS, {}), datacenter={}))
