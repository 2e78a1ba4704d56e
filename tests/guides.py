# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The blocks of code in the guides and the README.

In guides ``yaml`` is run by the tests, ``yaml+jinja`` is for reading only. In the guide of the first LUN, lines of
``shell`` that call Ansible are run, too.
"""

from __future__ import annotations

import pathlib
import re
import textwrap
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
RST = ROOT / "docs" / "docsite" / "rst"
GUIDES = sorted(RST.glob("*.rst"))
BLOCK = re.compile(r"^\.\. code-block:: (\S+)\n\n((?:(?:   .*)?\n)+)", re.MULTILINE)


class Block(NamedTuple):
    """A block of a guide.

    :ivar before: the words since the block before it
    :ivar after: the words up to the next block
    """

    language: str
    text: str
    before: str
    after: str


def blocks_of(path: pathlib.Path) -> list[Block]:
    """All blocks of a guide, in order."""
    words, *rest = BLOCK.split(path.read_text(encoding="utf-8") + "\n")
    found = []
    for language, text, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        found.append(Block(language, textwrap.dedent(text).strip() + "\n", words, after))
        words = after
    return found


def blocks(path: pathlib.Path, *languages: str) -> list[str]:
    """The texts of a guide's blocks in these languages, in order."""
    return [block.text for block in blocks_of(path) if block.language in languages]


def fenced(path: pathlib.Path, language: str) -> list[str]:
    """The texts of a Markdown file's blocks in a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
