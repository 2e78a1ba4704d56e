# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what follows from the list of modules: the action group of meta/runtime.yml, and an action plugin for each.

python tools/action_groups.py

The action group lets module_defaults reach all. An action plugin of the same name is loaded by Ansible before it forks
its workers, so that nothing is imported again for each task.
"""

from __future__ import annotations

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUNTIME = ROOT / "meta" / "runtime.yml"
MODULES = ROOT / "plugins" / "modules"
ACTIONS = ROOT / "plugins" / "action"
HEAD = "action_groups:\n  um:\n"
ACTION = '''\
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets {name} run in process; written by tools/action_groups.py."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.modules.{name} import main
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    main = staticmethod(main)
'''


def modules() -> list[str]:
    """The names of all modules, sorted."""
    return sorted(path.stem for path in MODULES.glob("*.py"))


def action(name: str) -> str:
    """The text of a module's action plugin."""
    return ACTION.format(name=name)


def main() -> None:
    text = RUNTIME.read_text(encoding="utf-8")
    before = text[: text.index("action_groups:")]
    RUNTIME.write_text(before + HEAD + "".join(f"    - {name}\n" for name in modules()), encoding="utf-8")
    ACTIONS.mkdir(exist_ok=True)
    for path in ACTIONS.glob("*.py"):
        path.unlink()
    for name in modules():
        (ACTIONS / f"{name}.py").write_text(action(name), encoding="utf-8")


if __name__ == "__main__":
    main()
