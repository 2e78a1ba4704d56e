# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests that depend on ansible-core on each that is supported.

    python tools/matrix.py [--available] [CORE ...]

A row whose interpreters this machine all lacks does not run, and the whole is then no success. With --available it may
be left out, which is said at the end; but the oldest core that was asked for must have run.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Each core, and the Pythons it runs on here, the preferred one first.
ROWS = {"2.18": ("3.11",), "2.19": ("3.11",), "2.21": ("3.13", "3.12", "3.14")}
PASSED = "passed"
NOT_RUN = "NOT RUN"
THOSE_THAT_DEPEND_ON_IT = "ARGS=-m ansible_core"


def oldest_of(cores: Iterable[str]) -> str:
    return min(cores, key=lambda core: [int(part) for part in core.split(".")])


# On it each module is a process of its own, on the others it runs in process, as it does by default; so both ways are
# tried without a run of each on each. What compares them runs on all.
OLDEST = oldest_of(ROWS)


def candidates(version: str) -> Iterator[str]:
    """Commands that may be Python of that version: on PATH, and where pyenv keeps those that are not switched on."""
    found = shutil.which(f"python{version}")
    if found:
        yield found
    pyenv = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv")
    yield from map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}")))


def interpreter(version: str) -> str | None:
    """One that starts: a shim of pyenv may be on PATH and fail."""
    for command in candidates(version):
        answer = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
        if answer.returncode == 0 and answer.stdout.startswith(f"Python {version}."):
            return command
    return None


def steps_of(core: str) -> tuple[tuple[str, ...], ...]:
    """The targets of one row; those of a step run side by side."""
    return ("unit",), ("functional-modules", "sanity-short") if core == OLDEST else ("functional", "sanity")


def run(core: str, pythons: tuple[str, ...]) -> str:
    """What became of one row."""
    found = [(version, command) for version in pythons if (command := interpreter(version))]
    if not found:
        return f"{NOT_RUN}, since this machine has no Python {' or '.join(pythons)}"
    python, command = found[0]
    started = time.monotonic()
    venv = f"VENV={ROOT / '.build' / 'matrix' / core}"
    needed = f"CORE=ansible-core~={core}.0", "REQUIREMENTS=requirements-test.txt"
    steps = steps_of(core)
    for targets in (("setup",), *steps):
        print(f"== ansible-core {core} on Python {python}: {', '.join(targets)}", flush=True)
        make = ["make", "--no-print-directory", f"--jobs={len(targets)}", *targets, f"PYTHON={command}", venv]
        if subprocess.run([*make, *needed, THOSE_THAT_DEPEND_ON_IT], check=False).returncode:
            return f"FAILED in {', '.join(targets)} on Python {python}"
    done = ", ".join(target for targets in steps for target in targets)
    return f"{PASSED} {done} on Python {python} in {time.monotonic() - started:.0f} s"


def succeeded(outcomes: dict[str, str], available: bool) -> bool:
    """Whether the whole did, judged by {core: outcome}."""
    passed = {core for core, outcome in outcomes.items() if outcome.startswith(PASSED)}
    left_out = {core for core, outcome in outcomes.items() if outcome.startswith(NOT_RUN)}
    oldest = oldest_of(outcomes)
    return passed == set(outcomes) or (available and oldest in passed and passed | left_out == set(outcomes))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--available", action="store_true", help="rows that this machine has no Python for may be left out"
    )
    parser.add_argument("cores", nargs="*", default=list(ROWS), metavar="CORE", help="2.18, for example")
    options = parser.parse_args()
    os.chdir(ROOT)
    outcomes = {core: run(core, ROWS[core]) for core in options.cores}
    for core, outcome in outcomes.items():
        print(f"ansible-core {core}: {outcome}")
    return 0 if succeeded(outcomes, options.available) else 1


if __name__ == "__main__":
    sys.exit(main())
