# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The release that the page of a module says it needs, beside the table of the facts and what its code reads."""

from __future__ import annotations

import re

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.releases import came_with
from tests.declarations import MODULES, ROOT, collections, is_newer
from tools.reading import load_yaml, texts_of

FACTS = (ROOT / "docs" / "facts" / "releases.md").read_text(encoding="utf-8")
# They read and change what other modules do.
OF_OTHERS = {"configuration", "configuration_info", "diagnosis_info"}
RELEASE = re.compile(r"\b9\.\d+\b")


def facts():
    """{module: the releases that the table names for it}"""
    found = {}
    table = FACTS.partition("## 2 ")[2].partition("## 3 ")[0]
    for _paths, releases, modules in re.findall(r"^\| (`.*?) \| (.*?) \| (.*?) \|$", table, re.MULTILINE):
        for module in set(re.findall(r"`(\w+)`", modules)) & set(MODULES):
            found.setdefault(module, set()).update(RELEASE.findall(releases))
    return found


def requirement(module):
    """What the page of a module says of the server."""
    texts = texts_of(ROOT / "plugins" / "modules" / f"{module}.py")
    lines = load_yaml(texts["DOCUMENTATION"])["requirements"]
    (line,) = [line for line in lines if line.startswith("Unified Manager ")]
    return line


@pytest.mark.parametrize("module", MODULES)
def test_the_page_of_a_module_agrees_with_the_facts(module):
    line = requirement(module)
    assert line.startswith(f"Unified Manager {min(RELEASE.findall(line), key=is_newer)} or newer")
    if module not in OF_OTHERS:
        assert set(RELEASE.findall(line)) == facts()[module]


@pytest.mark.parametrize("module", MODULES)
def test_the_code_of_a_module_agrees_with_its_page(module):
    later = {came_with(path)[1] for _options, path in collections(module) if came_with(path)}
    named = set(RELEASE.findall(requirement(module)))
    assert later <= named
    assert module in OF_OTHERS or named - {min(named, key=is_newer)} <= later
