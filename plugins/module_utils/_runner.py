# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module does, from options to the answer; the rim at which every error becomes a result.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ._errors import Interrupted, Refused, UMError
from ._item import Item
from ._planner import Planner
from ._redact import redact, secrets_of, variants
from ._resource import Record, Resource
from ._session import Host, Session, Signals
from ._watch import abandon

Result = dict[str, Any]


def _nothing(session: Session, item: Item) -> Record | None:
    return None


def change(host: Host, resource: Resource, look: Callable[[Session, Item], Record | None] = _nothing) -> None:
    """Bring one object into the wished state.

    :param look: what it finds on the server is the record to plan by, and it may add to the item's options
    """
    item = Item(resource, host.params)

    def work(session: Session, signals: Signals) -> Result:
        planner = Planner(session.client)
        planner.prepare(item, look(session, item))
        if (item.operations or item.follow) and not host.check_mode:
            from ._engine import Engine  # as late as what waits

            ignore = host.params["ignore_partial_failure"]
            Engine(planner, session.poller, signals, host.params["wait"], ignore).perform([item])
        return {}

    def report(error: BaseException | None) -> Result:
        if error is not None:
            item.error = error
            abandon(item.watches, error)
        return item_result(item, host.check_mode, host.params["ignore_partial_failure"])

    run(host, work, report, item.warnings)


def run(
    host: Host,
    work: Callable[[Session, Signals], Result],
    report: Callable[[BaseException | None], Result],
    warnings: Sequence[str] = (),
) -> None:
    """Do the work in a session; whatever happens, the host is told one result, without secrets.

    :param work: does it; what it returns is added to the report
    :param report: the result, given what ended the work early or None
    :param warnings: a list that the work fills; told to the host at the end
    """
    signals = Signals()
    secrets = variants(secrets_of(host.argument_spec, host.params), host.params.get("username"))
    extra: Result = {}
    stopped: BaseException | None = None
    with signals.caught():
        try:
            session = Session(Discreet(host, secrets))
            try:
                extra = work(session, signals)
            finally:
                signals.mute()
                session.close()
        except (UMError, Interrupted) as error:
            stopped = error
        except Exception as error:  # a bug of ours must not lose the job's key (failure matrix, row 25)
            stopped = UMError(f"A bug in aiqum.unified_manager: {type(error).__name__}: {error}", outcome="unknown")
        result = {**report(stopped), **extra}
        for warning in warnings:
            host.warn(redact(warning, secrets))
        host.finish(redact(result, secrets))


class Discreet:
    """A host that is shown no secrets, not even while the work is under way."""

    def __init__(self, host: Host, secrets: list[str]) -> None:
        self.params = host.params
        self.argument_spec = host.argument_spec
        self.check_mode = host.check_mode
        self.finish = host.finish
        self._host = host
        self._secrets = secrets

    def warn(self, text: str) -> None:
        self._host.warn(redact(text, self._secrets))

    def progress(self, text: str) -> None:
        self._host.progress(redact(text, self._secrets))


def item_result(item: Item, check_mode: bool, ignore_partial_failure: bool) -> Result:
    """The answer for one object (job contract, section 4); the same keys in success, check mode and failure."""
    outcome = item.outcome(check_mode)
    result: Result = {
        "changed": item.changed(check_mode),
        "outcome": outcome,
        item.resource.noun: _shown(item, item.foreseen if check_mode and item.error is None else item.record),
        "jobs": [watch.describe() for watch in item.watches],
        "diff": item.diff(check_mode),
        **item.also_read,
    }
    message = item.message()
    if item.failed(check_mode, ignore_partial_failure):
        result["failed"] = True
        result["msg"] = message or f"{item.name}: the outcome is {outcome}."
    elif message:
        item.warnings.append(message)
    if isinstance(item.error, Refused):
        result["error"] = item.error.error
    if check_mode and item.error is None:
        result["planned"] = [operation.purpose for operation in item.operations]
    elif item.applied < len(item.operations) and (item.applied or item.watches):
        result["applied"], result["not_applied"] = item.purposes()
    return result


def _shown(item: Item, record: Record | None) -> Record | None:
    return None if record is None else item.resource.shown(record)
