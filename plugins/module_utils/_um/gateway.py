# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's REST API through UM's API gateway (docs/facts/server.md, 6): one cluster and its pages.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from .._base.deadline import Deadline
from .._base.errors import BadInput, Garbled, Refused
from .._base.names import is_key, refuse_other_key
from .client import Accepted, Client, Query, ontap_job_key
from .pages import MOST_PAGES, MOST_RECORDS
from .transport import Request

GATEWAYS = "/gateways"
NO_SUCH_API = "3"  # ONTAP's code for a path that it does not have, which is a 404, too
SWITCHED_OFF = "The API Gateway may be switched off in UM (General > Feature Settings)."

Record = dict[str, Any]


class Page(NamedTuple):
    """An answer to a GET: HTTP status, body, and apart from it the records, None where it is no collection."""

    status: int
    body: Record
    records: list[Record] | None


def find_cluster(client: Client, name_or_key: str) -> str:
    """The UUID of the one cluster that a name, UUID or key of UM means.

    The whole list is read, since it is short, and how its filters treat case is unknown.

    :raises BadInput: no cluster has this name, or several have it
    """
    try:
        records = list(client.records(GATEWAYS))
    except Refused as error:
        if error.status == 401 or error.status >= 500:
            raise
        raise error.with_text(f" {SWITCHED_OFF}") from error
    if is_key(name_or_key):
        refuse_other_key(name_or_key, "cluster", "cluster", None, "cluster")
        found = [one for one in records if str(one.get("uuid")).casefold() == name_or_key.partition(":")[0].casefold()]
    else:
        found = [one for one in records if one.get("name") == name_or_key]
    if len(found) == 1:
        return str(found[0]["uuid"])
    if found:
        uuids = ", ".join(str(one.get("uuid")) for one in found)
        raise BadInput(
            f"cluster: {len(found)} clusters are named {name_or_key!r}; give the UUID of one of them: {uuids}."
        )
    names = ", ".join(sorted(str(one.get("name")) for one in records))
    hint = f"the clusters that can be reached are {names}." if names else f"no cluster can be. {SWITCHED_OFF}"
    raise BadInput(f"cluster: {name_or_key!r} cannot be reached through the API gateway; {hint}")


def is_absent(error: Refused) -> bool:
    """Whether a refusal says that the object is not there, rather than that the path makes no sense."""
    return error.status == 404 and error.code != NO_SUCH_API


class Gateway:
    """One cluster behind the gateway; takes changes as a Client does.

    :param cluster: its UUID
    :param headers: the scope of an SVM, sent with GET and POST
    """

    def __init__(self, client: Client, cluster: str, headers: Mapping[str, str]) -> None:
        self._client = client
        self._base = f"{GATEWAYS}/{cluster}/"
        self._headers = headers

    @property
    def deadline(self) -> Deadline:
        return self._client.deadline

    def server_time(self) -> float | None:
        return self._client.server_time()

    def get(self, path: str, query: Query | None = None, limit: int | None = None, pages: bool = False) -> Page:
        """One object, or a collection, of which the first page or all are read.

        A next link is taken for its query only, so that no answer leads to another place.

        :param limit: stop after so many records
        """
        status, body, following = self._page(path, query)
        if not isinstance(body.get("records"), list):
            return Page(status, body, None)
        records = list(body.pop("records"))
        visited: set[str] = set()
        while pages and following and (limit is None or len(records) < limit):
            if following in visited:
                raise Garbled(f"GET {path} was answered with a next page that was read already.", status)
            if len(visited) >= MOST_PAGES or len(records) >= MOST_RECORDS:
                raise Garbled(f"GET {path} was answered with a list that does not end.", status)
            visited.add(following)
            more, following = self._page(path, dict(parse_qsl(following, keep_blank_values=True)))[1:]
            further = more.get("records") or []  # empty pages are legal (docs/facts/server.md, 6.8)
            if not isinstance(further, list):
                raise Garbled(f"GET {path} was answered with a page that has no list of records.", status)
            records += further
        records = records[:limit]
        body.pop("_links", None)
        return Page(status, {**body, "num_records": len(records)}, records)

    def _page(self, path: str, query: Query | None) -> tuple[int, Record, str]:
        """Status, body and the query of the next page; no answer at all is an empty body.

        See docs/facts/server.md, 6.8.
        """
        reply = self._client.reply(self._base + path, query, self._headers)
        body = {} if reply.body is None else reply.body
        if not isinstance(body, dict):
            raise Garbled(f"GET {path} was answered with a {type(body).__name__}, not an object.", reply.status)
        try:
            following = urlsplit(body["_links"]["next"]["href"]).query
        except (KeyError, TypeError, ValueError, AttributeError):
            following = ""
        return reply.status, body, following

    def write(self, request: Request, job_due: bool = True) -> Accepted:
        """As Client.write; the job, if there is one, is ONTAP's."""
        headers = self._headers if request.method == "POST" else None
        return self._client.write(
            request._replace(path=self._base + request.path, headers=headers), job_due, ontap_job_key
        )

    def location(self, accepted: Accepted) -> str | None:
        """The path of the object that was made, as a further call takes it."""
        path = urlsplit(accepted.location or "").path
        inner = path.partition(self._base)[2] or path.partition("/api/")[2]
        return inner or None
