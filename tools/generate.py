# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what follows from the modules and from tools/results; with --check it only says what is not up to date.

    python -m tools.generate [--check]

It writes the action groups of meta/runtime.yml, which let module_defaults reach many modules at once; an action plugin
for each module, which Ansible loads before it forks its workers; the results that many modules share, between two
marks in RETURN, of which the first names them: each is a file in tools/results; in the documentation of
``configuration`` and ``configuration_info`` the kinds, and the options of their modules; the table of modules in
README.md; and which modules need which role, for the diagnosis and for its guide.
"""

from __future__ import annotations

import pathlib
import re
import sys
import textwrap
from typing import Any

import yaml

from plugins.module_utils._resources.configuration import REMOVABLE, SECTIONS
from tools import readme, roles
from tools.reading import between

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
RUNTIME = ROOT / "meta" / "runtime.yml"
MODULES = ROOT / "plugins" / "modules"
ACTIONS = ROOT / "plugins" / "action"
RESULTS = ROOT / "tools" / "results"
BEGIN = "# Written by make generate: "
END = "# End of what make generate writes.\n"
BEGIN_KINDS = "# Written by make generate, from the kinds of a configuration: "
RESULT_OF_KIND = """\
{}:
  description: What M(aiqum.unified_manager.{}) takes.
  returned: when read
  type: list
  elements: dict
"""
BEGIN_OPTIONS = "    # Written by make generate, from the options of each module.\n"
KEPT = ("type", "elements", "required", "choices", "default", "aliases")  # of an option that another module repeats
WRITTEN = "written by tools/generate.py"
ACTION = f'''\
# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets {{name}} run in process; {WRITTEN}."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.modules.{{name}} import main
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    main = staticmethod(main)
'''
# The group, and the documentation fragment that tells its modules; None for all modules.
GROUPS = {"um": None, "um_jobs": "aiqum.unified_manager.wait"}


def documentation(path: pathlib.Path) -> dict[str, Any]:
    """The DOCUMENTATION of a module."""
    text = re.search(r'^DOCUMENTATION = r"""\n(.*?)^"""', path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    if text is None:
        raise SystemExit(f"{path} has no DOCUMENTATION.")
    return yaml.safe_load(text[1])


def action_groups(modules: list[pathlib.Path]) -> str:
    """The text of ``action_groups`` in meta/runtime.yml."""
    lines = ["action_groups:"]
    for group, fragment in GROUPS.items():
        members = [
            path.stem
            for path in modules
            if fragment is None or any(fragment in one for one in documentation(path)["extends_documentation_fragment"])
        ]
        lines += [f"  {group}:", *(f"    - {name}" for name in members)]
    return "\n".join(lines) + "\n"


def behind(rest: str, begin: str) -> str:
    """What stands behind a part that is written, which ends in the text that it begins in.

    :param rest: what stands behind the mark of its begin
    """
    written, end, after = rest.partition(END)
    if not end or '"""' in written:
        raise SystemExit(f"The mark {END.strip()!r} is missing after {begin.strip()!r}.")
    return after


def shared_results(text: str) -> str:
    """A module's text with the results that it names between the marks."""
    begin, found, rest = text.partition(BEGIN)
    if not found:
        return text
    names = rest.partition("\n")[0]
    after = behind(rest, BEGIN + names)
    blocks = [result(name) for name in names.split(", ")]
    return f"{begin}{BEGIN}{names}\n{''.join(blocks)}{END}{after}"


def repeated(module: str, options: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The options of a module as another one documents them: by reference, with what Ansible compares."""
    result = {}
    for name, option in options.items():
        result[name] = {
            "description": [f"As O(aiqum.unified_manager.{module}#module:{path}{name})."],
            **{part: option[part] for part in KEPT if part in option},
        }
        if "suboptions" in option:
            dots = "[]." if option["type"] == "list" else "."
            result[name]["suboptions"] = repeated(module, option["suboptions"], f"{path}{name}{dots}")
    return result


def options_of_kinds(text: str) -> str:
    """A module's text with the options of all kinds between the marks."""
    before, found, rest = text.partition(BEGIN_OPTIONS)
    if not found:
        return text
    suboptions = {}
    for kind, section in SECTIONS.items():
        module = section.resource.noun
        suboptions[kind] = {
            "description": [f"What M(aiqum.unified_manager.{module}) takes, for each object."],
            "type": "list",
            "elements": "dict",
            "suboptions": repeated(module, documentation(MODULES / f"{module}.py")["options"]),
        }
    written = yaml.safe_dump({"suboptions": suboptions}, sort_keys=False, width=110)
    return before + found + textwrap.indent(written, "    ") + "    " + END + behind(rest, BEGIN_OPTIONS)


def names_of_kinds(text: str) -> str:
    """A module's text with what it says of each kind of a configuration between the marks."""
    blocks = {
        "choices": "choices:\n" + "".join(f"  - {kind}\n" for kind in SECTIONS),
        "choices of prune": "choices:\n" + "".join(f"  - {kind}\n" for kind in REMOVABLE),
        "results": "".join(RESULT_OF_KIND.format(kind, section.resource.noun) for kind, section in SECTIONS.items()),
    }
    for name, block in blocks.items():
        begin = f"    {BEGIN_KINDS}{name}\n"
        if begin in text:
            text = between(text, begin, f"    {END}", textwrap.indent(block, "    "))
    return text


def result(name: str) -> str:
    path = RESULTS / f"{name}.yml"
    if not path.is_file():
        raise SystemExit(
            f"There is no result {name!r}; there are {', '.join(sorted(one.stem for one in RESULTS.glob('*.yml')))}."
        )
    return path.read_text(encoding="utf-8").partition("---\n")[2]


def generated() -> dict[pathlib.Path, str]:
    """The text of every file that is written, in whole or in part."""
    modules = sorted(MODULES.glob("*.py"))
    runtime = RUNTIME.read_text(encoding="utf-8")
    files = {RUNTIME: runtime[: runtime.index("action_groups:")] + action_groups(modules)}
    files.update({ACTIONS / path.name: ACTION.format(name=path.stem) for path in modules})
    for path in modules:
        files[path] = names_of_kinds(options_of_kinds(shared_results(path.read_text(encoding="utf-8"))))
    files[roles.GUIDE] = roles.guide(roles.GUIDE.read_text(encoding="utf-8"))
    files[roles.CODE] = roles.code()
    files[README] = readme.written(README.read_text(encoding="utf-8"), modules)
    return files


def superfluous(files: dict[pathlib.Path, str]) -> list[pathlib.Path]:
    """Action plugins that an earlier run wrote, of modules that are gone."""
    return [path for path in ACTIONS.glob("*.py") if path not in files and WRITTEN in path.read_text(encoding="utf-8")]


def main() -> int:
    files = generated()
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in [*stale, *superfluous(files)]:
            print(f"{path.relative_to(ROOT)} is not up to date; run make generate.")
        return 1 if stale or superfluous(files) else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    for path in superfluous(files):
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
