# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request as ONTAP gets it, and what is the same in all of its answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..calls import Answer
from ..errors import Refusal
from ..paths import SVMS
from ..tables import Record
from ..validation import check_body, given
from ..world import World

LONGEST_HOLD = 120  # seconds, for return_timeout
STRICT = {"read_only_fields": "refuse", "unknown_fields": "refuse", "empty_patch": "accept"}
CODES = {"unknown_field": "262179", "read_only_field": "262196"}


@dataclass
class Request:
    """One request below ONTAP's /api/.

    :ivar cluster: UM's record of the cluster
    :ivar path: without /api/, its parts decoded
    :ivar query: the decoded parameters, in their order
    :ivar scope: UM's record of the SVM that a scope header names
    :ivar hal: whether links are wanted
    :ivar asked: method and path as UM got them, for forced outcomes of jobs
    :ivar params: the variable parts of the path
    """

    world: World
    cluster: Record
    method: str
    path: list[str]
    query: list[tuple[str, str]]
    body: Any = None
    scope: Record | None = None
    hal: bool = False
    asked: str = ""
    params: dict[str, str] = field(default_factory=dict)

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.query)

    @property
    def text(self) -> str:
        return "/".join(self.path)

    def checked_body(self, shape: dict[str, Any], *required: str) -> dict[str, Any]:
        """The body with its dotted names spread, checked.

        :raises Refusal: 400 with ONTAP's code
        """
        body = spread(self.body) if isinstance(self.body, dict) else self.body
        try:
            body = check_body({} if body is None else body, shape, self.method, STRICT)  # type: ignore[arg-type]  # refuses others
        except Refusal as refusal:
            raise bad(refusal.message, refusal.target, CODES.get(str(refusal.code), "262197")) from None
        for name in required:
            if given(body, name) in (None, "", []):
                raise bad(f'Field "{name}" is missing.', name, "262186")
        return body

    def hold(self) -> int:
        """``return_timeout``, 0 where it is not given.

        :raises Refusal: 400, it is not 0 to 120
        """
        text = self.parameters.get("return_timeout", "0")
        if not text.isdigit() or int(text) > LONGEST_HOLD:
            raise bad(f'The value "{text}" is invalid for field "return_timeout" (0..120).', "return_timeout")
        return int(text)

    def svm(self, reference: Any) -> Record:
        """UM's record of the SVM that a body names, or that the scope header does.

        :raises Refusal: 400, there is none, or the header says another
        """
        found = named(self.world, SVMS, self.cluster, reference) if reference else self.scope
        if found is None:
            raise bad(f'SVM "{(reference or {}).get("name", "-")}" does not exist.', "svm.name", "2621462")
        if self.scope is not None and found["key"] != self.scope["key"]:
            raise bad("The SVM is not the one of the request's scope.", "svm.name", "2621707")
        return found


Handler = Callable[[Request], Answer | Awaitable[Answer]]


class Api(NamedTuple):
    """A resource of ONTAP: path template such as ``storage/volumes/{uuid}``, and its handlers by method."""

    template: str
    handlers: dict[str, Handler]


def bad(message: str, target: str | None = None, code: str = "262197") -> Refusal:
    return Refusal(400, code, message, target)


def absent(target: str = "uuid") -> Refusal:
    return Refusal(404, "4", "entry doesn't exist", target)


def named(world: World, path: str, cluster: Record, reference: Record) -> Record | None:
    """UM's record of what a reference ``{"name"}`` or ``{"uuid"}`` means on a cluster."""
    for record in world.table(path).values():
        if record["cluster"]["uuid"] != cluster["uuid"]:
            continue
        if all(record[part] == reference[part] for part in ("uuid", "name") if reference.get(part)):
            return record
    return None


def spread(body: Record) -> Record:
    """ONTAP takes ``{"svm.name": x}`` for ``{"svm": {"name": x}}``."""
    result: Record = {}
    for name, value in body.items():
        value = spread(value) if isinstance(value, dict) else value
        node = result
        *way, last = name.split(".")
        for part in way:
            node = node.setdefault(part, {})
        node[last] = {**node.get(last, {}), **value} if isinstance(value, dict) else value
    return result


def short(record: Record) -> Record:
    """How one object of ONTAP refers to another."""
    return {"uuid": record["uuid"], "name": record["name"]}
