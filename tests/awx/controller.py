# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for AWX's API, as far as ``setup.yml`` and its users meet it.

What it knows of AWX was seen at an AWX 24.6.1 or stands in AWX's source: names are unique within an organization only;
secrets are shown as ``$encrypted$``, and kept where they are sent back so; a project knows the playbooks of its last
successful update, and none before; a job template has the organization of its project; a node of a workflow takes only
what its template asks for, and no second link to the same node; answers to a survey are judged at launch.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from typing import Any

from . import surveys
from .objects import API, DEFAULTS, ENCRYPTED, LINKS, PROMPTS, REFERENCES, SCOPES, Objects


class Refused(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(body)
        self.status = status
        self.body = body


class Controller(Objects):
    """The objects of a stand-in.

    :param checkout: what an update of a project fetches
    :ivar playbooks: {number of a project: those that it knows}
    :ivar writes: (method, path) of all that was not only read
    :ivar updates_fail: whether updates of projects fail
    :ivar revision: what an update finds to be the newest commit
    """

    def __init__(self, checkout: pathlib.Path) -> None:
        super().__init__()
        self.checkout = checkout
        self.playbooks: dict[int, set[str]] = {}
        self.writes: list[tuple[str, str]] = []
        self.updates_fail = False
        self.revision = "1"
        self.url = ""
        self.add("organizations", {"name": "Default"})

    def answer(self, method: str, path: str, query: dict[str, str], body: dict) -> tuple[int, Any]:
        """(status, body) of a request.

        :raises Refused: AWX does not do that
        """
        endpoint, *rest = path.removeprefix(API).strip("/").split("/")
        if method != "GET":
            self.writes.append((method, path))
        if not rest:
            return (
                (200, self.listed(endpoint, query))
                if method == "GET"
                else (201, self.shown(self._create(endpoint, body)))
            )
        number = int(rest[0])
        item = self.tables.get(endpoint, {}).get(number)
        if item is None:
            raise Refused(404, {"detail": "Not found."})
        if rest[1:]:
            return self._below(method, endpoint, number, rest[1], body)
        return self._single(method, endpoint, number, body)

    def _single(self, method: str, endpoint: str, number: int, body: dict) -> tuple[int, Any]:
        item = self.tables[endpoint][number]
        if method == "DELETE":
            del self.tables[endpoint][number]
            for numbers in self.links.values():
                numbers[:] = [one for one in numbers if one != number or endpoint != "workflow_job_template_nodes"]
            return 204, None
        if method == "PATCH":
            item.update(self._checked(endpoint, body, item))
            for name in [name for name, value in item.items() if value is None]:
                item[name] = DEFAULTS.get(endpoint, {}).get(name)  # AWX reads null as the empty value of a field
        return 200, self.shown(item)

    def _below(self, method: str, endpoint: str, number: int, name: str, body: dict) -> tuple[int, Any]:
        special: dict[str, Callable[[str, str, int, dict], tuple[int, Any]]] = {
            "survey_spec": self._survey,
            "update": self._update,
            "launch": self._launch,
            "create_approval_template": self._approval,
        }
        return special.get(name, lambda *same: self._associate(*same, name))(method, endpoint, number, body)

    def _create(self, endpoint: str, body: dict) -> dict:
        checked = self._checked(endpoint, body, {})
        made = self.add(endpoint, {name: value for name, value in checked.items() if value is not None})
        if endpoint == "credentials":
            made.update(self._checked(endpoint, {"inputs": body.get("inputs", {})}, made))
        if endpoint == "projects":
            update = self._fetch(made["id"])
            return {**made, "summary_fields": {"current_update": {"id": update["id"]}}}
        return made

    def _checked(self, endpoint: str, body: dict, before: Mapping[str, Any]) -> dict:
        """The fields to keep.

        :param before: the object that is changed, empty for a new one
        """
        fields = dict(body)
        for field in REFERENCES.keys() & fields.keys():
            if fields[field] is not None and fields[field] not in self.tables.get(REFERENCES[field], {}):
                raise Refused(400, {field: [f'Invalid pk "{fields[field]}" - object does not exist.']})
        if endpoint == "job_templates":
            fields = self._job_template({**before, **fields}, fields)
        if endpoint == "credentials" and before and "inputs" in fields:
            fields["inputs"] = self._without_secrets(before, fields["inputs"])
        if endpoint == "inventory_sources":
            self._source({**before, **fields})
        if endpoint == "workflow_job_template_nodes":
            self._node({**before, **fields})
        self._unique(endpoint, {**before, **fields}, before.get("id"))
        return fields

    def _unique(self, endpoint: str, whole: Mapping[str, Any], number: int | None) -> None:
        if endpoint not in SCOPES:
            return
        scope = ("name", *SCOPES[endpoint])
        for other in self.tables.get(endpoint, {}).values():
            if other["id"] != number and all(other.get(part) == whole.get(part) for part in scope):
                raise Refused(400, {"__all__": [f"{endpoint} with this ({', '.join(scope)}) already exists."]})

    def _job_template(self, whole: Mapping[str, Any], fields: dict) -> dict:
        """AWX passes over the organization that is sent, and takes that of the project."""
        if whole["playbook"] not in self.playbooks.get(whole["project"], ()):
            raise Refused(400, {"playbook": ["Playbook not found for project."]})
        return {**fields, "organization": self.tables["projects"][whole["project"]]["organization"]}

    def _without_secrets(self, credential: Mapping[str, Any], inputs: dict) -> dict:
        kind = self.tables["credential_types"][credential["credential_type"]]
        hidden = [field["id"] for field in kind["inputs"]["fields"] if field.get("secret")]
        unknown = inputs.keys() - {field["id"] for field in kind["inputs"]["fields"]}
        if unknown:
            raise Refused(400, {"inputs": [f"Invalid fields: {sorted(unknown)}"]})
        kept = self.secrets.get(credential["id"], {})
        self.secrets[credential["id"]] = {
            name: kept.get(name, "") if inputs[name] == ENCRYPTED else inputs[name] for name in hidden if name in inputs
        }
        return {name: value for name, value in inputs.items() if name not in hidden}

    def _source(self, whole: Mapping[str, Any]) -> None:
        if whole.get("source") != "scm" or not whole.get("source_project"):
            raise Refused(400, {"source_project": ["Project required for scm type sources."]})
        credential = self.tables["credentials"].get(whole.get("credential") or 0)
        if credential and self.tables["credential_types"][credential["credential_type"]]["kind"] != "cloud":
            raise Refused(400, {"credential": ["Credentials of this type are disallowed for custom sources."]})

    def _node(self, whole: Mapping[str, Any]) -> None:
        template = self._unified(whole.get("unified_job_template"))
        if template is None:
            return
        survey = self.surveys.get((f"{template['type']}s", template["id"]), {}).get("spec", [])
        extra = whole.get("extra_data") or {}
        unknown = sorted(extra.keys() - {question["variable"] for question in survey})
        if unknown:
            raise Refused(400, {"extra_data": [f"Variables {', '.join(unknown)} are not allowed on launch."]})
        wrong = [error for question in survey for error in surveys.errors_of(question, extra, required=False)]
        if wrong:
            raise Refused(400, {"variables_needed_to_start": wrong})
        for prompt, ask in PROMPTS.items():
            if whole.get(prompt) is not None and not template.get(ask):
                raise Refused(400, {prompt: ["Field is not configured to prompt on launch."]})

    def _survey(self, method: str, endpoint: str, number: int, body: dict) -> tuple[int, Any]:
        if method == "POST":
            self.surveys[endpoint, number] = body
        return 200, self.surveys.get((endpoint, number), {})

    def _fetch(self, number: int) -> dict:
        """An update of a project, at its end at once."""
        project = self.tables["projects"][number]
        if not self.updates_fail:
            self.playbooks[number] = {f"playbooks/{path.name}" for path in (self.checkout / "playbooks").glob("*.yml")}
            project["scm_revision"] = self.revision
        status = "failed" if self.updates_fail else "successful"
        project["status"] = status
        ended = {"status": status, "failed": self.updates_fail, "scm_revision": project["scm_revision"]}
        return self.add("project_updates", {"finished": "now", "event_processing_finished": True, **ended})

    def _update(self, method: str, endpoint: str, number: int, body: dict) -> tuple[int, Any]:
        return 202, self._fetch(number)

    def _launch(self, method: str, endpoint: str, number: int, body: dict) -> tuple[int, Any]:
        template = self.tables[endpoint][number]
        spec = self.surveys.get((endpoint, number), {}).get("spec", []) if template["survey_enabled"] else []
        variables, wrong = surveys.variables_of(spec, body.get("extra_vars", {}))
        if wrong:
            raise Refused(400, {"variables_needed_to_start": wrong})
        revision = self.tables["projects"][template["project"]]["scm_revision"] if "project" in template else None
        return 201, {"extra_vars": variables, "scm_revision": revision}

    def _approval(self, method: str, endpoint: str, number: int, body: dict) -> tuple[int, Any]:
        node = self.tables[endpoint][number]
        fields = {name: body[name] for name in ("name", "description", "timeout") if name in body}
        made = self.add("workflow_approval_templates", fields)
        node["unified_job_template"] = made["id"]
        return 201, made

    def _associate(self, method: str, endpoint: str, number: int, body: dict, name: str) -> tuple[int, Any]:
        linked = self.links.setdefault((endpoint, number, name), [])
        if method == "GET":
            return 200, {"count": len(linked), "next": None, "results": [{"id": one} for one in linked]}
        if body.get("disassociate"):
            linked.remove(body["id"])
        elif body["id"] not in linked:
            if name in LINKS:
                self._refuse_link(number, body["id"], name)
            linked.append(body["id"])
        return 204, None

    def _refuse_link(self, parent: int, child: int, name: str) -> None:
        others = [
            self.links.get(("workflow_job_template_nodes", parent, other), []) for other in LINKS if other != name
        ]
        if any(child in numbers for numbers in others):
            raise Refused(400, {"Error": "Relationship not allowed."})
        if parent in self._reached_from(child):
            raise Refused(400, {"Error": "Cycle detected."})

    def _reached_from(self, node: int) -> set[int]:
        found, new = set(), {node}
        while new:
            found |= new
            new = {
                child
                for (endpoint, parent, name), children in self.links.items()
                if endpoint == "workflow_job_template_nodes" and name in LINKS and parent in new
                for child in children
            } - found
        return found
