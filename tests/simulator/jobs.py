# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs: the state machine over real time (docs/facts/server.md, 4). What is sent of a job is in job_view.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from .clock import Agenda
from .keys import KeyMaker
from .outcomes import NATURAL, Outcome, Outcomes
from .paths import JOBS, link
from .switches import Switches


class TaskFailure(Exception):
    """Raised by the work of a task: what ONTAP refused.

    :param reason: the task's failure_reason
    :param job_status: how the job ends by it
    """

    def __init__(self, reason: str, job_status: str = "error") -> None:
        super().__init__(reason)
        self.reason = reason
        self.job_status = job_status


class Task:
    """A step of a job.

    :param work: called when the task ends, with the job; may raise TaskFailure, and may return the text of a warning
    """

    def __init__(self, kind: str, description: str, work: Callable[[Job], str | None] | None = None) -> None:
        self.kind = kind
        self.description = description
        self.work = work
        self.key = ""
        self.state = "queued"
        self.status = "normal"
        self.started: float | None = None
        self.ended: float | None = None
        self.failure_reason: str | None = None

    def end(self, moment: float, status: str, reason: str | None = None) -> None:
        self.state = "completed"
        self.status = status
        self.ended = moment
        self.failure_reason = reason


class Job:
    """One job.

    :ivar results: {name: value} for job_results
    :ivar at_end: what is done when it has ended, such as showing its objects
    :ivar changed: the moment of its last change
    :ivar ended: the moment of its end, or None
    """

    def __init__(self, key: str, name: str, kind: str, tasks: Sequence[Task], outcome: Outcome = NATURAL) -> None:
        self.key = key
        self.name = name
        self.kind = kind
        self.tasks = list(tasks)
        self.outcome = outcome
        self.parent: Job | None = None
        self.children: list[Job] = []
        self.results: dict[str, str] = {}
        self.at_end: list[Callable[[], None]] = []
        self.state = "running"
        self.status = "normal"
        self.submitted = 0.0
        self.changed = 0.0
        self.ended: float | None = None
        self.tasks_done = False
        self.forgotten = False

    @property
    def final(self) -> bool:
        return self.ended is not None

    def show(self) -> None:
        """Let GETs see what the job has done."""
        for action in self.at_end:
            action()

    def children_running(self) -> bool:
        return any(not child.final for child in self.children)


class Jobs:
    """All jobs of this UM; ``agenda`` moves them on.

    :ivar at_work: the job whose task is doing its work right now
    """

    indexed = ("key", "parent_job_key")

    def __init__(self, agenda: Agenda, switches: Switches, keys: KeyMaker, outcomes: Outcomes) -> None:
        self._agenda = agenda
        self._switches = switches
        self._keys = keys
        self._outcomes = outcomes
        self._jobs: dict[str, Job] = {}
        self.at_work: Job | None = None

    def submit(self, name: str, kind: str, tasks: Sequence[Task], method: str = "", path: str = "") -> Job:
        """Start a job; ``method`` and ``path`` are those of the request, for forced outcomes."""
        outcome = self._outcomes.take(kind, method, path)
        job = self._new_job(name, kind, tasks, outcome)
        seconds = self._switches["job_seconds"] if outcome.seconds is None else outcome.seconds
        queued = self._switches["initial_job_state"]
        steps = max(1, len(job.tasks)) + (queued != "running")
        pace = seconds / steps
        if queued == "running":
            self._begin(job, pace)
        else:
            job.state = queued
            self._agenda.after(pace, lambda: self._begin(job, pace))
        return job

    def get(self, key: str) -> Job | None:
        """The job, if UM shows it."""
        job = self._jobs.get(key)
        return job if job is not None and self._is_shown(job) else None

    def newest_first(self) -> Iterator[Job]:
        return (job for job in reversed(list(self._jobs.values())) if self._is_shown(job))

    def ever(self) -> list[Job]:
        """All that were submitted, oldest first, whether they are shown or not."""
        return list(self._jobs.values())

    def children_of(self, key: str) -> list[Job]:
        parent = self._jobs.get(key)
        return [child for child in reversed(parent.children) if self._is_shown(child)] if parent else []

    def lose_all(self) -> None:
        """UM forgets every job; those that run do nothing more, and what they have done shows."""
        for job in self._jobs.values():
            job.forgotten = True
            if not job.final:
                job.show()
        self._jobs.clear()

    def date(self, moment: float | None) -> Any:
        return None if moment is None else self._agenda.clock.date(moment)

    def link(self, job: Job) -> dict[str, Any]:
        if self._switches["job_links"] == "encoded":
            return {"self": {"href": f"/api{JOBS}/{quote(job.key, safe='')}"}}
        return link(JOBS, job.key)

    def _new_job(self, name: str, kind: str, tasks: Sequence[Task], outcome: Outcome) -> Job:
        now = self._agenda.now()
        stem = self._keys.job_stem(int(self._agenda.clock.date(now).timestamp() * 1000))
        job = Job(self._keys.job_key(stem), name, kind, tasks, outcome)
        for task in job.tasks:
            task.key = self._keys.job_key(stem)
        job.submitted = job.changed = now
        self._jobs[job.key] = job
        return job

    def _is_shown(self, job: Job) -> bool:
        now = self._agenda.now()
        if now < job.submitted + job.outcome.never_seen:
            return False
        if job.ended is None:
            return True
        retention = self._switches["job_retention"]
        return not job.outcome.lost and not (retention and now >= job.ended + retention)

    def _begin(self, job: Job, pace: float) -> None:
        job.state = "running"
        job.changed = self._agenda.now()
        for child in job.outcome.children:
            self._spawn(job, child)
        if job.tasks:
            self._start_task(job, 0, pace)
        else:
            self._agenda.after(pace, lambda: self._tasks_done(job))

    def _spawn(self, parent: Job, description: dict[str, Any]) -> None:
        reason = description.get("failure_reason")
        status = description.get("status", "error" if reason else "normal")
        outcome = Outcome(
            state=description.get("state"), status=status, failures=[{"task": 0, "reason": reason}] if reason else []
        )
        kind = description.get("type", "spawned")
        child = self._new_job(description.get("name", kind), kind, [Task(kind, description.get("name", kind))], outcome)
        child.parent = parent
        parent.children.append(child)
        seconds = description.get("seconds", self._switches["job_seconds"])
        self._begin(child, seconds)

    def _start_task(self, job: Job, index: int, pace: float) -> None:
        task = job.tasks[index]
        task.state = "running"
        task.started = job.changed = self._agenda.now()
        self._agenda.after(pace, lambda: self._end_task(job, index, pace))

    def _end_task(self, job: Job, index: int, pace: float) -> None:
        if job.forgotten:
            return
        task, now = job.tasks[index], self._agenda.now()
        job.changed = now
        try:
            warning = self._work(job, index)
            task.end(now, "warning" if warning is not None else "normal", warning)
        except TaskFailure as failure:
            task.end(now, "error", failure.reason)
            job.status = failure.job_status
        if job.status not in ("normal", "warning") or not job.outcome.works:
            for later in job.tasks[index + 1 :]:
                later.end(now, "skipped")
            if not job.outcome.works:
                task.status = "skipped"
            self._tasks_done(job)
        else:
            if task.status == "warning":
                job.status = "warning"
            if index + 1 < len(job.tasks):
                self._start_task(job, index + 1, pace)
            else:
                self._tasks_done(job)

    def _work(self, job: Job, index: int) -> str | None:
        """Do what the task does, or what is wanted of it instead; returns the text of a warning."""
        task, last = job.tasks[index], len(job.tasks) - 1
        reason = job.outcome.failure_of(index, task.kind, last)
        if reason is not None:
            raise TaskFailure(reason)
        if not job.outcome.works:
            return None
        self.at_work = job
        try:
            warning = task.work(job) if task.work else None
        finally:
            self.at_work = None
        forced = job.outcome.warning_of(index, task.kind, last)
        return warning if forced is None else forced

    def _tasks_done(self, job: Job) -> None:
        job.tasks_done = True
        if not job.children_running() or self._switches["parent_ends_before_children"]:
            self._end(job)

    def _end(self, job: Job) -> None:
        if job.forgotten or job.final:
            return
        job.state = job.outcome.state or "completed"
        job.status = job.outcome.status or job.status
        job.ended = job.changed = self._agenda.now()
        job.show()
        parent = job.parent
        if parent is not None:
            parent.changed = job.ended
            if parent.tasks_done and not parent.children_running():
                self._end(parent)
