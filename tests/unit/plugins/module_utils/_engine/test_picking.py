# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which record of a list is meant."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, Missing
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.picking import Found, ambiguous, pick
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference

EXACT = kinds.IGROUP
ANY_CASE = kinds.IGROUP._replace(filtered=False)
BY_PATH = kinds.IGROUP._replace(named_by_path=True)


def record(name, svm="svm1", key=None):
    return {"name": name, "key": key or f"key of {name}", "svm": {"name": svm}}


@pytest.mark.parametrize(
    ("kind", "name", "records", "found"),
    [
        (EXACT, "a", ["A", "aa", "a"], "a"),
        (ANY_CASE, "a", ["aa", "A"], "A"),
        (ANY_CASE, "A", ["aa", "a"], "a"),
        (BY_PATH, "a", ["/vol/v/aa", "/vol/v/a"], "/vol/v/a"),
        (BY_PATH, "/vol/v/a", ["/vol/w/a", "/vol/v/a"], "/vol/v/a"),
    ],
)
def test_names(kind, name, records, found):
    assert pick(Reference(kind, name, "igroup"), [record(one) for one in records]) == Found(f"key of {found}", found)


@pytest.mark.parametrize(
    ("kind", "name", "records"),
    [(EXACT, "a", ["A", "aa"]), (ANY_CASE, "a", ["aa", "b"]), (BY_PATH, "a", ["/vol/a/b"]), (EXACT, "a", [])],
)
def test_what_is_not_among_them(kind, name, records):
    scope = (("svm", "svm1"),)
    with pytest.raises(Missing, match=f"^igroup: igroup '{name}' does not exist in svm 'svm1'"):
        pick(Reference(kind, name, "igroup", scope), [*map(record, records), record(name, "svm2")])


def test_several_are_told_apart_by_where_they_lie():
    records = [record("a"), record("a", "svm2", "k2")]
    with pytest.raises(BadInput, match="2 objects of kind igroup match 'a': a, svm svm1, key key of a; a, svm svm2"):
        pick(Reference(EXACT, "a", "igroup"), records)
    assert pick(Reference(EXACT, "a", "igroup", (("svm", "svm2"),)), records) == Found("k2", "a")


@pytest.mark.parametrize(
    ("count", "told", "more"), [(2, 2, ""), (10, 10, ""), (11, 10, "; and 1 more"), (25, 10, "15 more")]
)
def test_ten_of_many_are_named(count, told, more):
    text = ambiguous("igroup", "a", [record(f"a{number}") for number in range(count)])
    assert text.startswith(f"{count} objects of kind igroup match 'a': a0, svm svm1, key key of a0; ")
    assert text.count("svm svm1") == told
    assert f"{more}. Name its cluster" in text


def test_where_a_record_does_not_say_where_it_lies():
    records = [{"name": "a", "svm": None, "cluster": {"name": ""}, "key": "k"}, {"volume": "v"}]
    assert ": a, key k; None, key None." in ambiguous("LUN", "a", records)
