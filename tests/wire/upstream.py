# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator behind the wire server: its true answers, for replies that spoil, delay or exchange them."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from typing import Any

from .answers import Answer
from .request import Request
from .steps import After, Do, Reset

PATIENCE = 30.0
OF_ONE_CONNECTION = frozenset({"connection", "content-length", "transfer-encoding", "host", "accept-encoding"})


class Upstream:
    """Passes requests on.

    :param ready: what the simulator's ready file says
    """

    def __init__(self, ready: Mapping[str, Any]) -> None:
        self._host, self._port = ready["hostname"], ready["port"]
        self._context = ssl.create_default_context(cafile=ready["ca_path"])
        self.login = {"username": ready["username"], "password": ready["password"]}

    def answer(self, request: Request, method: str | None = None, target: str | None = None) -> Answer:
        """What the simulator answers to the request, or with its headers to another one. The work is done."""
        connection = http.client.HTTPSConnection(self._host, self._port, timeout=PATIENCE, context=self._context)
        headers = {name: value for name, value in request.headers.items() if name not in OF_ONE_CONNECTION}
        body = request.body if target is None else b""
        try:
            connection.request(method or request.method, target or request.target, body or None, headers)
            got = connection.getresponse()
            kept = tuple(pair for pair in got.getheaders() if pair[0].lower() not in OF_ONE_CONNECTION)
            return Answer(got.status, got.read(), kept)
        finally:
            connection.close()

    def late(self, request: Request, after: int = 0) -> tuple[Any, ...]:
        """A reply: the answer is lost at once, and the work is done once ``after`` more requests have arrived."""
        return (Reset(), After(after), Do(lambda: self.answer(request)))
