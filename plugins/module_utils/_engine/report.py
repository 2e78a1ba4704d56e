# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answer for one target. Private to this collection."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from .._base.errors import Refused
from .._jobs.job import FAILED, PARTIAL, SUBMITTED, UNKNOWN
from .._jobs.watch import INTERRUPTED, TIMEOUT
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
    outcome = target.outcome(check_mode)
    result: Result = {
        "changed": target.changed(check_mode),
        "outcome": outcome,
        target.resource.noun: _shown(target, target.planned if check_mode and target.error is None else target.record),
        "jobs": [watch.describe() for watch in target.watches],
        "diff": target.diff(check_mode),
        **target.also_read,
    }
    message = target.message()
    if target.failed(check_mode, ignore_partial_failure):
        result["failed"] = True
        result["msg"] = message or f"{target.name}: the outcome is {outcome}."
    elif message:
        target.warnings.append(message)
    if isinstance(target.error, Refused):
        result["error"] = target.error.error
    if check_mode and target.error is None:
        result["planned"] = [operation.purpose for operation in target.operations]
    elif target.applied < len(target.operations) and (target.applied or target.watches):
        result["applied"], result["not_applied"] = target.purposes()
    return result


def _shown(target: Target, record: Record | None) -> Record | None:
    return None if record is None else target.resource.shown(record)
