# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new noun must bring: a table of its plans or filters, and a life against the simulator."""

from __future__ import annotations

import ast

import pytest

from tests.guides import ROOT
from tools.reading import nodes_of

from .test_shape import MODULES, PLUGINS, imports

RESOURCES = "ansible_collections.aiqum.unified_manager.plugins.module_utils._resources"
PREFIX = "aiqum.unified_manager."
GENERIC = {"test_examples", "test_guides"}  # they run whatever is there
CHANGING = [path.stem for path in MODULES if not path.stem.endswith("_info")]
NOUNS = sorted({name for path in MODULES for name, _ours in imports(path) if name.startswith("_resources.")})


def files(folder):
    return [nodes_of(path) for path in sorted((ROOT / "tests" / folder).rglob("test_*.py")) if path.stem not in GENERIC]


def resources_in_tables():
    """The resource files that unit tests import."""
    for nodes in files("unit/plugins"):
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module == RESOURCES:
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module.startswith(RESOURCES + "."):
                yield node.module.removeprefix(RESOURCES + ".")


def modules_in_tests():
    """The modules that functional tests name, in full or, where a test puts the collection before them, by noun."""
    for nodes in files("functional"):
        constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
        texts = {constant for constant in constants if isinstance(constant, str)}
        yield from (text.removeprefix(PREFIX) for text in texts if PREFIX in texts or text.startswith(PREFIX))


@pytest.fixture(scope="module")
def tables():
    return set(resources_in_tables())


@pytest.fixture(scope="module")
def modules():
    return set(modules_in_tests())


@pytest.mark.parametrize("noun", [name.removeprefix("_resources.") for name in NOUNS])
def test_a_resource_that_a_module_uses_has_a_table(tables, noun):
    assert noun in tables, f"no test in tests/unit/plugins imports {PLUGINS.name}/module_utils/_resources/{noun}.py"


@pytest.mark.parametrize("module", CHANGING)
def test_a_module_that_changes_something_has_a_functional_test(modules, module):
    assert module in modules, f"no test in tests/functional names {PREFIX}{module}"
