# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries out plans: submits operations, waits for their jobs, reads the objects back. Private to this collection."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Union

from .._base.errors import Refused, UMError
from .._jobs.children import name_failed_children
from .._jobs.job import FAILED, PARTIAL, SUCCESS, UNKNOWN, Job
from .._jobs.other_runs import OtherRuns, Overtaken, Sought
from .._jobs.poller import JobPoller
from .._jobs.submission import settle, submit, um_jobs
from .._jobs.watched_job import TIMEOUT, Source, Watch
from .._model.resource import Operation, Record
from .._um.transport import Request
from .planner import Planner
from .read_back import ReadBack, lag_of
from .signals import Signals
from .target import Target
from .visibility import VisibilityWait

Wait = Union[Watch, VisibilityWait]
Pending = deque[tuple[Target, Iterator[Wait]]]
UnderWay = dict[Wait, tuple[Target, Iterator[Wait]]]


class Executor:
    """Carries out plans; each Target keeps its result, including its error.

    :param wait: False returns as soon as a job was submitted
    :param ignore_partial_failure: a job that ends in partial failures does not stop its target
    """

    def __init__(
        self,
        planner: Planner,
        poller: JobPoller,
        signals: Signals,
        wait: bool = True,
        ignore_partial_failure: bool = False,
    ) -> None:
        self._planner = planner
        self._reader = planner.reader
        self._client = planner.client
        self._deadline = planner.client.deadline
        self._poller = poller
        self._signals = signals
        self._wait = wait
        self._ignore_partial_failure = ignore_partial_failure
        self._other_runs = OtherRuns(planner.client)
        self._read_back = ReadBack(planner, ())

    def perform(
        self,
        targets: Sequence[Target],
        max_in_flight: int = 1,
        hold_back: Callable[[Target], bool] = lambda target: False,
    ) -> None:
        """Carry out the plans, at most so many targets at a time; a place is filled again as soon as one is free.

        :param hold_back: asked before a target is begun; True leaves it out
        """
        pending = deque((target, self._steps(target)) for target in targets if target.has_work)
        self._read_back = ReadBack(self._planner, targets)
        try:
            self._run(pending, max_in_flight, hold_back)
            left: Pending = deque((target, self._read_back.steps(target)) for target in self._read_back.take_lists())
            self._run(left, len(left))
        finally:
            self._other_runs.close()

    def _run(
        self,
        pending: Pending,
        max_in_flight: int,
        hold_back: Callable[[Target], bool] = lambda target: False,
    ) -> None:
        under_way: UnderWay = {}
        while pending or under_way:
            if pending and len(under_way) < max_in_flight:
                target, steps = pending.popleft()
                if not hold_back(target):
                    self._advance(target, steps, under_way)
                continue
            for wait in self._next(under_way):
                self._advance(*under_way.pop(wait), under_way)

    def _next(self, under_way: UnderWay) -> Sequence[Wait]:
        """Wait until something has ended: jobs, or what the server shows late."""
        watches = [wait for wait in under_way if isinstance(wait, Watch)]
        visibilities = [wait for wait in under_way if isinstance(wait, VisibilityWait)]
        if not visibilities:
            return self._poller.wait_for_next(watches)
        due = min(visibility.due for visibility in visibilities)
        ended = self._poller.wait_for_next(watches, until=due) if watches else []
        if not ended:
            self._deadline.pause(due - self._deadline.now())
        return [*ended, *(visibility for visibility in visibilities if visibility.ends())]

    def _advance(self, target: Target, steps: Iterator[Wait], under_way: UnderWay) -> None:
        try:
            under_way[next(steps)] = (target, steps)
        except StopIteration:
            pass
        except UMError as error:
            target.error = error
            self._advance(target, self._read_back.after(target), under_way)

    def _steps(self, target: Target) -> Iterator[Wait]:
        """Submit one operation after the other; yields each job that must end before the next."""
        try:
            if target.may_be_hidden:
                self._other_runs.look_for(_sought(target))
            yield from self._carry_out(target)
        except Overtaken as error:
            yield from self._after_another(target, error.job)

    def _carry_out(self, target: Target) -> Iterator[Wait]:
        for operation in list(target.operations):
            if target.applied and self._deadline.passed():
                raise UMError(
                    f"wait_timeout passed before {operation.purpose} was begun; it was not sent.", outcome=TIMEOUT
                )
            watch = self._submit(target, operation)
            if watch is None:
                if operation not in target.operations:
                    yield from self._read_back.until_gone(target)
                continue
            if not self._wait:
                _warn_of_the_rest(target)
                return
            yield watch
            self._settle(target, operation, watch)
            target.warnings += watch.remarks
            if not self._may_go_on(watch):
                break
            target.applied += 1
        if target.follow and self._wait:
            watch = self._follow(target, target.follow)
            yield watch
            target.warnings += watch.remarks
        yield from self._read_back.after(target)

    def _follow(self, target: Target, source: Source, begun_at: float | None = None) -> Watch:
        """Watch the object itself."""
        watch = Watch(str(target.key), self._poller.now(), target.name, source=source, begun_at=begun_at)
        target.watches.append(watch)
        return watch

    def _after_another(self, target: Target, job: Job) -> Iterator[Wait]:
        """A job that this run did not submit is at the object: wait for it and for what it made, and plan anew."""
        self._other_runs.known.add(job.key)
        whose = f"Job {job.key}, which was submitted before, is about {target.name}"
        if not job.finished:
            if not self._wait:
                raise UMError(f"{whose} and has not ended; nothing was sent.")
            watch = Watch(job.key, self._poller.now(), target.name)
            yield watch
            if watch.outcome in (TIMEOUT, UNKNOWN) and not watch.vanished:
                raise UMError(f"{whose}; nothing was sent. {watch.sentence()}", outcome=TIMEOUT)
            job = watch.job or job
        key = job.result(str(target.resource.result_name))
        if key and job.outcome != UNKNOWN:
            yield from self._until_shown(target, key, f"{whose} and has ended")
        before = target.operations
        self._planner.plan(target)
        self._planner.predict(target)
        if target.operations != before:
            target.warnings.append(f"{whose}. The task waited for it and planned anew.")
        yield from self._steps(target)

    def _until_shown(self, target: Target, key: str, whose: str) -> Iterator[Wait]:
        """Wait until the object that a finished job created is shown, so that it is not created twice."""
        missing = f"its {target.resource.title} {key} is not shown yet"
        visibility = VisibilityWait(
            lambda: None if self._reader.exists(target.resource, key) else missing,
            self._deadline,
            lag_of(target.resource),
        )
        if not self._wait and not visibility.ends():
            raise UMError(f"{whose}; {missing}, and nothing was sent. Run the task again later.")
        if self._wait and not visibility.ends():
            yield visibility
        if visibility.missing and self._deadline.passed():
            raise UMError(f"{whose}; {missing}, and nothing was sent. Run the task again later.", outcome=TIMEOUT)

    def _may_go_on(self, watch: Watch) -> bool:
        return bool(watch.succeeded) or (watch.outcome == PARTIAL and self._ignore_partial_failure)

    def _submit(self, target: Target, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done at once, and then it is applied."""
        resource = target.resource
        if operation.precheck:
            target.also_read = operation.precheck(self._client.get)
        reader = self._reader
        path = operation.path or (resource.collection if operation.creates else reader.path(target))
        body = reader.lookup.wire(operation.body)
        request = Request(operation.verb, path, operation.query, body, operation.files)
        guarded = operation.creates and not operation.path and resource.result_name
        sent_at = self._client.server_time()
        # Only what is sent holds signals back, not the wait for others.
        with self._other_runs.kept_off(_sought(target) if guarded else None), self._signals.held():
            try:
                accepted = submit(
                    self._client,
                    request,
                    is_done=lambda: self._holds(target, operation),
                    find_jobs=um_jobs(self._client),
                    mentions=target.spoken,
                    known_jobs=self._other_runs.known | self._other_runs.seen,
                    warn=target.warnings.append,
                    owes_job=resource.owes_job,
                    hidden=operation.hidden,
                )
            except Refused as error:
                if not (operation.deletes and error.status == 404):
                    raise
                target.forget(operation)
                return None
            watch = None
            if accepted.job_key:
                watch = Watch(accepted.job_key, self._poller.now(), target.name, adopted=accepted.adopted)
                target.watches.append(watch)
                self._poller.announce(watch)
                self._other_runs.known.add(watch.key)
            elif isinstance(accepted.body, dict) and operation.creates and not operation.path:
                key = _key_in(target, accepted.body)
                target.key, target.record = (key, accepted.body) if key else (target.key, target.record)
            if operation.follow and watch is None and target.key:
                watch = self._follow(target, operation.follow, sent_at)
            target.applied += watch is None
        return watch

    def _settle(self, target: Target, operation: Operation, watch: Watch) -> None:
        """What a job's end leaves open: adopted and lost jobs count if the server looks as desired; name children."""
        job = watch.job
        name_failed_children(self._client, watch)
        warning = settle(watch, lambda: self._holds(target, operation), self._poller.now())
        if operation.deletes and watch.outcome == FAILED:
            warning = self._deleted_by_another(target, watch)
        if warning:
            target.warnings.append(warning)
        if job and target.resource.result_name and operation.creates:
            target.key = job.result(target.resource.result_name) or target.key

    def _deleted_by_another(self, target: Target, watch: Watch) -> str | None:
        """A deletion that failed since another run's came first has led where it should; returns a warning then."""
        with contextlib.suppress(UMError):
            other = self._other_runs.deletion(_sought(target))
            if other and target.key and not self._reader.exists(target.resource, target.key):
                told = watch.sentence()
                watch.end(SUCCESS, self._poller.now())
                return f"{told} Job {other.key}, which was submitted before, has deleted it."
        return None

    def _holds(self, target: Target, operation: Operation) -> bool:
        """Whether the server looks as this operation would leave it: a new plan would set none of its options.

        What another run did of it does not count for the whole (docs/facts/job-contract.md, rule 11).
        """
        probe = Target(target.resource, target.params)
        probe.desired = target.desired
        probe.key = target.key
        probe.record = self._reader.read(probe)
        if probe.record is not None:
            target.key = target.resource.key_of(probe.record)
        return not any(operation.overlaps(planned) for planned in self._planner.operations_for(probe))


def _warn_of_the_rest(target: Target) -> None:
    """With ``wait: false`` only the first of several changes is submitted."""
    submitted, *left = [operation.purpose for operation in target.operations[target.applied :]]
    if left:
        target.warnings.append(
            f"{target.name}: with wait: false only {submitted} was submitted, since changes of one object follow each"
            f" other; to submit {', '.join(left)}, run the task again when that job has ended."
        )


def _sought(target: Target) -> Sought:
    resource = target.resource
    return Sought(target.spoken, resource.title, resource.result_name, lag_of(resource), target.planned_at)


def _key_in(target: Target, body: Record) -> str | None:
    try:
        return target.resource.key_of(body)
    except KeyError:
        return None
