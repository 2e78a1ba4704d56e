# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several targets in one run: planned together, carried out side by side, each with its own outcome.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from .._base.errors import BadInput, Interrupted, Refused, UMError
from .._base.texts import first_of
from .._engine.executor import Executor
from .._engine.planner import Planner
from .._engine.report import WELL, Result, diff_of, has_failed, purposes_of, target_result, worst
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.job import PARTIAL, SUBMITTED, UNKNOWN
from .._jobs.watched_job import INTERRUPTED, TIMEOUT, abandon
from .._model.resource import Params

SKIPPED = "skipped"


def _carries_on(error: BaseException | None) -> bool:
    return False


class Batch:
    """The targets of one run.

    :param groups: {a kind's option: its targets}
    :param order: the groups that may be carried out side by side, level after level, so that a target may refer to what
        an earlier level creates; deletions follow, in the reverse order. Without it all are carried out side by side.
    :param params: ``wait``, ``ignore_partial_failure``
    :param gives_up: whether an error that ended one target would end all others, too
    :ivar skipped: {target: why it was not begun}, as sentences; those that were left out are no failure
    :ivar warnings: those of all targets, after ``result``
    """

    def __init__(
        self,
        groups: Mapping[str, Sequence[Target]],
        params: Params,
        check_mode: bool,
        max_in_flight: int = 1,
        stop_on_failure: bool = False,
        gives_up: Callable[[BaseException | None], bool] = _carries_on,
        order: Sequence[Sequence[str]] = (),
    ) -> None:
        self.groups = groups
        self.targets = [target for targets in groups.values() for target in targets]
        self.skipped: dict[Target, str] = {}
        self._left_out: set[Target] = set()
        self._awaiting: set[Target] = set()
        self.warnings: list[str] = []
        self._params = params
        self._check_mode = check_mode
        self._ignore_partial_failure = bool(params.get("ignore_partial_failure"))
        self._max_in_flight = max_in_flight
        self._stop_on_failure = stop_on_failure
        self._gives_up = gives_up
        self._order = order
        self._planned = False

    def plan(self, planner: Planner) -> None:
        """Read and plan all; afterwards each has its operations, or its error.

        :raises BadInput: two may mean the same object, one would have to wait for another, or a number is out of range
        """
        if self._max_in_flight < 1:
            raise BadInput(f"max_in_flight: {self._max_in_flight} is not a number over 0.")
        planner.prepare(self.targets)
        self._await(planner)
        self._planned = True

    def add(self, planner: Planner, option: str, targets: Sequence[Target]) -> None:
        """Plan further targets, behind those of their group."""
        planner.prepare(targets)
        self.groups = {**self.groups, option: [*self.groups[option], *targets]}
        self.targets.extend(targets)

    def perform(self, planner: Planner, session: Session, signals: Signals) -> None:
        """Carry out what was planned; nothing in check mode."""
        if self._check_mode:
            return
        executor = Executor(
            planner, session.poller, signals, self._params.get("wait", True), self._ignore_partial_failure
        )
        pending = [target for target in self.targets if target.error is None and target not in self.skipped]
        session.progress.expect(sum(len(target.operations) for target in pending))
        for phase in self._phases(pending):
            executor.perform(phase, self._max_in_flight, lambda target: self._hold_back(target, session))

    def _await(self, planner: Planner) -> None:
        """Of those that would make the same, for example a volume for several LUNs, one is created first.

        :raises BadInput: the others could not wait for it
        """
        makers: dict[tuple[str, ...], Target] = {}
        for target in self.targets:
            made = target.resource.makes(target.desired) if target.desired and _creates(target) else ()
            if not made:
                continue
            first = makers.setdefault((target.resource.noun, *made), target)
            if first is not target:
                if not self._params.get("wait", True):
                    raise BadInput(f"wait: {target.name} also needs what {first.name} makes. Set wait: true.")
                self._awaiting.add(target)
                first.awaited = True
                for operation in target.operations:
                    planner.lookup.promise_all(operation.body)

    def skip(self, targets: Iterable[Target], reason: str) -> None:
        """Leave them out, unless they have ended."""
        self.skipped.update({target: f"{target.name}: {reason}" for target in targets if target.error is None})

    def leave_out(self, target: Target, reason: str) -> None:
        """Skip it although it is in error, and without a failure of the run."""
        target.error = None
        target.operations = []
        self.skipped[target] = reason
        self._left_out.add(target)

    def end_with(self, error: BaseException) -> None:
        """What ended the run ends those that are under way; what has ended stays, and the others were not begun."""
        for target in self.targets:
            done = self._planned and target.applied == len(target.operations)
            if done or target.error is not None or target in self.skipped or self._has_failed(target):
                continue
            if target.begun:
                target.error = error
                abandon(target.watches, error)
            else:
                why = "interrupted" if isinstance(error, Interrupted) else "ended by an error"
                self.skip([target], f"Not begun, because the run was {why}.")

    def result(
        self,
        error: BaseException | None,
        entry: Callable[[Target, Result], Result],
        label: Callable[[str, int, Target], str] = lambda option, number, target: (
            f"{option}[{number}] {target.mention}"
        ),
    ) -> Result:
        """The result of the run (docs/facts/job-contract.md, 4), with an entry for each target under its group.

        :param entry: target, its own result -> its entry
        :param label: group, number in it, target -> how the diff calls it
        """
        if error is not None:
            self.end_with(error)
        own = {target: self._own_result(target) for target in self.targets}
        flat = [result for target, result in own.items() if target not in self._left_out]
        watches = sorted((watch for target in self.targets for watch in target.watches), key=lambda watch: watch.since)
        result: Result = {
            "changed": any(one["changed"] for one in flat),
            "outcome": _overall(flat, error),
            **{option: [entry(target, own[target]) for target in group] for option, group in self.groups.items()},
            "jobs": [watch.describe() for watch in watches],
            "diff": self._diff(label),
        }
        _tell(result, flat, error)
        for target in self.targets:
            self.warnings.extend(target.warnings)
        return result

    def _phases(self, pending: Sequence[Target]) -> list[list[Target]]:
        """What can be carried out side by side, in order."""
        if not self._order:
            return [phase for phase in self._in_turn(pending) if phase]
        left = set(pending)
        levels = [
            [one for option in level for one in self.groups.get(option, ()) if one in left] for level in self._order
        ]
        creations = [phase for level in levels for phase in self._in_turn(t for t in level if not _goes(t))]
        deletions = [[target for target in level if _goes(target)] for level in reversed(levels)]
        return [phase for phase in (*creations, *deletions) if phase]

    def _in_turn(self, targets: Iterable[Target]) -> tuple[list[Target], list[Target]]:
        """Those that others wait for, and the others."""
        first: list[Target] = []
        others: list[Target] = []
        for target in targets:
            (others if target in self._awaiting else first).append(target)
        return first, others

    def _hold_back(self, target: Target, session: Session) -> bool:
        begun = any(other.begun for other in self.targets)
        if begun and session.deadline.passed():
            target.error = UMError("wait_timeout passed before it was begun.", outcome=TIMEOUT)
            return True
        if self._stop_on_failure:
            failed = next((other for other in self.targets if self._has_failed(other)), None)
            if failed is not None:
                self.skip([target], f"Not begun, because {failed.name} failed and stop_on_failure is set.")
        if any(self._gives_up(other.error) for other in self.targets):
            self.skip(
                [target], "Not begun, because another target failed with an error that would stop this one as well."
            )
        return target in self.skipped

    def _has_failed(self, target: Target) -> bool:
        """Whether it has ended, and not well; one that is under way has not."""
        if target.error is None and any(not watch.ended for watch in target.watches):
            return False
        ended = target.error is not None or target.begun
        return ended and has_failed(target, False, self._ignore_partial_failure)

    def _own_result(self, target: Target) -> Result:
        """What became of one, as the module for one object reports it."""
        result = target_result(target, self._check_mode, self._ignore_partial_failure)
        if target not in self.skipped:
            return result
        return {
            **{part: result[part] for part in (target.resource.noun, "jobs", "diff")},
            "changed": False,
            "outcome": SKIPPED,
            "msg": self.skipped[target],
            "not_applied": purposes_of(target)[1],
        }

    def _diff(self, label: Callable[[str, int, Target], str]) -> Result:
        """Before and after of all that change, each under its label."""
        diffs = {
            label(option, number, target): diff_of(target, self._check_mode)
            for option, group in self.groups.items()
            for number, target in enumerate(group)
            if target not in self.skipped
        }
        return {side: {name: diff[side] for name, diff in diffs.items() if diff[side]} for side in ("before", "after")}


def _creates(target: Target) -> bool:
    return bool(target.operations) and target.operations[0].creates


def _goes(target: Target) -> bool:
    return bool(target.operations) and target.operations[-1].deletes


def _overall(entries: Sequence[Result], error: BaseException | None) -> str:
    outcomes = {entry["outcome"] for entry in entries}
    if isinstance(error, Interrupted):
        return INTERRUPTED
    if error is not None and not any(entry["changed"] for entry in entries):
        return getattr(error, "outcome", UNKNOWN)
    if outcomes <= set(WELL) and error is None:
        return next((outcome for outcome in (SUBMITTED, "changed") if outcome in outcomes), "unchanged")
    if PARTIAL in outcomes or any(entry["changed"] and entry["outcome"] in WELL for entry in entries):
        return PARTIAL
    return worst(outcomes) or "failed"


def _tell(result: Result, entries: Sequence[Result], error: BaseException | None) -> None:
    """Why the run failed, if it did: the first reasons, and how many more there are."""
    failed = [entry for entry in entries if entry.get("failed") or entry["outcome"] == SKIPPED]
    if not failed and error is None:
        return
    reasons = [entry["msg"] for entry in failed if entry["outcome"] != SKIPPED]
    if error is not None:
        reasons.insert(0, getattr(error, "message", str(error)))
    left = sum(entry["outcome"] == SKIPPED for entry in failed)
    parts = [
        f"{len(failed) - left} of {len(entries)} targets failed." if len(failed) > left else "",
        first_of(reasons),
        f"{left} not begun." if left else "",
    ]
    result.update(failed=True, msg=" ".join(part for part in parts if part))
    refused = [entry["error"] for entry in failed if "error" in entry]
    if isinstance(error, Refused):
        refused.insert(0, error.error)
    if refused:
        result["error"] = refused[0]
