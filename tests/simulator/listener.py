# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listening socket: can go away and come back on the same port, as in a restart of the server."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

from aiohttp import web

LARGEST_REQUEST = 16 * 1024**2  # bytes; tests describe large answers to the control API


class Listener:
    """HTTPS on one address.

    :ivar port: the port that is listened on; chosen when it was 0
    """

    def __init__(self, handler: Callable[..., Any], context: ssl.SSLContext, host: str, port: int) -> None:
        self._web_server = web.Server(handler, access_log=None, request_factory=_request)
        self._context = context
        self._host = host
        self._socket = self._bound(port)
        self.port: int = self._socket.getsockname()[1]
        self._server: asyncio.Server | None = None
        self._return: asyncio.Task[None] | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._web_server, sock=self._socket, ssl=self._context, backlog=256)

    async def restart(self, seconds: float, spared: asyncio.BaseTransport | None) -> None:
        """Refuse connections and cut all but the spared one; listen again after ``seconds``.

        One that is asked for while the server is away takes the place of the one before it.
        """
        if self._return is not None:
            self._return.cancel()
        self._stop_listening()
        self._socket.close()
        self._socket = self._bound(self.port)
        self._cut_connections(spared)
        self._return = asyncio.create_task(self._come_back(seconds))

    async def stop(self) -> None:
        if self._return is not None:
            self._return.cancel()
        self._stop_listening()
        self._socket.close()
        self._cut_connections(None)
        await self._web_server.shutdown(1.0)

    async def _come_back(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.start()

    def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _cut_connections(self, spared: asyncio.BaseTransport | None) -> None:
        for connection in list(self._web_server.connections):
            if connection.transport is not None and connection.transport is not spared:
                connection.transport.abort()

    def _bound(self, port: int) -> socket.socket:
        """A socket that holds the port; until it listens, connections are refused."""
        bound = socket.socket(socket.AF_INET6 if ":" in self._host else socket.AF_INET, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((self._host, port))
        bound.setblocking(False)
        return bound


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=LARGEST_REQUEST)
