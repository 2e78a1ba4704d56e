# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The blocks of code in the guides and the README.

In guides ``yaml`` is run by the tests, ``yaml+jinja`` is for reading only.
"""

from __future__ import annotations

import pathlib
import re
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
RST = ROOT / "docs" / "docsite" / "rst"
GUIDES = sorted(RST.glob("*.rst"))
BLOCK = re.compile(r"^\.\. code-block:: (\S+)\n\n((?:(?:   .*)?\n)+)", re.MULTILINE)


def blocks(path: pathlib.Path, *languages: str) -> list[str]:
    """The texts of a guide's blocks in these languages, in order."""
    found = BLOCK.findall(path.read_text(encoding="utf-8") + "\n")
    return [textwrap.dedent(text).strip() + "\n" for language, text in found if language in languages]


def fenced(path: pathlib.Path, language: str) -> list[str]:
    """The texts of a Markdown file's blocks in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
