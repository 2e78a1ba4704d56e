# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test runs in.

pytest-ansible injects the collections that it finds in ANSIBLE_COLLECTIONS_PATH when pytest starts, right after it has
read this file; therefore the tree is laid here, on import, so that plain ``pytest tests/unit`` works too.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.dependence import imports_ansible

ROOT = pathlib.Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
BUILD = ROOT / ".build"


def lay_collection_tree() -> None:
    """Make the repository visible as ansible_collections/aiqum/unified_manager below the build directory."""
    link = BUILD / "ansible_collections" / "aiqum" / "unified_manager"
    link.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        link.symlink_to("../../..", target_is_directory=True)


lay_collection_tree()
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(BUILD)
os.environ.setdefault("ANSIBLE_HOME", str(BUILD / "ansible"))
# Ansible's own search would find the interpreters of version managers, which lack what the modules need.
os.environ.setdefault("ANSIBLE_PYTHON_INTERPRETER", sys.executable)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that depend on ansible-core, if that matters; functional ones say it in their files."""
    for item in items if config.option.markexpr else ():
        folder = item.path.relative_to(TESTS).parts[0]
        if folder == "awx" or (folder == "unit" and imports_ansible(item.path)):
            item.add_marker(pytest.mark.ansible_core)


@pytest.fixture
def wire() -> Iterator[Callable[..., Any]]:
    """``wire(script, ...)`` starts a server of tests/wire, which is stopped at the end of the test."""
    from tests.wire import serving  # only here, since most tests do without it

    with contextlib.ExitStack() as stack:
        yield lambda *script, **options: stack.enter_context(serving(*script, **options))
