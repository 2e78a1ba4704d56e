# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of the stand-in for AWX: how they are kept, found by filters and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

API = "/api/v2/"
ENCRYPTED = "$encrypted$"
LINKS = ("success_nodes", "failure_nodes", "always_nodes")
# Fields that hold the number of another object, and where that one is.
REFERENCES = {
    "credential": "credentials",
    "credential_type": "credential_types",
    "execution_environment": "execution_environments",
    "inventory": "inventories",
    "organization": "organizations",
    "project": "projects",
    "source_project": "projects",
    "workflow_job_template": "workflow_job_templates",
}
UNIFIED = ("job_templates", "workflow_job_templates", "projects", "inventory_sources", "workflow_approval_templates")
# What makes an object of each kind unique, beside its name.
SCOPES = {
    "credential_types": ("kind",),
    "credentials": ("organization", "credential_type"),
    "execution_environments": (),
    "hosts": ("inventory",),
    "inventories": ("organization",),
    "inventory_sources": ("inventory",),
    "job_templates": ("organization",),
    "organizations": (),
    "projects": ("organization",),
    "workflow_job_templates": ("organization",),
}
PROMPTS = {name: f"ask_{name}_on_launch" for name in ("diff_mode", "job_type", "limit", "verbosity")}
TEMPLATE = {
    **dict.fromkeys(("description", "limit", "extra_vars", "job_tags", "skip_tags", "scm_branch"), ""),
    **dict.fromkeys(PROMPTS.values(), False),
}
NODE_PROMPTS = ("limit", "job_tags", "skip_tags", "job_type", "verbosity", "diff_mode", "scm_branch", "inventory")
DEFAULTS: dict[str, dict[str, Any]] = {
    "execution_environments": {"pull": "", "organization": None},
    "hosts": {"enabled": True, "description": "", "variables": ""},
    "inventories": {"kind": "", "host_filter": None, "variables": ""},
    "inventory_sources": {"overwrite": False, "overwrite_vars": False, "update_on_launch": False},
    "job_templates": {**TEMPLATE, "verbosity": 0, "forks": 0, "diff_mode": False, "survey_enabled": False},
    "projects": {"scm_revision": "", "status": "never updated"},
    "workflow_job_template_nodes": {"extra_data": {}, "unified_job_template": None, **dict.fromkeys(NODE_PROMPTS)},
    "workflow_job_templates": {**TEMPLATE, "survey_enabled": False},
}


class Objects:
    """What the stand-in holds.

    :ivar tables: {endpoint: {number: object}}
    :ivar links: {(endpoint, number, association): numbers}
    :ivar surveys: {(endpoint, number): survey}
    :ivar secrets: {number of a credential: {field: value}}
    """

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, dict]] = {}
        self.links: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[tuple[str, int], dict] = {}
        self.secrets: dict[int, dict[str, str]] = {}
        self.last_number = 0

    def add(self, endpoint: str, fields: Mapping[str, Any]) -> dict:
        """Keep a new object without asking whether it may be; returns it."""
        self.last_number += 1
        number = self.last_number
        url = f"{API}{endpoint}/{number}/"
        made = {
            **DEFAULTS.get(endpoint, {}),
            **fields,
            "id": number,
            "url": url,
            "type": endpoint[:-1],
            "related": {"survey_spec": f"{url}survey_spec/", "update": f"{url}update/"},
            "summary_fields": {},
        }
        self.tables.setdefault(endpoint, {})[number] = made
        return made

    def one(self, endpoint: str, name: str, organization: str = "Default") -> dict:
        """The object of that name in that organization, as people know it: its references and credentials as names."""
        found = [
            one
            for one in self.tables.get(endpoint, {}).values()
            if one["name"] == name and self._organization(one) in (organization, None)
        ]
        assert len(found) == 1, (endpoint, name, organization, found)
        named = {
            field: self.tables[REFERENCES[field]][value]["name"] if field in REFERENCES and value else value
            for field, value in found[0].items()
        }
        credentials = self.links.get((endpoint, found[0]["id"], "credentials"), [])
        return {**named, "credentials": [self.tables["credentials"][number]["name"] for number in credentials]}

    def nodes(self, workflow: str, organization: str = "Default") -> dict[str, dict]:
        """The nodes of a workflow by their identifiers."""
        number = self.one("workflow_job_templates", workflow, organization)["id"]
        nodes = self.tables.get("workflow_job_template_nodes", {}).values()
        return {node["identifier"]: self.shown(node) for node in nodes if node["workflow_job_template"] == number}

    def _organization(self, one: Mapping[str, Any]) -> str | None:
        """Its name; that of its inventory's, where an object lies in an inventory."""
        if one.get("organization"):
            return self.tables["organizations"][one["organization"]]["name"]
        return self._organization(self.tables["inventories"][one["inventory"]]) if one.get("inventory") else None

    def shown(self, item: dict) -> dict:
        """As AWX answers it: secrets hidden, a node with its links and its template's name."""
        if item["type"] == "credential":
            return {**item, "inputs": {**item["inputs"], **dict.fromkeys(self.secrets.get(item["id"], ()), ENCRYPTED)}}
        if item["type"] != "workflow_job_template_node":
            return item
        links = {name: list(self.links.get(("workflow_job_template_nodes", item["id"], name), [])) for name in LINKS}
        template = self._unified(item["unified_job_template"])
        if template is None:
            return {**item, **links}
        kind = "workflow_approval" if template["type"].startswith("workflow_approval") else template["type"][:-9]
        summary = {**{part: template.get(part) for part in ("id", "name", "description")}, "unified_job_type": kind}
        related = {**item["related"], "unified_job_template": template["url"]}
        return {**item, **links, "related": related, "summary_fields": {"unified_job_template": summary}}

    def _unified(self, number: int | None) -> dict | None:
        found = [self.tables[kind][number] for kind in UNIFIED if number in self.tables.get(kind, {})]
        return found[0] if found else None

    def listed(self, endpoint: str, query: dict[str, str]) -> dict:
        kind = query.get("type")
        filters = {name: value for name, value in query.items() if name != "type"}
        tables = UNIFIED if endpoint == "unified_job_templates" else (endpoint,)
        found = [
            self.shown(item)
            for table in tables
            for item in self.tables.get(table, {}).values()
            if kind in (None, item["type"]) and self._matches(item, filters)
        ]
        return {"count": len(found), "next": None, "results": found}

    def _matches(self, item: Mapping[str, Any], filters: Mapping[str, str]) -> bool:
        """Alternatives begin with ``or__``; ``a__b`` is the field b of the object to which the field a refers."""
        alternatives = [str(item.get(name[4:])) == value for name, value in filters.items() if name.startswith("or__")]
        needed = [
            str(self._field(item, name)) == value for name, value in filters.items() if not name.startswith("or__")
        ]
        return all(needed) and (any(alternatives) or not alternatives)

    def _field(self, item: Mapping[str, Any], name: str) -> Any:
        first, _mark, rest = name.partition("__")
        if not rest:
            return item.get(first)
        referred = self.tables[REFERENCES[first]].get(item.get(first))
        return self._field(referred, rest) if referred else None
