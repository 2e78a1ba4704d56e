# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents: their YAML is YAML, their links lead somewhere, and they name modules, roles and files that exist."""

from __future__ import annotations

import pathlib
import re

import pytest
import yaml

from tests.guides import GUIDES, README, RST, blocks, fenced
from tests.unit.repository.test_shape import LAYERS

ROOT = pathlib.Path(__file__).resolve().parents[3]
MARKDOWN = sorted(ROOT.glob("*.md"))
PLUGINS = {path.stem for kind in ("modules", "inventory") for path in (ROOT / "plugins" / kind).glob("*.py")}
EDA = {path.stem for kind in ("rulebooks/*.yml", "plugins/*/*.py") for path in (ROOT / "extensions" / "eda").glob(kind)}
ROLES = {path.parent.parent.name for path in (ROOT / "roles").glob("*/tasks/main.yml")}
LABEL = "ansible_collections.aiqum.unified_manager.docsite."


def name_of(path):
    return path.name


def yaml_of(path):
    if path in GUIDES:
        return blocks(path, "yaml", "yaml+jinja")
    return fenced(path, "yaml")


@pytest.mark.parametrize("path", [*MARKDOWN, *GUIDES], ids=name_of)
def test_yaml_blocks_are_yaml(path):
    for block in yaml_of(path):
        assert yaml.safe_load(block) is not None


@pytest.mark.parametrize("path", [*MARKDOWN, *GUIDES], ids=name_of)
def test_named_plugins_exist(path):
    text = path.read_text(encoding="utf-8").replace(LABEL, "")
    named = set(re.findall(r"(?<!group/)\baiqum\.unified_manager\.([a-z_]+)\b", text))
    playbooks = {playbook.stem for playbook in (ROOT / "playbooks").glob("*.yml")}
    assert named - PLUGINS - EDA - ROLES - playbooks - {f"{role}_role" for role in ROLES} == set()


@pytest.mark.parametrize("path", [*MARKDOWN, *GUIDES], ids=name_of)
def test_named_files_exist(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w/])(?:extensions|playbooks|meta|plugins|tools)/[\w./-]+\.(?:yml|json|py)\b", text)
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_links_lead_to_files(path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", GUIDES, ids=name_of)
def test_guides_have_their_label_and_refer_to_guides(path):
    text = path.read_text(encoding="utf-8")
    assert f".. _{LABEL}{path.stem}:\n" in text
    named = re.findall(rf"<{re.escape(LABEL)}(\w+)>", text)
    assert set(named) <= {guide.stem for guide in GUIDES}


def test_every_guide_is_in_the_table_of_contents():
    sections = yaml.safe_load((ROOT / "docs" / "docsite" / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    listed = [name for section in sections for name in section["toctree"]]
    assert sorted(listed) == [path.stem for path in GUIDES]


def test_the_readme_and_the_first_guide_install_alike():
    install = [text for text in fenced(README, "sh") if "collection build" in text]
    assert install
    assert install == [text for text in blocks(RST / "guide_first_lun.rst", "shell") if "collection build" in text]


def test_the_layers_are_those_of_the_code():
    text = (RST / "guide_contributing.rst").read_text(encoding="utf-8")
    rows = text.partition("The layers\n")[2].partition("Add a reader\n")[0]
    named = re.findall(r"^   \* - ``(_[a-z]+)``$", rows, re.MULTILINE)
    assert named == LAYERS


def test_every_role_is_in_its_guide():
    (text,) = [path.read_text(encoding="utf-8") for path in GUIDES if path.stem == "guide_roles"]
    assert {role for role in ROLES if f"- role: aiqum.unified_manager.{role}\n" not in text} == set()
