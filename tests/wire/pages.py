# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists whose next links lead astray. Each function gives a script for the requests of one list."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any

from .answers import Answer
from .request import Request
from .scripts import Script, in_turn

Records = list[dict[str, Any]]


def record(index: int) -> dict[str, Any]:
    return {"key": f"key-{index}", "name": f"name-{index}"}


def page(records: Records | None, following: str | None = None, total: int | None = None, **more: Any) -> Answer:
    """One page.

    :param following: the next link; None for none
    :param total: total_records; None leaves it out
    """
    body: dict[str, Any] = {"records": records, "num_records": len(records or ()), **more}
    body["_links"] = {"self": {"href": "/api/self"}}
    if following is not None:
        body["_links"]["next"] = {"href": following}
    if total is not None:
        body["total_records"] = total
    return Answer.json(body)


def advancing(size: int = 1, total: int | None = None) -> Script:
    """A next link that always leads on, to records that are always new."""
    return _numbered(lambda request, number: page(_some(number * size, size), _at(request, (number + 1) * size), total))


def empty(total: int | None = None) -> Script:
    """Empty pages that always promise another one."""
    return _numbered(lambda request, number: page([], _at(request, number + 1), total))


def circling(length: int = 2, total: int | None = None) -> Script:
    """Pages that lead back to the first: A, B, A with a length of 2, and to itself with 1."""

    def one(request: Request, number: int) -> Answer:
        place = int(request.query.get("offset", 0)) % length
        return page(_some(place, 1), _at(request, (place + 1) % length), total)

    return _numbered(one)


def repeating(size: int = 1, total: int | None = None) -> Script:
    """A next link that always leads on, to records that are always the same."""
    return _numbered(lambda request, number: page(_some(0, size), _at(request, number + 1), total))


def elsewhere(following: str, total: int = 2) -> Script:
    """A first page with a next link of any sort: to another host, another scheme, a number, nothing at all."""
    return in_turn(page(_some(0, 1), following, total), page(_some(1, 1), None, total))


def incomplete(shown: int, total: int) -> Script:
    """Fewer records than total_records says, and no next link."""
    return lambda request: page(_some(0, shown), None, total)


def _numbered(answer: Callable[[Request, int], Answer]) -> Script:
    counter = itertools.count()
    lock = threading.Lock()

    def script(request: Request) -> Answer:
        with lock:
            number = next(counter)
        return answer(request, number)

    return script


def _some(first: int, number: int) -> Records:
    return [record(index) for index in range(first, first + number)]


def _at(request: Request, offset: int) -> str:
    return f"{request.path}?offset={offset}&max_records=1000"
