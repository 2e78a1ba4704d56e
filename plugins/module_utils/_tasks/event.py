# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the module does that brings many events into one state. Private to this collection."""

from __future__ import annotations

from .._base.errors import BadInput, Refused, TooOld, TransportError
from .._engine.ansible_module import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, unchanged
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._model import options
from .._model.resource import Params
from .._resources.event import CHOSEN_EVENTS, EVENT
from .batch import Batch
from .read import records_of

PLURAL = CHOSEN_EVENTS.plural


def run_event() -> None:
    """The whole of event."""
    keywords = options.for_changing(EVENT.arguments, EVENT.rules, EVENT.takes_time)
    change_events(new_host(keywords, events=[], **unchanged()))


def change_events(host: Host) -> None:
    """Bring all events that are meant into the desired state, one after the other.

    Of events that are named, one that cannot go there stops the run before anything is sent. Of events that a filter
    found, it is skipped.
    """
    chosen = _batch(host, [])
    warnings: list[str] = []

    def work(session: Session, signals: Signals) -> Result:
        nonlocal chosen
        EVENT.desired({**host.params, "key": None})
        keys = CHOSEN_EVENTS.keys(host.params)
        chosen = _batch(host, _found(session, host.params) if keys is None else _named(host.params, keys))
        planner = Planner(session.client)
        chosen.plan(planner)
        if keys is None:
            warnings.extend(_leave_out_unfit(chosen))
        elif any(target.error is not None for target in chosen.targets):
            chosen.skip(
                [target for target in chosen.targets if target.has_work],
                "Not tried, because another one cannot be changed.",
            )
        chosen.perform(planner, session, signals)
        return {}

    def report(error: BaseException | None) -> Result:
        result = chosen.result(error, _entry, label=lambda option, number, target: str(target.params["key"]))
        warnings.extend(chosen.warnings)
        return result

    run(host, work, report, warnings)


def _batch(host: Host, targets: list[Target]) -> Batch:
    return Batch({PLURAL: targets}, host.params, host.check_mode, gives_up=_is_the_same_for_all)


def _named(params: Params, keys: list[str]) -> list[Target]:
    return [Target(EVENT, {**params, "key": key}) for key in dict.fromkeys(keys)]


def _found(session: Session, params: Params) -> list[Target]:
    records = list(records_of(session, CHOSEN_EVENTS, {**params, "limit": None, "order_by": None}))
    return [Target(EVENT, {**params, "key": EVENT.key_of(record)}, record) for record in records]


def _leave_out_unfit(chosen: Batch) -> list[str]:
    """Skip the events that cannot go there; a warning, if there are any."""
    unfit = [target for target in chosen.targets if isinstance(target.error, BadInput)]
    for target in unfit:
        chosen.leave_out(target, str(target.error))
    if not unfit:
        return []
    return [f"{len(unfit)} of {len(chosen.targets)} were skipped: {chosen.skipped[unfit[0]]}"]


def _entry(target: Target, result: Result) -> Result:
    unneeded = (
        ("jobs", "diff", "failed", "not_applied") if result["outcome"] == "skipped" else ("jobs", "diff", "failed")
    )
    told = {part: value for part, value in result.items() if part not in unneeded}
    return {"key": target.params["key"], "name": (target.record or {}).get("name"), **told}


def _is_the_same_for_all(error: BaseException | None) -> bool:
    """Whether the next one would end so, too: the server cannot be reached, is too old, or does not let us in."""
    return isinstance(error, (TooOld, TransportError)) or (isinstance(error, Refused) and error.status in (401, 403))
