# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From plans to a server that looks as wished: submit, wait, read back. Private to this collection."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from ._children import name_failed_children
from ._errors import UMError
from ._item import Item
from ._job import PARTIAL, UNKNOWN, Job
from ._planner import Planner
from ._poller import JobPoller
from ._resource import Operation, Record
from ._rivals import Overtaken, Rivals
from ._session import Signals
from ._submission import Write, settle, submit
from ._watch import TIMEOUT, Source, Watch


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
        self._rivals = Rivals(planner.client)

    def perform(
        self,
        items: Sequence[Item],
        max_in_flight: int = 1,
        hold_back: Callable[[Item], bool] = lambda item: False,
    ) -> None:
        """Carry out the plans, at most so many items at a time; a place is filled again as soon as one is free.

        :param hold_back: asked before an item is begun; True leaves it out
        """
        queue = deque(item for item in items if item.error is None and (item.operations or item.follow))
        waiting: dict[Watch, tuple[Item, Iterator[Watch]]] = {}
        while queue or waiting:
            self._signals.raise_pending()  # one that came during a change that was refused
            if queue and len(waiting) < max_in_flight:
                item = queue.popleft()
                if not hold_back(item):
                    self._advance(item, self._steps(item), waiting)
                continue
            for watch in self._poller.wait_for_next(list(waiting)):
                self._advance(*waiting.pop(watch), waiting)

    def _advance(self, item: Item, steps: Iterator[Watch], waiting: dict[Watch, tuple[Item, Iterator[Watch]]]) -> None:
        try:
            waiting[next(steps)] = (item, steps)
        except StopIteration:
            pass
        except UMError as error:
            item.error = error
            self._read_back(item)

    def _steps(self, item: Item) -> Iterator[Watch]:
        """Submit one operation after the other; yields each job that must end before the next."""
        try:
            yield from self._carry_out(item)
        except Overtaken as error:
            yield from self._after_another(item, error.job)

    def _carry_out(self, item: Item) -> Iterator[Watch]:
        for operation in item.operations:
            if item.applied and self._client.transport.deadline.passed():
                raise UMError(f"wait_timeout passed before {operation.purpose} was begun.", outcome=TIMEOUT)
            watch = self._submit(item, operation)
            if watch is None:
                continue
            if not self._wait:
                item.warn_of_the_rest()
                return
            yield watch
            self._settle(item, operation, watch)
            item.warnings += watch.remarks
            if not self._may_go_on(watch):
                break
            item.applied += 1
        if item.follow and self._wait:
            watch = self._follow(item, item.follow)
            yield watch
            item.warnings += watch.remarks
        self._read_back(item)

    def _follow(self, item: Item, source: Source, begun_at: float | None = None) -> Watch:
        """Watch the object itself."""
        watch = Watch(str(item.key), self._poller.now(), item.name, source=source, begun_at=begun_at)
        item.watches.append(watch)
        return watch

    def _after_another(self, item: Item, job: Job) -> Iterator[Watch]:
        """Another run's job is at the object that was to be made: wait for it, and plan anew."""
        self._rivals.known.add(job.key)
        if not job.finished:
            whose = f"Job {job.key}, which another run started, speaks of it and has not ended; nothing was sent."
            if not self._wait:
                raise UMError(whose)
            watch = Watch(job.key, self._poller.now(), item.name)
            yield watch
            if watch.outcome in (TIMEOUT, UNKNOWN) and not watch.vanished:
                raise UMError(f"{whose} {watch.sentence()}", outcome=TIMEOUT)
        item.warnings.append(f"Job {job.key} of another run was at {item.name}; it was waited for, and looked again.")
        self._planner.look(item)
        self._planner.foretell(item)
        yield from self._steps(item)

    def _may_go_on(self, watch: Watch) -> bool:
        return bool(watch.succeeded) or (watch.outcome == PARTIAL and self._ignore_partial_failure)

    def _submit(self, item: Item, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done at once, and then it is applied."""
        resource = item.resource
        if operation.first:
            item.also_read = operation.first(self._client.get)
        path = operation.path or (resource.collection if operation.verb == "POST" else self._planner.path(item))
        write = Write(operation.verb, path, self._planner.lookup.wire(operation.body), operation.query, operation.files)
        creates = operation.verb == "POST" and not operation.path and bool(resource.result_name)
        sent_at = self._client.server_time()
        # Only what is sent holds signals back, not the wait for others.
        with self._rivals.kept_off(item.mention, item.planned_at, creates), self._signals.held():
            accepted = submit(
                self._client,
                write,
                is_done=lambda: self._holds(item, operation),
                mentions=item.mention,
                known_jobs=self._rivals.known | self._rivals.seen,
                warn=item.warnings.append,
            )
            watch = None
            if accepted.job_key:
                watch = Watch(accepted.job_key, self._poller.now(), item.name, adopted=accepted.adopted)
                item.watches.append(watch)
                self._rivals.known.add(watch.key)
            elif isinstance(accepted.body, dict) and operation.verb == "POST" and not operation.path:
                key = _key_in(item, accepted.body)
                item.key, item.record = (key, accepted.body) if key else (item.key, item.record)
            if operation.follow and watch is None and item.key:
                watch = self._follow(item, operation.follow, sent_at)
            item.applied += watch is None
        return watch

    def _settle(self, item: Item, operation: Operation, watch: Watch) -> None:
        """What a job's end leaves open: adopted and lost jobs count if the server looks as wished; name children."""
        job = watch.job
        name_failed_children(self._client, watch)
        warning = settle(watch, lambda: self._holds(item, operation), self._poller.now())
        if warning:
            item.warnings.append(warning)
        if job and item.resource.result_name and operation.verb == "POST":
            item.key = job.result(item.resource.result_name) or item.key

    def _holds(self, item: Item, operation: Operation) -> bool:
        """Whether the server looks as this operation would leave it: a new plan would not contain it."""
        probe = Item(item.resource, item.params)
        probe.desired = item.desired
        probe.key = item.key
        probe.record = self._planner.read(probe)
        if probe.record is not None:
            item.key = item.resource.key_of(probe.record)
        return all(planned.purpose != operation.purpose for planned in self._planner.plan(probe))

    def _read_back(self, item: Item) -> None:
        """The object after the run. Once a change was accepted, a failure to read is no failure of the run."""
        if not item.applied and not item.watches:
            return
        if item.applied and item.operations[-1].verb == "DELETE" and item.applied == len(item.operations):
            item.record = None
            return
        try:
            item.record = self._planner.read_again(item)
        except UMError as error:
            item.record = item.foreseen if item.applied == len(item.operations) else item.record
            if item.error is None and item.applied:
                item.warnings.append(f"{item.name} was changed, but cannot be read back yet: {error}")


def _key_in(item: Item, body: Record) -> str | None:
    try:
        return item.resource.key_of(body)
    except KeyError:
        return None
