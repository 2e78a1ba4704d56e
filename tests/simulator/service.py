# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of a request: fault, authentication, role, route, body, handler, answer, record."""

from __future__ import annotations

import asyncio
import email.utils
import inspect
import socket
import struct
import traceback
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from . import access, limits, releases, replies, resources
from .calls import Call
from .content import Content, read
from .control import Control
from .errors import Refusal, not_found
from .faults import Fault, Faults, Reply
from .query import parse_parameters
from .recorder import Recorder, redacted
from .routing import Router, below_api
from .state import State
from .world import Vanished

CHANGELESS = ("/storage-provider/data-placement", "/storage-provider/data-placement/balance")  # POSTs that only compute

# As a real server sends them (docs/facts/server.md, 1.5).
HEADERS = {
    "Server": "NetApp Application Server",
    "X-Powered-By": "NetApp Application Server",
    "Cache-Control": "no-cache, no-store, must-revalidate",
    "Pragma": "no-cache",
    "Expires": "0",
    "X-Frame-Options": "SAMEORIGIN",
    "X-XSS-Protection": "1; mode=block",
}
RESET = struct.pack("ii", 1, 0)  # SO_LINGER for no time: closing sends RST


class Service:
    """Answers every request of the server."""

    def __init__(self, state: State, faults: Faults, recorder: Recorder, control: Control) -> None:
        self._state = state
        self._faults = faults
        self._recorder = recorder
        self._control = control
        self._router = Router(route for module in resources.modules() for route in getattr(module, "ROUTES", ()))

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        raw_path = request.raw_path.partition("?")[0]
        if raw_path == "/simulator" or raw_path.startswith("/simulator/"):
            return await self._control.handle(request)
        content = await read(request)
        below = below_api(raw_path)
        if below is None:
            return await self._send(await self._attended(Visit(request, below, content, None)))
        fault = self._faults.take(request.method, unquote(request.raw_path))
        self._recorder.under_way += 1
        try:
            visit = Visit(request, below, content, fault)
            await _delay(fault, "before")
            await self._attended(visit)
            self._recorder.add(visit.exchange(), visit.template)
            await _delay(fault, "after")
        finally:
            self._recorder.under_way -= 1
        return await self._send(visit)

    async def _attended(self, visit: Visit) -> Visit:
        """With its reply, as its fault leaves it."""
        fault = visit.fault
        if fault is None or not fault.prevents:
            visit.reply = await self._answer(visit)
        if fault is not None:
            visit.reply = fault.spoiled(visit.reply)
        return visit

    async def _answer(self, visit: Visit) -> Reply:
        try:
            return await self._work(visit)
        except Refusal as refusal:
            return replies.refused(refusal, self._state.switches)
        except Vanished as gone:
            return replies.refused(not_found(gone.reason), self._state.switches)
        except Exception:
            traceback.print_exc()
            return replies.failed("The simulator has a bug; see its output.")

    async def _work(self, visit: Visit) -> Reply:
        request, path, world = visit.request, visit.below, self._state.world
        if path is None:
            raise Refusal(404, "no_such_resource", "There is nothing here.")
        world.agenda.run_due()
        if self._state.writes_forbidden and request.method not in ("GET", "HEAD", "OPTIONS") and path not in CHANGELESS:
            self._recorder.forbidden_writes += 1
            raise Refusal(403)
        user = access.authenticate(world, request.headers.get("Authorization"))
        visit.user = user["name"]
        limits.check(world, user["name"], request.method, path)
        access.authorize(world, user, request.method, unquote(path))
        release = world.switches["release"]
        releases.check_path(release, unquote(path).rstrip("/"))
        route, params = self._router.find(request.method, path.rstrip("/"))
        visit.template = route.template
        call = Call(
            world=world,
            method=request.method,
            path=unquote(path).rstrip("/"),
            query=parse_parameters(request.raw_path.partition("?")[2]),
            body=visit.content.json(),
            params=params,
            files=visit.content.files,
            user=user,
            headers=request.headers,
        )
        answer = route.handler(call)
        if inspect.isawaitable(answer):
            answer = await answer
        world.agenda.run_due()
        answer = answer._replace(body=releases.without_later_fields(release, call.path, answer.body))
        return replies.reply_to(request.method, call.path, answer, world.switches)

    async def _send(self, visit: Visit) -> web.StreamResponse:
        reply, fault = visit.reply, visit.fault
        date = self._state.world.clock.date(self._state.world.clock.seconds())
        headers = {**HEADERS, "Date": email.utils.format_datetime(date, usegmt=True), **reply.headers}
        if reply.content:
            headers["Content-Type"] = reply.content_type
        if fault is not None and fault.kind in ("reset_before", "reset_after"):
            _reset(visit.request)
        elif fault is not None and fault.kind == "half_answer":
            return await _send_half(visit.request, reply, headers)
        return web.Response(status=reply.status, body=reply.content, headers=headers)


class Visit:
    """One request on its way through."""

    def __init__(self, request: web.BaseRequest, below: str | None, content: Content, fault: Fault | None) -> None:
        self.request = request
        self.below = below
        self.content = content
        self.fault = fault
        self.template = "(none)"
        self.user: str | None = None
        self.reply = Reply(0)

    def exchange(self) -> dict[str, Any]:
        """What is recorded. The status is that of the work, 0 if none was done and nothing was sent."""
        return {
            "method": self.request.method,
            "path": self.request.raw_path,
            "status": self.reply.status,
            "request": redacted(Reply(0, self.content.text).decoded()),
            "response": redacted(self.reply.decoded()),
            "user_agent": self.request.headers.get("User-Agent"),
            "user": self.user,
            "client_port": _client_port(self.request),
            "fault": self.fault is not None,
            "answered": self.fault is None or self.fault.kind not in ("reset_before", "reset_after", "half_answer"),
        }


def _client_port(request: web.BaseRequest) -> int | None:
    """The port that the client's connection comes from; None when it has gone."""
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    return peer[1] if peer else None


async def _delay(fault: Fault | None, when: str) -> None:
    """Take the time that a fault asks for, before or after the work."""
    if fault is not None and fault.kind == "delay" and fault.when == when:
        await asyncio.sleep(fault.seconds)


def _reset(request: web.BaseRequest) -> None:
    """Break the connection, so that the client sees a reset."""
    transport = request.transport
    if transport is not None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()


async def _send_half(request: web.BaseRequest, reply: Reply, headers: dict[str, str]) -> web.StreamResponse:
    """Promise the whole body, send half of it and close the connection."""
    response = web.StreamResponse(status=reply.status, headers=headers)
    response.content_length = len(reply.content) or 2
    response.force_close()
    await response.prepare(request)
    await response.write(reply.content[: len(reply.content) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
