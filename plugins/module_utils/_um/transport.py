# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests and their answers as JSON, and the rules for trying again. Private to this collection."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .._base.deadline import Deadline
from .._base.errors import Garbled, Lost, NotSent, OutOfTime, Refused, TooLarge
from .._base.version import VERSION
from .replies import Reply, decoded, judge
from .wire import Wire

READ_RETRIES = 6  # the vendor advises at least five for a GET that gets a 500
CONNECT_RETRIES = 3
GARBLED_RETRIES = 2
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LONGEST_TOLD = 120.0  # seconds that a server can make a run wait that has no deadline
RETRIED_READS = {408, 425, 429, 500, 502, 503, 504}
LAST_LOOK = 5.0  # seconds beyond the deadline, for all requests that begin or end then


class Request(NamedTuple):
    """One request, from the one who wants it to the wire.

    :param path: already quoted; below the API's base for a Client, below ONTAP's for a Gateway, below the host for a
        Transport
    :param query: names and values; None leaves one out
    :param body: what is sent as JSON
    :param files: a multipart upload instead of a body, as requests takes it
    """

    method: str
    path: str
    query: Mapping[str, Any] | None = None
    body: Any = None
    files: Any = None
    headers: Mapping[str, str] | None = None


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


class Transport:
    """Sends requests; knows what may be sent again, and when (docs/facts/job-contract.md, sections 2 and 3).

    :param conceal: a text of the server without secrets; asked before it is cut or quoted
    """

    def __init__(
        self, connection: Connection, deadline: Deadline, conceal: Callable[[str], str] = lambda text: text
    ) -> None:
        self.connection = connection
        self.deadline = deadline
        self.conceal = conceal
        self._was_late = False
        self._wire = Wire(
            connection.url,
            (connection.username.encode(), connection.password.encode()),
            connection.verify,
            {
                "Accept": "application/json",
                "Content-Type": "application/json",
                "User-Agent": f"aiqum.unified_manager/{VERSION}",
            },
            deadline.waiting,
        )

    @property
    def server(self) -> str:
        """What identifies the server, however its name is spelt: its certificate, once a connection has shown it."""
        return self._wire.certificate or self.connection.url

    def close(self) -> None:
        self._wire.close()

    def read(self, request: Request) -> Reply:
        """GET, tried again on lost connections, unusable answers and the server's own trouble.

        :raises Untrusted, NotSent, Lost, Garbled, Refused: as the last try ended
        :raises OutOfTime: the deadline has passed
        """
        attempt = 0
        self._check_time(request)
        while True:
            try:
                return self.once(request)
            except (NotSent, Lost, Garbled, Refused) as error:
                attempt += 1
                if not self._may_read_again(error, attempt):
                    raise
                self.deadline.pause(_pause(error, attempt))

    def write(self, request: Request) -> Reply:
        """POST, PATCH or DELETE, sent once; again only if it never arrived or the server says that it did not run it.

        :raises NotSent, Untrusted, Refused, OutOfTime: the server did not act on it
        :raises Lost: it may have
        """
        attempt = 0
        self._check_time(request)
        while True:
            try:
                return self.once(request)
            except (NotSent, Refused) as error:
                attempt += 1
                not_run = isinstance(error, Refused) and error.not_run
                unreached = isinstance(error, NotSent) and attempt <= CONNECT_RETRIES
                pause = _pause(error, attempt)
                if not (not_run or unreached) or not self._has_time(pause, attempt):
                    if not isinstance(error, Refused) or not error.not_run:
                        raise
                    sent = f" It was sent {_times(attempt)}; Unified Manager did not carry it out."
                    raise error.with_text(sent) from error
                self.deadline.pause(pause)

    def once(self, request: Request) -> Reply:
        """One request and its answer.

        :raises NotSent, Untrusted, Lost, Garbled, Refused: no answer came, or none that can be used
        """
        seconds = self._seconds()
        headers: dict[str, str | None] = dict(request.headers or {})
        if request.files:
            headers["Content-Type"] = None  # requests writes the multipart boundary itself
        answer = self._wire.exchange(
            request.method,
            request.path,
            seconds,
            query=pairs(request.query),
            data=None if request.body is None else json.dumps(request.body),
            files=request.files,
            headers=headers,
        )
        text = decoded(answer.content)
        answer.content.clear()  # a large one would count twice while it is parsed
        return judge(request.method, request.path, answer.status, answer.headers, text, self.conceal)

    def _seconds(self) -> float:
        """How long a request may take: with all that are late, a run ends at most one request after its deadline.

        :raises NotSent: earlier ones have taken that time
        """
        longest = self.connection.request_timeout
        seconds = min(longest, max(self.deadline.left(), min(longest, LAST_LOOK) - self.deadline.overdue()))
        if seconds <= 0:
            raise NotSent(f"wait_timeout passed, and {self.connection.url} is not asked any more.")
        return seconds

    def _check_time(self, request: Request) -> None:
        """One read may begin after the deadline, so that a run can see how what it waited for has ended."""
        if not self.deadline.passed():
            return
        if request.method != "GET" or self._was_late:
            raise OutOfTime(f"wait_timeout passed before {request.method} {request.path} was sent.")
        self._was_late = True

    def _may_read_again(self, error: Exception, attempt: int) -> bool:
        if isinstance(error, Refused) and error.status not in RETRIED_READS:
            return False
        limit = {NotSent: CONNECT_RETRIES, Garbled: GARBLED_RETRIES, TooLarge: 0}.get(type(error), READ_RETRIES)
        return attempt <= limit and self._has_time(_pause(error, attempt), attempt)

    def _has_time(self, pause: float, attempt: int) -> bool:
        """Whether it can be tried again after a pause; a run that only reads has no deadline, and must end, too."""
        if self.deadline.seconds is None:
            return attempt <= READ_RETRIES and pause <= LONGEST_TOLD
        return pause < self.deadline.left()


def _pause(error: Exception, attempt: int) -> float:
    """Seconds to wait: as the server says, but at least the growing pause: ``Retry-After: 0`` must cause no storm."""
    told = getattr(error, "retry_after", None) or 0.0
    return max(told, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 10)))


def pairs(query: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """A query as it is sent: without what is None, and booleans in JSON's words."""
    return [
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in (query or {}).items()
        if value is not None
    ]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
