# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX makes of the files in ``extensions/awx``: the environment and files of a credential, and surveys.

Facts, from how AWX behaves: fields without a value are undefined and render as nothing; a box that was never ticked is
false; files are rendered, even empty ones, before the environment, and are named there as ``tower.filename.<name>``.
"""

from __future__ import annotations

import json
import pathlib
from types import SimpleNamespace
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extensions" / "awx"
TEMPLATES = sorted(path.stem for path in (EXTENSION / "job_templates").glob("*.yml"))
WORKFLOWS = sorted(path.stem for path in (EXTENSION / "workflows").glob("*.yml"))


class Loader(yaml.SafeLoader):
    """Knows Ansible's tag for text that is no template."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def read(name: str) -> Any:
    return yaml.load((EXTENSION / name).read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader


def survey(template: dict[str, Any]) -> dict[str, Any]:
    """The survey that ``setup.yml`` sends for a job template, or for a workflow."""
    if "survey_of" in template:
        asked = read(f"job_templates/{template['survey_of']}.yml")
        template = {**asked, "name": template["name"], "without": template.get("survey_without", [])}
    loader = FileSystemLoader(EXTENSION / "templates")
    environment = Environment(loader=loader, undefined=StrictUndefined)  # noqa: S701 - it renders JSON
    environment.filters["to_json"] = json.dumps
    return json.loads(environment.get_template("survey.json.j2").render(awx_survey=template))


def inject(answers: dict[str, Any], directory: pathlib.Path, strict: bool = False) -> dict[str, str]:
    """The environment of a job with this credential; its files are written into the directory.

    :param answers: {field: value}
    :param strict: an undefined field is an error, as when AWX checks a new type
    """
    namespace = {name: value for name, value in answers.items() if value not in ("", None)}
    for field in read("credential_type/input.yml")["fields"]:
        if field["type"] == "boolean":
            namespace.setdefault(field["id"], False)
    templates = ImmutableSandboxedEnvironment(undefined=StrictUndefined if strict else Undefined)
    injectors = read("credential_type/injector.yml")
    files = {}
    for label, template in injectors["file"].items():
        path = directory / f"credential-{label}"
        path.write_text(templates.from_string(template).render(namespace), encoding="utf-8")
        files[label.partition(".")[2]] = str(path)
    namespace["tower"] = SimpleNamespace(filename=SimpleNamespace(**files))
    return {name: templates.from_string(template).render(namespace) for name, template in injectors["env"].items()}
