# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for AWX's API: it keeps what the modules of awx.awx send, and shows it to them again.

It knows of AWX only what these modules rely on: lists with filters, objects that refer to others by number, surveys,
associations, a project whose playbooks are known once it was fetched. It is no proof of what AWX itself would say.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import pathlib
import threading
import urllib.parse
from collections.abc import Iterator
from typing import Any

API = "/api/v2/"
TOKEN = "let-me-in"
# The fields that hold the number of another object, and where that one is.
REFERENCES = {
    "credential_type": "credential_types",
    "execution_environment": "execution_environments",
    "inventory": "inventories",
    "organization": "organizations",
    "project": "projects",
    "unified_job_template": "job_templates",
    "workflow_job_template": "workflow_job_templates",
}
DEFAULTS = {"inventories": {"kind": "", "host_filter": None}, "projects": {"scm_revision": ""}}


class Refused(Exception):
    """An answer other than 200."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(body)
        self.status = status
        self.body = body


class Controller:
    """The objects of a stand-in.

    :param checkout: what is fetched for every project
    :ivar tables: {endpoint: {number: object}}
    :ivar links: {(endpoint, number, association): numbers}
    :ivar surveys: {(endpoint, number): survey}
    :ivar created: how many objects were created
    """

    def __init__(self, checkout: pathlib.Path) -> None:
        self.checkout = checkout
        self.tables: dict[str, dict[int, dict]] = {"organizations": {1: {"id": 1, "name": "Default"}}}
        self.links: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[tuple[str, int], dict] = {}
        self.url = ""
        self.created = 0

    def one(self, endpoint: str, name: str) -> dict:
        """The object of that name, its references as names."""
        (found,) = [item for item in self.tables[endpoint].values() if item["name"] == name]
        named = {
            field: self.tables[REFERENCES[field]][value]["name"] if field in REFERENCES and value else value
            for field, value in found.items()
        }
        credentials = self.links.get((endpoint, found["id"], "credentials"), [])
        return {**named, "credentials": [self.tables["credentials"][number]["name"] for number in credentials]}

    def answer(self, method: str, path: str, query: dict[str, str], body: dict) -> tuple[int, Any]:
        endpoint, *rest = path.removeprefix(API).strip("/").split("/")
        if not rest:
            return (200, self._list(endpoint, query)) if method == "GET" else (201, self._create(endpoint, body))
        number = int(rest[0])
        item = self.tables.get(endpoint, {}).get(number)
        if item is None:
            raise Refused(404, {"detail": "Not found."})
        if rest[1:] == ["survey_spec"]:
            if method == "POST":
                self.surveys[endpoint, number] = body
            return 200, self.surveys.get((endpoint, number), {})
        if rest[1:]:
            return self._associate(method, endpoint, number, rest[1], body)
        if method == "PATCH":
            item.update(self._checked(endpoint, body))
        return 200, item

    def _list(self, endpoint: str, query: dict[str, str]) -> dict:
        kind = query.pop("type", None)
        table = f"{kind}s" if kind else endpoint
        found = [
            item
            for item in self.tables.get(table, {}).values()
            if all(str(item.get(field)) == value for field, value in query.items())
        ]
        return {"count": len(found), "next": None, "results": found}

    def _create(self, endpoint: str, body: dict) -> dict:
        table = self.tables.setdefault(endpoint, {})
        number = len(table) + 1
        url = f"{API}{endpoint}/{number}/"
        table[number] = {
            **DEFAULTS.get(endpoint, {}),
            **self._checked(endpoint, body),
            "id": number,
            "url": url,
            "related": {"survey_spec": f"{url}survey_spec/"},
            "summary_fields": {"current_update": {"id": number}} if endpoint == "projects" else {},
        }
        if endpoint == "projects":
            self.tables.setdefault("project_updates", {})[number] = {"status": "successful"}
        self.created += 1
        return table[number]

    def _checked(self, endpoint: str, body: dict) -> dict:
        for field in REFERENCES.keys() & body.keys():
            if body[field] not in self.tables.get(REFERENCES[field], {}):
                raise Refused(400, {field: [f'Invalid pk "{body[field]}" - object does not exist.']})
        if endpoint == "job_templates":
            if not (self.checkout / body["playbook"]).is_file():
                raise Refused(400, {"playbook": ["Playbook not found for project."]})
            # AWX takes the organization of a job template from its project.
            return {**body, "organization": self.tables["projects"][body["project"]]["organization"]}
        return body

    def _associate(self, method: str, endpoint: str, number: int, name: str, body: dict) -> tuple[int, Any]:
        linked = self.links.setdefault((endpoint, number, name), [])
        if method == "POST":
            linked.append(body["id"])
            return 204, None
        return 200, {"count": len(linked), "next": None, "results": [{"id": one} for one in linked]}


@contextlib.contextmanager
def serving(controller: Controller) -> Iterator[None]:
    """Listen on the loopback interface meanwhile."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
            try:
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    raise Refused(401, {"detail": "Authentication credentials were not provided."})
                status, body = controller.answer(self.command, parts.path, query, json.loads(content or "{}"))
            except Refused as refused:
                status, body = refused.status, refused.body
            self.send_response(status)
            text = b"" if body is None else json.dumps(body).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - http.server's names

        def log_message(self, *arguments: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        controller.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
