# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links into this repository lead to files of it, without asking anybody."""

from __future__ import annotations

import pytest

from tests.guides import GUIDES, README, ROOT
from tools.docs import OURS, broken_links, names_no_file

BLOB = "https://github.com/aiqum/unified_manager/blob/main/"
SOURCES = [ROOT / "galaxy.yml", README, *GUIDES, *sorted((ROOT / "docs" / "docsite").glob("*.yml"))]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_they_name_what_exists(path):
    links = [found[0] for found in OURS.finditer(path.read_text(encoding="utf-8"))]
    assert [link for link in links if names_no_file(link)] == []


@pytest.mark.parametrize(
    ("link", "missing"),
    [
        (f"{BLOB}README.md", False),
        (f"{BLOB}README.md#install", False),
        (f"{BLOB}NOTHING.md", True),
        (f"{BLOB}NOTHING.md?plain=1#install", True),
        ("https://github.com/aiqum/unified_manager/edit/main/plugins/modules/lun.py", False),
        ("https://github.com/aiqum/unified_manager/tree/main/doc", True),
        ("https://github.com/aiqum/unified_manager/issues/new", False),
        ("https://example.com/blob/main/NOTHING.md", False),
    ],
)
def test_a_link_into_the_repository(link, missing):
    assert names_no_file(link) is missing


def test_a_page_with_broken_links_is_told(tmp_path):
    (tmp_path / "index.html").write_text(
        f'<a href="{BLOB}NOTHING.md"></a><a href="{BLOB}galaxy.yml"></a><a href="#no"></a><a id="yes" href="#yes"></a>',
        encoding="utf-8",
    )
    assert broken_links(tmp_path) == ["index.html: #no", f"index.html: {BLOB}NOTHING.md"]
