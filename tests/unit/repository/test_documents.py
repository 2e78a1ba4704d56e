# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents: their YAML is YAML, their links lead somewhere, and they name modules, options and files that exist."""

from __future__ import annotations

import pathlib
import re

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
PLUGINS = {path.stem for kind in ("modules", "inventory") for path in (ROOT / "plugins" / kind).glob("*.py")}


def name_of(path):
    return path.name


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_yaml_blocks_are_yaml(path):
    for block in re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        assert yaml.safe_load(block) is not None


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_to_files(path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_named_plugins_exist(path):
    named = set(re.findall(r"\baiqum\.unified_manager\.([a-z_]+)\b", path.read_text(encoding="utf-8")))
    assert named - PLUGINS == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_named_files_exist(path):
    named = re.findall(
        r"(?<![\w/])(?:extensions|playbooks|meta|plugins|tools)/[\w./-]+\.(?:yml|json|py)\b",
        path.read_text(encoding="utf-8"),
    )
    assert [name for name in named if not (ROOT / name).is_file()] == []
