# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One exchange of bytes with one server: a request goes out, and its answer comes in within a time and a size.

The only importer of requests. Private to this collection.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import ssl
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, NamedTuple
from urllib.parse import urlsplit

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from requests.auth import HTTPBasicAuth

    REQUESTS_ERROR: ImportError | None = None
except ImportError as error:  # reported before the first request
    REQUESTS_ERROR = error

from .._base.deadline import Waiting
from .._base.errors import BadInput, Garbled, Lost, TooLarge
from .sockets import CONNECT_TIMEOUT, Limit, TooMuch, bounded, connected
from .trouble import Exchange, explained, innermost

LARGEST_ANSWER = 256 * 2**20  # bytes of a body, unpacked
LARGEST_HEAD = 2**20  # bytes of everything around it
CHUNK = 2**16
PACKED = {"gzip", "x-gzip", "deflate"}
GZIP = b"\x1f\x8b"
ZLIB = 8  # the lower half of the first byte


def authorities(verify: bool | str) -> str:
    """The file or folder of the CA certificates that an exchange verifies by."""
    if isinstance(verify, str):
        return verify
    named = (os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))
    return next(filter(None, named), None) or str(requests.utils.DEFAULT_CA_BUNDLE_PATH)


def proxy_of(url: str) -> str | None:
    """The proxy that an exchange with a server takes, without its credentials, or None.

    :param url: scheme, host and port of the server
    """
    proxy = requests.utils.select_proxy(url, requests.utils.get_environ_proxies(url))
    return re.sub(r"//[^/]*@", "//", str(proxy)) if proxy else None


class Answer(NamedTuple):
    """What came back; the content is unpacked."""

    status: int
    headers: Mapping[str, str]
    content: bytearray


class Wire:
    """Keeps connections to one server open.

    :ivar certificate: the fingerprint of the server's certificate, empty before there was a connection
    :param url: scheme, host and port
    :param auth: user name and password
    :param verify: True, False or the path of a CA file or directory
    :param waiting: what is around each call that waits
    """

    def __init__(
        self,
        url: str,
        auth: tuple[bytes, bytes],
        verify: bool | str,
        headers: Mapping[str, str],
        waiting: Waiting = nullcontext,
    ) -> None:
        self._url = url
        self._verify = verify
        self._limit = Limit(waiting)
        self.certificate = ""
        self._session = requests.Session()
        self._session.mount("https://", _adapter(self._limit, verify is not False, self._saw))
        self._session.auth = HTTPBasicAuth(*auth)
        # What else could be packed is not unpacked within bounds by every library.
        self._session.headers.update({**headers, "Accept-Encoding": "gzip, deflate"})

    def close(self) -> None:
        self._session.close()

    def _saw(self, certificate: bytes) -> None:
        self.certificate = hashlib.sha256(certificate).hexdigest()

    def exchange(
        self,
        method: str,
        path: str,
        seconds: float,
        query: Sequence[tuple[str, str]] = (),
        data: str | None = None,
        files: Any = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send a request and read its answer.

        :param path: below the host, already quoted
        :param seconds: for all of it, from the connection to the last byte
        :raises NotSent, Untrusted: it did not leave
        :raises Lost: it left, and no answer came in time
        :raises Garbled, TooLarge: the answer cannot be unpacked, or is larger than LARGEST_ANSWER
        :raises BadInput: the proxy that the environment names is not a URL
        """
        limit = self._limit
        limit.begin(seconds, LARGEST_ANSWER + LARGEST_HEAD)
        try:
            with warnings.catch_warnings():
                # The module warns about validate_certs: false once, in its own words.
                warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
                answer = self._session.request(
                    method,
                    self._url + path,
                    params=query,
                    data=data,
                    files=files,
                    headers=headers,
                    timeout=(min(seconds, CONNECT_TIMEOUT), seconds),
                    verify=self._verify,
                    allow_redirects=False,
                    stream=True,
                )
                content = self._content(method, path, answer)
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, ValueError) as error:
            raise self._unusable(error) from None
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise explained(error, self._exchange(error, seconds)) from error
        return Answer(answer.status_code, answer.headers, content)

    def _content(self, method: str, path: str, answer: Any) -> bytearray:
        """The whole body, unpacked. What was not read to its end is closed, so that it is not taken for an answer."""
        content = bytearray()
        try:
            if answer.status_code < 200:
                self._session.close()  # the answer itself may still come
                raise Lost(f"{method} {path} was answered with HTTP {answer.status_code}, which is not an answer.")
            for part in _unpacked(answer.raw, answer.headers.get("Content-Encoding", "")):
                content += part
                if len(content) > LARGEST_ANSWER:
                    raise TooLarge(_too_large(method, path), answer.status_code)
        except zlib.error as error:
            raise Garbled(f"{method} {path}: the answer cannot be unpacked: {error}.", answer.status_code) from None
        except urllib3.exceptions.HTTPError as error:
            if isinstance(innermost(error), TooMuch):
                raise TooLarge(_too_large(method, path), answer.status_code) from None
            raise
        finally:
            answer.close()
        return content

    def _unusable(self, error: Exception) -> Exception:
        """Neither the host nor the proxy is contacted; the text of the error may hold the proxy's password."""
        if proxy_of(self._url):
            return BadInput(
                "The proxy that the environment names (HTTPS_PROXY or ALL_PROXY) cannot be used; write it like"
                " http://proxy.example.com:3128. SOCKS is not supported. NO_PROXY lists hosts that are reached without"
                " a proxy."
            )
        return BadInput(f"{self._url} cannot be asked: {innermost(error)}.")

    def _exchange(self, error: Exception, seconds: float) -> Exchange:
        proxy = proxy_of(self._url) if isinstance(error, requests.exceptions.ProxyError) else None
        host = urlsplit(self._url).hostname or ""
        return Exchange(self._url, host, seconds, self._limit.sent, self._limit.expired, proxy)


def _too_large(method: str, path: str) -> str:
    return (
        f"The answer to {method} {path} is larger than {LARGEST_ANSWER // 2**20} MiB, which is more than these modules"
        " read. Ask for less: use filters or limit."
    )


def _unpacked(raw: Any, encoding: str) -> Iterator[bytes]:
    """The body in parts of bounded size.

    :raises zlib.error: it is packed in another way, or badly
    """
    pieces = raw.stream(CHUNK, decode_content=False)
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return pieces
    if encoding not in PACKED:
        raise zlib.error(f"Content-Encoding {encoding!r} was not asked for")
    return _unzipped(pieces)


def _unzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    while len(rest) < len(GZIP):  # which tell how it is packed
        piece = next(pieces, None)
        if piece is None:
            break
        rest += piece
    unzip = _unzipper(rest)
    while rest:
        yield unzip.decompress(rest, CHUNK)
        rest = unzip.unconsumed_tail
        if unzip.eof and unzip.unused_data.startswith(GZIP):
            rest, unzip = unzip.unused_data, _unzipper(GZIP)
        rest = rest or (b"" if unzip.eof else next(pieces, b""))
    if not unzip.eof:
        yield unzip.flush()
        if not unzip.eof:
            raise zlib.error("it ends too early")


def _unzipper(start: bytes) -> Any:
    """gzip, zlib, or deflate without the frame that RFC 9110 asks for, which some servers send."""
    if start.startswith(GZIP):
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    framed = len(start) > 1 and start[0] % 16 == ZLIB and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)


def _adapter(limit: Limit, verified: bool, saw: Callable[[bytes], object]) -> Any:
    """An adapter of requests whose sockets keep to the limit.

    :param saw: takes the certificate of each new connection
    """
    plain_sockets = bounded(socket.socket, limit)
    context = urllib3.util.ssl_.create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED if verified else ssl.CERT_NONE)
    context.sslsocket_class = bounded(ssl.SSLSocket, limit)

    class BoundedConnection(urllib3.connection.HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connected(plain_sockets, limit, self.host.strip("[]"), self.port, self.socket_options or ())

        def connect(self) -> None:
            super().connect()
            tls: Any = self.sock
            saw(tls.getpeercert(True) or b"")

        def putrequest(self, *args: Any, **kwargs: Any) -> Any:
            limit.sent = True
            return super().putrequest(*args, **kwargs)

    class Pool(urllib3.connectionpool.HTTPSConnectionPool):
        ConnectionCls = BoundedConnection

        def _get_conn(self, *args: Any, **kwargs: Any) -> Any:
            """What came after an answer is not the answer to the next request."""
            connection: Any = super()._get_conn(*args, **kwargs)
            unread = getattr(connection.sock, "pending", None)
            if unread is not None and unread():
                connection.close()
            return connection

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=context, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"https": Pool}

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            if proxy.lower().startswith("socks"):
                raise requests.exceptions.InvalidSchema("SOCKS is not supported")
            manager = super().proxy_manager_for(proxy, ssl_context=context, proxy_ssl_context=context, **kwargs)
            manager.pool_classes_by_scheme = {"https": Pool}
            return manager

    return Adapter(max_retries=0)
