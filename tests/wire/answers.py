# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers, and the bytes that they become: whole, chunked, with a length that is a lie, followed by garbage."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

LENGTH, CHUNKED, TO_THE_END = "length", "chunked", "to the end"
FRAMINGS = (LENGTH, CHUNKED, TO_THE_END)
END_OF_CHUNKS = b"0\r\n\r\n"


class Answer(NamedTuple):
    """Status, body and further headers.

    :ivar headers: pairs, so that a header can be sent twice
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)

    @classmethod
    def json(cls, value: Any, status: int = 200) -> Answer:
        """The value as JSON in ASCII, so that lone surrogates in it become escapes."""
        return cls(status, json.dumps(value).encode())

    def with_headers(self, *headers: tuple[str, str]) -> Answer:
        return self._replace(headers=(*self.headers, *headers))

    def encode(self, framing: str = LENGTH, declared: int | None = None) -> bytes:
        """All bytes of the answer.

        :param declared: the Content-Length to claim instead of the true one
        """
        if framing == CHUNKED:
            return self.head(("Transfer-Encoding", "chunked")) + b"".join(chunked([self.body]))
        if framing == TO_THE_END:
            return self.head(("Connection", "close")) + self.body
        size = len(self.body) if declared is None else declared
        return self.head(("Content-Length", str(size))) + self.body

    def head(self, *more: tuple[str, str]) -> bytes:
        """The status line and the headers with the empty line that ends them."""
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}"]
        lines += [f"{name}: {value}" for name, value in (*self.headers, *more)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def streamed(self, pieces: Iterable[bytes], framing: str = CHUNKED, declared: int | None = None) -> Iterator[bytes]:
        """The answer with a body that is made while it is sent, without its end; it may be endless.

        :param declared: with framing LENGTH, the Content-Length to claim
        """
        if framing == CHUNKED:
            yield self.head(("Transfer-Encoding", "chunked"))
            yield from chunked(pieces)
        elif framing == LENGTH:
            yield self.head(("Content-Length", str(declared)))
            yield from pieces
        else:
            yield self.head(("Connection", "close"))
            yield from pieces


def chunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece as a chunk, and the end after the last."""
    for piece in pieces:
        if piece:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield END_OF_CHUNKS


def informational(status: int = 100, times: int | None = None) -> Iterator[bytes]:
    """Interim answers, which come before the real one; endless without ``times``."""
    line = f"HTTP/1.1 {status} {_phrase(status)}\r\n\r\n".encode()
    sent = 0
    while times is None or sent < times:
        yield line
        sent += 1


def split(encoded: bytes) -> tuple[bytes, bytes, bytes]:
    """Status line, headers and body of an encoded answer; together they are the answer."""
    first = encoded.index(b"\r\n") + 2
    head = encoded.index(b"\r\n\r\n") + 4
    return encoded[:first], encoded[first:head], encoded[head:]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
