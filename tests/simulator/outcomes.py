# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the next matching jobs are made to end, whatever the state of the world says (control API)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .descriptions import check_fields, check_patterns, described

OF_A_REASON = {"task": int | str, "reason": str}
OF_A_CHILD = {
    "name": str,
    "type": str,
    "state": str,
    "status": str,
    "seconds": float,
    "failure_reason": str,
}


@dataclass
class Outcome:
    """What a test wants of a job. Everything that is left out follows from the world.

    :ivar type: regular expression for the job's type; likewise ``method`` and ``path`` for its request
    :ivar times: how many jobs it is for
    :ivar seconds: how long the job takes
    :ivar state: its last state; by default completed
    :ivar status: its last status
    :ivar running_state: its state until then
    :ivar failures: failing tasks: {"task": index or regular expression for its type, "reason": text};
        a bare text is the reason of the last task
    :ivar warnings: the same for tasks that do their work and warn
    :ivar work: whether the tasks do their work: all or none; by default none when the status is error, or the
        state is aborted, and no task fails
    :ivar children: spawned jobs: {"name", "type", "state", "status", "seconds", "failure_reason"}
    :ivar results: job_results instead of the real ones
    :ivar omit: fields that the job never shows, such as complete_time
    :ivar lost: the job is unknown (404) once it has ended
    :ivar never_seen: seconds for which the job is unknown at first
    """

    type: str = ""
    method: str = ""
    path: str = ""
    times: int = 1
    seconds: float | None = None
    state: str | None = None
    status: str | None = None
    running_state: str | None = None
    failures: list[str | dict[str, Any]] = field(default_factory=list)
    warnings: list[str | dict[str, Any]] = field(default_factory=list)
    work: str | None = None
    children: list[dict[str, Any]] = field(default_factory=list)
    results: list[dict[str, Any]] | None = None
    omit: list[str] = field(default_factory=list)
    lost: bool = False
    never_seen: float = 0.0

    def fits(self, kind: str, method: str, path: str) -> bool:
        return (
            bool(re.search(self.type, kind))
            and re.fullmatch(self.method or ".*", method, re.IGNORECASE) is not None
            and bool(re.search(self.path, path))
        )

    @property
    def works(self) -> bool:
        if self.work:
            return self.work == "all"
        return bool(self.failures) or not (self.status == "error" or self.state == "aborted")

    def failure_of(self, index: int, kind: str, last: int) -> str | None:
        return _reason(self.failures, index, kind, last)

    def warning_of(self, index: int, kind: str, last: int) -> str | None:
        return _reason(self.warnings, index, kind, last)


def _reason(entries: list[str | dict[str, Any]], index: int, kind: str, last: int) -> str | None:
    for entry in entries:
        task, reason = (last, entry) if isinstance(entry, str) else (entry.get("task", last), entry.get("reason", ""))
        if task == index or (isinstance(task, str) and re.search(task, kind)):
            return reason
    return None


NATURAL = Outcome()


class Outcomes:
    """The outcomes that wait for their jobs, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Outcome] = []

    def add(self, description: dict[str, Any]) -> None:
        """:raises ValueError: a field that no Outcome has, a value of another type, or a bad regular expression"""
        outcome = described(Outcome, description)
        for entry in (*outcome.failures, *outcome.warnings):
            if isinstance(entry, dict):
                check_fields("a failure or a warning", entry, OF_A_REASON)
        for child in outcome.children:
            check_fields("a child", child, OF_A_CHILD)
        if outcome.work not in (None, "all", "none"):
            raise ValueError(f"work is all or none, not {outcome.work!r}")
        tasks = [one.get("task") for one in (*outcome.failures, *outcome.warnings) if isinstance(one, dict)]
        check_patterns(outcome.type, outcome.method, outcome.path, *(task for task in tasks if isinstance(task, str)))
        self._waiting.append(outcome)

    def take(self, kind: str, method: str, path: str) -> Outcome:
        """What is wanted of a job that is submitted now."""
        for outcome in self._waiting:
            if outcome.fits(kind, method, path):
                outcome.times -= 1
                if outcome.times <= 0:
                    self._waiting.remove(outcome)
                return outcome
        return NATURAL

    def clear(self) -> None:
        self._waiting.clear()

    def waiting(self) -> list[dict[str, Any]]:
        return [dict(vars(outcome)) for outcome in self._waiting]
