# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which role each module needs that changes something: made of the path of its noun, and of the rights of UM's API."""

from __future__ import annotations

import importlib
import pathlib
from collections import defaultdict

from plugins.module_utils._model.resource import Resource
from plugins.module_utils._um.rights import STORAGE, right_for
from tools.reading import between
from tools.readme import READS

ROOT = pathlib.Path(__file__).resolve().parents[1]
MODULES = ROOT / "plugins" / "modules"
NOUNS = ROOT / "plugins" / "module_utils" / "_resources"
CODE = NOUNS / "parts" / "modules_by_role.py"
GUIDE = ROOT / "docs" / "docsite" / "rst" / "guide_diagnosis.rst"
BEGIN = ".. Written by make generate, from plugins/module_utils/_um/rights.py and the path of each noun.\n"
END = ".. End of what make generate writes.\n"
HEAD = """
.. list-table::
   :header-rows: 1
   :widths: 5 2 2

   * - modules
     - to read
     - to change
"""
TEXT = '''\
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that change something, by the least role that may do so. Private to this collection.

Written by tools/generate.py.
"""

from __future__ import annotations

'''


def paths() -> dict[str, str]:
    """The path of the noun of each module that has one of its own and changes it."""
    found = {}
    changing = [path for path in MODULES.glob("*.py") if not path.stem.endswith(READS)]
    for name in sorted(path.stem for path in changing if (NOUNS / path.name).is_file()):
        noun = vars(importlib.import_module(f"plugins.module_utils._resources.{name}"))
        own = [one for one in noun.values() if isinstance(one, Resource) and one.noun in (name, "records")]
        path = own[0].collection if own else noun.get("PATH")
        if path:
            found[name] = path
    return found


def by_role() -> dict[tuple[str, str], list[str]]:
    """The modules for each pair of roles: to read, and to change."""
    found = defaultdict(list)
    for name, path in paths().items():
        right = right_for(path)
        if right is None:
            raise SystemExit(f"{name}: plugins/module_utils/_um/rights.py has no right for {path}.")
        found[right.reading, right.changing].append(name)
    return dict(sorted(found.items(), key=lambda item: (item[0][1] != STORAGE, item[0])))


def code() -> str:
    """The text of the file with the modules for each role."""
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for (_reading, changing), names in by_role().items():
        modules[changing] += names
    lines = [TEXT]
    for role, names in modules.items():
        constant = f"{role.split()[0].upper()}_MODULES"
        lines += [f"{constant} = (\n", *(f'    "{name}",\n' for name in sorted(names)), ")\n"]
    return "".join(lines)


def guide(text: str) -> str:
    """The guide with the table of roles."""
    rows = []
    for (reading, changing), names in by_role().items():
        modules = ", ".join(f"``{name}``" for name in names)
        rows.append("   * - " + "\n     - ".join((modules, reading, changing)) + "\n")
    return between(text, BEGIN, END, f"{HEAD}{''.join(rows)}\n")
