# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the collection's artifact of the files that git tracks, whatever else lies in the checkout.

    python tools/build.py DIRECTORY

galaxy.yml lists what the artifact holds; a module or guide that is new and not added to git would still match the list.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tempfile

from tools.mirror import copy_files, tracked_files


def build(target: pathlib.Path) -> None:
    """Build the artifact into target, a directory, which is made if it is missing."""
    with tempfile.TemporaryDirectory() as export:
        copy_files(tracked_files(), pathlib.Path(export))
        command = ["ansible-galaxy", "collection", "build", "--force", "--output-path", str(target), export]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    build(pathlib.Path(sys.argv[1]).resolve())
