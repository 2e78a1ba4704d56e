# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking Unified Manager for the best aggregates: a POST that only computes, so that check mode sends it, too.

Private to this collection.
"""

from __future__ import annotations

from .._base.errors import Garbled
from .._engine.ansible_module import Host, new_host
from .._engine.lookup import Lookup
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import kinds, options
from .._model.resource import Record
from .._resources.data_placement import ARGUMENTS, body_of, is_raw, path_to, ranked
from .._um.transport import Request
from .read import reading_result

PLACEMENT_ARGUMENTS = ARGUMENTS


def place(host: Host) -> None:
    """Report the aggregates that suit best."""
    found: list[Record] = []

    def work(session: Session, signals: Signals) -> Result:
        body = body_of(host.params)
        lookup = Lookup(session.client)
        lookup.resolve([body])
        wire = lookup.wire(body)
        for name in ("ssl_key", "resource_keys"):
            if name in wire:
                wire[name] = [one["key"] for one in wire[name]] if name == "resource_keys" else wire[name]["key"]
        accepted = session.client.write(Request("POST", path_to(host.params), body=wire), job_due=False)
        if not isinstance(accepted.body, (dict, list)):
            raise Garbled("Data placement was answered without a result.", accepted.status)
        if is_raw(host.params):
            return {"statistics": accepted.body}
        found.extend(ranked(accepted.body))
        _name(session, found)
        return {}

    def report(error: BaseException | None) -> Result:
        return {"aggregates": found, **reading_result(error)}

    run(host, work, report)


def _name(session: Session, found: list[Record]) -> None:
    """Names for keys, in one GET; an aggregate that the inventory does not know keeps none."""
    if all(one["name"] for one in found):
        return
    names = {record.get("key"): record.get("name") for record in session.client.records(kinds.AGGREGATE.collection)}
    for one in found:
        one["name"] = one["name"] or names.get(one["key"])


def run_data_placement() -> None:
    """The whole of data_placement."""
    place(new_host(options.for_reading(PLACEMENT_ARGUMENTS, {}), aggregates=[]))
