# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading performance: the metrics of one object, or the analytics of all of a kind. Private to this collection."""

from __future__ import annotations

from typing import Any

from .._base.names import path_of
from .._engine.ansible_module import Host, new_host
from .._engine.lookup import Lookup
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._model.listing import checked_limit
from .._resources.datacenter import first
from .._resources.metrics import ARGUMENTS, analytics_query, is_there, measured, metrics_query
from .read import reading_result


def measure(host: Host) -> None:
    """Report the metrics of one object, or the analytics of all objects of its kind."""
    found: dict[str, Any] = {"metrics": None, "analytics": []}

    def work(session: Session, signals: Signals) -> Result:
        limit = checked_limit(host.params["limit"])
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


def run_measuring() -> None:
    """The whole of metrics_info."""
    measure(new_host(options.for_reading(ARGUMENTS, {}), metrics=None, analytics=[]))
