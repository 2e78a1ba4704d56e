# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is pasted or imported into AWX fits AWX, the modules and the playbooks."""

from __future__ import annotations

import pathlib
import re

import jsonschema
import pytest
import requests

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from tests.awx import surveys
from tests.awx.injection import ROOT, TEMPLATES, WORKFLOWS, inject, read, survey
from tools.reading import load_yaml

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
SURVEYS = [*(f"job_templates/{name}" for name in TEMPLATES), *(f"workflows/{name}" for name in WORKFLOWS)]
ROLES = sorted(path.parents[1].name for path in (ROOT / "roles").glob("*/tasks/main.yml"))


def questions(name):
    """The questions that setup.yml makes of a file, by their variables."""
    return {question["variable"]: question for question in survey(read(f"{name}.yml"))["spec"]}


def template(name):
    return read(f"job_templates/{name}.yml")


def options_of(role):
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    return load_yaml(text)["argument_specs"]["main"]["options"]


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
    certificates = pathlib.Path(requests.certs.where()).read_text(encoding="utf-8").strip()
    answers = {**NEEDED, "port": "8443", "ca_certificates": certificates}
    for name, value in inject(answers, tmp_path).items():
        monkeypatch.setenv(name, value)
    connection = options.connection(options.connection_params({}))
    assert (connection.port, connection.verify) == (8443, str(tmp_path / "credential-template.ca"))
    assert (tmp_path / "credential-template.ca").read_text(encoding="utf-8").strip() == certificates
    assert inject({**answers, "skip_verification": True}, tmp_path)["UM_VALIDATE_CERTS"] == "false"


@pytest.mark.parametrize("name", SURVEYS)
def test_surveys_are_surveys(name):
    jsonschema.validate(survey(read(f"{name}.yml")), SURVEY)
    for question in questions(name).values():
        choices = question["choices"]
        assert bool(choices) == (question["type"] == "multiplechoice"), question
        assert not choices or question["default"] in ("", *choices), question


READING = ("diagnose", "export_configuration", "report")  # of everything, if nothing is said


@pytest.mark.parametrize("name", SURVEYS)
def test_awx_launches_nothing_without_what_is_required(name):
    """An empty text is no answer, neither where a person leaves the field empty nor where a program sends one."""
    spec = survey(read(f"{name}.yml"))["spec"]
    required = [question for question in spec if question["required"] and question["default"] == ""]
    assert required or name.endswith(("wait_for_jobs", *READING))
    full = {question["variable"]: "1" for question in required}
    assert surveys.variables_of(spec, full)[1] == []
    for question in required:
        without = {key: value for key, value in full.items() if key != question["variable"]}
        for answers in (without, {**without, question["variable"]: ""}):
            assert question["variable"] in " ".join(surveys.variables_of(spec, answers)[1])


PLAIN = [name for name in TEMPLATES if "um_role" not in template(name).get("extra_vars", {})]
OF_ROLES = [name for name in TEMPLATES if name not in PLAIN]


@pytest.mark.parametrize("name", PLAIN)
def test_a_survey_asks_what_its_playbook_takes(name):
    playbook = ROOT / template(name)["playbook"]
    text = playbook.read_text(encoding="utf-8")
    registered = set(re.findall(r"register: (\w+)|^    (um_\w+):", text, re.MULTILINE))
    expressions = re.findall(r"{{.*?}}|when: .*|that: .*", text, re.DOTALL)
    own = {name for names in registered for name in names} | {"um_job_keys", "um_outcome"}
    taken = set(re.findall(r"\b(?:lun|um)_[a-z_]+", " ".join(expressions).replace("lun_info", "")))
    asked = set(questions(f"job_templates/{name}"))
    for_files = name.endswith("configuration") or name in ("diagnose", "report", "watch_drift")
    assert asked - own <= taken
    # What these take besides is for files and groups of hosts, which a job of AWX has not.
    assert for_files or taken - own - {"lun_maps"} == asked - own


@pytest.mark.parametrize("name", OF_ROLES)
def test_a_survey_asks_what_its_role_needs(name):
    """What the survey does not ask itself, extra_vars make of its answers."""
    extra = template(name)["extra_vars"]
    options = options_of(extra["um_role"])
    asked = questions(f"job_templates/{name}")
    used = {variable for text in extra.values() for variable in re.findall(r"{{ (\w+)", text)}
    assert set(extra) - {"um_role"} <= set(options)
    assert set(asked) <= set(options) | used
    needed = {option for option, spec in options.items() if spec.get("required")}
    assert needed <= set(asked) | set(extra)
    for variable, question in asked.items():
        choices = options.get(variable, {}).get("choices")
        assert choices is None or set(question["choices"]) <= set(choices), variable
        assert question["required"] or variable not in needed, variable
        secret = bool(options.get(variable, {}).get("no_log"))
        assert secret == (question["type"] == "password"), variable


def test_every_role_has_a_job_template():
    by_name = {template(name)["extra_vars"]["um_role"] for name in OF_ROLES}
    playbooks = [(ROOT / template(name)["playbook"]).read_text(encoding="utf-8") for name in PLAIN]
    included = {role for text in playbooks for role in re.findall(r"name: aiqum\.unified_manager\.(\w+)", text)}
    assert sorted(by_name | included) == ROLES


@pytest.mark.parametrize("name", TEMPLATES)
def test_awx_does_not_cut_a_wait_short(name):
    extra = template(name).get("extra_vars", {})
    role = extra.get("um_role")
    waits = f"{role}_wait_timeout" if role else "um_wait_timeout"
    files = [ROOT / "roles" / role / "tasks"] if role else [ROOT / template(name)["playbook"]]
    paths = [path for file in files for path in (file.glob("*.yml") if file.is_dir() else [file])]
    tasks = sum(path.read_text(encoding="utf-8").count(" wait_timeout:") for path in paths)
    if not tasks:
        assert template(name)["check"] is False  # it reads
        return
    assert template(name)["timeout"] > questions(f"job_templates/{name}")[waits]["max"] * tasks


def test_operating_systems_are_the_modules():
    asked = [questions(name).get("lun_os_type") for name in SURVEYS]
    choices = [question["choices"] for question in asked if question]
    assert choices == [LUN.arguments["os_type"]["choices"]] * len(choices)
    assert choices


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_goes_through_the_templates(name):
    workflow = read(f"workflows/{name}.yml")
    answered = set(questions(f"workflows/{name}"))
    identifiers = {node["identifier"] for node in workflow["nodes"]}
    for node in workflow["nodes"]:
        assert set(node.get("success", [])) <= identifiers
        if "approval" not in node:
            asked = set(questions(f"job_templates/{node['template']}"))
            data = set(node.get("extra_data", {}))
            assert data <= asked
            assert not data & answered
            assert "job_type" not in node or template(node["template"]).get("check", True)
    assert answered <= set(questions(f"job_templates/{workflow['survey_of']}"))
