# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The failure matrix: real modules, real sockets, one scenario or more for each row.

See docs/facts/job-contract.md, section 5.

Row 18, signals, is in test_signals.py and test_in_process.py; row 25, a bug of ours, in the unit tests of the runner.
"""

from __future__ import annotations

import atexit
import socket

import pytest

from .conftest import NEW, SharedClock, lun
from .test_signals import LOOK as A_LOOK

POST = {"method": "POST", "path": "/storage-provider/luns"}
LOOK = {"method": "GET", "path": "/management-server/jobs/"}
DESIRED = {"name": "db01", **NEW}


class Row:
    """What is set up, and what must come out.

    :param setup: UnifiedManager -> None
    :param expected: (failed, changed, outcome)
    :param writes: how many reached the server
    :param words: what the message, or a warning, says
    :param key: whether a job is named, by its key; as changed, unless given
    :param task: another than a LUN that is made
    """

    def __init__(self, setup, expected, writes, words="", key=None, environment=None, task=None, **options):
        self.setup = setup
        self.task = task or lun(**DESIRED, **options)
        self.expected = expected
        self.writes = writes
        self.words = words
        self.key = key if key is not None else expected[1]
        self.environment = environment or {}


def status(code, where=None, **more):
    return lambda um: um.fault(kind="status", status=code, **(where or POST), **more)


def fault(kind, where=None, **more):
    return lambda um: um.fault(kind=kind, **(where or POST), **more)


def ends(**outcome):
    return lambda um: um.outcome(method="POST", path="/storage-provider/luns", **outcome)


def both(*setups):
    def setup(um):
        for one in setups:
            one(um)

    return setup


def in_turn(*codes):
    """Answers to looks at the job, one after the other, before it is told."""
    return both(ends(seconds=1.5), *(status(code, LOOK) for code in codes))


# A port that accepts connections and never answers.
SILENCE = socket.create_server(("127.0.0.1", 0))
atexit.register(SILENCE.close)
SILENT = str(SILENCE.getsockname()[1])
IGROUP = {"name": "ig9", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}
FAILED, UNKNOWN = (True, False, "failed"), (True, True, "unknown")
CHANGED = (False, True, "changed")
ROWS = {
    "1 refused": Row(lambda um: None, FAILED, 0, "cannot be reached", environment={"UM_PORT": "1"}),
    "1 no such name": Row(lambda um: None, FAILED, 0, "cannot be reached", environment={"UM_HOSTNAME": "um.invalid"}),
    "1 a server that says nothing": Row(
        lambda um: None, FAILED, 0, "cannot be reached", environment={"UM_PORT": SILENT}, request_timeout=0.5
    ),
    "2 certificate of another CA": Row(
        lambda um: um.control("POST", "certificate", {"kind": "other_ca"}), FAILED, 0, "validate_certs: false"
    ),
    "2 expired": Row(lambda um: um.control("POST", "certificate", {"kind": "expired"}), FAILED, 0, "ca_path"),
    "2 another host's": Row(lambda um: um.control("POST", "certificate", {"kind": "wrong_host"}), FAILED, 0, "ca_path"),
    "2 self-signed": Row(lambda um: um.control("POST", "certificate", {"kind": "self_signed"}), FAILED, 0, "ca_path"),
    "3 400": Row(status(400), FAILED, 1, "HTTP 400: Bad Request (injected by a fault) (code injected)"),
    "3 403": Row(status(403), FAILED, 1, "The user's role does not allow it"),
    "3 404": Row(status(404), FAILED, 1, "HTTP 404"),
    "3 405, a page": Row(status(405, body="html"), FAILED, 1, "'<html>"),
    "4 401": Row(status(401, body="empty", times=9), FAILED, 1, "Check username and password"),
    "5 409": Row(status(409), FAILED, 1, "HTTP 409"),
    "6 429": Row(status(429), CHANGED, 2),
    "6 503 with Retry-After": Row(status(503, retry_after=1, times=2), CHANGED, 3),
    "6 429 to the end": Row(status(429, times=99, retry_after=1), FAILED, None, "Too many requests", wait_timeout=2.5),
    "7 reset after the work": Row(fault("reset_after"), CHANGED, 1, "nothing was sent twice"),
    "7 half an answer": Row(fault("half_answer"), CHANGED, 1, "nothing was sent twice"),
    "7 read time-out": Row(
        fault("delay", seconds=30, when="after"), CHANGED, 1, "no complete answer in 3 s", request_timeout=3
    ),
    "7 502 after the work": Row(status(502, process=True, body="html"), CHANGED, 1, "nothing was sent twice"),
    "7 503 without Retry-After, work done": Row(status(503, process=True), CHANGED, 1, "nothing was sent twice"),
    "7 504 after the work": Row(status(504, process=True, body="empty"), CHANGED, 1, "nothing was sent twice"),
    "7 reset after the work, a clock that is ahead": Row(
        both(lambda um: um.control("POST", "clock", {"offset": 7200}), fault("reset_after")), CHANGED, 1, "was found"
    ),
    "7 reset after the work, a clock that is behind": Row(
        both(lambda um: um.control("POST", "clock", {"offset": -7200}), fault("reset_after")), CHANGED, 1, "was found"
    ),
    "7 reset before the work": Row(
        fault("reset_before"), (True, False, "unknown"), 1, "The change may have started. Its job was not found"
    ),
    "7 500 before the work": Row(status(500), (True, False, "unknown"), 1, "it reads the object before"),
    "8 202 with a page": Row(fault("garbage", garbage="html"), CHANGED, 1, "was found and is waited for"),
    "8 202, truncated": Row(fault("garbage", garbage="truncated"), CHANGED, 1, "is not JSON"),
    "8 202 with a list": Row(fault("garbage", garbage="array"), CHANGED, 1, "names no job"),
    "8 202 without a body": Row(fault("drop_body"), CHANGED, 1, "names no job"),
    "8 200 without a job": Row(
        status(200, body="literal", literal="{}"), (True, False, "unknown"), 1, "without the job that carries it out"
    ),
    "9 wait: false": Row(lambda um: None, (False, True, "submitted"), 1, wait=False),
    "10 201": Row(lambda um: None, CHANGED, 1, key=False, task={"aiqum.unified_manager.igroup": IGROUP}),
    "11 a reset while polling": Row(fault("reset_before", LOOK, times=2), CHANGED, 1, "the wait goes on"),
    "11 500 while polling": Row(status(500, LOOK, times=2), CHANGED, 1, "the wait goes on"),
    "11 what is in the way, in turn": Row(in_turn(502, 503, 504, 429, 500), CHANGED, 1, "the wait goes on"),
    "11 401 once": Row(in_turn(401), CHANGED, 1),
    "11 half an answer": Row(fault("half_answer", LOOK), CHANGED, 1, "the wait goes on"),
    "11 an answer that is late": Row(
        fault("delay", LOOK, seconds=30), CHANGED, 1, "the wait goes on", request_timeout=3
    ),
    "11 garbage while polling": Row(
        both(fault("garbage", LOOK), fault("garbage", LOOK, garbage="array"), fault("drop_body", LOOK)), CHANGED, 1
    ),
    "12 trouble to the deadline": Row(
        fault("reset_before", LOOK, times=999), UNKNOWN, 1, "Unified Manager was unreachable for", wait_timeout=2
    ),
    "13 403 on the job": Row(status(403, LOOK, times=9), UNKNOWN, 1, "may not read jobs"),
    "13 401 three times": Row(status(401, LOOK, times=9), UNKNOWN, 1, "HTTP 401"),
    "14 a job that shows up late": Row(ends(never_seen=0.3, seconds=0.5), CHANGED, 1),
    "15 a lost job, and the LUN is there": Row(ends(lost=True, seconds=1), CHANGED, 1, "The object is as desired"),
    "15 a lost job, and no LUN": Row(ends(lost=True, work="none", seconds=4), UNKNOWN, 1, "it no longer exists"),
    "16 a state before the first task": Row(
        both(ends(seconds=0.6), lambda um: um.set(initial_job_state="queued")), CHANGED, 1
    ),
    "16 an unknown state": Row(
        both(ends(seconds=1, running_state="dreaming"), fault("delay", LOOK, times=99)), CHANGED, 1
    ),
    "17 the deadline": Row(
        ends(seconds=60), (True, True, "timeout"), 1, "run aiqum.unified_manager.job_wait", wait_timeout=2
    ),
    "19 normal": Row(lambda um: None, CHANGED, 1),
    "20 warning": Row(ends(status="warning"), CHANGED, 1, "has warnings"),
    "21 partial_failures": Row(
        ends(status="partial_failures", failures=["No LIF."]), (True, True, "partial"), 1, "No LIF"
    ),
    "21 failed children": Row(
        ends(
            children=[
                {"name": "Grow volume", "state": "completed", "status": "error", "failure_reason": "It is full."},
                {"name": "Map LUN", "state": "completed", "status": "normal"},
            ]
        ),
        (True, True, "partial"),
        1,
        "It is full",
    ),
    "21 ignored": Row(
        ends(status="partial_failures", failures=["No LIF."]),
        (False, True, "partial"),
        1,
        "No LIF",
        ignore_partial_failure=True,
    ),
    "22 error at its first task": Row(
        ends(status="error", failures=[{"task": 0, "reason": "No space left."}]), FAILED, 1, "No space left", key=True
    ),
    "22 error at its last task": Row(
        ends(status="error", failures=["No space left."]), (True, True, "failed"), 1, "No space left"
    ),
    "22 aborted": Row(ends(state="aborted"), FAILED, 1, "aborted", key=True),
    "23 a status that nobody knows": Row(
        # The delay of no time marks the looks as spoiled: the word is not in the API document.
        both(ends(status="splendid"), fault("delay", LOOK, times=99)),
        UNKNOWN,
        1,
        "state 'completed', status 'splendid'",
    ),
    "24 visible a moment later": Row(lambda um: um.set(readback_lag=1), CHANGED, 1),
    "24 not visible in time": Row(
        lambda um: um.set(readback_lag=30), CHANGED, 1, "so far the LUN is not there", wait_timeout=3
    ),
}
# One of each way to end, and of each way that the error takes to the result.
BY_ANSIBLE = [
    "1 refused",
    "2 certificate of another CA",
    "3 400",
    "4 401",
    "7 reset after the work",
    "8 202 with a page",
    "9 wait: false",
    "11 garbage while polling",
    "13 403 on the job",
    "17 the deadline",
    "20 warning",
    "21 ignored",
    "22 error at its last task",
]


@pytest.mark.parametrize("name", ROWS)
def test_row(um, here, name):
    the_row_holds(um, here, ROWS[name])


@pytest.mark.ansible_core
@pytest.mark.parametrize("name", BY_ANSIBLE)
def test_row_by_ansible(um, play, name):
    the_row_holds(um, play, ROWS[name])


def the_row_holds(um, run, row):
    row.setup(um)
    result = run(row.task, **row.environment).results[0]
    assert (result["failed"], result["changed"], result["outcome"]) == row.expected, result
    texts = " ".join([result.get("msg", ""), *result.get("warnings", [])])
    assert row.words in texts
    if row.writes is not None:
        assert len(um.writes()) == row.writes
    keys = [job["key"] for job in result["jobs"]]
    really = [job["key"] for job in um.control("GET", "jobs")["jobs"] if not job["spawned"]]
    assert keys == (really if row.key else [])
    if result["failed"]:
        assert all(key in result["msg"] for key in keys)


class Noted(SharedClock):
    """Notes its pauses."""

    def __init__(self, control):
        super().__init__(control)
        self.pauses = []

    def sleep(self, seconds):
        super().sleep(seconds)
        self.pauses.append(seconds)


@pytest.mark.parametrize(("where", "code"), [(POST, 429), (POST, 503), ({"method": "GET", "path": "luns"}, 503)])
def test_a_server_is_given_the_time_that_it_asks_for(um, here, where, code):
    um.fault(kind="status", status=code, retry_after=17, **where)
    with um.simulator.controlled() as control:
        clock = Noted(control)
        (result,) = here(lun(**DESIRED), clock=clock).results
    assert (result["outcome"], max(clock.pauses)) == ("changed", 17.0)


def test_what_is_shown_a_moment_later_is_waited_for(um, here):
    um.set(readback_lag=20)
    result = here(lun(**DESIRED)).results[0]
    assert (result["outcome"], result["warnings"], result["lun"]["name"][-5:]) == ("changed", [], "/db01")


def test_the_guides_warning_is_no_end(um, here):
    um.set(job_dialect="guide")
    ends(warnings=[{"task": 0, "reason": "It is nearly full."}], seconds=20)(um)
    result = here(lun(**DESIRED)).results[0]
    assert (result["outcome"], result["jobs"][0]["elapsed"] >= 20) == ("changed", True)
    assert "It is nearly full" in result["warnings"][0]


class RestartedMeanwhile(SharedClock):
    """The server goes away in the first pause after a job was looked at, and comes back in the next one.

    :param control: over a connection that the restart spares
    :param jobs: whether the server still knows them then: kept or lost
    """

    def __init__(self, control, jobs):
        super().__init__(control)
        self._restarts = [{"seconds": 3600, "jobs": jobs}, {"seconds": 0}]

    def sleep(self, seconds):
        super().sleep(seconds)
        if len(self._restarts) == 1 or (self._restarts and self._is_looked_at()):
            self._control("POST", "restart", self._restarts.pop(0))

    def _is_looked_at(self):
        return any(A_LOOK.search(one["path"]) for one in self._control("GET", "exchanges")["exchanges"])


@pytest.mark.parametrize(
    ("jobs", "outcome", "words"),
    [("kept", "changed", "the wait goes on"), ("lost", "unknown", "it no longer exists")],
)
def test_a_restart_while_polling(um, here, jobs, outcome, words):
    """Rows 11 and 15: refused connections for a while, then the job again, or none."""
    um.set(job_seconds=20)
    with um.simulator.controlled() as control:
        (result,) = here(lun(**DESIRED), clock=RestartedMeanwhile(control, jobs)).results
    assert (result["outcome"], result["changed"], len(result["jobs"])) == (outcome, True, 1), result
    assert words in result.get("msg", "") + str(result.get("warnings"))
    assert len(um.writes()) == 1


@pytest.mark.parametrize("dialect", ["document", "guide"])
@pytest.mark.parametrize("polling", ["ignored", "held", "held_with_last_modified", "refused"])
def test_every_dialect_and_way_of_polling(um, play, dialect, polling):
    um.set(job_dialect=dialect, polling_long=polling, job_seconds=2)
    created, waited = play(
        {**lun(**DESIRED, polling="long"), "register": "it"},
        {"aiqum.unified_manager.job_wait": {"keys": "{{ it.jobs | map(attribute='key') }}", "polling": "long"}},
    ).results
    assert (created["outcome"], waited["outcome"]) == ("changed", "unchanged")
    technique = "long" if polling.startswith("held") else "standard"
    assert [job["polling"] for job in created["jobs"]] == [technique]
    assert bool(created.get("warnings")) is (technique == "standard")
