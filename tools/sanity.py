# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real ansible-test sanity on a mirror of the repository, and judges the outcome.

    python tools/sanity.py [--short] DIRECTORY

--short leaves out what takes most of the time and seldom finds what nothing else finds: pylint, which otherwise runs
beside the other tests, and an import of each file. A run in which targets were skipped, or hardly a test ran, is a
failure.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import subprocess
import sys

from tools.mirror import ROOT, mirror
from tools.pip_for_ansible_test import provide_pip

FEWEST_TESTS = 20  # ansible-test has some two dozen; a handful would mean that it looked elsewhere
WHOLE = (["--test", "pylint"], ["--skip-test", "pylint"])
SHORT = (["--skip-test", "pylint", "--skip-test", "import"],)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("directory", type=pathlib.Path)
    options = parser.parse_args()
    directory = options.directory
    if list((ROOT / "tests" / "sanity").glob("ignore*")):
        print("There is a sanity ignore file, and there must be none.")
        return 1
    provide_pip()
    mirror(directory)
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    command = ["ansible-test", "sanity", "--local", "--color", "no", "--python", python]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    runs = [
        subprocess.Popen(
            [*command, *part],
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for part in (SHORT if options.short else WHOLE)
    ]
    outputs = [run.communicate()[0] for run in runs]
    tests = sum(output.count("Running sanity test") for output in outputs)
    skipped = any("All targets skipped" in output for output in outputs)
    good = not any(run.returncode for run in runs) and not skipped and tests >= FEWEST_TESTS
    if not good:
        print("\n".join(outputs))
    print(f"ansible-test sanity: {tests} tests, {'passed' if good else 'failed'}, Python {python}, no ignore file.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
