# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that sets AWX up, run with the real modules of awx.awx against a stand-in for AWX's API."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import zipfile

import pytest

from .controller import TOKEN, Controller, serving
from .injection import EXTENSION, ROOT, read

BIN = pathlib.Path(sys.executable).parent
NAME = "Unified Manager"
TEMPLATES = sorted(path.stem for path in (EXTENSION / "job_templates").glob("*.yml"))


@pytest.fixture(scope="module")
def collections(tmp_path_factory):
    """A directory with the collection awx.awx, out of the package that make has downloaded."""
    place = tmp_path_factory.mktemp("collections")
    (wheel,) = BIN.parent.joinpath("wheels").glob("ansible-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(
            place, [name for name in archive.namelist() if name.startswith("ansible_collections/awx/awx/")]
        )
    return place


@pytest.fixture(scope="module")
def controller(collections, tmp_path_factory):
    """One that was set up twice."""
    controller = Controller(ROOT)
    authority = tmp_path_factory.mktemp("um") / "ca.pem"
    authority.write_text("PEM\n", encoding="utf-8")
    with serving(controller):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("CONTROLLER_", "UM_"))},
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "CONTROLLER_HOST": controller.url,
            "CONTROLLER_OAUTH_TOKEN": TOKEN,
            "UM_HOSTNAME": "um.example.com",
            "UM_USERNAME": "automation",
            "UM_PASSWORD": "not-for-eyes",
            "UM_CA_PATH": str(authority),
        }
        command = [str(BIN / "ansible-playbook"), str(EXTENSION / "setup.yml"), "-e", "awx_image=registry/ee:1"]
        numbers = []
        for _time in range(2):
            ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
            assert ran.returncode == 0, ran.stdout + ran.stderr
            assert "not-for-eyes" not in ran.stdout + ran.stderr
            assert "[WARNING]" not in ran.stderr
            numbers.append(controller.created)
    assert numbers[0] == numbers[1]  # the second time all was there
    return controller


def test_what_a_job_needs_is_there(controller):
    assert controller.one("execution_environments", NAME)["image"] == "registry/ee:1"
    project = controller.one("projects", NAME)
    assert (project["organization"], project["scm_type"], project["scm_branch"]) == ("Default", "git", "main")
    host = controller.one("hosts", "localhost")
    assert host["inventory"] == NAME
    assert json.loads(host["variables"]) == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }


def test_the_credential_has_its_type_and_the_certificates(controller):
    kind = controller.one("credential_types", "NetApp Unified Manager")
    assert (kind["inputs"], kind["injectors"]) == (
        read("credential_type/input.yml"),
        read("credential_type/injector.yml"),
    )
    credential = controller.one("credentials", NAME)
    assert credential["credential_type"] == kind["name"]
    assert credential["inputs"] == {
        "hostname": "um.example.com",
        "port": "",
        "username": "automation",
        "password": "not-for-eyes",
        "ca_certificates": "PEM",
    }


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_job_template_is_as_its_file_says(controller, template):
    wanted = read(f"job_templates/{template}.yml")
    made = controller.one("job_templates", wanted["name"])
    assert {name: made.get(name) for name in wanted} == wanted
    assert controller.surveys["job_templates", made["id"]] == read(f"job_templates/{template}.survey.json")


def test_the_workflow_is_as_its_file_says(controller):
    wanted = read("workflows/provision_lun.yml")
    nodes = wanted.pop("workflow_nodes")
    made = controller.one("workflow_job_templates", wanted["name"])
    assert {name: made.get(name) for name in wanted} == wanted
    assert controller.surveys["workflow_job_templates", made["id"]] == read("workflows/provision_lun.survey.json")
    templates = controller.tables["job_templates"]
    numbers = {node["identifier"]: number for number, node in controller.tables["workflow_job_template_nodes"].items()}
    for node in nodes:
        kept = controller.tables["workflow_job_template_nodes"][numbers[node["identifier"]]]
        assert kept["extra_data"] == node["extra_data"]
        assert templates[kept["unified_job_template"]]["name"] == node["unified_job_template"]["name"]
    linked = controller.links["workflow_job_template_nodes", numbers["submit"], "success_nodes"]
    assert linked == [numbers["wait"]]
