# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of modules show a module's own options and results before those of all modules."""

from __future__ import annotations

import pytest

from tests.guides import ROOT
from tools.tables import own_rows_first, shared_names

SHARED = {"hostname", "jobs"}


def row(sort, name):
    return f'  * - .. raw:: html\n\n        <div id="{sort}-{name}"></div>\n\n    - About {name}.\n\n'


def table(heading, sort, *names):
    head = f".. list-table::\n  :header-rows: 1\n\n  * - {heading}\n    - Comments\n\n"
    return head + "".join(row(sort, name) for name in names)


@pytest.mark.parametrize(
    ("heading", "sort", "names", "expected"),
    [
        ("Parameter", "parameter", ["hostname", "size"], ["size", "Options that many", "hostname", "After."]),
        ("Parameter", "parameter", ["hostname"], ["hostname", "After."]),
        ("Parameter", "parameter", ["size"], ["size", "After."]),
        ("Key", "return", ["jobs", "jobs/key", "lun"], ["lun", "Results that many", "jobs", "jobs/key", "After."]),
        ("Attribute", "attribute", ["hostname", "size"], ["hostname", "size", "After."]),
    ],
)
def test_own_rows_come_first(heading, sort, names, expected):
    page = own_rows_first(f"Before.\n\n{table(heading, sort, *names)}\nAfter.\n", SHARED)
    found = [word for word in expected if word in page]
    assert found == expected
    places = [page.index(f'-{word}"') if f'-{word}"' in page else page.index(word) for word in expected]
    assert places == sorted(places)


def test_what_is_shared_is_read_from_the_fragments_and_the_generator():
    assert {"hostname", "ca_path", "wait_timeout", "polling", "outcome", "jobs", "not_applied"} <= shared_names(ROOT)
    assert not {"name", "state", "size", "lun"} & shared_names(ROOT)
