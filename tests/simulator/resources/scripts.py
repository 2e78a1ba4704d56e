# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that alerts run: uploaded, listed, and never changed or deleted (docs/facts/server.md, 5.6 and 8.18)."""

from __future__ import annotations

from ..calls import Answer, Call, Route, duplicate, ok
from ..collection import Collection, names
from ..errors import Refusal, bad_value, missing_field
from ..keys import named_uuid
from ..paths import SCRIPTS
from ..switches import Switch
from ..world import World

COLLECTION = Collection(SCRIPTS, names("key name"))
PARTS = ("name", "description")
SWITCHES = (Switch("script_upload", True, (True, False), "whether the feature is on; the refusal is a guess (1.6)"),)


def create(call: Call) -> Answer:
    """The part ``name`` is the file, and its file name becomes the name of the script. The answer is not documented."""
    if not call.headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise Refusal(400, "unsupported_type", "The request must be multipart/form-data.")
    if not call.world.switches["script_upload"]:
        raise Refusal(400, "disabled", "Uploading scripts is switched off.")
    for part in call.files:
        if part not in PARTS and call.world.switches["unknown_fields"] == "refuse":
            raise Refusal(400, "unknown_field", f"There is no field {part}.", part)
    name, content = call.files.get("name", (None, b""))
    if not name:
        raise missing_field("name")
    if not content:
        raise bad_value("name", "The file is empty.")
    if call.world.table(SCRIPTS).find("name", name):
        raise duplicate(call.world, "name", name)
    description = call.files.get("description")
    key = call.world.keys.new_uuid()
    record = {"key": key, "name": name, "description": None if description is None else description[1].decode()}
    call.world.table(SCRIPTS).put(record)
    call.world.note(key)["content"] = content
    return ok(record)


def seed(world: World) -> None:
    key = named_uuid("script", "page_oncall.sh")
    world.table(SCRIPTS).put({"key": key, "name": "page_oncall.sh", "description": "Pages whoever is on call."})


ROUTES = [Route("GET", SCRIPTS, COLLECTION.answer_list), Route("POST", SCRIPTS, create)]
