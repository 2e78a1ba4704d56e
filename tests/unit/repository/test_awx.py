# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is pasted or imported into AWX fits AWX, the modules and the playbooks."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from tests.awx.injection import EXTENSION, ROOT, inject, read

# AWX's own rules for credential types, in short.
FIELD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "label", "type"],
    "properties": {
        "id": {"type": "string", "pattern": "^(?!tower$)[a-zA-Z_][a-zA-Z0-9_]*$"},
        "type": {"enum": ["string", "boolean"]},
        "label": {"type": "string"},
        "help_text": {"type": "string"},
        "multiline": {"type": "boolean"},
        "secret": {"type": "boolean"},
    },
}
INPUT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "fields": {"type": "array", "items": FIELD},
        "required": {"type": "array", "items": {"type": "string"}},
    },
}
INJECTOR = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "env": {
            "type": "object",
            "patternProperties": {
                "^(?!ANSIBLE_)[a-zA-Z_][a-zA-Z0-9_]*$": {"type": "string", "pattern": "^[\x00-\x7f]*$"}
            },
            "additionalProperties": False,
        },
        "file": {
            "type": "object",
            "patternProperties": {"^template\\.[a-zA-Z_][a-zA-Z0-9_]*$": {"type": "string"}},
            "additionalProperties": False,
        },
    },
}
QUESTION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["question_name", "required", "type", "variable", "min", "max", "default", "choices"],
    "properties": {
        "question_name": {"type": "string", "minLength": 1},
        "question_description": {"type": "string"},
        "required": {"type": "boolean"},
        "type": {"enum": ["text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect"]},
        "variable": {"type": "string", "pattern": "^[a-z_]+$"},
        "min": {"type": "integer"},
        "max": {"type": "integer"},
        "default": {"type": ["string", "integer"]},
        "choices": {"type": ["string", "array"]},
    },
}
SURVEY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "description", "spec"],
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "spec": {"type": "array", "minItems": 1, "items": QUESTION},
    },
}
NEEDED = {"hostname": "um", "username": "me", "password": "secret"}
TEMPLATES = sorted(path.stem for path in (EXTENSION / "job_templates").glob("*.yml"))
SURVEYS = sorted(EXTENSION.rglob("*.survey.json"))


def questions(path):
    return {question["variable"]: question for question in json.loads(path.read_text(encoding="utf-8"))["spec"]}


def survey_of(template):
    return questions(EXTENSION / "job_templates" / f"{template}.survey.json")


def test_the_credential_type_is_one_for_awx(tmp_path):
    jsonschema.validate(read("credential_type/input.yml"), INPUT)
    jsonschema.validate(read("credential_type/injector.yml"), INJECTOR)
    fields = [field["id"] for field in read("credential_type/input.yml")["fields"]]
    assert set(read("credential_type/input.yml")["required"]) <= set(fields)
    inject(dict.fromkeys(fields, "EXAMPLE"), tmp_path, strict=True)


def test_it_gives_every_variable_that_modules_read(tmp_path):
    variables = {spec["fallback"][1][0] for spec in options.CONNECTION.values() if "fallback" in spec}
    assert set(inject(NEEDED, tmp_path)) == variables


def test_only_the_password_is_secret():
    fields = read("credential_type/input.yml")["fields"]
    assert [field["id"] for field in fields if field.get("secret")] == ["password"]


def test_fields_left_empty_are_unset_and_verify(tmp_path, monkeypatch):
    for name, value in inject({**NEEDED, "port": "", "ca_certificates": None}, tmp_path).items():
        monkeypatch.setenv(name, value)
    connection = options.connection(options.connection_params({}))
    assert connection[:5] == ("um", 443, "me", "secret", True)


def test_fields_that_are_filled_in(tmp_path, monkeypatch):
    answers = {**NEEDED, "port": "8443", "ca_certificates": "PEM"}
    for name, value in inject(answers, tmp_path).items():
        monkeypatch.setenv(name, value)
    connection = options.connection(options.connection_params({}))
    assert (connection.port, connection.verify) == (8443, str(tmp_path / "credential-template.ca"))
    assert (tmp_path / "credential-template.ca").read_text(encoding="utf-8") == "PEM"
    assert inject({**answers, "skip_verification": True}, tmp_path)["UM_VALIDATE_CERTS"] == "false"


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_surveys_are_surveys(path):
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), SURVEY)
    for question in questions(path).values():
        choices = question["choices"]
        assert bool(choices) == (question["type"] == "multiplechoice"), question
        assert not choices or question["default"] in ("", *choices), question


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_survey_asks_what_its_playbook_takes(template):
    playbook = ROOT / read(f"job_templates/{template}.yml")["playbook"]
    expressions = re.findall(r"{{.*?}}|when: .*|that: .*", playbook.read_text(encoding="utf-8"))
    taken = set(re.findall(r"\b(?:lun|um)_[a-z_]+", " ".join(expressions))) - {"um_lun"}
    assert taken == set(survey_of(template))


@pytest.mark.parametrize("template", TEMPLATES)
def test_awx_does_not_cut_a_wait_short(template):
    waits = read(f"job_templates/{template}.yml")
    longest = survey_of(template)["um_wait_timeout"]["max"]
    playbook = yaml.safe_load((ROOT / waits["playbook"]).read_text(encoding="utf-8"))
    tasks = str(playbook).count("'wait_timeout'")
    assert waits["timeout"] > longest * tasks


def test_operating_systems_are_the_modules():
    for path in SURVEYS:
        question = questions(path).get("lun_os_type")
        assert question is None or question["choices"] == LUN.arguments["os_type"]["choices"], path


def test_the_workflow_goes_through_the_templates():
    workflow = read("workflows/provision_lun.yml")
    templates = {read(f"job_templates/{template}.yml")["name"]: template for template in TEMPLATES}
    answered = set(questions(EXTENSION / "workflows" / "provision_lun.survey.json"))
    for node in workflow["workflow_nodes"]:
        asked = survey_of(templates[node["unified_job_template"]["name"]])
        assert set(node["extra_data"]) <= set(asked)
        assert not set(node["extra_data"]) & answered
    assert answered < set(survey_of("provision_lun"))


@pytest.mark.parametrize(
    ("module", "files"),
    [
        ("job_template", [f"job_templates/{template}.yml" for template in TEMPLATES]),
        ("workflow_job_template", ["workflows/provision_lun.yml"]),
    ],
)
def test_the_setup_passes_every_key_of_the_files(module, files):
    """That the modules know these keys, and that the objects then are as the files say, is proven by make awx."""
    (task,) = [task for task in read("setup.yml")[0]["tasks"] if f"awx.awx.{module}" in task]
    asked = set(task[f"awx.awx.{module}"]) - {"survey_spec"}
    assert asked == {key for name in files for key in read(name)}
    assert set(task.get("loop", TEMPLATES)) == set(TEMPLATES)
