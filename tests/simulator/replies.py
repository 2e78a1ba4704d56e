# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers as they are sent: the forms that no document describes are switches (docs/facts/server.md, 9.1 and 9.8)."""

from __future__ import annotations

import json
import zlib
from http import HTTPStatus
from typing import Any

from .calls import Answer
from .errors import Refusal
from .faults import HTML, Reply
from .paths import SCRIPTS
from .switches import Switch, Switches

SWITCHES = (
    Switch("body_of_401", "empty", ("empty", "error", "html"), "of the answer to a login that fails (9.1)"),
    Switch("body_of_403", "empty", ("empty", "error", "html"), "of the answer to what a role may not do (9.1)"),
    Switch("error_codes", "words", ("words", "numbers", "absent"), "the code in the body of an error (9.1)"),
    Switch("body_of_201", "record", ("record", "key", "empty"), "of the answer to a POST that is done at once (9.8)"),
    Switch("body_of_changes", "record", ("record", "empty"), "of the answer 200 to a PATCH (9.8)"),
    Switch("body_of_deletions", "empty", ("empty", "object", "null"), "of the answer 200 to a DELETE (9.8)"),
    Switch("body_of_scripts", "empty", ("empty", "record"), "of the answer to an upload (9.8)"),
    Switch("location_header", "absent", ("absent", "present"), "Location in the answers 201 and 202 (9.8)"),
    Switch("rate_limit_retry_after", "present", ("present", "absent"), "whether 429 says when to come back (9.3)"),
)
IDENTITY = ("key", "name", "_links")


def reply_to(method: str, path: str, answer: Answer, switches: Switches) -> Reply:
    """What is sent when a request was carried out; what ONTAP answers goes through as it is."""
    headers = dict(answer.headers)
    if path.startswith("/gateways"):
        return _json_reply(answer.status, answer.body, headers)
    if switches["location_header"] == "present" and answer.status in (201, 202):
        link = _link(answer.body)
        headers.update({"Location": link} if link else {})
    return _json_reply(answer.status, _body(method, path, answer, switches), headers)


def refused(refusal: Refusal, switches: Switches) -> Reply:
    """What is sent when a request was not carried out."""
    status, headers = refusal.status, {}
    if status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Unified Manager"'
    if status == 429 and switches["rate_limit_retry_after"] == "present":
        headers["Retry-After"] = "1"
    body = refusal.body()
    if body is None and status in (401, 403):
        phrase, form = HTTPStatus(status).phrase, switches[f"body_of_{status}"]
        if form == "html":
            return Reply(status, HTML.format(f"{status} {phrase}").encode(), "text/html", headers)
        body = {"error": {"code": phrase.lower(), "message": f"{phrase}."}} if form == "error" else None
    return _json_reply(status, _with_code(body, switches["error_codes"]), headers)


def failed(message: str) -> Reply:
    return _json_reply(500, {"error": {"code": "internal", "message": message}}, {})


def _body(method: str, path: str, answer: Answer, switches: Switches) -> Any:
    body = answer.body
    if method == "DELETE" and answer.status == 200 and body is None:
        return {"empty": None, "object": {}, "null": NULL}[switches["body_of_deletions"]]
    if method == "PATCH" and answer.status == 200 and switches["body_of_changes"] == "empty":
        return None
    if path == SCRIPTS and method == "POST" and switches["body_of_scripts"] == "empty":
        return None
    if answer.status == 201 and isinstance(body, dict):
        form = switches["body_of_201"]
        return {"record": body, "key": {name: body[name] for name in IDENTITY if name in body}, "empty": None}[form]
    return body


class _Null:
    """A body that is there and says null, while None is no body."""


NULL = _Null()


def _link(body: Any) -> str | None:
    parts: tuple[Any, ...] = (body, body.get("job") if isinstance(body, dict) else None)
    for part in parts:
        try:
            return part["_links"]["self"]["href"]
        except (TypeError, KeyError):
            continue
    return None


def _with_code(body: dict[str, Any] | None, form: str) -> dict[str, Any] | None:
    if body is None or form == "words":
        return body
    error = {name: value for name, value in body["error"].items() if name != "code"}
    if form == "numbers":
        error["code"] = str(zlib.crc32(body["error"]["code"].encode()) % 100_000)
    return {"error": error}


def _json_reply(status: int, body: Any, headers: dict[str, str]) -> Reply:
    content = b"" if body is None else b"null" if body is NULL else json.dumps(body).encode()
    return Reply(status, content, "application/json", headers)
