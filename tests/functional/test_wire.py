# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are wrong at the level of bytes, by real Ansible: in its worker and as modules."""

from __future__ import annotations

import json
import signal

import pytest

from tests.wire import Answer, bodies, by_path, trickled

from .test_in_process import same_each_time
from .test_signals import start

pytestmark = [pytest.mark.ansible_core, pytest.mark.own_way]

SLOW = 0.05  # seconds between two bytes; the whole answer would take minutes
EMPTY = Answer.json({"records": [], "num_records": 0, "total_records": 0})
LONG = Answer.json({"records": [], "filler": "x" * 9000})
TIMES = {"wait_timeout": 6, "request_timeout": 6}
INFO = {"aiqum.unified_manager.lun_info": {"name": "db01", **TIMES}}
USER = {
    "name": "kim",
    "authentication_type": "local_user",
    "role": "operator",
    "email": "kim@example.com",
    "user_password": "Canary-sesame-1",
}
CHANGE = {"aiqum.unified_manager.user": {**USER, **TIMES}}
CASES = {
    "a body that trickles": (INFO, {"^GET ": trickled(LONG.encode(), "body", SLOW)}, "no complete answer in"),
    "headers that trickle": (INFO, {"^GET ": trickled(LONG.encode(), "headers", SLOW * 20)}, "no complete answer in"),
    "an answer without end": (INFO, {"^GET ": lambda request: bodies.bomb(None)}, "is larger than 256 MiB"),
    "a write whose answer trickles": (
        CHANGE,
        {"^GET .*/jobs": EMPTY, "^POST ": trickled(LONG._replace(status=201).encode(), "body", SLOW)},
        "no complete answer in",
    ),
}


@pytest.mark.both_ways
@pytest.mark.parametrize("case", CASES)
def test_the_same_end_in_both_ways_of_running(wire, play, case):
    task, replies, words = CASES[case]
    server = wire(by_path(replies))
    ends = []
    for in_process in ("true", "false"):
        (result,) = play(task, UM_IN_PROCESS=in_process, **server.environment).results
        assert words in result["msg"], result["msg"]
        assert result["failed"]
        ends.append(same_each_time(result))
    assert ends[0] == ends[1]
    assert ends[0]["outcome"] == ("unknown" if task is CHANGE else "failed")
    assert [request.method for request in server.requests].count("POST") == (2 if task is CHANGE else 0)


@pytest.mark.both_ways
def test_a_signal_during_a_write_that_trickles_ends_the_run(wire, environment, tmp_path):
    """Once the time of the request is over: until then the answer may come, and with it the key of a Job."""
    server = wire(
        by_path({"^GET .*/jobs": EMPTY, "^POST ": trickled(LONG._replace(status=202).encode(), "body", SLOW)})
    )
    options = {**USER, "wait_timeout": 600, "request_timeout": 6}
    process = start({**environment, **server.environment}, "user", tmp_path, **options)
    while process.poll() is None and not [request for request in server.requests if request.method == "POST"]:
        pass
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=120)  # far below wait_timeout
    result = json.loads(output)
    assert (result["failed"], result["outcome"]) == (True, "unknown"), errors
    assert "no complete answer in" in result["msg"]
    assert [request.method for request in server.requests].count("POST") == 1
