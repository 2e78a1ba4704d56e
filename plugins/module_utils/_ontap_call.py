# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of ONTAP's REST API: look, compare, send once, wait for ONTAP's job, look again.

Private to this collection.
"""

from __future__ import annotations

from typing import Any

from ._errors import BadInput, Refused, UMError
from ._gateway import Gateway, find_cluster, is_absent
from ._item import Item
from ._job import SUCCESS
from ._resource import Operation, Record
from ._resources.ontap import HOLD_SHARE, LONGEST_HOLD, ONTAP, looks
from ._runner import Result, item_result, run
from ._session import Host, Session, Signals
from ._submission import SAFE_AGAIN, Write, settle, submit
from ._watch import Watch, abandon

UNSAFE_AGAIN = (
    "Running the task again may do it twice: look first, or name with the option unless what a POST would make."
)


def call_ontap(host: Host) -> None:
    """Ask a cluster, or bring an object of it into the wished state."""
    call = Call(host)

    def report(error: BaseException | None) -> Result:
        if error is not None:
            call.item.error = error
            abandon(call.item.watches, error)
        return {**item_result(call.item, host.check_mode, host.params["ignore_partial_failure"]), **call.answer}

    run(host, call.work, report, call.item.warnings)


class Call:
    """The task on its way.

    :ivar item: the plan and what became of it
    :ivar answer: what the result says besides: records, and status, body and Location of the last answer
    """

    def __init__(self, host: Host) -> None:
        self.item = Item(ONTAP, host.params)
        self.answer: Result = {"records": [], "response": None, "status_code": None, "location": None}
        self._host = host
        self._found: list[Record] = []

    def work(self, session: Session, signals: Signals) -> Result:
        item, check_mode = self.item, self._host.check_mode
        wish = item.desired = ONTAP.desired(self._host.params)
        self._session = session
        self._gateway = Gateway(
            session.client, find_cluster(session.client, self._host.params["cluster"]), wish["headers"]
        )
        if wish["method"] == "get":
            self._read()
            return {}
        item.record = self._look()
        self.answer["records"] = self._found
        item.operations = list(self._plan(item.record))
        if item.operations:
            self._foresee(item.operations[0])
            if check_mode:
                self.answer["records"] = [] if item.foreseen is None else [item.foreseen]
            else:
                self._perform(item.operations[0], signals)
        return {}

    def _read(self) -> None:
        wish = self.item.desired
        page = self._gateway.get(wish["path"], wish["query"], wish["limit"], pages=True)
        one = [page.body] if page.body and page.records is None else []
        self.answer.update(records=one if page.records is None else page.records)
        self.answer.update(response=page.body, status_code=page.status)

    def _look(self) -> Record | None:
        """The object that the call is about, None when it is not there; all that fit are kept.

        :raises BadInput: it is not one object
        """
        wish = self.item.desired
        self._found = []
        if wish["method"] == "post" and wish["unless"] is None:
            return None
        queries, refusals = looks(wish), []
        enough = None if wish["method"] == "post" else 2
        for query in queries:
            try:
                page = self._gateway.get(wish["path"], query, enough, pages=True)
                break
            except Refused as error:
                if wish["method"] == "delete" and is_absent(error):
                    return None
                refusals.append(error)
                if error.status != 400 or len(refusals) == len(queries):
                    raise
        filtered = wish["filters"].items() <= query.items()
        if page.records is not None and not filtered:
            raise refusals[0]
        self._check(page.body, page.records)
        wish["acts"] = not filtered
        return self._found[0] if self._found else None

    def _check(self, body: Record, records: list[Record] | None) -> None:
        """Take in what a look found."""
        wish = self.item.desired
        if records is None and not set(body) - {"_links"}:
            raise UMError(f"{wish['path']} was answered with nothing; this cluster may not know it.")
        if records is not None and not wish["filters"]:
            raise BadInput(f"path: {wish['path']} is a collection; name one object in it, or filters in query.")
        if records is not None and len(records) > 1 and wish["method"] != "post":
            raise BadInput(f"query: several objects in {wish['path']} fit; only one at a time is changed.")
        self._found = [body] if records is None else records

    def _plan(self, record: Record | None) -> list[Operation]:
        return list(ONTAP.plan(None if record is None else ONTAP.present(record), self.item.desired))

    def _foresee(self, operation: Operation) -> None:
        item = self.item
        gone = operation.verb == "DELETE"
        item.foreseen = None if gone else ONTAP.foresee(item.record or {}, item.desired["shown"])

    def _holds(self) -> bool:
        wish = self.item.desired
        return (wish["method"] != "post" or wish["unless"] is not None) and not self._plan(self._look())

    def _perform(self, operation: Operation, signals: Signals) -> None:
        item = self.item
        try:
            with signals.held():
                watch = self._submit(operation)
                item.applied = int(watch is None)
        except Refused as error:
            if operation.verb != "DELETE" or not is_absent(error):
                raise
            item.operations = []  # it went since the look
            self.answer["records"] = []
            return
        if watch is not None:
            if not self._host.params["wait"]:
                return
            self._session.poller.wait_for_all([watch])
            warning = settle(watch, self._holds, self._session.poller.now())
            item.warnings += [*([warning] if warning else []), *watch.remarks]
        item.applied = int(watch is None or bool(watch.succeeded))
        self._read_back(operation)

    def _submit(self, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done."""
        item, wish, poller = self.item, self.item.desired, self._session.poller
        repeatable = not wish.get("acts") and (operation.verb != "POST" or wish["unless"] is not None)
        query, hold = self._query()
        sent_at = poller.now()
        accepted = submit(
            self._gateway,
            Write(operation.verb, operation.path, operation.body, query),
            is_done=self._holds,
            mentions=wish["path"],
            known_jobs=[],
            warn=item.warnings.append,
            find_jobs=self._gateway.jobs_of(operation.verb, wish["path"]),
            again=SAFE_AGAIN if repeatable else UNSAFE_AGAIN,
        )
        if not accepted.adopted:
            self.answer.update(response=accepted.body, status_code=accepted.status)
            self.answer.update(location=self._gateway.location(accepted))
        key = accepted.job_key or _job_of(accepted.body)
        if key is None:
            return None
        watch = Watch(key, sent_at, item.name, accepted.adopted, self._gateway.jobs)
        item.watches.append(watch)
        if accepted.job_key is None:
            watch.end(SUCCESS, poller.now())
            return None
        if hold and not accepted.adopted and poller.now() - sent_at < hold / 2 and wish["hold"] is None:
            item.warnings.append(
                "polling: long has no effect, because ONTAP answers at once; the job is polled instead."
            )
        return watch

    def _query(self) -> tuple[Record, int]:
        """The query with ``return_timeout``, by which ONTAP holds its answer until the job has ended, and its seconds.

        It stays below the time that the request may take, lest the answer comes too late to be heard.
        """
        params, wish = self._host.params, self.item.desired
        wanted = wish["hold"]
        if wanted is None:
            wanted = LONGEST_HOLD if params["polling"] == "long" and params["wait"] else 0
        seconds = min(params["request_timeout"], self._session.deadline.left())
        hold = min(wanted, int(seconds * HOLD_SHARE))
        return {**wish["query"], **({"return_timeout": hold} if hold or wish["hold"] is not None else {})}, hold

    def _read_back(self, operation: Operation) -> None:
        """The object after the run. Once a change was accepted, a failure to read is no failure of the run."""
        item, wish = self.item, self.item.desired
        if operation.verb == "DELETE" and item.applied:
            item.record = None
            self.answer["records"] = []
            return
        if operation.verb == "POST" and wish["unless"] is None:
            made = self.answer["response"].get("records") if isinstance(self.answer["response"], dict) else None
            self.answer["records"] = made if isinstance(made, list) else []
            return
        try:
            item.record = self._look()
        except UMError as error:
            self._found = []
            if item.applied:
                item.warnings.append(f"{item.name} was changed, but cannot be read back: {error}")
        if item.applied and not self._found and item.foreseen is not None:
            self._found = [item.foreseen]
        self.answer["records"] = self._found


def _job_of(body: Any) -> str | None:
    """The job that ONTAP names also when it has ended before the answer."""
    job = body.get("job") if isinstance(body, dict) else None
    key = job.get("uuid") if isinstance(job, dict) else None
    return key if isinstance(key, str) else None
