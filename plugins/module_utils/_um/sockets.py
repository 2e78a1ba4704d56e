# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets that wait and receive no longer and no more than one exchange may take. Private to this collection."""

from __future__ import annotations

import contextlib
import errno
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .._base.deadline import Waiting

CONNECT_TIMEOUT = 10.0  # seconds for one address, and for the handshake; a host can have several addresses


class TooMuch(OSError):
    """More bytes came than an answer may have."""


class Limit:
    """What is left of one exchange: seconds and bytes. One exchange at a time.

    A time-out of a socket counts anew for every piece that arrives, so that a server that sends one byte a second is
    never too late. Therefore each call that waits is given what is left of the whole.

    :ivar waiting: what is around each call that waits
    :ivar sent: the request began to leave; what fails before (name, connection, handshake) never arrived
    """

    def __init__(self, waiting: Waiting = contextlib.nullcontext) -> None:
        self.waiting = waiting
        self.sent = False
        self._end = 0.0
        self._bytes = 0

    def begin(self, seconds: float, most_bytes: int) -> None:
        self.sent = False
        self._end = time.monotonic() + seconds
        self._bytes = most_bytes

    @property
    def expired(self) -> bool:
        return time.monotonic() >= self._end

    def left(self) -> float:
        """Seconds, over zero.

        :raises TimeoutError: none
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError(errno.ETIMEDOUT, "timed out")
        return left

    def count(self, received: int) -> None:
        """Take received bytes off what may come.

        :raises TooMuch: it was more
        """
        self._bytes -= received
        if self._bytes < 0:
            raise TooMuch(errno.EMSGSIZE, "the answer is too large")


@contextlib.contextmanager
def _reason_told(receive: Callable[[int], bytes]) -> Iterator[None]:
    """Where the server has hung up: it may have said why, in an alert of TLS that nothing has read yet.

    :param receive: raises what the alert says
    """
    try:
        yield
    except socket.timeout:
        raise
    except OSError:
        receive(1)
        raise


def bounded(base: type, limit: Limit) -> Any:
    """A class of sockets, plain or TLS, that keeps to the limit."""

    class Bounded(base):
        def recv(self, *args: Any, **kwargs: Any) -> bytes:
            self.settimeout(limit.left())
            with limit.waiting():
                data: bytes = super().recv(*args, **kwargs)
            limit.count(len(data))
            return data

        def recv_into(self, *args: Any, **kwargs: Any) -> int:
            self.settimeout(limit.left())
            with limit.waiting():
                received: int = super().recv_into(*args, **kwargs)
            limit.count(received)
            return received

        def send(self, *args: Any, **kwargs: Any) -> int:
            self.settimeout(limit.left())
            with limit.waiting(), _reason_told(super().recv):
                sent: int = super().send(*args, **kwargs)
            return sent

        def sendall(self, *args: Any, **kwargs: Any) -> None:
            self.settimeout(limit.left())
            with limit.waiting(), _reason_told(super().recv):
                super().sendall(*args, **kwargs)

        def do_handshake(self, *args: Any, **kwargs: Any) -> None:
            seconds = min(CONNECT_TIMEOUT, limit.left())
            self.settimeout(seconds)
            try:
                with limit.waiting():
                    super().do_handshake(*args, **kwargs)
            except socket.timeout:
                raise OSError(errno.ETIMEDOUT, f"no TLS handshake in {round(seconds, 1):g} s") from None

    return Bounded


def connected(sockets: Any, limit: Limit, host: str, port: int, options: Iterable[tuple[Any, ...]]) -> socket.socket:
    """A connection to the first address of a host that answers.

    :param sockets: a class of plain sockets
    :param options: arguments of setsockopt
    :raises OSError: of the last address that was tried
    """
    last = OSError(errno.EADDRNOTAVAIL, "the name has no address")
    for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            one = sockets(family, kind, protocol)
        except OSError as error:  # such as IPv6 where the machine has none
            last = error
            continue
        seconds = min(CONNECT_TIMEOUT, limit.left())
        try:
            for option in options:
                one.setsockopt(*option)
            one.settimeout(seconds)
            with limit.waiting():
                one.connect(address)
        except socket.timeout:
            one.close()
            last = OSError(errno.ETIMEDOUT, f"no connection in {round(seconds, 1):g} s")
        except OSError as error:
            one.close()
            last = error
        else:
            return one
    raise last
