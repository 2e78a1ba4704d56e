# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages: follows the links, checks that the list is complete, and stops one that does not end.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .._base.errors import Garbled
from .._base.lenient import integer

MOST_PAGES = 10_000
MOST_RECORDS = 1_000_000  # far more than UM manages objects of a kind; a list without end stops here

Record = dict[str, Any]


class Walk:
    """The way through the pages of one list.

    A list that is not whole would make a module create what is there already, so it is an error, not a shorter list
    (docs/facts/server.md, 2.1).

    :param collection: for messages
    """

    def __init__(self, collection: str) -> None:
        self._collection = collection
        self._count = 0
        self._pages = 0
        self._total: int | None = None  # as the last page tells it
        self._most: int | None = None  # of all pages: a list may grow and shrink while it is read
        self._visited: set[str] = set()
        self._before: list[Record] = []

    def take(self, page: Mapping[str, Any]) -> tuple[list[Record], str | None]:
        """The records of a page, and the path of the next one or None.

        :raises Garbled: the answer is not a page, or its link leads nowhere
        """
        total = integer(page.get("total_records"))
        if total is not None:
            self._total = total
            self._most = max(self._most or 0, self._total)
        records = self._records(page, total)
        if records and records == self._before:
            raise self._garbled("the same page twice")
        link = self._link(page)
        if link is not None and not records:
            raise self._garbled("an empty page that leads to another one")
        self._before = records
        self._count += len(records)
        self._pages += 1
        if self._most is not None and self._count > self._most:
            raise self._garbled(f"more records than its total_records, {self._most}")
        if link is not None and (self._pages >= MOST_PAGES or self._count >= MOST_RECORDS):
            raise self._garbled(f"a list that has not ended after {self._count} records in {self._pages} pages")
        return records, link

    def check_whole(self) -> None:
        """After the last page.

        :raises Garbled: records are missing
        """
        if self._total is not None and self._count < self._total:
            raise self._garbled(f"{self._count} of {self._total} records, without a link to the others")

    def _records(self, page: Mapping[str, Any], total: int | None) -> list[Record]:
        records = page.get("records")
        if records is None and (total == 0 or (total is None and integer(page.get("num_records")) == 0)):
            return []
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise self._garbled("an object that has no list of records")
        number = integer(page.get("num_records"))
        if number is not None and len(records) < number:
            raise self._garbled(f"a page of {len(records)} records that says it has {number}")
        return records

    def _link(self, page: Mapping[str, Any]) -> str | None:
        """``_links.next.href``, an absolute path that already holds the query; followed on this host only.

        What stands in its place in another shape leads on, too: that it cannot be read does not end the list.
        """
        links = page.get("_links")
        following = links.get("next") if isinstance(links, dict) else links
        link = following["href"] if isinstance(following, dict) and "href" in following else following
        if not link:
            return None
        if not isinstance(link, str) or not urlsplit(link).path.startswith("/api/"):
            raise self._garbled(f"a next page at {link!r}, which cannot be read")
        link = urlunsplit(("", "", *urlsplit(link)[2:]))
        if link in self._visited:
            raise self._garbled(f"a next page at {link!r}, which was read already")
        self._visited.add(link)
        return link

    def _garbled(self, what: str) -> Garbled:
        return Garbled(f"GET {self._collection} was answered with {what}.", 200)
