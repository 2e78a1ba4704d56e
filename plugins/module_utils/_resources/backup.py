# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup of Unified Manager itself: when one is due, and how the files are listed (docs/facts/server.md, 5.1).

A backup has no name before it is there. So what was seen at the start of the run decides which backup is meant, and
whether one is due. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .._base.names import checked_name, literal
from .._base.times import moment, parse_duration
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Finding, Operation, Params, Record, Resource

FILES = "/admin/backup-file-info"
ARGUMENTS = {"max_age": {"type": "str"}}


class Seen(NamedTuple):
    """What there was at the start of the run.

    :param known: the keys of all backups
    :param now: the server's time, seconds since 1970
    """

    known: Sequence[str]
    now: float


NOTHING = Seen((), 0.0)


def desired(params: Params) -> Record:
    max_age = params["max_age"]
    return {"max_age": None if max_age is None else parse_duration(max_age, "max_age")}


def find(seen: Seen) -> Finding:
    """The backup that was not there when the run began."""
    return Finding(collection=FILES, matches=lambda record: record.get("key") not in seen.known)


def current(record: Record) -> Record:
    return {name: record.get(name) for name in ("key", "name", "creation_time")}


def plan(seen: Seen, before: Record | None, desired: Record) -> Sequence[Operation]:
    """``before`` is the new backup, or the newest of the old ones."""
    if before is not None and (before["key"] not in seen.known or _is_young(before, desired["max_age"], seen.now)):
        return []
    newest = None if before is None else before["name"]
    return [Operation("create", "POST", None, {"newest": newest}, {"newest": "a new backup"}, display={})]


def _is_young(before: Record, max_age: float | None, now: float) -> bool:
    made = moment(before["creation_time"])
    return made is not None and max_age is not None and now - made <= max_age


def backup_after(seen: Seen) -> Resource:
    """The backup that a run makes which has seen these."""
    return BACKUP._replace(find=lambda desired: find(seen), plan=lambda before, desired: plan(seen, before, desired))


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
    find=lambda desired: find(NOTHING),
    current=current,
    plan=lambda before, desired: plan(NOTHING, before, desired),
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
