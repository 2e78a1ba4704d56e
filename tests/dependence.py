# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests depend on ansible-core: read from what they import, and from what they ask pytest for."""

from __future__ import annotations

import ast
import functools
import pathlib
from collections.abc import Iterator

from tools.reading import nodes_of

ROOT = pathlib.Path(__file__).resolve().parents[1]
COLLECTION = "ansible_collections.aiqum.unified_manager."
# Tests on it are about a server's answers. Of ansible-core it has the validation of options, which others try.
LOCAL = ROOT / "tests" / "local.py"
# What leads functional tests to Ansible in another way than by a play whose results they look at.
WAYS_TO_ANSIBLE = {"BIN", "ansible_adhoc", "ansible_playbook", "environment"}


@functools.cache
def imports_ansible(path: pathlib.Path) -> bool:
    """Whether a test imports ansible-core, or a file of the plugins that does, itself or by helpers of the tests."""
    return _imports_it_directly(path) or any(
        imports_ansible(other) if other.is_relative_to(ROOT / "tests") else _imports_it_directly(other)
        for other in _files(path)
        if other != LOCAL
    )


def runs_ansible(path: pathlib.Path) -> bool:
    """Whether a functional test has to do with more of Ansible than the results of a play."""
    arguments = {node.arg for node in nodes_of(path) if isinstance(node, ast.arg)}
    names = {alias.name for node in nodes_of(path) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return bool(WAYS_TO_ANSIBLE & (arguments | names))


@functools.cache
def _imports_it_directly(path: pathlib.Path) -> bool:
    return any(name.split(".")[0] == "ansible" for name in _names(path))


def _files(path: pathlib.Path) -> Iterator[pathlib.Path]:
    """The files of the repository that a file imports."""
    for name in _names(path):
        other = ROOT.joinpath(*name.split(".")).with_suffix(".py")
        if other != path and other.exists():
            yield other


@functools.cache
def _names(path: pathlib.Path) -> frozenset[str]:
    """The dotted names of all that a file imports: of files of the repository as they lie there."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = (node.module or "").removeprefix(COLLECTION)
            if node.level:
                base = ".".join([*path.relative_to(ROOT).parts[: -node.level], *filter(None, [base])])
            found.update([base, *(f"{base}.{alias.name}" for alias in node.names)])
    return frozenset(found)
