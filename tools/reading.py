# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the files of the repository are read: each is parsed once, and YAML by libyaml where PyYAML has it.

Also how a part of one is replaced.
"""

from __future__ import annotations

import ast
import functools
import pathlib
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast


def load_yaml(text: str) -> Any:
    """What a document in YAML says; safe, as ``yaml.safe_load`` is.

    :raises yaml.YAMLError: it is not YAML
    """
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe one


@functools.lru_cache(maxsize=256)
def tree_of(path: pathlib.Path) -> ast.Module:
    """The syntax tree of a Python file; it is shared, and never changed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=256)
def nodes_of(path: pathlib.Path) -> tuple[ast.AST, ...]:
    """All nodes of the syntax tree of a Python file, as ``ast.walk`` finds them."""
    return tuple(ast.walk(tree_of(path)))


def texts_of(path: pathlib.Path) -> dict[str, str]:
    """The texts that a file, or a class in it, gives names to, such as DOCUMENTATION."""
    found = {}
    for node in nodes_of(path):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            target = node.targets[0]
            if isinstance(target, ast.Name):
                found[target.id] = str(node.value.value)
    return found


def between(text: str, begin: str, end: str, part: str) -> str:
    """The text with another part between two marks.

    :raises ValueError: it lacks a mark
    """
    before, begun, rest = text.partition(begin)
    _old, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"The text lacks the marks {begin.strip()} and {end.strip()}.")
    return f"{before}{begin}{part}{end}{after}"
