# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup of Unified Manager itself: when one is due, and how the files are listed (docs/facts/server.md, 5.1).

A backup has no name before it is there. So the wish holds, beside the options, what was seen at the start of the run:
``known``, the keys of all files, and ``now``, the time of the server. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.names import checked_name, literal
from .._base.times import moment, parse_duration
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Finding, Operation, Params, Record, Resource

FILES = "/admin/backup-file-info"
ARGUMENTS = {"max_age": {"type": "str"}}


def desired(params: Params) -> Record:
    max_age = params["max_age"]
    return {
        "max_age": None if max_age is None else parse_duration(max_age, "max_age"),
        "now": params["now"],
        "known": params["known"],
    }


def find(desired: Record) -> Finding:
    """The backup that was not there when the run began."""
    return Finding(collection=FILES, matches=lambda record: record.get("key") not in desired["known"])


def current(record: Record) -> Record:
    return {name: record.get(name) for name in ("key", "name", "creation_time")}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    """``before`` is the new backup, or the newest of the old ones."""
    if before is not None and (before["key"] not in desired["known"] or _is_young(before, desired)):
        return []
    newest = None if before is None else before["name"]
    return [Operation("create", "POST", None, {"newest": newest}, {"newest": "a new backup"}, display={})]


def _is_young(before: Record, desired: Record) -> bool:
    made = moment(before["creation_time"])
    return None not in (made, desired["max_age"]) and desired["now"] - made <= desired["max_age"]


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
    current=current,
    plan=plan,
    planned=lambda record, body: {},
    called=lambda options: "",
    listed_only=True,
    owes_job=True,
)
BACKUPS = Listing(
    plural="backups",
    collection=FILES,
    arguments={"name": {"type": "str"}, **LIST_ARGUMENTS},
    query=_query,
    matches=lambda params, record: params["name"] in (None, record.get("name")),
)
