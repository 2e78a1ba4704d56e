# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the documentation site, and follows every link within it, and from it into this repository.

    python tools/docs.py DIRECTORY

antsibull-docs writes pages of modules and plugins and takes the guides along, tools/site.py gives them a front page,
Sphinx makes HTML of them, and no warning of either passes.
"""

from __future__ import annotations

import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.parse

import yaml

from tools import site, tables

ROOT = pathlib.Path(__file__).resolve().parents[1]
COLLECTION = "aiqum.unified_manager"
OURS = re.compile(r"https://github\.com/aiqum/unified_manager/(?:blob|edit|raw|tree)/main/([^\s?#<>`]*)")
# Pages of ansible-core's documentation to which antsibull-docs' pages refer by these labels.
ANSIBLE = "https://docs.ansible.com/projects/ansible/latest"
ELSEWHERE = {
    "ansible_configuration_settings": ("Ansible Configuration Settings", "reference_appendices/config.html"),
    "common_return_values": ("Return Values", "reference_appendices/common_return_values.html"),
}


class Page(html.parser.HTMLParser):
    """The anchors of a page, and where its links lead."""

    def __init__(self, path: pathlib.Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif (name == "href" or (name == "src" and tag != "a")) and value:
                self.links.add(value)


def write_sources(sources: pathlib.Path) -> None:
    sources.mkdir(parents=True, mode=0o700)  # antsibull-docs wants a directory that no other user writes to
    options = ["--use-current", "--squash-hierarchy", "--fail-on-error", "--dest-dir", str(sources)]
    subprocess.run(["antsibull-docs", "collection", *options, COLLECTION], check=True)
    arrange(sources)
    lines = [":orphan:", "", "Pages of Ansible's own documentation", "====================================", ""]
    for label, (title, page) in ELSEWHERE.items():
        lines += [f".. _{label}:", "", title, "-" * len(title), "", f"See {ANSIBLE}/{page}.", ""]
    (sources / "ansible.rst").write_text("\n".join(lines), encoding="utf-8")


def arrange(sources: pathlib.Path) -> None:
    """Put the front page in the place of antsibull-docs' index, and shorten the pages of modules and plugins."""
    pages = site.pages_of(sources)
    shared = tables.shared_names(ROOT)
    for name in pages:
        path = sources / f"{name}.rst"
        page = site.begin_with_the_synopsis(path.read_text(encoding="utf-8"))
        path.write_text(tables.own_rows_first(page, shared), encoding="utf-8")
    sections = yaml.safe_load((ROOT / "docs" / "docsite" / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    references = site.references_of(pages, (ROOT / "README.md").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "site" / "index.rst").read_text(encoding="utf-8")
    front = site.front_page(text, site.guides_of(sources, sections), references)
    (sources / "index.rst").write_text(front, encoding="utf-8")


def names_no_file(link: str) -> bool:
    """Whether it leads into this repository, to a file or directory that there is not."""
    path = OURS.fullmatch(link.partition("#")[0].partition("?")[0])
    return path is not None and not (ROOT / urllib.parse.unquote(path[1])).exists()


def broken_links(site: pathlib.Path) -> list[str]:
    """Links that lead to no file of the site or of this repository, or to no anchor of a page."""
    pages = {path: Page(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        for link in sorted(page.links):
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                missing = names_no_file(link)
            else:
                target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
                anchor = urllib.parse.unquote(parts.fragment)
                known = target in pages and bool(anchor)
                missing = not target.exists() or (known and anchor not in pages[target].anchors)
            if missing:
                found.append(f"{path.relative_to(site)}: {link}")
    return found


def main() -> int:
    place = pathlib.Path(sys.argv[1]).resolve()
    shutil.rmtree(place, ignore_errors=True)
    write_sources(place / "rst")
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", str(ROOT / "docs")]
    directories = ["-d", str(place / "doctrees"), str(place / "rst"), str(place / "html")]
    subprocess.run([*sphinx, "-b", "html", *directories], check=True)
    for path in (place / "html").rglob("*.html"):
        path.write_text(site.with_breaks(path.read_text(encoding="utf-8")), encoding="utf-8")
    broken = broken_links(place / "html")
    print(
        "\n".join(broken)
        or f"Every link within and into the repository leads somewhere; read {place / 'html' / 'index.html'}"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
