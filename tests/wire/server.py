# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: raw sockets and TLS, a thread for each connection, and a script that says what goes over the wire."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.simulator.certificates import Certificates

from .answers import Answer
from .request import Malformed, Reader, Request
from .scripts import Reply, Script, as_script

HOST = "127.0.0.1"
LOGIN = {"username": "admin", "password": "Wire-Secret-1"}
PATIENCE = 30.0  # seconds, in which what a test waits for must happen
BLOCK = 64 * 1024
RESET = struct.pack("ii", 1, 0)  # SO_LINGER for no time: closing sends RST


class Connection:
    """One connection of a client; what the steps of a reply work on.

    :ivar number: from 1
    """

    def __init__(self, server: Server, raw: socket.socket, number: int) -> None:
        self._server = server
        self._socket: socket.socket = raw
        self._open = True
        self.number = number
        self._reader = Reader(self._receive)

    def serve(self, script: Script, before_tls: Reply, context: ssl.SSLContext | None) -> None:
        """Until the client hangs up, a step closes the connection, or the server stops."""
        try:
            self._perform(before_tls)
            if context is not None and self._open:
                self._socket = context.wrap_socket(self._socket, server_side=True, do_handshake_on_connect=False)
                self._socket.do_handshake()
            while self._open:
                asked = self._reader.read()
                if asked is None:
                    return
                self._perform(script(self._server.note(self.number, *asked)))
        except (OSError, ssl.SSLError):
            return  # the client has gone, or does not like the certificate
        finally:
            self.close()

    def send(self, data: bytes) -> bool:
        if self._server.stopped.is_set():
            self._open = False
        if not self._open:
            return False
        self._server.count_sent(len(data))  # before, so that a client that has an answer finds it counted
        try:
            self._socket.sendall(data)
        except OSError:
            self._open = False
        return self._open

    def wait(self, seconds: float) -> bool:
        return not self._server.stopped.wait(seconds)

    def hold(self) -> None:
        while self._open and self._receive():
            pass
        self._open = False

    def wait_for_requests(self, more: int) -> None:
        self._server.wait_for_requests(len(self._server.requests) + more)

    def close(self, reset: bool = False, orderly: bool = True) -> None:
        self._open = False
        with contextlib.suppress(OSError):
            if reset:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            elif orderly and isinstance(self._socket, ssl.SSLSocket):
                self._socket.settimeout(0)
                self._socket.unwrap()
        with contextlib.suppress(OSError):
            self._socket.close()

    def interrupt(self) -> None:
        """End what blocks on the socket, from another thread; a TLS socket's own method would unwrap it."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(BLOCK)
        except OSError:
            return b""

    def _perform(self, reply: Reply) -> None:
        if isinstance(reply, Answer):
            self.send(reply.encode())
        elif isinstance(reply, bytes):
            self.send(reply)
        elif hasattr(reply, "run"):
            reply.run(self)
        else:
            self._perform_all(reply)

    def _perform_all(self, steps: Iterable[Any]) -> None:
        for step in steps:
            self._perform(step)
            if isinstance(steps, Iterator) and not self._open:
                return  # the client has stopped reading, perhaps of an endless body


class Server:
    """Listens on a free port of the loopback interface.

    :ivar options: what a module needs to reach it
    :ivar context: of TLS
    :ivar requests: all that arrived, in their order
    :ivar sent: how many bytes of answers were given to the network
    :ivar connections: how many connections were accepted
    :ivar failures: errors of scripts and requests that were none; ``serving`` raises the first at its end
    """

    def __init__(
        self, script: Script, before_tls: Reply, certificate: str | None, login: Mapping[str, str], directory: Path
    ) -> None:
        self._script = script
        self._before_tls = before_tls
        certificates = Certificates()
        if certificate is not None:
            certificates.use(certificate)
        certificates.context.num_tickets = 0  # unread ones would hide a reset
        self.context = certificates.context
        self._context = None if certificate is None else certificates.context
        ca_path = directory / "ca.pem"
        ca_path.write_bytes(certificates.ca_pem())
        self._listener = socket.create_server((HOST, 0), backlog=128)
        self.options = {
            "hostname": HOST,
            "port": self._listener.getsockname()[1],
            "ca_path": str(ca_path),
            **login,
        }
        self.requests: list[Request] = []
        self.sent = 0
        self.connections = 0
        self.failures: list[BaseException] = []
        self.stopped = threading.Event()
        self._changed = threading.Condition()
        self._threads: dict[Connection, threading.Thread] = {}
        self._acceptor = threading.Thread(target=self._accept, name="wire server", daemon=True)
        self._acceptor.start()

    @property
    def environment(self) -> dict[str, str]:
        """The options as the variables that modules read."""
        return {f"UM_{name.upper()}": str(value) for name, value in self.options.items()}

    def wait_for_requests(self, number: int) -> None:
        """Return once that many requests have arrived in all, or the server stops.

        :raises TimeoutError: they do not come
        """
        self._wait(lambda: len(self.requests) >= number, f"{number} requests did not arrive")

    def wait_until_idle(self) -> None:
        """Return once every connection has ended and its late work is done.

        :raises TimeoutError: one goes on
        """
        self._wait(lambda: not self._threads, "a connection goes on")

    def stop(self) -> None:
        self.stopped.set()
        with self._changed:
            self._changed.notify_all()
            running = dict(self._threads)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join(PATIENCE)
        for connection, thread in running.items():
            connection.interrupt()
            thread.join(PATIENCE)

    def note(self, connection: int, method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
        """Remember a request that arrived."""
        with self._changed:
            request = Request(len(self.requests) + 1, connection, method, target, headers, body)
            self.requests.append(request)
            self._changed.notify_all()
        return request

    def count_sent(self, size: int) -> None:
        with self._changed:
            self.sent += size

    def _wait(self, condition: Callable[[], bool], complaint: str) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: condition() or self.stopped.is_set(), PATIENCE):
                raise TimeoutError(complaint)

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                raw, _address = self._listener.accept()
            except OSError:
                return
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            connection = Connection(self, raw, self.connections)
            thread = threading.Thread(
                target=self._serve, args=(connection,), name="wire server connection", daemon=True
            )
            with self._changed:
                self._threads[connection] = thread
            thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            connection.serve(self._script, self._before_tls, self._context)
        except Malformed as error:
            self.failures.append(error)
        except Exception as error:  # of the script: told where the test can see it
            self.failures.append(error)
        finally:
            with self._changed:
                del self._threads[connection]
                self._changed.notify_all()


@contextlib.contextmanager
def serving(
    script: Script | Reply,
    *,
    before_tls: Reply = (),
    certificate: str | None = "valid",
    wants_certificate: bool = False,
    login: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A server that follows a script, stopped at the end.

    :param script: a function of the request that gives a reply, or one reply for all requests
    :param before_tls: a reply that is performed on the bare connection, before the handshake
    :param certificate: a kind of the simulator's certificates; None for plain HTTP
    :param wants_certificate: the client must have one, too
    :param login: username and password in the options; nothing checks them here
    :raises Exception: at the end, what a script raised
    """
    with tempfile.TemporaryDirectory(prefix="um-wire-") as directory:
        server = Server(as_script(script), before_tls, certificate, login or LOGIN, Path(directory))
        server.context.verify_mode = ssl.CERT_REQUIRED if wants_certificate else ssl.CERT_NONE
        try:
            yield server
        finally:
            server.stop()
        if server.failures:
            raise server.failures[0]
