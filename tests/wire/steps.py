# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reply consists of, beside bytes and answers: pauses, ends of connections, work that is done late.

A reply is one step or an iterable of steps, performed in their order: ``bytes`` are sent as they are, an
``Answer`` is encoded with its length, an iterable of bytes is sent piece by piece and may be endless.
When the client has gone, what would be sent is dropped, and the other steps are still performed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from .answers import split

STATUS_LINE, HEADERS, BODY = "status line", "headers", "body"


class Line(Protocol):
    """The connection as steps see it."""

    def send(self, data: bytes) -> bool:
        """False when the client has gone or the server stops."""

    def wait(self, seconds: float) -> bool:
        """False when the server stops."""

    def hold(self) -> None:
        """Return when the client has gone or the server stops."""

    def close(self, reset: bool = False, orderly: bool = True) -> None:
        """End the connection: by a TCP reset, or with TLS's own end when it is orderly."""

    def wait_for_requests(self, more: int) -> None:
        """Return when so many more have arrived."""


class Pause(NamedTuple):
    """Nothing for so many seconds."""

    seconds: float

    def run(self, line: Line) -> None:
        line.wait(self.seconds)


class Trickle(NamedTuple):
    """Data in small pieces.

    :ivar data: bytes, or an iterable of bytes, which may be endless
    :ivar every: seconds after each piece
    :ivar piece: its size in bytes
    """

    data: bytes | Iterable[bytes]
    every: float
    piece: int = 1

    def run(self, line: Line) -> None:
        for block in (self.data,) if isinstance(self.data, bytes) else self.data:
            for start in range(0, len(block), self.piece):
                if not line.send(block[start : start + self.piece]) or not line.wait(self.every):
                    return


class Hold(NamedTuple):
    """Nothing more, with the connection open, until the client hangs up."""

    def run(self, line: Line) -> None:
        line.hold()


class Close(NamedTuple):
    """The end of the connection.

    :ivar orderly: with TLS's own announcement of the end; without it the client may take it for a cut
    """

    orderly: bool = True

    def run(self, line: Line) -> None:
        line.close(orderly=self.orderly)


class Reset(NamedTuple):
    """The end of the connection by a TCP reset."""

    def run(self, line: Line) -> None:
        line.close(reset=True)


class After(NamedTuple):
    """Go on once so many more requests have arrived, on whatever connection."""

    requests: int

    def run(self, line: Line) -> None:
        line.wait_for_requests(self.requests)


class Do(NamedTuple):
    """Work, such as passing a request on after its answer was lost."""

    work: Callable[[], object]

    def run(self, line: Line) -> None:
        self.work()


def trickled(encoded: bytes, part: str, every: float, piece: int = 1) -> tuple[bytes | Trickle, ...]:
    """An encoded answer of which one part, STATUS_LINE, HEADERS or BODY, comes in small pieces."""
    names = (STATUS_LINE, HEADERS, BODY)
    if part not in names:
        raise ValueError(f"the part is one of {', '.join(names)}, not {part!r}")
    parts = zip(names, split(encoded), strict=True)
    return tuple(Trickle(data, every, piece) if name == part else data for name, data in parts)
