# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the repository that ansible-test accepts.

ansible-test insists on a directory .../ansible_collections/NAMESPACE/NAME that is no link, and takes the list of files
from git: inside an ignored directory of another repository it finds nothing and skips everything, with exit status 0.
The copy is therefore a repository of its own.
"""

from __future__ import annotations

import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]


def mirror(target: pathlib.Path) -> None:
    """Make target equal to the tracked and the new, not ignored, files of the repository."""
    shutil.rmtree(target, ignore_errors=True)
    copy_files(source_files(), target)
    _git(target, "init", "--quiet")
    _git(target, "add", "--all")


def copy_files(names: list[str], target: pathlib.Path) -> None:
    """Copy files of the repository, given by their paths in it, to the same paths below target."""
    for name in names:
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy)


def source_files() -> list[str]:
    """The paths of the tracked and the new, not ignored, files of the repository, sorted."""
    return _listed("--cached", "--others", "--exclude-standard")


def tracked_files() -> list[str]:
    """The paths of the tracked files of the repository, sorted."""
    return _listed("--cached")


def _listed(*which: str) -> list[str]:
    listed = _git(ROOT, "ls-files", *which, "-z").split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def _git(directory: pathlib.Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(directory), *arguments], check=True, capture_output=True, text=True).stdout
