# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Script that an alert runs: what is uploaded, and how scripts are listed (wire facts 5.6 and 8.18).

UM takes a file and tells its name and description, but not what is in it; no request changes or deletes one.
Private to this collection.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence

from .._errors import BadInput
from .._filters import checked_name, is_key, literal, same_key
from .._listing import LIST_ARGUMENTS, Listing
from .._resource import SCRIPT, Finding, Operation, Params, Record, Resource

COLLECTION = SCRIPT.collection
ARGUMENTS = {
    "name": {"type": "str"},
    "src": {"type": "path"},
    "content": {"type": "str", "no_log": True},  # scripts hold passwords more often than they should
    "description": {"type": "str"},
    "state": {"type": "str", "choices": ["present"], "default": "present"},
}


def desired(params: Params) -> Record:
    """``content`` are the bytes of the file, absent where none is given.

    :raises BadInput: also when the file cannot be read
    """
    wish: Record = {"name": params["name"]}
    if params["src"] is not None:
        wish["name"] = wish["name"] or os.path.basename(params["src"])
        wish["content"] = _content_of(params["src"])
    elif params["content"] is not None:
        wish["content"] = params["content"].encode()
    if wish.get("content") == b"":
        raise BadInput("The script is empty, and Unified Manager takes no empty one.")
    checked_name(wish["name"], "name")
    if set("/\\") & set(wish["name"]):
        raise BadInput(f"name: {wish['name']!r} is no name of a file; give it without a directory.")
    if params["description"] is not None:
        wish["description"] = params["description"]
    return wish


def _content_of(path: str) -> bytes:
    try:
        return pathlib.Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"src: {path} cannot be read where the module runs: {error.strerror}.") from error


def find(wish: Record) -> Finding:
    """There is no GET of one script."""
    name = wish["name"]
    if is_key(name):
        return Finding(
            collection=COLLECTION, query={"key": name}, matches=lambda record: same_key(record.get("key"), name)
        )
    return Finding(
        collection=COLLECTION, query={"name": literal(name)}, matches=lambda record: record.get("name") == name
    )


def present(record: Record) -> Record:
    return {name: record.get(name) for name in ("name", "description")}


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    if before is not None:
        if wish.get("description", before["description"] or "") != (before["description"] or ""):
            raise BadInput(
                f"description: the script has {before['description']!r}, and Unified Manager's API cannot change or"
                " delete a script; upload it under another name, or delete it in the user interface first."
            )
        return []
    name = wish["name"]
    if is_key(name):
        raise BadInput(f"name: there is no script with the key {name}; to upload one, give its name.")
    if "content" not in wish:
        raise BadInput("There is no such script, and to upload it src or content must be given, too.")
    files = {"name": (name, wish["content"], "application/octet-stream")}
    shown = {"name": name}
    if "description" in wish:
        files["description"] = (None, wish["description"].encode())
        shown["description"] = wish["description"]
    after = {"state": "present", **shown}
    return [Operation("create", "POST", None, {"state": "absent"}, after, files=files, shows=shown)]


def _query(params: Params) -> Record:
    name = params["name"]
    if name is None:
        return {}
    return {"key": name} if is_key(name) else {"name": literal(checked_name(name, "name"))}


def _is_meant(params: Params, record: Record) -> bool:
    name = params["name"]
    if is_key(name):
        return same_key(record.get("key"), name)
    return name in (None, record.get("name"))


ALERT_SCRIPT = Resource(
    noun="alert_script",
    title="script",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    present=present,
    plan=plan,
    listed_only=True,
    rules={"mutually_exclusive": [("src", "content")], "required_one_of": [("name", "src")]},
)
ALERT_SCRIPTS = Listing(
    plural="alert_scripts",
    collection=COLLECTION,
    arguments={"name": {"type": "str"}, **LIST_ARGUMENTS},
    query=_query,
    matches=_is_meant,
)
