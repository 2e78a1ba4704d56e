# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire: one TLS session to one Unified Manager, and the rules for trying again.

The only importer of requests. Private to this collection.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter

    REQUESTS_ERROR = None
except ImportError as error:
    requests = None
    HTTPAdapter = object
    REQUESTS_ERROR = error

from .._base.deadline import Deadline
from .._base.errors import Garbled, Lost, NotSent, Refused, Untrusted
from .._base.version import VERSION
from .replies import Reply, judge

READ_RETRIES = 6  # the vendor advises at least five for a GET that gets a 500
CONNECT_RETRIES = 3
GARBLED_RETRIES = 2
CONNECT_TIMEOUT = 10.0  # seconds
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LONGEST_TOLD = 120.0  # seconds that a server can make a run wait that has no deadline
RETRIED_READS = {408, 425, 429, 500, 502, 503, 504}
LAST_LOOK = 5.0  # seconds for a request that begins at the deadline
CHUNK = 65536  # bytes


class Connection(NamedTuple):
    """Where the server is and how to speak to it.

    ``verify`` is True, False or the path of a CA file or directory; ``request_timeout`` is in seconds.
    """

    hostname: str
    port: int
    username: str
    password: str
    verify: bool | str
    request_timeout: float

    @property
    def url(self) -> str:
        host = f"[{self.hostname}]" if ":" in self.hostname else self.hostname
        return f"https://{host}:{self.port}"


def authorities(connection: Connection) -> str:
    """The file or folder of the CA certificates that a request to this server verifies by."""
    if isinstance(connection.verify, str):
        return connection.verify
    named = (os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))
    return next(filter(None, named), None) or requests.certs.where()


def proxy_of(connection: Connection) -> str | None:
    """The proxy that a request to this server takes, without its credentials, or None."""
    proxy = requests.utils.get_environ_proxies(connection.url).get("https")
    return re.sub(r"//[^/@]*@", "//", proxy) if proxy else None


class Transport:
    """Sends requests; knows what may be sent again, and when (docs/facts/job-contract.md, sections 2 and 3)."""

    def __init__(self, connection: Connection, deadline: Deadline) -> None:
        self.connection = connection
        self.deadline = deadline
        self._wire = _Wire()
        self._session = requests.Session()
        self._session.mount("https://", self._wire.adapter())
        self._session.auth = (connection.username.encode(), connection.password.encode())
        self._session.headers.update(
            {
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": f"aiqum.unified_manager/{VERSION}",
            }
        )

    @property
    def server(self) -> str:
        """What identifies the server, however its name is spelt: its certificate, once a connection has shown it."""
        return self._wire.certificate or self.connection.url

    def close(self) -> None:
        self._session.close()

    def read(self, path: str, query: Sequence[tuple[str, str]] = (), headers: Mapping[str, str] | None = None) -> Reply:
        """GET, tried again on lost connections, unusable answers and the server's own trouble.

        :raises Untrusted, NotSent, Lost, Garbled, Refused: as the last try ended
        """
        attempt = 0
        while True:
            try:
                return self.once("GET", path, query, headers=headers)
            except (NotSent, Lost, Garbled, Refused) as error:
                attempt += 1
                if not self._may_read_again(error, attempt):
                    raise
                self.deadline.pause(_pause(error, attempt))

    def write(
        self,
        method: str,
        path: str,
        query: Sequence[tuple[str, str]] = (),
        body: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """POST, PATCH or DELETE, sent once; again only if it never arrived or the server says that it did not run it.

        :raises NotSent, Untrusted, Refused: the server did not act on it
        :raises Lost: it may have
        """
        attempt = 0
        while True:
            try:
                return self.once(method, path, query, body, files, headers)
            except (NotSent, Refused) as error:
                attempt += 1
                not_run = isinstance(error, Refused) and (
                    error.status == 429 or (error.status == 503 and error.retry_after is not None)
                )
                unreached = isinstance(error, NotSent) and attempt <= CONNECT_RETRIES
                pause = _pause(error, attempt)
                if not (not_run or unreached) or not self._has_time(pause, attempt):
                    raise
                self.deadline.pause(pause)

    def once(
        self,
        method: str,
        path: str,
        query: Sequence[tuple[str, str]] = (),
        body: Any = None,
        files: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request and its answer.

        :param path: below the host, already quoted
        """
        seconds = min(self.connection.request_timeout, max(self.deadline.left(), LAST_LOOK))
        extra = dict(headers or {})
        if files:
            extra["Content-Type"] = None  # requests writes the multipart boundary itself
        self._wire.sent = False
        try:
            with warnings.catch_warnings():
                # The module warns about validate_certs: false once, in its own words.
                warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
                answer = self._session.request(
                    method,
                    self.connection.url + path,
                    params=query,
                    data=None if body is None else json.dumps(body),
                    files=files,
                    headers=extra,
                    timeout=(min(seconds, CONNECT_TIMEOUT), seconds),
                    verify=self.connection.verify,
                    allow_redirects=False,
                    stream=True,
                )
                content = self._content(answer, seconds)
        except requests.exceptions.SSLError as error:
            raise self._tls_error(error) from error
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise self._connection_error(error, seconds) from error
        except ValueError as error:
            raise NotSent(f"{self.connection.url} cannot be asked: {error}") from error
        return judge(method, path, answer.status_code, answer.headers, content)

    def _content(self, answer: Any, seconds: float) -> bytes:
        """The whole body, given up when it trickles for longer than a request may take."""
        end = self.deadline.now() + seconds
        content = bytearray()
        for chunk in answer.iter_content(CHUNK):
            content += chunk
            if self.deadline.now() > end:
                answer.close()
                raise requests.exceptions.ReadTimeout(f"the answer was not complete after {seconds:g} s")
        return bytes(content)

    def _may_read_again(self, error: Exception, attempt: int) -> bool:
        if isinstance(error, Refused) and error.status not in RETRIED_READS:
            return False
        limit = {NotSent: CONNECT_RETRIES, Garbled: GARBLED_RETRIES}.get(type(error), READ_RETRIES)
        return attempt <= limit and self._has_time(_pause(error, attempt), attempt)

    def _has_time(self, pause: float, attempt: int) -> bool:
        """Whether it can be tried again after a pause; a run that only reads has no deadline, and must end, too."""
        if self.deadline.seconds is None:
            return attempt <= READ_RETRIES and pause <= LONGEST_TOLD
        return pause < self.deadline.left()

    def _tls_error(self, error: Exception) -> Exception:
        text = str(error)
        if "CERTIFICATE_VERIFY_FAILED" in text or "certificate" in text.lower():
            return Untrusted(
                f"The certificate of {self.connection.url} is not trusted: {_reason(error)}. Give the CA that issued it"
                " with ca_path, or switch verification off with validate_certs: false if you must."
            )
        return self._connection_error(error, 0)

    def _connection_error(self, error: Exception, seconds: float) -> Exception:
        timed_out = isinstance(error, (requests.exceptions.Timeout, TimeoutError))
        reason = f"no answer in {seconds:g} s" if timed_out else _reason(error)
        if self._wire.sent:
            return Lost(f"The connection to {self.connection.url} was lost before an answer came: {reason}.")
        return NotSent(f"{self.connection.url} cannot be reached: {reason}.")


class _Wire:
    """Tells whether a request began to leave: what fails before (name, connection, handshake) never arrived."""

    def __init__(self) -> None:
        self.sent = False
        self.certificate = ""  # its fingerprint

    def adapter(self) -> Any:
        wire = self

        class MarkedConnection(urllib3.connectionpool.HTTPSConnectionPool.ConnectionCls):
            def connect(self) -> None:
                super().connect()
                wire.certificate = hashlib.sha256(self.sock.getpeercert(True) or b"").hexdigest()

            def putrequest(self, *args: Any, **kwargs: Any) -> Any:
                wire.sent = True
                return super().putrequest(*args, **kwargs)

        class Pool(urllib3.connectionpool.HTTPSConnectionPool):
            ConnectionCls = MarkedConnection

        class Adapter(HTTPAdapter):
            def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
                super().init_poolmanager(*args, **kwargs)
                self.poolmanager.pool_classes_by_scheme = {"https": Pool}

            def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
                manager = super().proxy_manager_for(*args, **kwargs)
                manager.pool_classes_by_scheme = {"https": Pool}
                return manager

        return Adapter(max_retries=0)


def _pause(error: Exception, attempt: int) -> float:
    """Seconds to wait: as told, but never less than the growing pause, lest ``Retry-After: 0`` makes a storm."""
    told = getattr(error, "retry_after", None) or 0.0
    return max(told, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 10)))


def _reason(error: BaseException) -> str:
    """The innermost cause in its own words: requests wraps urllib3, which wraps the system."""
    seen = error
    while True:
        inner = getattr(seen, "reason", None) or next(
            (arg for arg in seen.args if isinstance(arg, BaseException)), None
        )
        if not isinstance(inner, BaseException):
            break
        seen = inner
    text = str(seen.args[1] if isinstance(seen, OSError) and len(seen.args) > 1 else seen) or type(seen).__name__
    return text.rstrip(".")
