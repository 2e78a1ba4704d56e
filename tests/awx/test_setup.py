# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that sets AWX up, run with the real modules of awx.awx against a stand-in for AWX's API."""

from __future__ import annotations

import copy
import json
import os
import re
import zipfile

import pytest

from tests.functional.conftest import python_path
from tests.functional.forked import BIN, PlayServers

from .controller import Controller, Refused
from .injection import EXTENSION, ROOT, TEMPLATES, WORKFLOWS, read, survey
from .objects import API, LINKS
from .serving import TOKEN, serving

SECONDS_FOR_THE_SETUP = 600
# Those of pytest differ from test to test, and would start a server of playbooks for each.
UNKNOWN_TO_SETUP = ("CONTROLLER_", "PYTEST_", "UM_")
NAME = "Unified Manager"
SOURCE = "Clusters and SVMs of Unified Manager"
IMAGE = ("-e", "awx_image=registry/ee:1")
CONNECTION = {"UM_HOSTNAME": "um.example.com", "UM_USERNAME": "automation", "UM_PASSWORD": "not-for-eyes"}


class Run:
    """What setup.yml did.

    :ivar changed: how many tasks changed something, by the recap
    :ivar words: all that it printed, in one line
    """

    def __init__(self, completed):
        output = completed.stdout + completed.stderr
        assert "not-for-eyes" not in output
        self.rc = completed.returncode
        self.warned = "[WARNING]" in completed.stderr
        self.words = " ".join(output.split())
        self.changed = int(re.search(r"changed=(\d+)", output)[1])
        tasks = [text.partition("] **") for text in output.split("\nTASK [")[1:]]
        self.changed_tasks = [name for name, _mark, results in tasks if "\nchanged:" in results]


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
def play_servers():
    servers = PlayServers()
    yield servers
    servers.close()


@pytest.fixture(scope="module")
def set_up(collections, play_servers):
    """Run setup.yml against a stand-in that listens."""

    def run(controller, *arguments, **variables):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(UNKNOWN_TO_SETUP)},
            "ANSIBLE_COLLECTIONS_PATH": str(collections),
            "PYTHONPATH": python_path(),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "CONTROLLER_HOST": controller.url,
            "CONTROLLER_OAUTH_TOKEN": TOKEN,
            "CONTROLLER_REQUEST_TIMEOUT": "60",
            **variables,
        }
        controller.writes.clear()
        return Run(play_servers.run([str(EXTENSION / "setup.yml"), *arguments], environment, SECONDS_FOR_THE_SETUP))

    return run


@pytest.fixture(scope="module")
def pristine(set_up, tmp_path_factory):
    """A stand-in that was set up once; tests work on copies of it."""
    controller = Controller(ROOT)
    authority = tmp_path_factory.mktemp("um") / "ca.pem"
    authority.write_text("PEM\n", encoding="utf-8")
    with serving(controller):
        run = set_up(controller, *IMAGE, **CONNECTION, UM_CA_PATH=str(authority))
    assert run.rc == 0, run.words
    assert not run.warned, run.words
    return controller


@pytest.fixture
def controller(pristine):
    copied = copy.deepcopy(pristine)
    with serving(copied):
        yield copied


@pytest.fixture
def empty():
    new = Controller(ROOT)
    with serving(new):
        yield new


def test_what_a_job_needs_is_there(pristine):
    image = pristine.one("execution_environments", NAME)
    assert (image["image"], image["pull"]) == ("registry/ee:1", "always")
    project = pristine.one("projects", NAME)
    assert (project["organization"], project["scm_type"], project["scm_branch"]) == ("Default", "git", "main")
    host = pristine.one("hosts", "localhost")
    assert (host["inventory"], host["enabled"]) == (NAME, True)
    assert json.loads(host["variables"]) == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }


def test_the_inventory_source_has_what_it_runs_with(pristine):
    source = pristine.one("inventory_sources", SOURCE)
    assert (source["inventory"], source["source"], source["source_project"]) == (SOURCE, "scm", NAME)
    assert (source["credential"], source["execution_environment"]) == (NAME, NAME)
    assert read(source["source_path"].removeprefix("extensions/awx/")) == {"plugin": "aiqum.unified_manager.um"}
    assert source["overwrite"]
    assert source["update_on_launch"]


def test_the_credential_has_its_type_and_the_certificates(pristine):
    kind = pristine.one("credential_types", "NetApp Unified Manager")
    assert (kind["inputs"], kind["injectors"]) == (
        read("credential_type/input.yml"),
        read("credential_type/injector.yml"),
    )
    credential = pristine.one("credentials", NAME)
    assert credential["credential_type"] == kind["name"]
    assert credential["inputs"] == {
        "hostname": "um.example.com",
        "username": "automation",
        "ca_certificates": "PEM",
    }
    assert pristine.secrets[credential["id"]] == {"password": "not-for-eyes"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_job_template_is_as_its_file_says(pristine, template):
    planned = read(f"job_templates/{template}.yml")
    made = pristine.one("job_templates", planned["name"])
    same = {name: planned[name] for name in ("name", "description", "playbook", "timeout")}
    assert {name: made.get(name) for name in same} == same
    assert json.loads(made["extra_vars"]) == planned.get("extra_vars", {})
    assert (made["project"], made["inventory"], made["credentials"]) == (NAME, NAME, [NAME])
    assert made["ask_job_type_on_launch"] == planned.get("check", True)
    assert pristine.surveys["job_templates", made["id"]] == survey(planned)


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_a_workflow_is_as_its_file_says(pristine, workflow):
    planned = read(f"workflows/{workflow}.yml")
    made = pristine.one("workflow_job_templates", planned["name"])
    assert made["description"] == planned["description"]
    assert pristine.surveys["workflow_job_templates", made["id"]] == survey(planned)
    nodes = pristine.nodes(planned["name"])
    numbers = {name: node["id"] for name, node in nodes.items()}
    assert set(nodes) == {node["identifier"] for node in planned["nodes"]}
    for node in planned["nodes"]:
        kept = nodes[node["identifier"]]
        template = kept["summary_fields"]["unified_job_template"]
        if "approval" in node:
            assert template["unified_job_type"] == "workflow_approval"
            assert {part: template[part] for part in node["approval"]} == node["approval"]
        else:
            assert template["name"] == read(f"job_templates/{node['template']}.yml")["name"]
        assert kept["extra_data"] == node.get("extra_data", {})
        assert kept["job_type"] == node.get("job_type")
        assert kept["success_nodes"] == [numbers[name] for name in node.get("success", [])]


def test_nothing_is_deleted_in_a_workflow_before_somebody_approves_it(pristine):
    deleting = {"Delete a LUN", "Retire a workload", "Apply a configuration"}
    seen = set()
    for workflow in WORKFLOWS:
        nodes = pristine.nodes(read(f"workflows/{workflow}.yml")["name"])
        names = {node["id"]: node["summary_fields"]["unified_job_template"]["name"] for node in nodes.values()}
        for node in nodes.values():
            if names[node["id"]] in deleting and node["job_type"] != "check":
                before = [one for one in nodes.values() if node["id"] in one["success_nodes"]]
                kinds = {one["summary_fields"]["unified_job_template"]["unified_job_type"] for one in before}
                assert kinds == {"workflow_approval"}
                assert not any(node["id"] in one["always_nodes"] + one["failure_nodes"] for one in nodes.values())
                seen.add(names[node["id"]])
    assert seen == deleting


def test_a_second_and_a_third_run_change_nothing(controller, set_up):
    for _run in range(2):
        again = set_up(controller, *IMAGE, **CONNECTION)
        assert (again.rc, again.changed, again.warned) == (0, 0, False), again.words
        assert {path.rpartition("/update/")[1] for _method, path in controller.writes} == {"/update/"}
    assert "The password of the credential 'Unified Manager' was left as it is" in again.words


@pytest.mark.parametrize(
    ("variables", "inputs", "password"),
    [
        ({}, {}, "not-for-eyes"),
        (CONNECTION, {}, "not-for-eyes"),
        ({"UM_HOSTNAME": "um2.example.com"}, {"hostname": "um2.example.com"}, "not-for-eyes"),
        ({"UM_PORT": "8443", "UM_VALIDATE_CERTS": "no"}, {"port": "8443", "skip_verification": True}, "not-for-eyes"),
        ({**CONNECTION, "UM_PASSWORD": "other-word"}, {}, "not-for-eyes"),
        ({**CONNECTION, "UM_PASSWORD": "other-word", "UM_USERNAME": "me"}, {"username": "me"}, "other-word"),
    ],
)
def test_a_variable_that_is_not_set_leaves_the_credential_alone(controller, set_up, variables, inputs, password):
    before = controller.one("credentials", NAME)
    again = set_up(controller, *IMAGE, "--tags", "credential", **variables)
    after = controller.one("credentials", NAME)
    assert (again.rc, again.changed) == (0, 1 if inputs else 0), again.words
    assert after["inputs"] == {**before["inputs"], **inputs}
    assert controller.secrets[after["id"]] == {"password": password}


def test_a_new_password_is_written_on_request(controller, set_up):
    arguments = (*IMAGE, "-e", "awx_update_secrets=true", "--tags", "credential")
    again = set_up(controller, *arguments, **{**CONNECTION, "UM_PASSWORD": "other-word"})
    assert again.changed_tasks == ["Create the credential"], again.words
    assert controller.secrets[controller.one("credentials", NAME)["id"]] == {"password": "other-word"}


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        ((), CONNECTION, "with -e awx_image="),
        (("-e", "awx_image="), CONNECTION, "with -e awx_image="),
        (IMAGE, {}, "lacks hostname, password, username; set UM_HOSTNAME"),
        (IMAGE, {"UM_HOSTNAME": "um", "UM_USERNAME": "me"}, "lacks password"),
        ((*IMAGE, "-e", "awx_organization=Storage"), CONNECTION, "AWX has no organization 'Storage'"),
        (IMAGE, {**CONNECTION, "UM_CA_PATH": "/nowhere/ca.pem"}, "/nowhere/ca.pem"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_changed(empty, set_up, arguments, variables, says):
    run = set_up(empty, *arguments, **variables)
    assert (run.rc, empty.writes) == (2, []), run.words
    assert says in run.words, run.words


def test_after_a_failed_update_of_the_project_the_next_run_succeeds(empty, set_up):
    empty.updates_fail = True
    first = set_up(empty, *IMAGE, **CONNECTION)
    assert (first.rc, "Project update failed" in first.words) == (2, True), first.words
    project = empty.one("projects", NAME)
    assert empty.playbooks.get(project["id"]) is None
    empty.updates_fail = False
    again = set_up(empty, *IMAGE, "--tags", "project", **CONNECTION)
    assert again.rc == 0, again.words
    assert "playbooks/provision_lun.yml" in empty.playbooks[project["id"]]


def change(controller, endpoint, name, **fields):
    controller.tables[endpoint][controller.one(endpoint, name)["id"]].update(fields)


def shape(controller, workflow):
    """The nodes of a workflow without their numbers, which are new after a change."""
    nodes = controller.nodes(workflow)
    names = {node["id"]: name for name, node in nodes.items()}
    return {
        name: {
            **{part: node[part] for part in ("extra_data", "job_type", "limit")},
            "template": node["summary_fields"]["unified_job_template"]["name"],
            **{link: [names[one] for one in node[link]] for link in LINKS},
        }
        for name, node in nodes.items()
    }


def spoil_workflows(controller):
    """A link of another kind, a node too many, a link too few, other data, and prompts."""
    table = controller.tables["workflow_job_template_nodes"]
    nodes = controller.nodes("Provision a LUN, then wait")
    first, second = nodes["submit"]["id"], nodes["wait"]["id"]
    controller.links["workflow_job_template_nodes", first, "success_nodes"].remove(second)
    controller.links["workflow_job_template_nodes", first, "always_nodes"] = [second]
    table[first]["extra_data"] = {"um_wait": "true"}
    nodes = controller.nodes("Delete a LUN, after approval")
    fields = {name: nodes["delete"][name] for name in ("workflow_job_template", "unified_job_template")}
    controller.add("workflow_job_template_nodes", {**fields, "identifier": "other"})
    nodes = controller.nodes("Retire a workload, after approval")
    controller.links["workflow_job_template_nodes", nodes["check"]["id"], "success_nodes"].clear()
    table[nodes["delete"]["id"]]["limit"] = "nobody"
    table[controller.nodes("Apply a configuration, after approval")["apply"]["id"]]["job_type"] = "check"


def test_what_was_changed_by_hand_is_put_back_and_an_upgrade_arrives(controller, set_up, pristine):
    controller.revision = "2"
    changes = {"limit": "nobody", "extra_vars": '{"um_wait": false}', "verbosity": 4, "job_tags": "none"}
    change(controller, "job_templates", "Provision a LUN", **changes, ask_limit_on_launch=True, job_type="check")
    change(controller, "hosts", "localhost", enabled=False)
    change(controller, "workflow_job_templates", "Provision a LUN, then wait", limit="nobody")
    spoil_workflows(controller)
    workflows = [read(f"workflows/{workflow}.yml")["name"] for workflow in WORKFLOWS]
    assert all(shape(controller, workflow) != shape(pristine, workflow) for workflow in workflows)
    again = set_up(controller, *IMAGE)
    assert (again.rc, again.changed) == (0, 4), again.changed_tasks
    assert controller.one("projects", NAME)["scm_revision"] == "2"
    for endpoint in ("job_templates", "hosts", "workflow_job_templates"):
        assert controller.tables[endpoint] == pristine.tables[endpoint]
    assert [shape(controller, workflow) for workflow in workflows] == [shape(pristine, one) for one in workflows]
    settled = set_up(controller, *IMAGE)
    assert (settled.rc, settled.changed) == (0, 0), settled.words


@pytest.mark.parametrize("kind", LINKS[1:])
def test_the_stand_in_refuses_a_second_link_between_two_nodes(controller, kind):
    nodes = controller.nodes("Provision a LUN, then wait")
    path = f"{API}workflow_job_template_nodes/{nodes['submit']['id']}/{kind}/"
    with pytest.raises(Refused, match="Relationship not allowed"):
        controller.answer("POST", path, {}, {"id": nodes["wait"]["id"]})


def test_a_second_organization_has_its_own_and_leaves_the_first_alone(controller, set_up, pristine):
    controller.add("organizations", {"name": "Storage"})
    arguments = (*IMAGE, "-e", "awx_organization=Storage")
    second = set_up(controller, *arguments, **{**CONNECTION, "UM_HOSTNAME": "um2.example.com"})
    assert second.rc == 0, second.words
    for endpoint in ("credentials", "hosts", "inventories", "job_templates", "projects", "workflow_job_templates"):
        first = pristine.tables[endpoint]
        assert {number: controller.tables[endpoint][number] for number in first} == first
        assert len(controller.tables[endpoint]) == 2 * len(first)
    assert controller.one("credentials", NAME, "Storage")["inputs"]["hostname"] == "um2.example.com"
    template = controller.one("job_templates", "Provision a LUN", "Storage")
    credential = controller.one("credentials", NAME, "Storage")["id"]
    assert controller.links["job_templates", template["id"], "credentials"] == [credential]
    nodes = controller.nodes("Provision a LUN, then wait", "Storage")
    assert nodes["submit"]["unified_job_template"] == template["id"]


def test_the_other_collection_is_one_variable(controller, set_up):
    run = set_up(controller, *IMAGE, "-e", "awx_collection=ansible.controller")
    assert "ansible.controller" in run.words
    assert "awx.awx" not in run.words
    text = (EXTENSION / "setup.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ +awx\.awx\.|action: awx", text, re.MULTILINE) == []
