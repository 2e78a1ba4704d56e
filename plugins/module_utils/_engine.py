# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From wishes to a server that looks as wished: look, plan, submit, wait, read back. Private to this collection."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from ._children import name_failed_children
from ._client import Client, path_of
from ._errors import JobUnusable, Missing, Refused, UMError
from ._item import Item
from ._job import PARTIAL, UNKNOWN, Job
from ._lookup import Lookup
from ._poller import JobPoller
from ._resource import Finding, Operation, Record, Resource
from ._rivals import Overtaken, Rivals
from ._session import Signals
from ._submission import Write, settle, submit
from ._watch import TIMEOUT, Watch


class Engine:
    """Carries out wishes; each Item keeps what became of it, its error included.

    :param wait: False returns as soon as a job was submitted
    :param ignore_partial_failure: a job that ends in partial failures does not stop its item
    """

    def __init__(
        self,
        client: Client,
        poller: JobPoller,
        signals: Signals,
        wait: bool = True,
        ignore_partial_failure: bool = False,
    ) -> None:
        self._client = client
        self._poller = poller
        self._signals = signals
        self._wait = wait
        self._ignore_partial_failure = ignore_partial_failure
        self._lookup = Lookup(client)
        self._rivals = Rivals(client)

    def prepare(self, item: Item, record: Record | None = None) -> None:
        """Look and plan; nothing is written. Afterwards the item has its operations, or its error.

        :param record: what a list has just shown of it, so that it need not be read
        """
        try:
            item.desired = item.resource.desired(item.params)
            self._look(item, record)
            self._foretell(item)
        except UMError as error:
            item.error = error

    def _look(self, item: Item, record: Record | None = None) -> None:
        """What there is, and what is to be done about it."""
        item.planned_at = self._client.server_time()
        item.record = record or self._read(item)
        item.planned_at = item.planned_at or self._client.server_time()
        if record is not None:
            item.key = item.resource.key_of(record)
        item.operations = list(self._plan(item))

    def _foretell(self, item: Item) -> None:
        """What will be sent, and what it will lead to."""
        self._lookup.resolve([operation.body for operation in item.operations])
        item.foreseen = self._foresee(item)

    def perform(
        self,
        items: Sequence[Item],
        max_in_flight: int = 1,
        hold_back: Callable[[Item], bool] = lambda item: False,
    ) -> None:
        """Carry out the plans, at most so many items at a time; a place is filled again as soon as one is free.

        :param hold_back: asked before an item is begun; True leaves it out
        """
        queue = deque(item for item in items if item.error is None and item.operations)
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
        self._read_back(item)

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
        self._look(item)
        self._foretell(item)
        yield from self._steps(item)

    def _may_go_on(self, watch: Watch) -> bool:
        return bool(watch.succeeded) or (watch.outcome == PARTIAL and self._ignore_partial_failure)

    def _submit(self, item: Item, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done at once, and then it is applied."""
        resource = item.resource
        if operation.first:
            operation.first(self._client.get)
        path = operation.path or (resource.collection if operation.verb == "POST" else self._path(item))
        write = Write(operation.verb, path, self._lookup.wire(operation.body), operation.query, operation.files)
        creates = operation.verb == "POST" and not operation.path and bool(resource.result_name)
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
                item.key = _key_in(item, accepted.body) or item.key
            if operation.follow and watch is None and item.key:
                watch = Watch(item.key, self._poller.now(), item.name, source=operation.follow)
                item.watches.append(watch)
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
        probe.record = self._read(probe)
        if probe.record is not None:
            item.key = item.resource.key_of(probe.record)
        return all(planned.purpose != operation.purpose for planned in self._plan(probe))

    def _read(self, item: Item) -> Record | None:
        """The object as it is, with all that the wish names."""
        resource = item.resource
        finding = resource.find(item.desired)
        if finding.collection is None:
            record = self._get_or_none(_place(resource, finding))
        else:
            record = self._listed(finding, item)
        if record is None or finding.whole:
            return record
        item.key = resource.key_of(record)
        record = {**self._lookup.shelf.fields(resource.inventory, item.key, resource.lasting), **record}
        return resource.complete(record, item.desired, self._getter(item, record if finding.key else None))

    def _listed(self, finding: Finding, item: Item) -> Record | None:
        """What a list shows of the object; nothing lies in a place that does not exist."""
        try:
            return self._lookup.record(finding, item.resource.title, item.name)
        except Missing:
            if item.desired.get("state") != "absent":
                raise
            return None

    def _getter(self, item: Item, detail: Record | None) -> Callable[[str], Record]:
        """GET of the object by key in a collection, {} when it is not there; what was read by key is not read again."""
        key = str(item.key)

        def get(collection: str) -> Record:
            if detail is not None and collection == item.resource.collection:
                return detail
            known = self._lookup.shelf.keyed(collection, key) if collection == item.resource.inventory else None
            return known or self._get_or_none(path_of(collection, key)) or {}

        return get

    def _get_or_none(self, path: str) -> Record | None:
        try:
            return self._client.get(path)
        except Refused as error:
            if error.status == 404:
                return None
            raise

    def _plan(self, item: Item) -> Sequence[Operation]:
        present = None if item.record is None else item.resource.present(item.record)
        return item.resource.plan(present, item.desired)

    def _foresee(self, item: Item) -> Record | None:
        record = item.record
        for operation in item.operations:
            if operation.verb == "DELETE":
                record = None
            elif operation.body is not None:
                record = item.resource.foresee(record or {}, self._lookup.shown(operation.body))
            elif operation.shows is not None:
                record = item.resource.foresee(record or {}, operation.shows)
        return record

    def _path(self, item: Item) -> str:
        finding = item.resource.find(item.desired)
        if finding.collection is None:
            return _place(item.resource, finding)
        if item.key is None:
            record = self._listed(finding, item)
            if record is None:
                raise JobUnusable("It was created, but cannot be found, so it cannot be changed further.")
            item.key = item.resource.key_of(record)
        return path_of(item.resource.collection, item.key)

    def _read_again(self, item: Item) -> Record:
        if not item.resource.listed_only:
            return self._client.get(self._path(item))
        record = self._read(item)
        if record is None:
            raise JobUnusable("it is not in the list.")
        return record

    def _read_back(self, item: Item) -> None:
        """The object after the run. Once a change was accepted, a failure to read is no failure of the run."""
        if not item.applied and not item.watches:
            return
        if item.operations[-1].verb == "DELETE" and item.applied == len(item.operations):
            item.record = None
            return
        try:
            item.record = self._read_again(item)
        except UMError as error:
            item.record = item.foreseen if item.applied == len(item.operations) else item.record
            if item.error is None and item.applied:
                item.warnings.append(f"{item.name} was changed, but cannot be read back yet: {error}")


def _place(resource: Resource, finding: Finding) -> str:
    """The path of an object that is found without a list."""
    return finding.path or path_of(resource.collection, str(finding.key))


def _key_in(item: Item, body: Record) -> str | None:
    try:
        return item.resource.key_of(body)
    except KeyError:
        return None
