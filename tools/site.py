# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pages that antsibull-docs writes into a site for readers.

The front page is docs/site/index.rst, followed by the guides, as docs/docsite/extra-docs.yml orders them, and by the
modules, grouped as in the README's table. Pages of modules begin with what the module does, not with how a collection
is installed.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

COLLECTION = "aiqum.unified_manager"
LABEL = f"ansible_collections.{COLLECTION}."
HEADING = re.compile(rf"^{re.escape(COLLECTION)}\.(\w+) (module|inventory|role|filter) -- (.+)$", re.MULTILINE)
TITLE = re.compile(r"^(.+)\n=+$", re.MULTILINE)
# What antsibull-docs writes on every page: how a collection is installed, and that an action plugin does the work.
SAME_EVERYWHERE = (
    re.compile(r"^\.\. Collection note\n.*?(?=^\.\. version_added\n)", re.MULTILINE | re.DOTALL),
    re.compile(
        r"^\.\. note::\n    This \w+ has a corresponding :ref:`action plugin <action_plugins>`\.\n", re.MULTILINE
    ),
)
# antsibull-docs gives the last heading of a role a level that a page with several entry points does not have.
LINKS = re.compile(r"^(Collection links\n)(~+)$", re.MULTILINE)
# What shows its text as it is, or shows none.
VERBATIM = re.compile(r"<(pre|script|style|title|textarea)\b")
TAG = re.compile(r"(<[^>]*>)")
# Within a word, what a line may end with.
JOINT = re.compile(r"(?<=[^\W\d])([._/])(?=\w)")
# Labels of the index page of antsibull-docs, whose place the front page takes.
LABELS = (f"plugins_in_{COLLECTION}", f"plugin_index_for_{COLLECTION}", f"communication_for_{COLLECTION}")


class Page(NamedTuple):
    """A page of a module, plugin, role or guide.

    :ivar document: the document, seen from the front page
    :ivar label: the label that references name
    :ivar name: as a reader calls it: a module's name, a guide's title
    :ivar summary: what it does; empty for a guide
    """

    document: str
    label: str
    name: str
    summary: str


class Group(NamedTuple):
    """Pages under one heading of the front page and of the sidebar."""

    title: str
    pages: list[Page]


def topics(readme: str) -> dict[str, list[str]]:
    """The names of modules and of the inventory plugin by topic, both in the order of the README's table.

    A row with a bold first cell and nothing else begins a topic; ``x``, and its ``_info`` stands for ``x`` and
    ``x_info``.
    """
    (table,) = re.findall(r"^\| module \|.*\n\|[-|]+\n((?:\|.*\n)+)", readme, re.MULTILINE)
    found: dict[str, list[str]] = {}
    for row in table.splitlines():
        cell = row.strip("|").split("|")[0]
        begun = re.fullmatch(r"\*\*(.+)\*\*", cell.strip())
        if begun:
            current = found.setdefault(begun[1], [])
            continue
        names = re.findall(r"`(\w+)`", cell)
        for name in names:
            current += [name, f"{name}_info"] if "_info" in names and name != "_info" else [name] * (name != "_info")
    return found


def pages_of(sources: pathlib.Path) -> dict[str, Page]:
    """The pages that antsibull-docs wrote, by ``lun_module`` or ``provision_lun_role``."""
    found = {}
    for path in sorted(sources.glob("*_*.rst")):
        heading = HEADING.search(path.read_text(encoding="utf-8"))
        if heading:
            found[path.stem] = Page(path.stem, LABEL + path.stem, heading[1], heading[3])
    return found


def guides_of(sources: pathlib.Path, sections: Iterable[dict[str, Any]]) -> list[Group]:
    """The guides in the sections of extra-docs.yml."""
    groups = []
    for section in sections:
        pages = []
        for name in section["toctree"]:
            title = TITLE.search((sources / "docsite" / f"{name}.rst").read_text(encoding="utf-8"))
            if title is None:
                raise ValueError(f"{name}.rst has no title.")
            pages.append(Page(f"docsite/{name}", f"{LABEL}docsite.{name}", title[1], ""))
        groups.append(Group(section["title"], pages))
    return groups


def references_of(pages: dict[str, Page], readme: str) -> list[Group]:
    """Modules and the inventory plugin by topic, then roles.

    :raises KeyError: the README names what has no page
    """
    groups = []
    for title, names in topics(readme).items():
        groups.append(Group(title, [pages.get(f"{name}_module") or pages[f"{name}_inventory"] for name in names]))
    return [*groups, Group("Roles", [page for name, page in pages.items() if name.endswith("_role")])]


def front_page(text: str, guides: list[Group], references: list[Group]) -> str:
    """docs/site/index.rst with its substitutions, the lists of guides and modules, and what fills the sidebar."""
    lines = [*(f".. _{label}:" for label in LABELS), "", text.rstrip(), ""]
    for heading, groups in (("Guides", guides), ("Modules, plugins and roles", references)):
        lines += ["", heading, "-" * len(heading)]
        for group in groups:
            lines += ["", f".. rubric:: {group.title}", ""]
            lines += [f"* {_linked(page)}{' -- ' + page.summary if page.summary else ''}" for page in group.pages]
            lines += ["", ".. toctree::", "   :hidden:", f"   :caption: {group.title}", ""]
            lines += [f"   {page.name} <{page.document}>" for page in group.pages]
    lines += ["", ".. toctree::", "   :hidden:", "   :caption: Reference", "", "   environment_variables", ""]
    shorthands = {page.document.rpartition("/")[2]: page for group in guides for page in group.pages}
    shorthands.update({page.name: page for group in references for page in group.pages})
    lines += [f".. |{name}| replace:: {_linked(page)}" for name, page in shorthands.items()]
    return "\n".join(lines) + "\n"


def begin_with_the_synopsis(text: str) -> str:
    """A page without what is the same on every page and would fill its first screen."""
    for passage in SAME_EVERYWHERE:
        text = passage.sub("", text)
    return LINKS.sub(lambda found: found[1] + "^" * len(found[2]), text)


def with_breaks(page: str) -> str:
    """HTML whose names, such as aiqum.unified_manager.lun, may end a line after each of their parts.

    Between its letters a name would be broken at the edge of a phone's screen, or push a table over it.
    """
    parts = TAG.split(page)
    until = ""  # the tag that ends what is shown as it is
    for place, part in enumerate(parts):
        found = VERBATIM.match(part)
        if found and not until:
            until = f"</{found[1]}>"
        elif part == until:
            until = ""
        elif not until and not part.startswith("<"):
            parts[place] = JOINT.sub(r"\1<wbr>", part)
    return "".join(parts)


def _linked(page: Page) -> str:
    return f":ref:`{page.name} <{page.label}>`"
