# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request as it arrived."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

LARGEST_HEAD = 64 * 1024


class Malformed(Exception):
    """What arrived is not a request."""


@dataclass(frozen=True)
class Request:
    """One request.

    :ivar number: its place among all requests of the server, from 1
    :ivar connection: the number of the connection that it came on, from 1
    :ivar target: path and query as they were sent
    :ivar headers: by lower-case name; of repeated ones the last
    """

    number: int
    connection: int
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """Decoded, without the query."""
        return unquote(self.target.partition("?")[0])

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.target.partition("?")[2], keep_blank_values=True))

    def json(self) -> Any:
        """The decoded body, None for none.

        :raises ValueError: the body is not JSON
        """
        return json.loads(self.body) if self.body else None


class Reader:
    """Reads requests off one connection.

    :param receive: gives the next bytes, none at the end of the stream
    """

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._buffer = b""

    def read(self) -> tuple[str, str, dict[str, str], bytes] | None:
        """Method, target, headers and body; None when the client has hung up.

        :raises Malformed: it is not a request
        """
        head = self._head()
        if head is None:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        try:
            method, target, _version = first.split(" ")
        except ValueError:
            raise Malformed(f"{first[:80]!r} is not a request line") from None
        headers = {name.strip().lower(): value.strip() for name, _colon, value in (one.partition(":") for one in lines)}
        body = self._exactly(int(headers.get("content-length", 0)))
        return None if body is None else (method, target, headers, body)

    def _head(self) -> bytes | None:
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > LARGEST_HEAD:
                raise Malformed("the headers do not end")
            if not self._fill():
                return None
        head, _empty, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return head

    def _exactly(self, size: int) -> bytes | None:
        while len(self._buffer) < size:
            if not self._fill():
                return None
        body, self._buffer = self._buffer[:size], self._buffer[size:]
        return body

    def _fill(self) -> bool:
        received = self._receive()
        self._buffer += received
        return bool(received)
