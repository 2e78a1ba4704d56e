# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-builder makes an image definition that has all that the collection needs."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest
import yaml

from tests.guides import RST, blocks
from tools.mirror import mirror

from .injection import ROOT

BIN = pathlib.Path(sys.executable).parent
GUIDE = RST / "guide_awx.rst"
WANTED = ((ROOT / "requirements.txt").read_text(encoding="utf-8").split(), [])
DECISIONS = "extensions/eda/decision_environment/decision-environment.yml"
DEFINITION = "extensions/awx/execution_environment/execution-environment.yml"


def run(*command, directory=ROOT, **environment):
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **environment}
    return subprocess.run(
        command, cwd=directory, env=environment, check=True, capture_output=True, text=True, timeout=60
    ).stdout


def requirements(place):
    """What the collections below a directory ask for, by the package manager."""
    found = yaml.safe_load(run("ansible-builder", "introspect", "--sanitize", str(place)))
    return [line.partition("#")[0].strip() for line in found["python"]], found["system"]


@pytest.fixture
def checkout(tmp_path):
    place = tmp_path / "checkout"
    mirror(place)
    return place


def test_the_collection_asks_for_requests_and_nothing_of_the_system():
    assert requirements(ROOT / ".build") == WANTED


def test_the_guides_commands_make_a_complete_image_definition(checkout):
    """All that an image's build does without a registry of images is done: the artifact is installed."""
    (commands,) = [block for block in blocks(GUIDE, "shell") if "ansible-builder build" in block]
    context = checkout.parent / "context"
    only_create = commands.replace("build -f", f"create -c {context} -f").replace("-t unified-manager-ee", "")
    run("sh", "-e", "-c", only_create, directory=checkout)
    (containerfile,) = [path for path in context.iterdir() if path.is_file()]
    text = containerfile.read_text(encoding="utf-8")
    assert "registry.access.redhat.com/ubi9/ubi" in text
    assert 'ANSIBLE_INSTALL_REFS="ansible-core>=2.18,<2.22 ansible-runner>=2.4.2"' in text
    assert "COPY _build /build\nWORKDIR /build\n" in text
    assert '-r requirements.yml --collections-path "/usr/share/ansible/collections"' in text
    place = checkout.parent / "collections"
    install = ["ansible-galaxy", "collection", "install", "--offline", "-r", "requirements.yml", "-p", str(place)]
    run(*install, directory=context / "_build", ANSIBLE_COLLECTIONS_PATH=str(place))
    assert (place / "ansible_collections" / "aiqum" / "unified_manager" / "plugins" / "modules" / "lun.py").is_file()
    assert requirements(place) == WANTED


def test_from_a_registry_it_is_the_guides_lines_instead(checkout):
    (lines,) = [yaml.safe_load(block) for block in blocks(GUIDE, "yaml+jinja") if block.startswith("dependencies:")]
    path = checkout / DEFINITION
    definition = yaml.safe_load(path.read_text(encoding="utf-8"))
    del definition["additional_build_files"]
    definition["dependencies"].update(lines["dependencies"])
    path.write_text(yaml.safe_dump(definition), encoding="utf-8")
    run("ansible-builder", "create", "-f", DEFINITION, "-c", "context", directory=checkout)
    found = yaml.safe_load((checkout / "context" / "_build" / "requirements.yml").read_text(encoding="utf-8"))
    assert found == {"collections": [{"name": "aiqum.unified_manager"}]}


def test_the_decision_environment_is_a_complete_image_definition(checkout):
    """All that its build does without a registry of images is done, with the artifact beside it."""
    definition = checkout / DECISIONS
    run("ansible-galaxy", "collection", "build", "--force", directory=checkout)
    (artifact,) = checkout.glob("aiqum-unified_manager-*.tar.gz")
    artifact.rename(definition.parent / "unified_manager.tar.gz")
    context = checkout.parent / "context"
    run("ansible-builder", "create", "-f", str(definition), "-c", str(context))
    (containerfile,) = [path for path in context.iterdir() if path.is_file()]
    assert "JAVA_HOME" in containerfile.read_text(encoding="utf-8")
    built = context / "_build"
    assert "ansible-rulebook" in (built / "requirements.txt").read_text(encoding="utf-8")
    assert "java-17-openjdk-headless" in (built / "bindep.txt").read_text(encoding="utf-8")
    assert (built / "collections" / "unified_manager.tar.gz").is_file()
