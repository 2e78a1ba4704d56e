# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup of Unified Manager itself: when one is due, and how the files are listed (wire facts 5.1).

A backup has no name before it is there. So the wish holds, beside the options, what was seen at the start of the run:
``known``, the keys of all files, and ``now``, the time of the server. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._filters import checked_name, literal
from .._listing import LIST_ARGUMENTS, Listing
from .._resource import Finding, Operation, Params, Record, Resource
from .._times import moment, parse_duration

FILES = "/admin/backup-file-info"
ARGUMENTS = {"max_age": {"type": "str"}}


def desired(params: Params) -> Record:
    max_age = params["max_age"]
    return {
        "max_age": None if max_age is None else parse_duration(max_age, "max_age"),
        "now": params["now"],
        "known": params["known"],
    }


def find(wish: Record) -> Finding:
    """The backup that was not there when the run began."""
    return Finding(collection=FILES, matches=lambda record: record.get("key") not in wish["known"])


def present(record: Record) -> Record:
    return {name: record.get(name) for name in ("key", "name", "creation_time")}


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    """``before`` is the new backup, or the newest of the old ones."""
    if before is not None and (before["key"] not in wish["known"] or _is_young(before, wish)):
        return []
    newest = None if before is None else before["name"]
    return [Operation("create", "POST", None, {"newest": newest}, {"newest": "a new backup"}, shows={})]


def _is_young(before: Record, wish: Record) -> bool:
    made = moment(before["creation_time"])
    return None not in (made, wish["max_age"]) and wish["now"] - made <= wish["max_age"]


def newest_of(files: Sequence[Record]) -> Record | None:
    """The backup that was made last; one whose time cannot be read is the oldest."""
    return max(files, key=lambda record: moment(record.get("creation_time")) or 0.0, default=None)


def _query(params: Params) -> Record:
    return {} if params["name"] is None else {"name": literal(checked_name(params["name"], "name"))}


BACKUP = Resource(
    noun="backup",
    title="backup of Unified Manager",
    collection="/admin/backup",
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    present=present,
    plan=plan,
    foresee=lambda record, body: {},
    called=lambda options: "",
    listed_only=True,
)
BACKUPS = Listing(
    plural="backups",
    collection=FILES,
    arguments={"name": {"type": "str"}, **LIST_ARGUMENTS},
    query=_query,
    matches=lambda params, record: params["name"] in (None, record.get("name")),
)
