# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Job record says: has it ended, and how (docs/facts/job-contract.md, 1). Private to this collection.

Two documents describe UM's jobs and disagree. The API document has ``state`` (running, completed) beside ``status``
(normal, warning, partial_failures, error); the vendor's guide has one ``state`` with the words of ``status``, in upper
case. Both are read here, case-folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .._base.lenient import integer, text

SUCCESS, WARNING, PARTIAL, FAILED, UNKNOWN, SUBMITTED = (
    "success",
    "warning",
    "partial",
    "failed",
    "unknown",
    "submitted",
)

_BY_STATUS = {"normal": SUCCESS, "warning": WARNING, "partial_failures": PARTIAL, "error": FAILED}
_GUIDE_FINAL = {"normal": SUCCESS, "partial_failures": PARTIAL, "error": FAILED}
_STOPPED = {"aborted", "cancelled", "canceled", "failed"}
_RUNNING = {"running", "queued", "waiting", "aborting"}
_TASK_DONE = {"normal", "warning", ""}


class Children(NamedTuple):
    """Counts of the jobs that a job spawned."""

    total: int = 0
    running: int = 0
    successful: int = 0
    failed: int = 0
    aborted: int = 0


NO_CHILDREN = Children()


class Failure(NamedTuple):
    """A task, or a spawned job, that failed, in UM's words."""

    task: str | None
    description: str | None
    reason: str


class Job(NamedTuple):
    """One look at a Job.

    ``outcome`` is one of submitted (still running), success, warning, partial, failed, unknown.
    ``failures`` are the failed tasks; ``remarks`` the texts of tasks with warnings,
    ``descriptions`` those of all tasks. ``settles_as`` is set in the guide's state ``warning`` once no task and no
    child runs: the outcome that it counts as when that stays so for a while.
    """

    key: str
    name: str | None
    type: str | None
    state: str | None
    status: str | None
    parent: str | None
    submit_time: str | None
    complete_time: str | None
    results: dict[str, str]
    tasks_total: int
    tasks_completed: int
    failures: tuple[Failure, ...]
    remarks: tuple[str, ...]
    descriptions: tuple[str, ...]
    children: Children
    outcome: str
    settles_as: str | None = None

    @property
    def finished(self) -> bool:
        return self.outcome != SUBMITTED

    @property
    def succeeded(self) -> bool | None:
        """None while the job has not finished."""
        return self.outcome in (SUCCESS, WARNING) if self.finished else None

    @property
    def texts(self) -> list[str]:
        """All texts of the job; one of them may name the object that it is about."""
        return [text for text in (self.name, *self.remarks, *self.descriptions) if text]

    def result(self, name: str) -> str | None:
        """A value of ``job_results``; UM's documents spell the names in different cases."""
        wanted = name.casefold()
        return next((value for key, value in self.results.items() if key.casefold() == wanted), None)


def verdict(state: Any, status: Any, complete_time: Any, children: Children = NO_CHILDREN) -> str:
    """How a job stands: the one table for both dialects of state."""
    return _with_children(_own_verdict(_word(state), _word(status), bool(complete_time)), children)


def _own_verdict(state: str, status: str, has_ended: bool) -> str:
    if state in _STOPPED:
        return FAILED
    if state in _GUIDE_FINAL and status in ("", state):
        return _GUIDE_FINAL[state]
    if state == "warning" and status in ("", state) and has_ended:
        return WARNING
    if state == "completed" or (has_ended and state not in _RUNNING):
        return _BY_STATUS.get(status, UNKNOWN)
    return SUBMITTED


def _with_children(own: str, children: Children) -> str:
    if children.running > 0:
        return SUBMITTED
    if own in (SUCCESS, WARNING) and children.failed + children.aborted > 0:
        return PARTIAL if children.successful > 0 else FAILED
    return own


def _settles_as(state: str, status: str, tasks: list[Mapping[str, Any]], children: Children) -> str | None:
    """What a job in the guide's state ``warning`` has come to; None while something of it runs.

    A job without tasks tells nothing of how far it is.
    """
    if state != "warning" or not tasks or children.running or not all(map(_ended, tasks)):
        return None
    own = _BY_STATUS.get(status, WARNING)
    if own in (SUCCESS, WARNING):
        own = WARNING
        if any(map(_failed, tasks)):
            own = PARTIAL if any(map(_done, tasks)) else FAILED
    return _with_children(own, children)


def parse(record: Mapping[str, Any]) -> Job:
    """A Job from UM's record; numbers may arrive as text, and fields of another wrong type count as absent."""
    tasks = [task for task in _list(record.get("task_reports")) if isinstance(task, Mapping)]
    children = _children(record.get("spawned_job_summary"))
    outcome = verdict(record.get("state"), record.get("status"), record.get("complete_time"), children)
    settles_as = _settles_as(_word(record.get("state")), _word(record.get("status")), tasks, children)
    return Job(
        key=text(record.get("key")) or "",
        name=text(record.get("name")),
        type=text(record.get("type")),
        state=text(record.get("state")),
        status=text(record.get("status")),
        parent=text(record.get("parent_job_key")),
        submit_time=text(record.get("submit_time")),
        complete_time=text(record.get("complete_time")),
        results=_results(record.get("job_results")),
        tasks_total=len(tasks),
        tasks_completed=sum(map(_done, tasks)),
        failures=tuple(_failure(task) for task in tasks if _failed(task)),
        remarks=tuple(_remark(task) for task in tasks if _word(task.get("status")) == "warning"),
        descriptions=tuple(filter(None, (text(task.get("description")) for task in tasks))),
        children=children,
        outcome=outcome,
        settles_as=None if outcome != SUBMITTED else settles_as,
    )


def _results(value: Any) -> dict[str, str]:
    found = [(text(one.get("name")), _scalar(one.get("value"))) for one in _list(value) if isinstance(one, Mapping)]
    return {name: result for name, result in found if name is not None and result is not None}


def _scalar(value: Any) -> str | None:
    return str(value) if isinstance(value, bool) else text(value)


def _ended(task: Mapping[str, Any]) -> bool:
    state = _word(task.get("state"))
    return state in _STOPPED or state == "completed" or (bool(task.get("complete_time")) and state not in _RUNNING)


def _done(task: Mapping[str, Any]) -> bool:
    return _word(task.get("state")) == "completed" and _word(task.get("status")) in _TASK_DONE


def _failed(task: Mapping[str, Any]) -> bool:
    if _word(task.get("status")) in ("warning", "skipped"):
        return False
    return _word(task.get("status")) in ("error", "failed") or bool(text(task.get("failure_reason")))


def _failure(task: Mapping[str, Any]) -> Failure:
    name, description = text(task.get("name")), text(task.get("description"))
    return Failure(name, description, text(task.get("failure_reason")) or "no reason given")


def _remark(task: Mapping[str, Any]) -> str:
    what = text(task.get("description")) or text(task.get("name")) or "a task"
    reason = text(task.get("failure_reason"))
    return f"{what}: {reason}" if reason else what


def _children(summary: Any) -> Children:
    if not isinstance(summary, Mapping):
        return NO_CHILDREN
    return Children(*(_count(summary.get(name + "_jobs")) for name in Children._fields))


def _count(value: Any) -> int:
    return max(integer(value) or 0, 0)


def _word(value: Any) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
