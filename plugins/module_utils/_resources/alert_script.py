# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Script that an alert runs: what is uploaded, and how scripts are listed (docs/facts/server.md, 5.6 and 8.18).

UM takes a file and tells its name and description, but not what is in it; no request changes or deletes one.
Private to this collection.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Sequence
from typing import Any

from .._base.errors import BadInput
from .._base.names import checked_name, is_key, literal, refers
from .._model import kinds
from .._model.desired import fields, given, is_same, refuse_key, require_for_creation
from .._model.listing import LIST_ARGUMENTS, Listing
from .._model.resource import Description, Finding, Operation, Params, Record, Resource
from .parts import renaming

COLLECTION = kinds.SCRIPT.collection
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
    desired: Record = {"name": params["name"]}
    if params["src"] is not None:
        desired["name"] = desired["name"] or os.path.basename(params["src"])
        desired["content"] = _content_of(params["src"])
    elif params["content"] is not None:
        desired["content"] = params["content"].encode()
    if desired.get("content") == b"":
        raise BadInput("The script is empty; Unified Manager accepts no empty script.")
    checked_name(desired["name"], "name")
    if set("/\\") & set(desired["name"]):
        raise BadInput(f"name: {desired['name']!r} is not the name of a file; give it without a directory.")
    if params["description"] is not None:
        desired["description"] = params["description"]
    return desired


def _content_of(path: str) -> bytes:
    try:
        return pathlib.Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"src: {path} cannot be read where the module runs: {error.strerror}.") from error
    except ValueError as error:  # a NUL
        raise BadInput(f"src: {path!r} is not a path: {error}.") from error


def find(desired: Record) -> Finding:
    """There is no GET of one script."""
    return renaming.named(COLLECTION, desired["name"], {})


def current(record: Record) -> Record:
    return fields(record, ("name", "description"))


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if before is not None:
        if "description" in desired and not is_same(before["description"], desired["description"]):
            raise BadInput(
                f"description: the script has {before['description']!r}, and Unified Manager's API cannot change or"
                " delete a script; upload it under another name, or delete it in the user interface first."
            )
        return []
    name = desired["name"]
    if is_key(name):
        refuse_key("script", name)
    require_for_creation("script", name, {**desired, "src": desired.get("content")}, ("src", "content"))
    files: dict[str, Any] = {"name": (name, desired["content"], "application/octet-stream")}
    shown = {"name": name}
    if "description" in desired:
        files["description"] = (None, desired["description"].encode())
        shown["description"] = desired["description"]
    return [Operation.create(None, shown, files=files, display=shown, hidden=("content",))]


def _query(params: Params) -> Record:
    name = params["name"]
    if name is None:
        return {}
    return {"key": name} if is_key(name) else {"name": literal(checked_name(name, "name"))}


def describe(record: Record) -> Description:
    """What is in a script cannot be read."""
    now = current(record)
    return Description(given(now, now), ("content",))


ALERT_SCRIPT = Resource(
    noun="alert_script",
    title="script",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    current=current,
    plan=plan,
    listed_only=True,
    rules={"mutually_exclusive": [("src", "content")], "required_one_of": [("name", "src")]},
    describe=describe,
)
ALERT_SCRIPTS = Listing(
    plural="alert_scripts",
    collection=COLLECTION,
    arguments={"name": {"type": "str"}, **LIST_ARGUMENTS},
    query=_query,
    matches=lambda params, record: refers(record, params["name"]),
)
