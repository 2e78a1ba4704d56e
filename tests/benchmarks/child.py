# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that runs one module and says what it took: ``python -m tests.benchmarks.child HOW MODULE FILE``.

HOW is ``module``, as Ansible starts it, or ``in-process``, as the action plugin does its work within Ansible. FILE
holds the options as JSON. The result goes to stdout as JSON, the peak of memory in MiB to the last line of stderr.
"""

from __future__ import annotations

import functools
import importlib
import json
import pathlib
import runpy
import sys

MODULES = "ansible_collections.aiqum.unified_manager.plugins.modules."


def peak_memory() -> float:
    """MiB that this process had at most; unlike ru_maxrss it does not count what its parent had."""
    lines = pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def as_module(name: str, path: str) -> None:
    """As a program that writes its result."""
    sys.argv = ["module", path]
    runpy.run_module(MODULES + name, run_name="__main__")


def in_process(name: str, path: str) -> dict:
    """The result of the work within Ansible."""
    from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import hosted_by
    from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import ActionHost, Finished

    options = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["ANSIBLE_MODULE_ARGS"]
    hosted_by.set(functools.partial(ActionHost, options, False, lambda text: None))
    try:
        importlib.import_module(MODULES + name).main()
    except Finished as end:
        return end.result
    raise AssertionError(f"{name} ended without a result")


def main(how: str, name: str, path: str) -> None:
    try:
        if how == "module":
            as_module(name, path)
        else:
            result = in_process(name, path)
            sys.stderr.write(f"{peak_memory()}\n")  # of the work, before the result is written for the parent
            json.dump(result, sys.stdout)
    finally:
        if how == "module":
            sys.stderr.write(f"\n{peak_memory()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
