# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of ONTAP's REST API: look, compare, send once, wait for ONTAP's job, look again.

Private to this collection.
"""

from __future__ import annotations

from typing import Any

from .._base.errors import BadInput, Refused, UMError
from .._engine.ansible_module import Host, new_host
from .._engine.report import Result, target_result, unchanged
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._engine.target import Target
from .._jobs.job import SUCCESS
from .._jobs.long_polling import is_held
from .._jobs.ontap_job import jobs_of, ontap_jobs
from .._jobs.submission import SAFE_AGAIN, settle, submit
from .._jobs.watched_job import LONG, Watch, abandon
from .._model import options
from .._model.resource import Operation, Record
from .._resources.ontap import HOLD_SHARE, LONGEST_HOLD, ONTAP, looks, plan
from .._um.gateway import Gateway, find_cluster, is_absent
from .._um.transport import Request

UNSAFE_AGAIN = "Running the task again may do it twice: check the object first, or set unless for a POST."
NO_ANSWER: Result = {"records": [], "response": None, "status_code": None, "location": None}


def call_ontap(host: Host) -> None:
    """Ask a cluster, or bring an object of it into the desired state."""
    call = Call(host)

    def report(error: BaseException | None) -> Result:
        if error is not None:
            call.target.error = error
            abandon(call.target.watches, error)
        return {**target_result(call.target, host.check_mode, host.params["ignore_partial_failure"]), **call.answer}

    run(host, call.work, report, call.target.warnings)


class Call:
    """The task on its way.

    :ivar target: the plan and what became of it
    :ivar answer: what the result says besides: records, and status, body and Location of the last answer
    """

    def __init__(self, host: Host) -> None:
        self.target = Target(ONTAP, host.params)
        self.answer: Result = dict(NO_ANSWER)
        self._host = host
        self._found: list[Record] = []
        self._acts = False  # the call has a parameter that is not a filter

    def work(self, session: Session, signals: Signals) -> Result:
        target, check_mode = self.target, self._host.check_mode
        desired = target.desired = ONTAP.desired(self._host.params)
        self._session = session
        cluster = find_cluster(session.client, self._host.params["cluster"])
        self._gateway = Gateway(session.client, cluster, desired["headers"])
        self._jobs = ontap_jobs(cluster)
        if desired["method"] == "get":
            self._read()
            return {}
        target.record = self._look()
        self.answer["records"] = self._found
        target.operations = list(self._plan(target.record))
        if target.operations:
            self._predict(target.operations[0])
            if check_mode:
                self.answer["records"] = [] if target.planned is None else [target.planned]
            else:
                self._perform(target.operations[0], signals)
        return {}

    def _read(self) -> None:
        desired = self.target.desired
        page = self._gateway.get(desired["path"], desired["query"], desired["limit"], pages=True)
        one = [page.body] if page.body and page.records is None else []
        self.answer.update(records=one if page.records is None else page.records)
        self.answer.update(response=page.body, status_code=page.status)

    def _look(self) -> Record | None:
        """The object that the call is about, None when it is not there; all that fit are kept.

        :raises BadInput: it is not one object
        """
        desired = self.target.desired
        self._found = []
        if desired["method"] == "post" and desired["unless"] is None:
            return None
        queries, refusals = looks(desired), []
        enough = None if desired["method"] == "post" else 2
        for query in queries:
            try:
                page = self._gateway.get(desired["path"], query, enough, pages=True)
                break
            except Refused as error:
                if desired["method"] == "delete" and is_absent(error):
                    return None
                refusals.append(error)
                if error.status != 400 or len(refusals) == len(queries):
                    raise
        filtered = desired["filters"].items() <= query.items()
        if page.records is not None and not filtered:
            raise refusals[0]
        self._check(page.body, page.records)
        self._acts = not filtered
        return self._found[0] if self._found else None

    def _check(self, body: Record, records: list[Record] | None) -> None:
        """Take in what a look found."""
        desired = self.target.desired
        if records is None and not set(body) - {"_links"}:
            raise UMError(f"{desired['path']} was answered with nothing; this cluster may not support it.")
        if records is not None and not desired["filters"]:
            raise BadInput(f"path: {desired['path']} is a collection; name one object in it, or filters in query.")
        if records is not None and len(records) > 1 and desired["method"] != "post":
            raise BadInput(f"query: several objects in {desired['path']} fit; only one at a time is changed.")
        self._found = [body] if records is None else records

    def _plan(self, record: Record | None) -> list[Operation]:
        return list(plan(None if record is None else ONTAP.current(record), self.target.desired, self._acts))

    def _predict(self, operation: Operation) -> None:
        target = self.target
        gone = operation.verb == "DELETE"
        target.planned = None if gone else ONTAP.planned(target.record or {}, target.desired["shown"])

    def _holds(self) -> bool:
        desired = self.target.desired
        return (desired["method"] != "post" or desired["unless"] is not None) and not self._plan(self._look())

    def _perform(self, operation: Operation, signals: Signals) -> None:
        target = self.target
        try:
            with signals.held():
                watch = self._submit(operation)
                target.applied = int(watch is None)
        except Refused as error:
            if operation.verb != "DELETE" or not is_absent(error):
                raise
            target.operations = []  # it went since the look
            self.answer["records"] = []
            return
        if watch is not None:
            if not self._host.params["wait"]:
                return
            self._session.poller.wait_for_all([watch])
            warning = settle(watch, self._holds, self._session.poller.now())
            target.warnings += [*([warning] if warning else []), *watch.remarks]
        target.applied = int(watch is None or bool(watch.succeeded))
        self._read_back(operation)

    def _submit(self, operation: Operation) -> Watch | None:
        """Send it; the job to wait for, or None when it is done."""
        target, desired, poller = self.target, self.target.desired, self._session.poller
        repeatable = not self._acts and (operation.verb != "POST" or desired["unless"] is not None)
        query, hold = self._query()
        sent_at = poller.now()
        accepted = submit(
            self._gateway,
            Request(operation.verb, desired["path"], query, operation.body),
            is_done=self._holds,
            find_jobs=jobs_of(self._session.client, self._jobs, operation.verb, desired["path"]),
            mentions=desired["path"],
            known_jobs=[],
            warn=target.warnings.append,
            again=SAFE_AGAIN if repeatable else UNSAFE_AGAIN,
        )
        if not accepted.adopted:
            self.answer.update(response=accepted.body, status_code=accepted.status)
            self.answer.update(location=self._gateway.location(accepted))
        key = accepted.job_key or _job_of(accepted.body)
        if key is None:
            return None
        watch = Watch(key, sent_at, target.name, accepted.adopted, self._jobs)
        target.watches.append(watch)
        if accepted.job_key is None:
            watch.end(SUCCESS, poller.now())
            return None
        poller.announce(watch)
        if hold and not accepted.adopted and desired["hold"] is None:
            if is_held(poller.now() - sent_at, 0.0):
                watch.polling = LONG
            else:
                target.warnings.append(
                    "polling: long has no effect, because ONTAP answers at once; standard polling is used instead."
                )
        return watch

    def _query(self) -> tuple[Record, int]:
        """The query with ``return_timeout``, by which ONTAP holds its answer until the job has ended, and its seconds.

        It stays below the time that the request may take, so that the answer comes in time.
        """
        params, desired = self._host.params, self.target.desired
        wanted = desired["hold"]
        if wanted is None:
            wanted = LONGEST_HOLD if params["polling"] == "long" and params["wait"] else 0
        seconds = min(params["request_timeout"], self._session.deadline.left())
        hold = min(wanted, int(seconds * HOLD_SHARE))
        return {**desired["query"], **({"return_timeout": hold} if hold or desired["hold"] is not None else {})}, hold

    def _read_back(self, operation: Operation) -> None:
        """The object after the run. Once a change was accepted, a failure to read is no failure of the run."""
        target, desired = self.target, self.target.desired
        if operation.verb == "DELETE" and target.applied:
            target.record = None
            self.answer["records"] = []
            return
        if operation.verb == "POST" and desired["unless"] is None:
            made = self.answer["response"].get("records") if isinstance(self.answer["response"], dict) else None
            self.answer["records"] = made if isinstance(made, list) else []
            return
        try:
            target.record = self._look()
        except UMError as error:
            self._found = []
            if target.applied:
                target.warnings.append(f"{target.name} was changed, but cannot be read back: {error}")
        if target.applied and not self._found and target.planned is not None:
            self._found = [target.planned]
        self.answer["records"] = self._found


def _job_of(body: Any) -> str | None:
    """The job that ONTAP names also when it has ended before the answer."""
    job = body.get("job") if isinstance(body, dict) else None
    key = job.get("uuid") if isinstance(job, dict) else None
    return key if isinstance(key, str) else None


def run_ontap() -> None:
    """The whole of ontap."""
    call_ontap(new_host(options.for_changing(ONTAP.arguments, ONTAP.rules), **NO_ANSWER, **unchanged()))
