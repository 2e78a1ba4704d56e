# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request that has been understood, and its answer; what the handlers of resources work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, overload

from .errors import Refusal, unknown_key
from .jobs import Job, Task
from .validation import check_body
from .world import World


class Answer(NamedTuple):
    """Status, JSON body (None for none) and further headers."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = {}


@dataclass
class Call:
    """One request below /api.

    :ivar path: without base path and query
    :ivar params: the decoded variable parts of the path
    :ivar query: the decoded parameters, in their order
    :ivar body: the decoded JSON body, None without one
    :ivar files: the parts of a multipart body: {name: (file name, content)}
    :ivar user: the record of who asks
    """

    world: World
    method: str
    path: str
    query: list[tuple[str, str]]
    body: Any = None
    params: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str | None, bytes]] = field(default_factory=dict)
    user: dict[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.query)

    def checked_body(self, shape: dict[str, Any]) -> dict[str, Any]:
        """The body, checked against a shape of validation.py.

        :raises Refusal: 400
        """
        if self.body is None:
            raise Refusal(400, "malformed_json", "The request needs a body.")
        return check_body(self.body, shape, self.method, self.world.switches)

    def target(self, path: str) -> dict[str, Any]:
        """The record that the {key} of the path means.

        :raises Refusal: 404
        """
        record = self.world.known(path, self.params["key"])
        if record is None:
            raise Refusal(404, "not_found", "entry doesn't exist", "key")
        return record

    @overload
    def referred(self, path: str, key: str, field_name: str) -> dict[str, Any]:
        """The record."""

    @overload
    def referred(self, path: str, key: str | None, field_name: str) -> dict[str, Any] | None:
        """The record, or None."""

    def referred(self, path: str, key: str | None, field_name: str) -> dict[str, Any] | None:
        """The record that a key in the body means; None when no key was given.

        :raises Refusal: 400, the key belongs to nothing
        """
        if key is None:
            return None
        record = self.world.known(path, key)
        if record is None:
            raise unknown_key(field_name, key)
        return record

    def submit(self, name: str, kind: str, tasks: Sequence[Task]) -> Answer:
        """Start a job and answer 202 with its key and link (docs/facts/server.md, 4.1)."""
        job = self.world.jobs.submit(name, kind, tasks, self.method, self.path)
        return accepted(self.world, job)


Handler = Callable[[Call], Answer | Awaitable[Answer]]


class Route(NamedTuple):
    """A method and a path template such as ``/storage-provider/luns/{key}``."""

    method: str
    template: str
    handler: Handler


def ok(body: Any = None) -> Answer:
    return Answer(200, body)


def created(body: Any) -> Answer:
    return Answer(201, body)


def accepted(world: World, job: Job) -> Answer:
    return Answer(202, {"job": {"key": job.key, "_links": world.jobs.link(job)}})


def duplicate(world: World, target: str, name: str) -> Refusal:
    """A name that is taken: 400 or 409, which is not documented (docs/facts/server.md, 3.2)."""
    return Refusal(world.switches["duplicate_status"], "duplicate", f"The name {name!r} is already in use.", target)


def in_use(world: World, message: str, target: str = "key") -> Refusal:
    """A deletion of what is in use: 400 or 409, which is not documented (docs/facts/server.md, 3.2)."""
    return Refusal(world.switches["in_use_status"], "in_use", message, target)
