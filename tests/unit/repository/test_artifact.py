# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact holds what galaxy.yml lists: all that is to ship, and nothing that happens to lie in the checkout."""

from __future__ import annotations

import subprocess
import tarfile

import pytest

from tools import build, mirror

STRANGERS = [
    ".aws/credentials",
    ".env",
    ".idea/workspace.xml",
    ".vault_password",
    "aiqum-unified_manager-0.0.1.tar.gz",
    "ansible.cfg",
    "docs/passwords.txt",
    "extensions/awx/vault.yml",
    "extensions/awx/credential_type/mine.yml",
    "group_vars/all/vault.yml",
    "id_ed25519",
    "inventory.yml",
    "meta/private.yml",
    "playbooks/group_vars/all.yml",
    "playbooks/vault.yml",
    "plugins/.secrets.py",
    "plugins/modules/.lun.py.swp",
    "plugins/modules/__pycache__/lun.cpython-311.pyc",
    "plugins/modules/lun.py.orig",
    "plugins/vault.yml",
    "requirements.yml",
    "roles/mine/vars/vault.yml",
    "roles/provision_lun/vars/vault.yml",
    "site.yml",
    "tests/integration_config.yml",
    "tests/output/junit.py",
    "tools/vault.yml",
    "um-ca.pem",
    "vault.yml",
    "venv/lib/python3.11/site-packages/requests/__init__.py",
    "venv/pyvenv.cfg",
]
# These look like parts of the collection; only git tells them from such.
LOOK_ALIKES = ["docs/docsite/rst/guide_mine.rst", "plugins/modules/scratch.py", "tests/scratch.py"]


def to_ship() -> set[str]:
    """What is tracked and meant for users: dotted files serve the repository, and fragments are in the changelog."""
    tracked = {name for name in mirror.tracked_files() if name == ".ansible-lint" or not name.startswith(".")}
    return {name for name in tracked - {"galaxy.yml"} if not name.startswith("changelogs/fragments/")}


def contents(directory) -> set[str]:
    (artifact,) = directory.glob("*.tar.gz")
    with tarfile.open(artifact) as archive:
        return {member.name for member in archive if not member.isdir()} - {"FILES.json", "MANIFEST.json"}


def litter(checkout, names):
    for name in names:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret: swordfish\n", encoding="utf-8")


@pytest.fixture
def checkout(tmp_path):
    mirror.copy_files(mirror.tracked_files(), tmp_path / "checkout")
    return tmp_path / "checkout"


def test_strangers_stay_out(checkout, tmp_path):
    litter(checkout, STRANGERS)
    command = ["ansible-galaxy", "collection", "build", "--output-path", str(tmp_path / "dist"), str(checkout)]
    subprocess.run(command, check=True, capture_output=True)
    shipped = contents(tmp_path / "dist")
    assert shipped - to_ship() == set()
    assert to_ship() - shipped == set(), "galaxy.yml does not list these"


def test_make_build_takes_what_git_tracks(checkout, tmp_path, monkeypatch):
    subprocess.run(["git", "-C", str(checkout), "init", "--quiet"], check=True)
    subprocess.run(["git", "-C", str(checkout), "add", "--all", "--force"], check=True)
    litter(checkout, [*STRANGERS, *LOOK_ALIKES])
    monkeypatch.setattr(mirror, "ROOT", checkout)
    build.build(tmp_path / "dist")
    assert contents(tmp_path / "dist") == to_ship()
