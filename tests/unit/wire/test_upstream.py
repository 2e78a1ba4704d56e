# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server behind the server: true answers passed on, exchanged, and work that is done after its answer was lost."""

from __future__ import annotations

import pytest
import requests

from tests.wire import Answer, Upstream

from .test_server import get


@pytest.fixture
def behind(wire):
    return wire(lambda request: Answer.json({"path": request.path, "body": request.json()}, 201))


def test_an_answer_is_passed_on(wire, behind):
    upstream = Upstream(behind.options)
    server = wire(upstream.answer, login=upstream.login)
    answer = get(server, "/api/x?a=b", method="POST", json=[1], auth=("u", "p"))
    assert (answer.status_code, answer.json()) == (201, {"path": "/api/x", "body": [1]})
    assert (behind.requests[0].target, behind.requests[0].method) == ("/api/x?a=b", "POST")
    assert behind.requests[0].headers["authorization"] == "Basic dTpw"
    assert server.options["password"] == behind.options["password"]


def test_the_answer_to_another_request(wire, behind):
    upstream = Upstream(behind.options)
    server = wire(lambda request: upstream.answer(request, "GET", "/api/other"))
    assert get(server, "/api/x", method="POST", json=[1]).json() == {"path": "/api/other", "body": None}


def test_an_answer_is_lost_and_its_work_is_done_later(wire, behind):
    upstream = Upstream(behind.options)
    server = wire(lambda request: upstream.late(request, after=1) if request.method == "POST" else Answer())
    with pytest.raises(requests.exceptions.ConnectionError):
        get(server, method="POST", json=[1])
    assert behind.requests == []
    get(server)
    server.wait_until_idle()
    assert [request.json() for request in behind.requests] == [[1]]
