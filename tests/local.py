# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator without its sockets: requests are written out as requests would send them, and answered in place.

A run of a module costs milliseconds so, and a test may do thousands. What sockets do is not tested here.
"""

from __future__ import annotations

import contextlib
import email.utils
import functools
import os
import types
from typing import Any, NamedTuple
from unittest import mock
from urllib.parse import parse_qsl, unquote

import requests
from requests.structures import CaseInsensitiveDict

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import NotSent
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import session
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import transport
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.replies import decoded, judge
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Transport, pairs
from tests import inprocess
from tests.simulator.content import Content
from tests.simulator.faults import Faults
from tests.simulator.recorder import Recorder
from tests.simulator.routing import below_api
from tests.simulator.seed.users import credentials
from tests.simulator.service import Service, Visit
from tests.simulator.state import State


class Sent(NamedTuple):
    """A request as the server understands it.

    :param segments: of its path, each decoded
    :param query: (name, value), decoded
    """

    method: str
    path: str
    segments: list[str]
    query: list[tuple[str, str]]
    content: str
    status: int


class _NoWire:
    """Instead of connections, whose preparation takes longer than an answer does here."""

    certificate = ""

    def __init__(self, *args):
        pass

    def close(self):
        pass


class _Clock:
    """A run's clock, which is the server's: it goes by pauses alone, so nothing depends on how fast a machine is."""

    def __init__(self, server_clock):
        self._server = server_clock
        server_clock.stop()

    def now(self):
        return self._server.seconds()

    def sleep(self, seconds):
        self._server.forward(seconds)


class LocalServer:
    """A Unified Manager in this process; jobs take no time.

    :ivar sent: all that reached it
    :ivar spoil: (Sent) -> an answer instead of the true one, or None: (status, text)
    :ivar true_answer: what ``spoil`` may alter: (status, text)
    :ivar instead: (method, path) -> an answer instead of the work, or None: (status, text); or it raises what is lost
    """

    def __init__(self):
        self.state = State()
        self.state.switches.set("job_seconds", 0)
        self.state.switches.keep_as_start()
        self.sent = []
        self.spoil = lambda sent: None
        self.true_answer = (0, "")
        self.instead = lambda method, path: None
        self._service = Service(self.state, Faults(), Recorder(), None)

    def reset(self):
        self.state.reset()
        self.sent.clear()

    def let_pass(self, seconds):
        """Let so much time go by on the server."""
        _Clock(self.state.world.clock).sleep(seconds)

    @property
    def options(self):
        """Those of the connection; processes that test at the same time must not wait for each other's turn."""
        return {
            "hostname": f"um{os.getpid()}.example.com",
            "username": "admin",
            "password": credentials()["admin"]["password"],
        }

    def run(self, module, options, check_mode=False):
        """The result of a module; see ``inprocess.run``."""
        with self.reached():
            clock = _Clock(self.state.world.clock)
            return inprocess.run(module, {**self.options, **options}, check_mode, clock=clock)

    @contextlib.contextmanager
    def reached(self):
        """Within, every connection leads here."""
        server = self

        class LocalTransport(Transport):
            def once(self, request):
                return server.answer(self, request)

        with mock.patch.object(session, "Transport", LocalTransport), mock.patch.object(transport, "Wire", _NoWire):
            yield

    def answer(self, local, request):
        connection = local.connection
        prepare = _read if request.body is None else _prepared
        try:
            wire = prepare(
                request.method,
                connection.url + request.path,
                tuple(pairs(request.query)),
                tuple((request.headers or {}).items()),
                (connection.username, connection.password),
                request.body,
            )
        except requests.exceptions.RequestException as error:
            raise NotSent(f"{connection.url} cannot be reached: {error}.") from error
        parts = {name: (part[0], _bytes(part[1])) for name, part in (request.files or {}).items()}
        headers = {**wire.headers, **({"Content-Type": "multipart/form-data"} if parts else {})}
        content = wire.body or b""
        visit = Visit(
            types.SimpleNamespace(method=request.method, headers=headers, raw_path=wire.path_url),
            below_api(wire.path_url.partition("?")[0]),
            Content(content, "", parts),
            None,
        )
        shown = content.decode() + "".join(part.decode(errors="replace") for dummy, part in parts.values())
        self.sent.append(_sent(request.method, wire.path_url, shown, 0))
        status, text, headers = self._result(request.method, request.path, visit)
        date = email.utils.format_datetime(self.state.world.clock.date(self.state.world.clock.seconds()), usegmt=True)
        headers = CaseInsensitiveDict({"Date": date, **headers})
        return judge(request.method, request.path, status, headers, decoded(_bytes(text)), local.conceal)

    def _result(self, method, path, visit):
        """Status, body and headers of an answer."""
        answer = self.instead(method, path)
        if answer is None:
            reply = _finished(self._service._answer(visit))
            self.sent[-1] = self.sent[-1]._replace(status=reply.status)
            self.true_answer = (reply.status, _bytes(reply.content).decode())
            answer = self.spoil(self.sent[-1]) or (reply.status, reply.content)
            return (*answer, reply.headers)
        return (*answer, {})

    @property
    def writes(self):
        return [sent for sent in self.sent if sent.method != "GET"]


def _prepared(method, url, query, headers, user, body):
    """What requests makes of a request; one without a body is made once, since most are sent again and again."""
    auth = tuple(text.encode() for text in user)
    return requests.Request(method, url, params=query, json=body, headers=dict(headers), auth=auth).prepare()


_read = functools.lru_cache(maxsize=4096)(_prepared)


def _sent(method: str, url: str, content: str, status: int) -> Sent:
    path, _mark, query = url.partition("?")
    segments = [unquote(part) for part in path.split("/")]
    pairs = parse_qsl(query, keep_blank_values=True)
    return Sent(method, path, segments, pairs, content, status)


def _bytes(content: Any) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _finished(coroutine: Any) -> Any:
    """What a coroutine returns that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("the simulator waits for something")
