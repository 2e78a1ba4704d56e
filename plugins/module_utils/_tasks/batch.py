# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module does that brings many objects into one state: all are planned, then changed one after the other.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._base.errors import BadInput, Refused, TransportError, UMError
from .._engine.engine import Engine
from .._engine.host import Host, new_host
from .._engine.planner import Planner
from .._engine.report import Result, target_result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.job import PARTIAL, UNKNOWN
from .._jobs.watch import INTERRUPTED, TIMEOUT
from .._model import options
from .._model.listing import Many
from .._model.resource import Record
from .read import reading_result, records_of

SKIPPED = "skipped"
_WORST_FIRST = (INTERRUPTED, UNKNOWN, TIMEOUT)


def change_many(host: Host, many: Many) -> None:
    """Bring all objects that are meant into the wished state."""
    batch = Batch(host, many)
    run(host, batch.work, batch.report, batch.warnings)


class Batch:
    """The objects of one run.

    Of objects that are named, one that cannot go there stops the run before anything is sent. Of objects that a filter
    found, it is skipped.

    :ivar skipped: {item: why nothing was tried with it}
    """

    def __init__(self, host: Host, many: Many) -> None:
        self._host = host
        self._many = many
        self.targets: list[Target] = []
        self.skipped: dict[Target, str] = {}
        self.warnings: list[str] = []

    def work(self, session: Session, signals: Signals) -> Result:
        planner = Planner(session.client)
        self._many.resource.desired({**self._host.params, "key": None})
        keys = self._many.choice.keys(self._host.params)
        if keys is not None:
            self._plan_named(planner, keys)
        else:
            self._plan_found(planner, session)
        if not self._host.check_mode:
            self._perform(Engine(planner, session.poller, signals), session)
        return {}

    def _plan_named(self, planner: Planner, keys: list[str]) -> None:
        for key in dict.fromkeys(keys):
            self._plan(planner, key)
        if any(target.error is not None for target in self.targets):
            self._skip(self._pending(), "Not tried, because another one cannot be changed.")

    def _plan_found(self, planner: Planner, session: Session) -> None:
        params = {**self._host.params, "limit": None, "order_by": None}
        for record in list(records_of(session, self._many.choice, params)):
            target = self._plan(planner, self._many.resource.key_of(record), record)
            if isinstance(target.error, BadInput):
                self.skipped[target] = target.error.message
                target.error = None
        if self.skipped:
            first = next(iter(self.skipped.values()))
            self.warnings.append(f"{len(self.skipped)} of {len(self.targets)} were skipped: {first}")

    def _perform(self, engine: Engine, session: Session) -> None:
        for target in self._pending():
            if session.deadline.passed():
                target.error = UMError("wait_timeout passed before it was begun.", outcome=TIMEOUT)
                continue
            engine.perform([target])
            if _is_the_same_for_all(target.error):
                self._skip(self._pending(), "Not tried, because the one before it ended in an error that all would.")
                return

    def _plan(self, planner: Planner, key: str, record: Record | None = None) -> Target:
        """One that was interrupted while it was planned is none: nothing can be said of it."""
        target = Target(self._many.resource, {**self._host.params, "key": key}, record)
        planner.prepare([target])
        self.targets.append(target)
        return target

    def _skip(self, targets: list[Target], reason: str) -> None:
        self.skipped.update(dict.fromkeys(targets, reason))

    def _pending(self) -> list[Target]:
        """Those with something left to do."""
        return [
            target
            for target in self.targets
            if target.error is None and target not in self.skipped and target.applied < len(target.operations)
        ]

    def report(self, error: BaseException | None) -> Result:
        if error is not None:
            for target in self._pending():
                target.error = error
        entries = list(self._entries())
        failed = [entry for entry in entries if entry["outcome"] not in ("unchanged", "changed", SKIPPED)]
        result: Result = {
            **reading_result(error),
            "changed": any(entry["changed"] for entry in entries),
            self._many.choice.plural: entries,
            "jobs": [],
            "diff": self._diff(),
        }
        if error is None:
            result["outcome"] = _overall(failed, result["changed"])
        if failed:
            self._tell(result, failed)
        for target in self.targets:
            self.warnings.extend(target.warnings)
        return result

    def _entries(self) -> Iterator[Result]:
        """What became of each: as the result of a module for one object."""
        noun = self._many.resource.noun
        for target in self.targets:
            one = target_result(target, self._host.check_mode, False)
            if target in self.skipped:
                one = {"changed": False, "outcome": SKIPPED, noun: target.record, "msg": self.skipped[target]}
            unneeded = ("jobs", "diff", "failed")
            name = (target.record or {}).get("name")
            told = {part: value for part, value in one.items() if part not in unneeded}
            yield {"key": target.params["key"], "name": name, **told}

    def _diff(self) -> Result:
        """Before and after of all that change, each under its key."""
        diffs = {
            target.params["key"]: target.diff(self._host.check_mode)
            for target in self.targets
            if target not in self.skipped
        }
        return {side: {key: diff[side] for key, diff in diffs.items() if diff[side]} for side in ("before", "after")}

    def _tell(self, result: Result, failed: list[Result]) -> None:
        """Why the run failed; a part that failed may be ignored, and is then a warning."""
        texts = [entry["msg"] for entry in failed[:3]]
        more = f" (+{len(failed) - 3} more)" if len(failed) > 3 else ""
        message = f"{len(failed)} of {len(self.targets)} are not as wished. {' '.join(texts)}{more}"
        if result["outcome"] == PARTIAL and self._host.params["ignore_partial_failure"]:
            self.warnings.append(message)
            return
        result.update(failed=True, msg=message)
        refused = [entry["error"] for entry in failed if "error" in entry]
        if refused:
            result["error"] = refused[0]


def _is_the_same_for_all(error: BaseException | None) -> bool:
    """Whether there is no use in trying the next one: the server cannot be reached, or does not let us in."""
    return isinstance(error, TransportError) or (isinstance(error, Refused) and error.status in (401, 403))


def _overall(failed: list[Result], changed: bool) -> str:
    outcomes = {entry["outcome"] for entry in failed}
    worst = next((outcome for outcome in _WORST_FIRST if outcome in outcomes), None)
    if worst or not failed:
        return worst or ("changed" if changed else "unchanged")
    return PARTIAL if changed else "failed"


def run_many(many: Many) -> None:
    """The whole of a module that changes many objects at once."""
    change_many(new_host(**options.for_changing(many.resource.arguments, many.resource.rules)), many)
