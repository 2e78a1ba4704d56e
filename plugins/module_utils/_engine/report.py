# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is reported of one target. Private to this collection."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from .._base.errors import Interrupted, Refused, UMError
from .._jobs.job import FAILED, PARTIAL, SUBMITTED, SUCCESS, UNKNOWN, WARNING
from .._jobs.watched_job import INTERRUPTED, TIMEOUT, Watch
from .._model.resource import Record
from .target import Target

Result = dict[str, Any]
WELL = ("unchanged", "changed", SUBMITTED)
WORST_FIRST = (INTERRUPTED, UNKNOWN, TIMEOUT, FAILED, PARTIAL)


def worst(outcomes: Container[str]) -> str | None:
    """The outcome of several by which the run is judged; None where all ended well."""
    return next((outcome for outcome in WORST_FIRST if outcome in outcomes), None)


def target_result(target: Target, check_mode: bool, ignore_partial_failure: bool) -> Result:
    """The answer for one object; the same keys in success, check mode and failure.

    See docs/facts/job-contract.md, section 4.
    """
    outcome = outcome_of(target, check_mode)
    result: Result = {
        "changed": has_changed(target, check_mode),
        "outcome": outcome,
        target.resource.noun: _shown(target, target.planned if check_mode and target.error is None else target.record),
        "jobs": [watch.describe() for watch in target.watches],
        "diff": diff_of(target, check_mode),
        **target.also_read,
    }
    message = message_of(target)
    if has_failed(target, check_mode, ignore_partial_failure):
        result["failed"] = True
        result["msg"] = message or f"{target.name}: the outcome is {outcome}."
    elif message:
        target.warnings.append(message)
    if isinstance(target.error, Refused):
        result["error"] = target.error.error
    if check_mode and target.error is None:
        result["planned"] = [operation.purpose for operation in target.operations]
    elif target.applied < len(target.operations) and target.begun:
        result["applied"], result["not_applied"] = purposes_of(target)
    return result


def unchanged() -> Result:
    """What a result holds, beside the record, of a task that could not begin."""
    return {"jobs": [], "diff": {"before": {}, "after": {}}}


def outcome_of(target: Target, check_mode: bool) -> str:
    """unchanged, changed, partial, failed, submitted, timeout, interrupted or unknown.

    See docs/facts/job-contract.md, section 4.
    """
    if target.error is not None:
        own = target.error.outcome if isinstance(target.error, (UMError, Interrupted)) else UNKNOWN
        return PARTIAL if own == FAILED and target.applied else own
    at_best = "changed" if target.operations else "unchanged"
    if check_mode:
        return at_best
    last = target.watches[-1].outcome if target.watches else SUCCESS
    if last in (SUCCESS, WARNING):
        return PARTIAL if any(watch.outcome == PARTIAL for watch in target.watches) else at_best
    return PARTIAL if last == FAILED and target.applied else last


def has_changed(target: Target, check_mode: bool) -> bool:
    """Whether the server was changed, or may have been; in check mode, whether it would be."""
    if target.applied or (target.operations and any(watch.may_have_changed for watch in target.watches)):
        return True
    if isinstance(target.error, UMError) and target.error.accepted:
        return True
    return check_mode and target.error is None and bool(target.operations)


def has_failed(target: Target, check_mode: bool, ignore_partial_failure: bool) -> bool:
    """Whether the task fails."""
    outcome = outcome_of(target, check_mode)
    if outcome == PARTIAL and ignore_partial_failure:
        return target.error is not None or target.watches[-1].outcome == FAILED
    return outcome not in ("unchanged", "changed", "submitted")


def message_of(target: Target) -> str | None:
    """Why it is not as desired, in whole sentences; None when all is well."""
    stopped = next((watch for watch in target.watches if watch.succeeded is not True), None)
    if target.error is None and (stopped is None or not stopped.ended):
        return None
    parts = []
    if target.error is not None:
        parts.append(getattr(target.error, "message", None) or f"{type(target.error).__name__}: {target.error}")
    if stopped is not None:
        parts.append(_sentence(stopped))
        parts += _advice(target, stopped)
    if len(target.operations) > 1 and target.begun:
        parts.append(_progress(target))
    message = " ".join(parts)
    return message if message.casefold().startswith(target.name.casefold()) else f"{target.name}: {message}"


def _advice(target: Target, stopped: Watch) -> list[str]:
    """What helps against the failure of the operation that stopped it."""
    advice = target.operations[target.applied].advice if target.applied < len(target.operations) else ""
    return [advice] if advice and stopped.outcome in (FAILED, PARTIAL) else []


def _progress(target: Target) -> str:
    done, left = purposes_of(target)
    open_ended = [name for name in _all_purposes(target) if name not in done + left]
    in_part = f" Unknown, or in part: {', '.join(open_ended)}." if open_ended else ""
    return f"Applied: {', '.join(done) or 'nothing'}.{in_part} Not applied: {', '.join(left) or 'nothing'}."


def purposes_of(target: Target) -> tuple[list[str], list[str]]:
    """What was applied and what was not; a job that ended in part, or is not known to have ended, is in neither."""
    purposes = _all_purposes(target)
    stopped = target.watches[-1] if target.watches and target.error is None and not _is_followed(target) else None
    open_ended = stopped is not None and stopped.outcome not in (SUCCESS, WARNING, FAILED)
    unknown = isinstance(target.error, Interrupted) or (
        isinstance(target.error, UMError) and target.error.outcome == UNKNOWN
    )
    done = _done(target)
    return purposes[:done], purposes[done + (open_ended or unknown) :]


def _done(target: Target) -> int:
    """How many changes UM has made; one that shows in the object how it goes on was made when it was accepted."""
    return min(len(target.operations), target.applied + _is_followed(target))


def _is_followed(target: Target) -> bool:
    return bool(target.watches) and target.watches[-1].source is not None


def _all_purposes(target: Target) -> list[str]:
    return [operation.purpose for operation in target.operations]


def diff_of(target: Target, check_mode: bool) -> dict[str, Any]:
    """Before and after of what was asked for and is, or in check mode would be, applied."""
    planned = check_mode and target.error is None
    shown = target.operations if planned else target.operations[: max(_done(target), _under_way(target))]
    before: Record = {}
    after: Record = {}
    for operation in shown:
        before.update({name: value for name, value in operation.before.items() if name not in before})
        after.update(operation.after)
    return {"before": before, "after": after}


def _under_way(target: Target) -> int:
    return target.applied + 1 if target.watches and target.watches[-1].outcome in ("submitted", PARTIAL) else 0


def _sentence(watch: Watch) -> str:
    text = watch.sentence()
    return " ".join([text[0].upper() + text[1:], *watch.advice()])


def _shown(target: Target, record: Record | None) -> object:
    return None if record is None else target.resource.shown(record)
