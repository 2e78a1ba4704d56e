# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The object after a run: read, compared with what was sent, and waited for where the server shows it late.

docs/facts/job-contract.md, rules 10 and 12. Private to this collection.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

from .._base.errors import BadInput, UMError
from .._jobs.job import SUCCESS
from .._model.resource import Finding, Operation, Resource, same
from .planner import Planner, by_kind
from .target import Target
from .visibility import ACQUISITION, VisibilityWait

READ_BACK_LAG = 60.0  # seconds within which what a job has made is read back (docs/facts/server.md, 4.9: unknown)
NEXT_ACQUISITION = "Unified Manager shows it with its next acquisition, within 15 minutes."
PATIENCE = 3.0  # seconds for what UM has answered without a job


def lag_of(resource: Resource) -> float:
    """Seconds after the end of a job within which its collection may not show what it did."""
    if resource.lags:
        return ACQUISITION
    return READ_BACK_LAG if resource.owes_job else 0.0


class ReadBack:
    """Gives each target the record that the server shows at the end of the run.

    For several targets of a kind it reads one list, where that is fewer requests than one for each.

    :param targets: all of the run
    """

    def __init__(self, planner: Planner, targets: Sequence[Target]) -> None:
        self._planner = planner
        self._reader = planner.reader
        self._deadline = planner.client.deadline
        self._together = len(targets) > 1
        self._later: list[Target] = []
        self._pages = {group[0].resource.noun: planner.pages_of(group[0].resource) for group in by_kind(targets)}
        planner.forget_lists()

    def after(self, target: Target) -> Iterator[VisibilityWait]:
        """What is done when a target has ended; what others may need is waited for at once."""
        if self._together and not target.resource.lags and not target.awaited:
            self._later.append(target)
        else:
            yield from self.steps(target)

    def take_lists(self) -> list[Target]:
        """Read lists for those that have ended; returns those that have to be read one by one."""
        left = []
        for group in by_kind(target for target in self._later if target.begun):
            resource = group[0].resource
            named = [target for target in group if _is_listed(resource.find(target.desired))]
            if len(named) > max(1, self._pages[resource.noun]):
                with contextlib.suppress(UMError):
                    self._planner.cache_list(resource.collection, [resource.find(one.desired) for one in named])
                    group = [target for target in group if target not in named or not self._take_from_list(target)]
            left += group
        self._planner.forget_lists()
        return left

    def _take_from_list(self, target: Target) -> bool:
        """Take the listed record, with what cannot have changed since the plan; whether that is enough."""
        record = self._reader.listed(target.resource.find(target.desired), target)
        if record is None:
            target.record = None
            return target.deleted
        known = target.planned or {}
        lasting = {name: known[name] for name in target.resource.lasting if name in known}
        target.key = target.resource.key_of(record)
        target.record = {**lasting, **record}
        says_all = target.resource.complete is same
        return not target.deleted and (not says_all or self.difference(target) is None)

    def steps(self, target: Target) -> Iterator[VisibilityWait]:
        """Read one object; yields what has to be waited for."""
        if not target.begun:
            return
        visibility = VisibilityWait(lambda: self._look(target), self._deadline, self._longest(target))
        if not visibility.ends():
            yield visibility
        self.conclude(target, visibility.missing, visibility.trouble)

    def until_gone(self, target: Target) -> Iterator[VisibilityWait]:
        """Wait until the inventory no longer shows what another run has deleted."""
        key = target.key
        if key is None or not target.resource.lags:
            return
        shown = f"the {target.resource.title} is still shown"
        reader, resource = self._reader, target.resource
        visibility = VisibilityWait(
            lambda: shown if reader.exists(resource, key) else None, self._deadline, ACQUISITION
        )
        if not visibility.ends():
            yield visibility
        if visibility.missing:
            target.warnings.append(f"{target.name} (key {key}) is gone, but {shown}. {NEXT_ACQUISITION}")

    def conclude(self, target: Target, missing: str | None, trouble: UMError | None) -> None:
        """What the last look means for the target.

        :param missing: what is not as it was sent
        :param trouble: why the object cannot be read; once a change was accepted, that is no failure of the run
        """
        if trouble is not None:
            self._keep_planned(target)
            if target.error is None and target.applied:
                what = "deleted" if target.deleted else "changed"
                target.warnings.append(f"{target.name} was {what}, but cannot be read back yet: {trouble}")
        elif missing is not None and _was_answered_at_once(target):
            target.error = UMError(
                f"Unified Manager answered that it was done, but {missing}. Running the task again is safe.",
                outcome="unknown",
            )
        elif missing is not None:
            self._keep_planned(target)
            key = f" (key {target.key})" if target.key else ""
            target.warnings.append(f"{target.name}{key}: its job succeeded, but so far {missing}. {NEXT_ACQUISITION}")

    def difference(self, target: Target) -> str | None:
        """What of the record is not as it was sent, as a part of a sentence; None where all is, or it does not tell."""
        if not _is_compared(target):
            return None
        applied = target.operations[: target.applied]
        at_once = _was_answered_at_once(target)
        try:
            planned = self._planner.operations_for(target)
        except BadInput as error:
            return f"what it shows does not fit: {error.message}" if at_once else None
        for operation in planned:
            for done in applied:
                text = _difference(done, operation, target, at_once)
                if text:
                    return text
        return None

    def _look(self, target: Target) -> str | None:
        target.record = self._reader.read_again(target)
        missing = self.difference(target)
        if target.deleted and missing is None:
            target.record = None  # UM may still show it as one that goes
        return missing

    def _longest(self, target: Target) -> float:
        if not _is_compared(target):
            return 0.0
        return PATIENCE if _was_answered_at_once(target) else lag_of(target.resource)

    @staticmethod
    def _keep_planned(target: Target) -> None:
        """What is known of an object that cannot be seen."""
        if target.deleted:
            target.record = None
        elif target.applied and target.applied == len(target.operations) and target.planned is not None:
            key = {"key": target.key} if target.key and "key" not in target.planned else {}
            target.record = {**target.planned, **key}


def _is_listed(finding: Finding) -> bool:
    return finding.name is not None and finding.collection is not None


def _is_compared(target: Target) -> bool:
    """Whether the server must show all that was planned: everything was done, and nothing went wrong."""
    done = target.error is None and bool(target.operations) and target.applied == len(target.operations)
    return done and all(watch.outcome == SUCCESS for watch in target.watches)


def _was_answered_at_once(target: Target) -> bool:
    """Whether no job tells how the change ended; an object that shows its own progress has no job."""
    return not target.resource.owes_job and all(watch.source is not None for watch in target.watches)


def _difference(done: Operation, planned: Operation, target: Target, at_once: bool) -> str | None:
    """How an operation that would have to be sent again differs from what was sent."""
    if not done.overlaps(planned):
        return None
    if done.deletes:
        return f"the {target.resource.title} is still there"
    if planned.creates:
        return f"the {target.resource.title} is not there"
    for option in sorted(set(done.after) & set(planned.after) - set(done.hidden)):
        shown = planned.before.get(option)
        if shown is not None or at_once:
            return f"{option} is {_text(shown)} and not {_text(planned.after[option])}"
    return None


def _text(value: Any) -> str:
    return "empty" if value in (None, "", [], {}) else repr(value)
