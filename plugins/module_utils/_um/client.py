# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Unified Manager's REST API: base path, records in pages, keys in paths, jobs in answers.

Private to this collection.
"""

from __future__ import annotations

import email.utils
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .._base.deadline import Deadline
from .._base.errors import Garbled, JobUnusable, Refused, TooOld, UMError, Unread
from . import releases
from .pages import Walk
from .records import typed
from .replies import Reply
from .transport import Request, Transport

BASE_PATH = "/api/v2"
JOBS = "/management-server/jobs"
PAGE = 1000  # the server's cap on max_records (docs/facts/server.md, 2.2)

Query = Mapping[str, Any]


class Accepted(NamedTuple):
    """What a write was answered with: the HTTP status, the body, and the job's key where there is a job to wait for.

    ``adopted``: the answer was lost, and this is what was found instead; a job is then the only one that can be ours.
    ``location``: the header of that name.
    """

    status: int
    body: Any
    job_key: str | None
    adopted: bool = False
    location: str | None = None


def um_job_key(body: Any) -> str | None:
    """The key of the job that an answer of UM names."""
    return _job_value(body, "key")


def ontap_job_key(body: Any) -> str | None:
    """The UUID of the job that an answer of ONTAP names (docs/facts/server.md, 6.9)."""
    return _job_value(body, "uuid")


class Client:
    """Reads and writes UM's objects as plain dictionaries.

    :param transport: to one server
    :ivar accepted: the keys of all jobs that writes were answered with
    :ivar clock_offset: seconds that the server's clock (its ``Date`` header) is ahead of the run's own, or None
    """

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.clock_offset: float | None = None
        self.accepted: list[str] = []

    @property
    def deadline(self) -> Deadline:
        """The run's."""
        return self.transport.deadline

    def get(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """One object.

        :raises TooOld: the server's release does not have the path
        :raises Refused: 404 and every other refusal
        :raises Garbled: the answer is no JSON object
        """
        try:
            return self._object(path, self.transport.read(Request("GET", BASE_PATH + path, query)))
        except Refused as error:
            self._check_release(path, error)
            raise

    def _check_release(self, path: str, refusal: Refused) -> None:
        """:raises TooOld: a path is missing because the server is older; that costs one GET, on this way alone"""
        if refusal.status != 404 or not releases.came_with(path):
            return
        try:
            version = self.get(releases.SYSTEM).get("version")
        except UMError:
            return
        sentence = releases.needs(path, version)
        if sentence:
            raise TooOld(sentence)

    def reply(self, path: str, query: Query | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to a GET, whatever it holds."""
        reply = self.transport.read(Request("GET", BASE_PATH + path, query, headers=headers))
        self._note_clock(reply)
        return reply

    def look(self, path: str, query: Query | None = None) -> dict[str, Any]:
        """As ``get``, but sent once: for a caller that has its own patience."""
        reply = self.transport.once(Request("GET", BASE_PATH + path, query))
        return self._object(path, reply)

    def records(
        self, collection: str, query: Query | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """All records that a query finds, page after page as they are asked for.

        :param limit: stop after so many
        :raises Garbled: no list, or one that is not whole or does not end: that is no shorter list
        :raises OutOfTime: the deadline passed before its end
        """
        if limit == 0:
            return
        query = dict(query or {})
        if "max_records" not in query and collection not in UNPAGED:
            query["max_records"] = min(PAGE, limit or PAGE)
        page = self.get(collection, query)
        walk = Walk(collection)
        seen: dict[str, Any] = {}
        count = 0
        while True:
            records, link = walk.take(page)
            for record in records:
                _share(record, seen)
                yield record
                count += 1
                if count == limit:
                    return
            if link is None:
                walk.check_whole()
                return
            page = self._object(collection, self.transport.read(Request("GET", link)))

    def write(
        self, request: Request, job_due: bool = True, job_key: Callable[[Any], str | None] = um_job_key
    ) -> Accepted:
        """Send one change, once.

        :param job_due: a 202 must name its job; False for the calls that answer 202 with their result
        :param job_key: body -> the key of the job that it names
        :raises Lost: it may have been done
        :raises TooOld: the server's release does not have the path
        :raises Refused, NotSent, Untrusted: it was not done
        :raises JobUnusable: it was accepted, and the answer has no job key where one is due
        """
        try:
            reply = self.transport.write(request._replace(path=BASE_PATH + request.path))
        except Garbled as error:
            if error.status == 202:
                raise JobUnusable(f"The change was accepted, but its job is unknown. {error}") from error
            raise Unread(error.message) from error
        except Refused as error:
            self._check_release(request.path, error)
            raise
        self._note_clock(reply)
        location = reply.headers.get("Location")
        if reply.status != 202 or not job_due:
            return Accepted(reply.status, reply.body, None, location=location)
        key = job_key(reply.body)
        if key is None:
            raise JobUnusable(
                f"{request.method} {request.path} was accepted, but the answer names no job: the outcome is unknown."
            )
        self.accepted.append(key)
        return Accepted(reply.status, reply.body, key, location=location)

    def server_time(self) -> float | None:
        """Seconds since 1970 on the server's clock, or None while no answer had a ``Date``."""
        return None if self.clock_offset is None else self.deadline.now() + self.clock_offset

    def _object(self, path: str, reply: Reply) -> dict[str, Any]:
        self._note_clock(reply)
        if not isinstance(reply.body, dict):
            kind = "an empty answer" if reply.body is None else f"a {type(reply.body).__name__}"
            raise Garbled(f"GET {path} was answered with HTTP {reply.status} and {kind}, not an object.", reply.status)
        return typed(reply.body)

    def _note_clock(self, reply: Reply) -> None:
        try:
            date = email.utils.parsedate_to_datetime(reply.headers["Date"])
        except (KeyError, TypeError, ValueError):
            return
        self.clock_offset = date.timestamp() - self.deadline.now()


# Collections that declare no max_records (docs/facts/server.md, 2.5): they answer with the whole list.
UNPAGED = {
    "/storage-provider/performance-service-levels",
    "/storage-provider/performance-service-levels/pgp-policies",
    "/storage-provider/storage-efficiency-policies",
    "/storage-provider/access-endpoints",
    "/storage-provider/active-directories-mappings",
    "/admin/datasources/clusters",
    "/gateways",
}


def get_or_none(client: Client, path: str) -> dict[str, Any] | None:
    """As ``get``; None where there is nothing."""
    try:
        return client.get(path)
    except Refused as error:
        if error.status == 404:
            return None
        raise


def _share(record: dict[str, Any], seen: dict[str, Any]) -> None:
    """Let equal objects in many records be one: ten thousand LUNs refer to a few SVMs, in full each time."""
    for name, value in record.items():
        if isinstance(value, dict) and name != "_links":
            record[name] = seen.setdefault(repr(value), value)


def _job_value(body: Any, name: str) -> str | None:
    try:
        key = body["job"][name]
    except (KeyError, TypeError):
        return None
    return key if isinstance(key, str) and key else None
