# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies below HTTP, step by step: name, connection, certificate. Private to this collection."""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from .._base.errors import NotSent, Untrusted
from .transport import Connection
from .trouble import in_words
from .wire import authorities


class Certificate(NamedTuple):
    """What a verified certificate says.

    :param seconds_left: until it expires
    :param names: the host names and addresses that it is for
    """

    seconds_left: float
    names: tuple[str, ...]


def addresses(connection: Connection) -> list[str]:
    """The addresses of the host, each once.

    :raises NotSent: the name cannot be resolved
    """
    try:
        found = socket.getaddrinfo(connection.hostname, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSent(f"{connection.hostname} cannot be resolved: {in_words(error)}.") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(connection: Connection, seconds: float) -> float:
    """Open a TCP connection and close it again; returns how many seconds that took.

    :raises NotSent: it cannot be opened within ``seconds``
    """
    begun = time.monotonic()
    try:
        socket.create_connection((connection.hostname, connection.port), timeout=seconds).close()
    except OSError as error:
        raise NotSent(
            f"{connection.hostname}:{connection.port} does not accept connections: {in_words(error)}."
        ) from error
    return time.monotonic() - begun


def handshake(connection: Connection, seconds: float) -> Certificate | None:
    """Verify the certificate as a request does; None where validate_certs is false.

    :raises Untrusted: it does not verify; the message is OpenSSL's reason
    :raises NotSent: no handshake, for example because the port does not speak TLS
    """
    if connection.verify is False:
        return None
    try:
        context = _context(authorities(connection.verify))
        with (
            socket.create_connection((connection.hostname, connection.port), timeout=seconds) as plain,
            context.wrap_socket(plain, server_hostname=connection.hostname) as secure,
        ):
            return _certificate(secure.getpeercert() or {})
    except ssl.SSLCertVerificationError as error:
        raise Untrusted(error.verify_message) from error
    except (OSError, ValueError) as error:
        reason = in_words(error)
        raise NotSent(
            f"{connection.hostname}:{connection.port} does not complete a TLS handshake: {reason}."
        ) from error


def _context(path: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(**{"capath" if os.path.isdir(path) else "cafile": path})
    return context


def _certificate(parts: Mapping[str, Any]) -> Certificate:
    names = tuple(str(value) for kind, value in parts.get("subjectAltName", ()) if kind in ("DNS", "IP Address"))
    return Certificate(ssl.cert_time_to_seconds(parts["notAfter"]) - time.time(), names)
