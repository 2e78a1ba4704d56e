# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of options and returned values on a module's page: its own first, then those of all modules.

antsibull-docs sorts them by name, so that the three options of a module stand among a dozen that every module has.
"""

from __future__ import annotations

import pathlib
import re

from tools.reading import load_yaml

FRAGMENTS = ("connection", "wait")
ROW = "  * - .. raw:: html\n"
TABLE = re.compile(r"^\.\. list-table::\n(?:  .*\n|\n)*?  \* - (Parameter|Key)\n(?:  .*\n|\n)*", re.MULTILINE)
NAME = re.compile(r'id="(?:parameter|return)-([^"/]+)')
HEADINGS = {"Parameter": "Options that many modules have", "Key": "Results that many modules have"}


def shared_names(root: pathlib.Path) -> set[str]:
    """The options of the fragments, and the results that tools/generate.py writes, which many modules have."""
    texts = [(root / "plugins" / "doc_fragments" / f"{name}.py").read_text(encoding="utf-8") for name in FRAGMENTS]
    found = re.findall(r'^    [A-Z_]+ = r"""\n(.*?)^"""', "".join(texts), re.DOTALL | re.MULTILINE)
    options = {name for text in found for name in load_yaml(text).get("options") or ()}
    return options | {path.stem for path in (root / "tools" / "results").glob("*.yml")}


def own_rows_first(page: str, shared: set[str]) -> str:
    """A page whose tables are split in two, where they have rows of both sorts."""
    return TABLE.sub(lambda match: _split(match[0], HEADINGS[match[1]], shared), page)


def _name(row: str) -> str:
    """:raises ValueError: antsibull-docs writes rows in another way now"""
    match = NAME.search(row)
    if match is None:
        raise ValueError(f"A row without a name: {row[:200]}")
    return match[1]


def _split(table: str, heading: str, shared: set[str]) -> str:
    head, *rows = table.split(ROW)
    own = [ROW + row for row in rows if _name(row) not in shared]
    others = [ROW + row for row in rows if _name(row) in shared]
    if not own or not others:
        return table
    return f"{head}{''.join(own).rstrip()}\n\n.. rubric:: {heading}\n\n{head}{''.join(others)}"
