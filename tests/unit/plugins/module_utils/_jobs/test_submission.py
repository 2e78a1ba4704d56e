# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""After an ambiguous loss: adopt what can only be ours, and never send again (docs/facts/job-contract.md, rule 8)."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Lost, NotSent, Refused, UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.submission import settle, submit, um_jobs
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import Accepted
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Request

from ..fakes import Clock

SENT_AT = 1767261600.0  # 2026-01-01T10:00:00Z
NOW, EARLIER = "2026-01-01T10:00:00.500Z", "2026-01-01T09:59:50.000Z"
IN_INDIA = "2026-01-01T15:30:01.000+0530"


class LossyServer:
    """Loses the answer to the one write, and lists these jobs."""

    def __init__(self, loss, *jobs):
        self.clock = Clock()
        self.deadline = self.clock.deadline(600)
        self.loss = loss
        self.jobs = jobs
        self.writes = 0

    def server_time(self):
        return SENT_AT

    def write(self, request, job_due=True):
        self.writes += 1
        raise self.loss

    def records(self, collection, query=None, limit=None):
        return iter(self.jobs)


def job(key, submit_time=NOW, text="Create LUN other", **fields):
    return {
        "key": key,
        "submit_time": submit_time,
        "state": "running",
        "status": "normal",
        "task_reports": [{"description": text}],
        **fields,
    }


def send(server, done=False):
    warnings = []
    request = Request("POST", "/luns", body={})
    accepted = submit(server, request, lambda: done, um_jobs(server), "db01", ["known"], warnings.append)
    return accepted, warnings


@pytest.mark.parametrize("loss", [Lost("reset"), *[Refused("oops", status) for status in (408, 500, 502, 503, 504)]])
def test_the_only_job_there_is_is_adopted(loss):
    server = LossyServer(loss, job("ours"), job("old", EARLIER), job("known"), job("child", parent_job_key="p"))
    accepted, warnings = send(server)
    assert accepted == Accepted(202, None, "ours", adopted=True)
    assert (server.writes, len(warnings)) == (1, 1)


def test_of_several_the_only_one_that_names_the_object():
    server = LossyServer(Lost("reset"), job("theirs"), job("ours", IN_INDIA, "Create LUN db01"))
    assert send(server)[0].job_key == "ours"


def test_a_longer_name_is_another_object():
    jobs = [job(str(number), text=f"LUN {name}") for number, name in enumerate(("db012", "db01-old", "/vol/v/db01"))]
    assert send(LossyServer(Lost("reset"), *jobs))[0].job_key == "2"


@pytest.mark.parametrize("jobs", [[], [job("a"), job("b")], [job("a", text="db01"), job("b", text="db01")]])
def test_where_it_cannot_be_known_it_is_not_guessed(jobs):
    server = LossyServer(Lost("reset."), *jobs)
    with pytest.raises(UMError) as error:
        send(server)
    assert (error.value.outcome, server.writes) == ("unknown", 1)
    assert sum(server.clock.sleeps) <= 15
    assert all(one["key"] in error.value.message for one in jobs)
    assert "Running the task again is safe" in error.value.message


def test_what_is_there_was_done():
    accepted, warnings = send(LossyServer(Lost("reset")), done=True)
    assert accepted == Accepted(200, None, None, adopted=True)
    assert len(warnings) == 1


def test_what_is_there_was_done_by_one_of_the_jobs_that_are_told():
    jobs = job("a", text="LUN db01"), job("b", text="LUN db01")
    accepted, (warning,) = send(LossyServer(Lost("reset."), *jobs), done=True)
    assert accepted.job_key is None
    assert warning.endswith("nothing was sent twice. Jobs submitted since: a, b.")


@pytest.mark.parametrize(
    "error", [NotSent("refused"), *[Refused("no", status) for status in (400, 401, 403, 404, 409, 429)]]
)
def test_what_was_refused_is_not_looked_for(error):
    server = LossyServer(error, job("theirs"))
    with pytest.raises(type(error)):
        send(server)
    assert server.clock.sleeps == []


@pytest.mark.parametrize(
    ("status", "holds", "outcome"),
    [
        ("normal", True, "success"),
        ("normal", False, "unknown"),
        ("error", True, "success"),
        ("error", False, "unknown"),
        ("partial_failures", True, "success"),
        ("partial_failures", False, "unknown"),
    ],
)
def test_an_adopted_job_is_not_believed_without_a_look(status, holds, outcome):
    """It may be somebody else's, submitted a moment before: found by the soak."""
    watch = Watch("theirs", 0.0, adopted=True)
    watch.saw(parse(job("theirs", state="completed") | {"status": status}), 1.0)
    warning = settle(watch, lambda: holds, 2.0)
    assert watch.outcome == outcome
    assert bool(warning) is (holds and status != "normal")
    assert "theirs" in watch.sentence()
    assert watch.sentence().endswith(".")


@pytest.mark.parametrize(("status", "told"), [("error", "failed"), ("partial_failures", "partial")])
def test_a_failed_job_whose_object_is_as_desired_is_still_said_to_have_failed(status, told):
    """Its target is settled; the result names the Job as it ended: found by the soak."""
    watch = Watch("theirs", 0.0, adopted=True)
    watch.saw(parse(job("theirs", state="completed") | {"status": status}), 1.0)
    settle(watch, lambda: True, 2.0)
    entry = watch.describe()
    assert (watch.succeeded, entry["outcome"], entry["succeeded"], entry["finished"]) == (True, told, False, True)


@pytest.mark.parametrize("status", ["error", "partial_failures"])
def test_an_own_job_that_failed_is_believed(status):
    watch = Watch("ours", 0.0)
    watch.saw(parse(job("ours", state="completed") | {"status": status}), 1.0)
    assert settle(watch, lambda: True, 2.0) is None
    assert watch.succeeded is False


@pytest.mark.parametrize(("holds", "outcome"), [(True, "success"), (False, "unknown")])
def test_a_job_that_vanished_counts_if_the_server_looks_so(holds, outcome):
    watch = Watch("ours", 0.0)
    watch.vanish(1.0)
    warning = settle(watch, lambda: holds, 2.0)
    assert (watch.outcome, bool(warning)) == (outcome, holds)


def test_a_vanished_job_that_is_known_to_have_succeeded_is_told():
    watch = Watch("ours", 0.0)
    watch.vanish(1.0)
    watch.end("success", 1.0)
    assert settle(watch, lambda: True, 2.0) == "job ours succeeded. The object is as desired."
