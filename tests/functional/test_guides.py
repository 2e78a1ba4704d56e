# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks and plays in the guides run against the simulator, in order, guide by guide."""

from __future__ import annotations

import subprocess

import pytest
import yaml

from tests.guides import GUIDES, blocks

from .conftest import BIN


def book_of(path):
    """A playbook of all tasks and plays of a guide; None if it has none."""
    plays = []
    for block in blocks(path, "yaml"):
        content = yaml.safe_load(block)
        if isinstance(content, list) and "hosts" in content[0]:
            plays += content
        elif isinstance(content, list):
            plays.append({"hosts": "localhost", "gather_facts": False, "tasks": content})
    return plays or None


@pytest.mark.parametrize("path", [path for path in GUIDES if book_of(path)], ids=lambda path: path.stem)
def test_the_guide_runs(um, environment, tmp_path, path):
    if path.stem == "guide_errors":
        um.set(job_seconds=1.5)  # longer than its task waits that is to run out of time
    (tmp_path / "site.yml").write_text(yaml.safe_dump(book_of(path), sort_keys=False), encoding="utf-8")
    (tmp_path / "um.yml").write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    command = [str(BIN / "ansible-playbook"), "-i", str(tmp_path / "um.yml"), "-e", "vault_ontap_password=Ontap-1"]
    ran = subprocess.run(
        [*command, str(tmp_path / "site.yml")],
        env={name: value for name, value in environment.items() if "CALLBACK" not in name},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
