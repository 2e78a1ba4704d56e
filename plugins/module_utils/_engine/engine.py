# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From plans to a server that looks as wished: submit, wait, read back. Private to this collection."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from .._base.errors import UMError
from .._jobs.children import name_failed_children
from .._jobs.job import PARTIAL, UNKNOWN, Job
from .._jobs.other_runs import OtherRuns, Overtaken
from .._jobs.poller import JobPoller
from .._jobs.submission import Write, settle, submit
from .._jobs.watch import TIMEOUT, Source, Watch
from .._model.resource import Operation, Record
from .planner import Planner
from .signals import Signals
from .target import Target


class Engine:
    """Carries out what was planned; each Item keeps what became of it, its error included.

    :param wait: False returns as soon as a job was submitted
    :param ignore_partial_failure: a job that ends in partial failures does not stop its item
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
        self._client = planner.client
        self._poller = poller
        self._signals = signals
        self._wait = wait
        self._ignore_partial_failure = ignore_partial_failure
        self._other_runs = OtherRuns(planner.client)

    def perform(
        self,
        targets: Sequence[Target],
        max_in_flight: int = 1,
        hold_back: Callable[[Target], bool] = lambda target: False,
    ) -> None:
        """Carry out the plans, at most so many items at a time; a place is filled again as soon as one is free.

        :param hold_back: asked before an item is begun; True leaves it out
        """
        queue = deque(target for target in targets if target.error is None and (target.operations or target.follow))
        waiting: dict[Watch, tuple[Target, Iterator[Watch]]] = {}
        while queue or waiting:
            self._signals.raise_pending()  # one that came during a change that was refused
            if queue and len(waiting) < max_in_flight:
                target = queue.popleft()
                if not hold_back(target):
                    self._advance(target, self._steps(target), waiting)
                continue
            for watch in self._poller.wait_for_next(list(waiting)):
                self._advance(*waiting.pop(watch), waiting)

    def _advance(
        self, target: Target, steps: Iterator[Watch], waiting: dict[Watch, tuple[Target, Iterator[Watch]]]
    ) -> None:
        try:
            waiting[next(steps)] = (target, steps)
        except StopIteration:
            pass
        except UMError as error:
            target.error = error
            self._read_back(target)

    def _steps(self, target: Target) -> Iterator[Watch]:
        """Submit one operation after the other; yields each job that must end before the next."""
        try:
            yield from self._carry_out(target)
        except Overtaken as error:
            yield from self._after_another(target, error.job)

    def _carry_out(self, target: Target) -> Iterator[Watch]:
        for operation in target.operations:
            if target.applied and self._client.transport.deadline.passed():
                raise UMError(f"wait_timeout passed before {operation.purpose} was begun.", outcome=TIMEOUT)
            watch = self._submit(target, operation)
            if watch is None:
                continue
            if not self._wait:
                target.warn_of_the_rest()
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
        self._read_back(target)

    def _follow(self, target: Target, source: Source, begun_at: float | None = None) -> Watch:
        """Watch the object itself."""
        watch = Watch(str(target.key), self._poller.now(), target.name, source=source, begun_at=begun_at)
        target.watches.append(watch)
        return watch

    def _after_another(self, target: Target, job: Job) -> Iterator[Watch]:
        """Another run's job is at the object that was to be made: wait for it, and plan anew."""
        self._other_runs.known.add(job.key)
        if not job.finished:
            whose = f"Job {job.key}, which another run started, speaks of it and has not ended; nothing was sent."
            if not self._wait:
                raise UMError(whose)
            watch = Watch(job.key, self._poller.now(), target.name)
            yield watch
            if watch.outcome in (TIMEOUT, UNKNOWN) and not watch.vanished:
                raise UMError(f"{whose} {watch.sentence()}", outcome=TIMEOUT)
        target.warnings.append(
            f"Job {job.key} of another run was at {target.name}; it was waited for, and looked again."
        )
        self._planner.look(target)
        self._planner.predict(target)
        yield from self._steps(target)

    def _may_go_on(self, watch: Watch) -> bool:
        return bool(watch.succeeded) or (watch.outcome == PARTIAL and self._ignore_partial_failure)

    def _submit(self, target: Target, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done at once, and then it is applied."""
        resource = target.resource
        if operation.precheck:
            target.also_read = operation.precheck(self._client.get)
        path = operation.path or (resource.collection if operation.verb == "POST" else self._planner.path(target))
        write = Write(operation.verb, path, self._planner.lookup.wire(operation.body), operation.query, operation.files)
        creates = operation.verb == "POST" and not operation.path and bool(resource.result_name)
        sent_at = self._client.server_time()
        # Only what is sent holds signals back, not the wait for others.
        with self._other_runs.kept_off(target.mention, target.planned_at, creates), self._signals.held():
            accepted = submit(
                self._client,
                write,
                is_done=lambda: self._holds(target, operation),
                mentions=target.mention,
                known_jobs=self._other_runs.known | self._other_runs.seen,
                warn=target.warnings.append,
            )
            watch = None
            if accepted.job_key:
                watch = Watch(accepted.job_key, self._poller.now(), target.name, adopted=accepted.adopted)
                target.watches.append(watch)
                self._poller.announce(watch)
                self._other_runs.known.add(watch.key)
            elif isinstance(accepted.body, dict) and operation.verb == "POST" and not operation.path:
                key = _key_in(target, accepted.body)
                target.key, target.record = (key, accepted.body) if key else (target.key, target.record)
            if operation.follow and watch is None and target.key:
                watch = self._follow(target, operation.follow, sent_at)
            target.applied += watch is None
        return watch

    def _settle(self, target: Target, operation: Operation, watch: Watch) -> None:
        """What a job's end leaves open: adopted and lost jobs count if the server looks as wished; name children."""
        job = watch.job
        name_failed_children(self._client, watch)
        warning = settle(watch, lambda: self._holds(target, operation), self._poller.now())
        if warning:
            target.warnings.append(warning)
        if job and target.resource.result_name and operation.verb == "POST":
            target.key = job.result(target.resource.result_name) or target.key

    def _holds(self, target: Target, operation: Operation) -> bool:
        """Whether the server looks as this operation would leave it: a new plan would set none of its options.

        What somebody else did of it does not count for the whole (docs/facts/job-contract.md, rule 11).
        """
        probe = Target(target.resource, target.params)
        probe.desired = target.desired
        probe.key = target.key
        probe.record = self._planner.read(probe)
        if probe.record is not None:
            target.key = target.resource.key_of(probe.record)
        return not any(operation.overlaps(planned) for planned in self._planner.plan(probe))

    def _read_back(self, target: Target) -> None:
        """The object after the run. Once a change was accepted, a failure to read is no failure of the run."""
        if not target.begun:
            return
        if target.deleted:
            target.record = None
            return
        try:
            target.record = self._planner.read_again(target)
        except UMError as error:
            target.record = target.planned if target.applied == len(target.operations) else target.record
            if target.error is None and target.applied:
                target.warnings.append(f"{target.name} was changed, but cannot be read back yet: {error}")


def _key_in(target: Target, body: Record) -> str | None:
    try:
        return target.resource.key_of(body)
    except KeyError:
        return None
