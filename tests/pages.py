# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A page of HTML as tests look at it: what it consists of, and what is wrong with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"meta", "br", "rect"}  # rect is always written as <rect .../>
ADDRESSES = {"action", "background", "cite", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"}
ACTIVE = {"script", "iframe", "object", "embed", "link", "img", "form", "base"}


class Picture(NamedTuple):
    """An SVG: its attributes, and the text of its title."""

    attributes: dict[str, str | None]
    title: str


class Page(HTMLParser):
    """A page.

    :ivar tags: the names of all tags
    :ivar headings: (level, text), in order
    :ivar pictures: all SVGs
    :ivar tables: the rows of each, each a list of the texts of its cells
    :ivar text: all that is read
    :ivar faults: sentences
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.headings: list[tuple[int, str]] = []
        self.pictures: list[Picture] = []
        self.tables: list[list[list[str]]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()
        self.text = " ".join(" ".join(self._texts).split())
        self.faults += [f"<{tag}> is not closed" for tag in self._open]
        self._judge()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.faults += [f"<{tag} {name}> leads away" for name, _value in attrs if name in ADDRESSES]
        self.faults += [f"<{tag} {name}> acts" for name, _value in attrs if name.startswith("on")]
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        elif tag == "svg":
            self.pictures.append(Picture(dict(attrs), ""))
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            if tag == "th" and "scope" not in dict(attrs):
                self.faults.append("a <th> does not say what it is of")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        inside = self._open[-1] if self._open else ""
        if inside == "style":
            self.faults += [f"the style has {word}" for word in ("url(", "@import") if word in data]
            return
        if "svg" in self._open:
            self.pictures[-1] = self.pictures[-1]._replace(title=self.pictures[-1].title + data)
            return
        if inside != "title":
            self._texts.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self._open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)
        elif {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] = " ".join((self.tables[-1][-1][-1] + data).split())

    def _judge(self):
        self.faults += [f"it has <{tag}>" for tag in sorted(self.tags & ACTIVE)]
        levels = [level for level, _text in self.headings]
        if levels[:1] != [1] or levels.count(1) != 1:
            self.faults.append(f"its headings are {levels}: one, the first, is the title")
        for before, after in zip(levels, levels[1:], strict=False):
            if after > before + 1:
                self.faults.append(f"a heading of level {after} follows one of level {before}")
        self.faults += ["a heading is empty" for _level, text in self.headings if not text.strip()]
        for picture in self.pictures:
            told = (picture.attributes.get("role"), picture.attributes.get("aria-label"))
            if told != ("img", picture.title) or not picture.title.strip():
                self.faults.append(f"a picture is {told}, with the title {picture.title!r}")
