# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in the modules' documentation run, and return what is documented."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
import yaml

from .conftest import ROOT
from .forked import BIN

pytestmark = pytest.mark.ansible_core

PREFIX = "aiqum.unified_manager."
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
ANSIBLES_OWN = {"changed", "failed", "msg", "invocation", "warnings", "deprecations", "attempts", "skipped"}
LOOPS = {"item", "ansible_loop_var"}
ELSEWHERE = re.compile(r"the fields of RV\(aiqum\.unified_manager\.(\w+)#module:([\w.\[\]]+)\)")


@pytest.fixture(scope="module")
def documented():
    """{module: what ansible-doc says of it}"""
    names = [PREFIX + module for module in MODULES]
    command = [str(BIN / "ansible-doc"), "--json", "--playbook-dir", str(ROOT), *names]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, env=doc_environment()).stdout
    return {name.removeprefix(PREFIX): entry for name, entry in json.loads(shown).items()}


def doc_environment():
    return {"ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"), "PATH": str(BIN), "HOME": str(ROOT / ".build")}


@pytest.mark.parametrize("module", MODULES)
def test_examples(um, play, documented, module):
    tasks = yaml.safe_load(documented[module]["examples"])
    ran = play(*tasks)
    assert [result.get("msg") for result in ran.results if result["failed"]] == []
    for called, result in calls(tasks, ran.results):
        returned = documented[called]["return"]
        own = {name for name in result if name in ANSIBLES_OWN | LOOPS or name.startswith("_ansible")}
        assert set(result) - own - set(returned) == set(), f"{called} does not document them"
        assert list(lacking(documented, returned, result)) == [], f"{called} does not return them"


def calls(tasks, results):
    """(module, result) of each time that a module of ours ran."""
    for task, result in zip(tasks, results, strict=True):
        for name in task:
            if name.startswith(PREFIX):
                for one in result["results"] if "loop" in task else [result]:
                    yield name.removeprefix(PREFIX), one


def lacking(documented, entries, values, place=""):
    """What is documented as always returned, and is not there."""
    for name, entry in entries.items():
        if entry["returned"] == "always" and name not in values:
            yield place + name
        value = values.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from lacking(documented, fields_of(documented, entry), one, f"{place}{name}.")


def fields_of(documented, entry):
    """The fields of a value, documented there or where its description says."""
    fields = dict(entry.get("contains") or {})
    for module, path in ELSEWHERE.findall(" ".join(paragraphs(entry))):
        first, *others = path.replace("[]", "").split(".")
        other = documented[module]["return"][first]
        for name in others:
            other = other["contains"][name]
        fields.update(other["contains"])
    return fields


def paragraphs(entry):
    return [entry["description"]] if isinstance(entry["description"], str) else entry["description"]
