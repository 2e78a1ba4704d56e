# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in the modules' documentation run."""

from __future__ import annotations

import json
import subprocess

import pytest
import yaml

from .conftest import BIN, ROOT

MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))


@pytest.fixture(scope="module")
def examples():
    names = [f"aiqum.unified_manager.{module}" for module in MODULES]
    command = [str(BIN / "ansible-doc"), "--json", "--playbook-dir", str(ROOT), *names]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, env=doc_environment()).stdout
    return {name.rpartition(".")[2]: yaml.safe_load(doc["examples"]) for name, doc in json.loads(shown).items()}


def doc_environment():
    return {"ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"), "PATH": str(BIN), "HOME": str(ROOT / ".build")}


@pytest.mark.parametrize("module", MODULES)
def test_examples(um, play, examples, module):
    ran = play(*examples[module])
    assert [result.get("msg") for result in ran.results if result["failed"]] == []
