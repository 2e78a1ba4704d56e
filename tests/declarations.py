# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules declare of the collections that they read and change."""

from __future__ import annotations

import ast
import functools
import importlib
import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

from tools.reading import load_yaml, nodes_of

ROOT = pathlib.Path(__file__).resolve().parents[1]
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))
UTILS = "ansible_collections.aiqum.unified_manager.plugins.module_utils."
BY_KEY = {"event"}  # of which each object is read and changed by its key


def is_newer(release: str) -> tuple[int, ...]:
    """A release as what can be compared."""
    return tuple(map(int, release.split(".")))


def documented(module: str) -> list[dict[str, Any]]:
    """The tasks in the module's examples; those with variables, which have no value here, come last."""
    return json.loads(_examples(module))


@functools.cache
def _examples(module: str) -> str:
    source = (ROOT / "plugins" / "modules" / f"{module}.py").read_text(encoding="utf-8")
    tasks = load_yaml(source.partition('EXAMPLES = r"""')[2].partition('"""')[0])
    name = f"aiqum.unified_manager.{module}"
    found = [json.dumps(task[name] or {}) for task in tasks if name in task]
    plain_first = sorted(found, key=lambda text: "{{" in text)
    return "[" + ", ".join(re.sub(r"\{\{.*?\}\}", "templated", text) for text in plain_first or ["{}"]) + "]"


def collections(module: str) -> Iterator[tuple[dict[str, Any], str]]:
    """(options, a path that the module then reads) for each collection that it declares."""
    if module == "datacenter_info":
        subsets = importlib.import_module(f"{UTILS}_resources.datacenter").SUBSETS
        yield from (({"subsets": [name]}, subset.collection) for name, subset in subsets.items())
    elif module == "metrics_info":
        measured = importlib.import_module(f"{UTILS}_resources.metrics").MEASURED
        for kind, subset in measured.items():
            yield {"kind": kind}, f"{subset.collection}/analytics"
    elif module == "event_info":
        yield {"keys": [KEY]}, f"/management-server/events/{KEY}"
    else:
        for collection in {noun.collection: noun for noun in _nouns(module)}:
            yield documented(module)[0], collection + (f"/{KEY}" if module in BY_KEY else "")


KEY = "dddddddd-2222-3333-4444-555555555555"


def _nouns(module: str) -> Iterator[Any]:
    """The Resource or Listing that a module hands over, or that the code behind its one call names."""
    for node in nodes_of(ROOT / "plugins" / "modules" / f"{module}.py"):
        if isinstance(node, ast.ImportFrom) and node.module:
            source = importlib.import_module(node.module)
            candidates = [getattr(source, alias.name) for alias in node.names]
            if f"{UTILS}_tasks." in node.module and node.module.rpartition(".")[2] == module:
                candidates += vars(source).values()
            yield from (one for one in candidates if isinstance(getattr(one, "collection", None), str))
