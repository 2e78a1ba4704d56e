# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as they are listed (docs/facts/server.md, 4). Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._base.names import checked_text, literal
from .._jobs.job import parse
from .._jobs.watched_job import Watch
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Params, Record

FILTERS = ("name", "type", "state", "status", "parent_job_key")


def query(params: Params) -> dict[str, Any]:
    return {name: literal(checked_text(params[name], name)) for name in FILTERS if params[name]}


def finish(params: Params, records: list[Record]) -> Mapping[str, Any]:
    """UM's records with what each of them means; a key that UM does not know has an entry that says so."""
    found = {str(record.get("key")): record for record in records}
    keys = params["keys"] if params["keys"] is not None else list(found)
    return {"jobs": [_described(key, found.get(key)) for key in keys]}


def _described(key: str, record: Record | None) -> Record:
    watch = Watch(key, 0.0)
    if record is not None:
        watch.polls = 1
        watch.saw(parse(record), 0.0)
    return {**watch.describe(), "known": record is not None}


JOBS = Listing(
    plural="records",
    collection="/management-server/jobs",
    arguments={
        "keys": {"type": "list", "elements": "str", "no_log": False},
        "name": {"type": "str"},
        "type": {"type": "str"},
        "state": {"type": "str"},
        "status": {"type": "str", "choices": ["normal", "warning", "partial_failures", "error"]},
        "parent_job_key": {"type": "str", "no_log": False},
        **LIST_ARGUMENTS,
    },
    query=query,
    keys=lambda params: params["keys"],
    finish=finish,
)
