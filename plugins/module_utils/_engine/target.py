# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One wish on its way from options to result. Private to this collection."""

from __future__ import annotations

from typing import Any

from .._base.errors import Interrupted, UMError
from .._jobs.job import FAILED, PARTIAL, SUCCESS, UNKNOWN, WARNING
from .._jobs.watch import Source, Watch
from .._model.resource import Operation, Params, Record, Resource


class Target:
    """What is known of one wish; the engine fills it, the report reads it.

    :ivar listed: the record that a list has just shown, so that it need not be read for the plan
    :ivar record: UM's record as last read, None when there is no such object
    :ivar planned: the record as it will be when all operations are done
    :ivar operations: the plan; ``applied`` counts those that are done
    :ivar follow: where a change shows how far it is that was begun before, when there is nothing else to do
    :ivar also_read: what was read before a change, as further keys of the result
    :ivar planned_at: when it was looked up, on the server's clock
    :ivar error: what stopped it
    """

    def __init__(self, resource: Resource, params: Params, listed: Record | None = None) -> None:
        self.resource = resource
        self.params = params
        self.listed = listed
        self.desired: Record = {}
        self.record: Record | None = None
        self.planned: Record | None = None
        self.key: str | None = None
        self.operations: list[Operation] = []
        self.follow: Source | None = None
        self.also_read: Record = {}
        self.applied = 0
        self.watches: list[Watch] = []
        self.planned_at: float | None = None
        self.warnings: list[str] = []
        self.error: BaseException | None = None

    @property
    def name(self) -> str:
        """How messages call it: ``LUN 'lun1'``."""
        return f"{self.resource.title} {self.mention!r}" if self.mention else self.resource.title

    @property
    def mention(self) -> str:
        """The text by which UM's jobs speak of it: the name as given, or as it follows from another option."""
        given = {name: value for name, value in self.params.items() if value is not None}
        return self.resource.called({**self.desired, **given})

    @property
    def has_work(self) -> bool:
        """Whether there is anything to send, or to wait for."""
        return self.error is None and bool(self.operations or self.follow or self.may_be_hidden)

    @property
    def may_be_hidden(self) -> bool:
        """Whether an object that shall be absent may be there, although the inventory does not show it."""
        return self.resource.lags and self.record is None and self.desired.get("state") == "absent"

    @property
    def begun(self) -> bool:
        """Whether this run has changed it, or has submitted a job that may."""
        return bool(self.applied or self.watches)

    @property
    def deleted(self) -> bool:
        """Whether this run has deleted it: all that was planned is done, and the last of it was a DELETE."""
        return bool(self.operations) and self.applied == len(self.operations) and self.operations[-1].deletes

    def forget(self, operation: Operation) -> None:
        """Somebody else has deleted the object: the operation that would do so is not part of the plan any more."""
        self.operations.remove(operation)
        self.record = self.planned = None

    def outcome(self, check_mode: bool) -> str:
        """unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.

        See docs/facts/job-contract.md, section 4.
        """
        if self.error is not None:
            own = self.error.outcome if isinstance(self.error, (UMError, Interrupted)) else UNKNOWN
            return PARTIAL if own == FAILED and self.applied else own
        at_best = "changed" if self.operations else "unchanged"
        if check_mode:
            return at_best
        last = self.watches[-1].outcome if self.watches else SUCCESS
        if last in (SUCCESS, WARNING):
            return PARTIAL if any(watch.outcome == PARTIAL for watch in self.watches) else at_best
        return PARTIAL if last == FAILED and self.applied else last

    def changed(self, check_mode: bool) -> bool:
        if self.applied or (self.operations and any(watch.may_have_changed for watch in self.watches)):
            return True
        if isinstance(self.error, UMError) and self.error.accepted:
            return True
        return check_mode and self.error is None and bool(self.operations)

    def failed(self, check_mode: bool, ignore_partial_failure: bool) -> bool:
        outcome = self.outcome(check_mode)
        if outcome == PARTIAL and ignore_partial_failure:
            return self.error is not None or self.watches[-1].outcome == FAILED
        return outcome not in ("unchanged", "changed", "submitted")

    def message(self) -> str | None:
        """Why it is not as wished, in whole sentences; None when all is well."""
        stopped = next((watch for watch in self.watches if watch.succeeded is not True), None)
        if self.error is None and (stopped is None or not stopped.ended):
            return None
        parts = []
        if self.error is not None:
            parts.append(getattr(self.error, "message", None) or f"{type(self.error).__name__}: {self.error}")
        if stopped is not None:
            parts.append(_sentence(stopped))
        if len(self.operations) > 1 and (self.applied or self.watches):
            parts.append(self._progress())
        return f"{self.name}: {' '.join(parts)}"

    def _progress(self) -> str:
        done, left = self.purposes()
        open_ended = [name for name in self._all_purposes() if name not in done + left]
        in_part = f" In part, or nobody knows: {', '.join(open_ended)}." if open_ended else ""
        return f"Applied: {', '.join(done) or 'nothing'}.{in_part} Not applied: {', '.join(left) or 'nothing'}."

    def purposes(self) -> tuple[list[str], list[str]]:
        """What was applied and what was not; a job that ended in part, or is not known to have ended, is in neither."""
        purposes = self._all_purposes()
        stopped = self.watches[-1] if self.watches and self.error is None and not self._is_followed() else None
        open_ended = stopped is not None and stopped.outcome not in (SUCCESS, WARNING, FAILED)
        unknown = isinstance(self.error, Interrupted) or (
            isinstance(self.error, UMError) and self.error.outcome == UNKNOWN
        )
        done = self._done()
        return purposes[:done], purposes[done + (open_ended or unknown) :]

    def _done(self) -> int:
        """How many changes UM has made; one that shows in the object how it goes on was made when it was accepted."""
        return min(len(self.operations), self.applied + self._is_followed())

    def _is_followed(self) -> bool:
        return bool(self.watches) and self.watches[-1].source is not None

    def warn_of_the_rest(self) -> None:
        """With ``wait: false`` only the first of several changes is submitted."""
        submitted, *left = self._all_purposes()[self.applied :]
        if left:
            self.warnings.append(
                f"{self.name}: UM takes one change at a time, so with wait: false only {submitted} was submitted;"
                f" {', '.join(left)} must wait for the next run, after that job has ended."
            )

    def _all_purposes(self) -> list[str]:
        return [operation.purpose for operation in self.operations]

    def diff(self, check_mode: bool) -> dict[str, Any]:
        """Before and after of what was asked for and is, or in check mode would be, applied."""
        planned = check_mode and self.error is None
        shown = self.operations if planned else self.operations[: max(self._done(), self._under_way())]
        before: Record = {}
        after: Record = {}
        for operation in shown:
            before.update({name: value for name, value in operation.before.items() if name not in before})
            after.update(operation.after)
        return {"before": before, "after": after}

    def _under_way(self) -> int:
        return self.applied + 1 if self.watches and self.watches[-1].outcome in ("submitted", PARTIAL) else 0


def _sentence(watch: Watch) -> str:
    text = watch.sentence()
    return " ".join([text[0].upper() + text[1:], *watch.advice()])
