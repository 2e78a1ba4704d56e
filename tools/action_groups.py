# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the action group of meta/runtime.yml: every module, so that module_defaults reaches all.

python tools/action_groups.py
"""

from __future__ import annotations

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUNTIME = ROOT / "meta" / "runtime.yml"
HEAD = "action_groups:\n  um:\n"


def modules() -> list[str]:
    """The names of all modules, sorted."""
    return sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py"))


def main() -> None:
    text = RUNTIME.read_text(encoding="utf-8")
    before = text[: text.index("action_groups:")]
    RUNTIME.write_text(before + HEAD + "".join(f"    - {name}\n" for name in modules()), encoding="utf-8")


if __name__ == "__main__":
    main()
