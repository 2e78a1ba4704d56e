# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that depend on ansible-core are marked, since only they run on each that is supported."""

from __future__ import annotations

import pytest

from tests.dependence import ROOT, imports_ansible, runs_ansible

FUNCTIONAL = sorted((ROOT / "tests" / "functional").glob("test_*.py"))


@pytest.mark.parametrize("path", [path for path in FUNCTIONAL if runs_ansible(path)], ids=lambda path: path.stem)
def test_functional_tests_that_have_to_do_with_ansible_are_marked(path):
    assert "mark.ansible_core" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def test(environment): pass", True),
        ("def fixture(ansible_playbook): pass", True),
        ("from .forked import BIN", True),
        ("def test(um, play): play(environment={})", False),
    ],
)
def test_what_has_to_do_with_ansible(tmp_path, text, found):
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    assert runs_ansible(tmp_path / "test_it.py") is found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("unit/plugins/plugin_utils/test_in_process.py", True),  # by the plugin that it is about
        ("unit/hostile/test_bad_input.py", True),  # by tests.inprocess, which hosts modules itself
        ("unit/hostile/test_missing_fields.py", False),  # on tests.local
        ("unit/plugins/module_utils/_jobs/test_poller.py", False),
        ("unit/repository/test_links.py", False),
    ],
)
def test_what_imports_ansible(name, found):
    assert imports_ansible(ROOT / "tests" / name) is found
