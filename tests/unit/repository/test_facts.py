# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Citations of docs/facts lead to sections that exist, and to a section wherever code cites."""

from __future__ import annotations

import pathlib
import re

import pytest

from tools.mirror import source_files

ROOT = pathlib.Path(__file__).resolve().parents[3]
FACTS = ROOT / "docs" / "facts"
TEXTS = [
    path
    for path in map(ROOT.joinpath, source_files())
    if path.suffix in {".py", ".md", ".rst", ".yml", ".yaml", ".toml"}
    and path.is_file()
    and path != pathlib.Path(__file__)
]
# A file, and where code cites it also sections: "5.8", "2.5, 7 and 8.25", "8.21 to 8.24", "section 4", "rules 7 and 8".
NUMBER = r"\d+(?:\.\d+)*"
SECTIONS = rf"(?:(?:section|rule)s? )?{NUMBER}(?:(?:,| and| to) {NUMBER})*"
CITATION = re.compile(rf"docs/facts/(?P<file>[\w-]+\.md)(?:, (?P<sections>{SECTIONS}))?")
# How facts were cited before they had files: a reader of the repository could not follow these.
ELSEWHERE = re.compile(
    r"wire[ -]facts|job contract,? (?:section|rule|\d)|[(,] ?API document[,)]|shared/um", re.IGNORECASE
)
LINE_BREAK = re.compile(r"\s*\n\s*(?:#:? )?\s*")


def sections_of(path: pathlib.Path) -> set[str]:
    """The numbers in the headings of a file of facts: ``5``, ``5.8``, ``rule 8``."""
    headings = re.findall(r"^#{2,3} ((?:Rule )?\d+(?:\.\d+)*)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {heading.lower() for heading in headings}


def citations(text: str) -> list[tuple[str, list[str]]]:
    """Each file of facts that a text cites, with the sections; line breaks and comment signs do not count."""
    found = []
    for match in CITATION.finditer(LINE_BREAK.sub(" ", text)):
        sections = match["sections"] or ""
        kind = "rule " if sections.startswith("rule") else ""
        found.append((match["file"], [kind + number for number in re.findall(NUMBER, sections)]))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see docs/facts/server.md, 5.8.", [("server.md", ["5.8"])]),
        ("(docs/facts/server.md, 2.5, 7 and 8.25)", [("server.md", ["2.5", "7", "8.25"])]),
        ("docs/facts/server.md, 8.21 to\n    8.24", [("server.md", ["8.21", "8.24"])]),
        ("# docs/facts/server.md,\n    # 5.8", [("server.md", ["5.8"])]),
        ("docs/facts/job-contract.md, section 4", [("job-contract.md", ["4"])]),
        ("docs/facts/job-contract.md, rules 7 and 8", [("job-contract.md", ["rule 7", "rule 8"])]),
        ("in docs/facts/server.md, which", [("server.md", [])]),
    ],
)
def test_citations_are_found(text, expected):
    assert citations(text) == expected


@pytest.mark.parametrize("path", sorted(FACTS.glob("*.md")), ids=lambda path: path.name)
def test_sections_have_numbers_of_their_own(path):
    headings = re.findall(r"^#{2,3} (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(sections_of(path)) == len(headings)


def test_cited_sections_exist():
    sections = {path.name: sections_of(path) for path in FACTS.glob("*.md")}
    missing = []
    for path in TEXTS:
        for name, cited in citations(path.read_text(encoding="utf-8")):
            missing += [
                f"{path.relative_to(ROOT)}: {name}, {section}"
                for section in cited
                if section not in sections.get(name, ())
            ]
            missing += [f"{path.relative_to(ROOT)}: {name}"] if name not in sections else []
            if not cited and path.suffix == ".py":
                missing.append(f"{path.relative_to(ROOT)}: {name} without a section")
    assert missing == []


def test_switches_and_facts_name_each_other():
    """Another test compares the README of the simulator with the switches that there are."""
    readme = (ROOT / "tests" / "simulator" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*?(?:\(((?:[\d.]+(?:, )?)+)\) )?\|$", readme, re.MULTILINE)
    server = FACTS / "server.md"
    asides = " ".join(re.findall(r"\(switch[^)]*\)", server.read_text(encoding="utf-8")))
    assert set(re.findall(r"`(\w+)`", asides)) - {name for name, _numbers in rows} == set()
    named = {number for _name, numbers in rows for number in numbers.split(", ") if number}
    assert len(named) > 20
    assert named - sections_of(server) == set()


def test_no_fact_is_cited_that_the_repository_does_not_hold():
    found = [(path, ELSEWHERE.search(LINE_BREAK.sub(" ", path.read_text(encoding="utf-8")))) for path in TEXTS]
    assert [f"{path.relative_to(ROOT)}: {match[0]}" for path, match in found if match] == []
