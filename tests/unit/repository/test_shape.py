# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the repository promises of its own shape."""

from __future__ import annotations

import ast
import graphlib
import os
import pathlib
import re
import subprocess
import sys

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.version import VERSION
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.options import CONNECTION
from tools import generate
from tools.reading import load_yaml, nodes_of, tree_of

ROOT = pathlib.Path(__file__).resolve().parents[3]
PLUGINS = ROOT / "plugins"
MODULES = sorted((PLUGINS / "modules").glob("*.py"))
UTILS = sorted((PLUGINS / "module_utils").rglob("*.py"))
CONTROLLER_UTILS = sorted((PLUGINS / "plugin_utils").glob("*.py"))
IN_PROCESS = (
    PLUGINS / "plugin_utils" / "_in_process.py"
)  # the other host of the engine, beside _engine/ansible_module.py
# Where plugins and the event source meet the engine, and Ansible's marks of templates.
MEETING = ("_event_reading", "_inventory_reading", "_templates")
ADAPTERS = [IN_PROCESS, *(PLUGINS / "plugin_utils" / f"{name}.py" for name in MEETING)]
PURE = {
    f"plugin_utils.{name}"
    for name in (
        "_event_options",
        "_event_state",
        "_events",
        "_inventory",
        "_inventory_options",
        "_quiet_host",
        "_report",
        "_report_parts",
        "_report_server",
        "_report_texts",
        "_servers",
    )
}
SOURCES = sorted((ROOT / "extensions" / "eda" / "plugins" / "event_source").glob("*.py"))
INVENTORY = sorted((PLUGINS / "inventory").glob("*.py"))
COLLECTION = "ansible_collections.aiqum.unified_manager.plugins."

PACKAGES = {"module_utils", "plugin_utils"}

# The folders of module_utils, in the order in which the data goes; each imports only from itself and those before it.
LAYERS = ["_base", "_um", "_jobs", "_model", "_resources", "_engine", "_tasks"]
# Nouns are plain data and pure functions: of what can send or wait they know nothing.
KNOWN_TO_NOUNS = {"_base", "_model", "_resources", "_jobs.job", "_jobs.watched_job"}
OUTSIDE = {  # who alone may import what
    "requests": {"_um.wire"},
    "urllib3": {"_um.wire"},
    "ansible.module_utils.basic": {"_engine.ansible_module"},
    "ansible.module_utils.common.arg_spec": {"_model.validation"},
    "ansible.module_utils.common.parameters": {"_engine.ansible_module", "_model.options", "_model.validation"},
}
# What a plugin on the controller may import of ours: the rim that modules have too, and what is pure.
FOR_PLUGINS = {"_model", "_base.errors", "_base.redact", "_engine.session"}
FOR_SOURCES = {
    "__future__",
    "ansible.plugins.loader",
    "ansible.utils.collection_loader",
    "asyncio",
    "concurrent.futures",
    "itertools",
    "logging",
    "sys",
    "threading",
    "typing",
}
FOR_INVENTORY = {
    "__future__",
    "ansible.errors",
    "ansible.plugins.inventory",
    "collections.abc",
    "concurrent.futures",
    "hashlib",
    "json",
    "os",
    "typing",
}


def name_of(path):
    return ".".join(path.relative_to(PLUGINS / "module_utils").with_suffix("").parts)


def imports(path):
    """(dotted name, True if it is ours) of everything that a file imports, ours relative to module_utils."""
    package = path.relative_to(PLUGINS).with_suffix("").parts[:-1]
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            dotted = ".".join(part for part in base if part)
            names = [dotted] if node.module else [f"{dotted}.{alias.name}" for alias in node.names]
            yield from ((name.removeprefix("module_utils."), True) for name in names)
        elif isinstance(node, ast.ImportFrom) and node.module.startswith(COLLECTION):
            dotted = node.module.removeprefix(COLLECTION)
            names = [f"{dotted}.{alias.name}" for alias in node.names] if dotted in PACKAGES else [dotted]
            yield from ((name.removeprefix("module_utils."), True) for name in names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module, False


def layer_of(name):
    return LAYERS.index(name.partition(".")[0])


@pytest.mark.parametrize("path", UTILS, ids=name_of)
def test_imports_point_down(path):
    name = name_of(path)
    for imported, ours in imports(path):
        if ours:
            assert layer_of(imported) <= layer_of(name), f"{name} imports {imported}, which is above it"


def test_no_imports_go_in_a_circle():
    graph = {name_of(path): {imported for imported, ours in imports(path) if ours} for path in UTILS}
    assert list(graphlib.TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", UTILS, ids=name_of)
def test_the_outside_comes_in_at_few_places(path):
    name = name_of(path)
    for imported, ours in imports(path):
        if not ours:
            for guarded, allowed in OUTSIDE.items():
                if imported == guarded or imported.startswith(guarded + "."):
                    assert name in allowed, f"{name} imports {imported}"
            assert not imported.startswith("ansible") or imported in OUTSIDE, f"{name} imports {imported}"


@pytest.mark.parametrize("path", [path for path in UTILS if "_resources" in path.parts], ids=name_of)
def test_resources_are_pure(path):
    for imported, ours in imports(path):
        if ours:
            assert {imported, imported.partition(".")[0]} & KNOWN_TO_NOUNS, f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize(
    "path", [path for path in CONTROLLER_UTILS if path not in ADAPTERS], ids=lambda path: path.stem
)
def test_plugin_utils_are_pure(path):
    for imported, ours in imports(path):
        allowed = {imported, imported.partition(".")[0]} & KNOWN_TO_NOUNS or imported in PURE
        assert allowed if ours else not imported.startswith(("ansible", *OUTSIDE)), imported


@pytest.mark.parametrize("path", INVENTORY, ids=lambda path: path.stem)
def test_inventory_plugins_adapt_and_no_more(path):
    for imported, ours in imports(path):
        allowed = imported in FOR_PLUGINS or imported.startswith("plugin_utils.") if ours else imported in FOR_INVENTORY
        assert allowed, imported


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_event_sources_adapt_and_no_more(path):
    for node in nodes_of(path):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            assert name in FOR_SOURCES or name.startswith(f"{COLLECTION}plugin_utils._event_"), name


@pytest.mark.parametrize("path", INVENTORY, ids=lambda path: path.stem)
def test_inventory_plugins_declare_the_variables_that_they_read(path):
    text = re.search(r'^DOCUMENTATION = r"""\n(.*?)^"""', path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[1]
    options = load_yaml(text)["options"]
    declared = {name: [one["name"] for one in option["env"]] for name, option in options.items() if "env" in option}
    assert declared == {name: spec["fallback"][1] for name, spec in CONNECTION.items() if "fallback" in spec}
    same = ("type", "default", "aliases")
    assert [name for name in declared for part in same if options[name].get(part) != CONNECTION[name].get(part)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_are_text_a_declaration_and_one_call(path):
    for imported, ours in imports(path):
        assert imported == "__future__" or (ours and imported.startswith(("_tasks.", "_resources."))), imported
    tree = tree_of(path)
    texts = {
        node.targets[0].id: node
        for node in tree.body
        if isinstance(node, ast.Assign) and node.targets[0].id in ("DOCUMENTATION", "EXAMPLES", "RETURN")
    }
    assert set(texts) == {"DOCUMENTATION", "EXAMPLES", "RETURN"}
    documented = {line for node in texts.values() for line in range(node.lineno, node.end_lineno + 1)}
    lines = path.read_text(encoding="utf-8").splitlines()
    code = [
        line for number, line in enumerate(lines, 1) if number not in documented and line.strip() and line[0] != "#"
    ]
    assert len(code) <= 40


def test_a_module_starts_without_what_writes_and_waits():
    """Most runs find nothing to do, and as a module each of them imports everything anew."""
    program = f"import sys, {COLLECTION}modules.lun\nprint(*sys.modules, sep='\\n')"
    command, environment = [sys.executable, "-c", program], {"PYTHONPATH": os.environ["ANSIBLE_COLLECTIONS_PATH"]}
    imported = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    ours = {line.removeprefix(COLLECTION + "module_utils.") for line in imported.splitlines()}
    assert "_engine.planner" in ours
    assert not ours & {"_engine.executor", "_jobs.poller", "_jobs.progress", "_jobs.submission", "_jobs.other_runs"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_document_the_same_things(path):
    source = {}
    texts = path.read_text(encoding="utf-8").partition("\nfrom ansible_coll")[0]
    exec(compile(ast.parse(texts), path, "exec"), source)  # noqa: S102 - our own file, up to its imports
    documentation = load_yaml(source["DOCUMENTATION"])
    assert documentation["module"] == path.stem
    fragments = documentation["extends_documentation_fragment"]
    assert "aiqum.unified_manager.connection" in fragments
    assert "aiqum.unified_manager.attributes.action_group" in fragments
    attributes = documentation.get("attributes", {})
    assert "aiqum.unified_manager.attributes.info_module" in fragments or (
        set(attributes) == {"check_mode", "diff_mode", "idempotent"} and "aiqum.unified_manager.attributes" in fragments
    )
    assert "outcome" in load_yaml(source["RETURN"])
    assert all(f"aiqum.unified_manager.{path.stem}" in str(load_yaml(source[text])) for text in ("EXAMPLES",))


def test_generated_text_is_up_to_date():
    files = generate.generated()
    assert [
        path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ] == []
    assert generate.superfluous(files) == []


def test_there_is_one_version():
    galaxy = load_yaml((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    assert galaxy["version"] == VERSION


@pytest.mark.parametrize("path", UTILS + CONTROLLER_UTILS, ids=lambda path: path.stem)
def test_files_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize(
    ("folder", "forbidden"),
    [
        ("plugins", r"verify\s*=\s*False|disable_warnings|/tmp\b"),
        ("tests/unit/plugins", r"assert_has_calls|time\.sleep\("),
        ("tests/unit/wire", r"assert_has_calls|time\.sleep\("),
        ("tests/unit/simulator", r"assert_has_calls|time\.sleep\("),
        ("tests/functional", r"assert_has_calls|time\.sleep\("),
        ("tests/awx", r"assert_has_calls|time\.sleep\("),
    ],
)
def test_habits_that_are_not_ours(folder, forbidden):
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(forbidden, line)
    ]
    assert found == []


def test_no_sanity_check_is_ignored():
    assert list((ROOT / "tests" / "sanity").glob("ignore*")) == []
