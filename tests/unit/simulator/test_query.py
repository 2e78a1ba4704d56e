# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""UM's query language, as a table (docs/facts/server.md, 2.2 to 2.4)."""

from __future__ import annotations

import pytest

from tests.simulator import query
from tests.simulator.errors import Refusal
from tests.simulator.tables import Rows

RECORD = {
    "key": "11:type=lun,uuid=22",
    "name": "/vol/Vol1/lun1",
    "comment": None,
    "odd": 'a|b*c"d',
    "space": {"size": 1024},
    "load": 12.5,
    "status": {"mapped": True},
    "created": "2026-01-12T09:30:00.000+00:00",
    "lun_maps": [{"igroup": {"name": "ig1"}, "number": 3}, {"igroup": {"name": "ig2"}, "number": 7}],
}


@pytest.mark.parametrize(
    ("field", "value", "matches"),
    [
        # equality, whatever the case
        ("name", "/vol/Vol1/lun1", True),
        ("name", "/VOL/vol1/LUN1", True),
        ("name", "/vol/Vol1/lun", False),
        ("key", "11:type=lun,uuid=22", True),
        ("space.size", "1024", True),
        ("space.size", "1024.0", True),
        ("space.size", "1025", False),
        ("load", "12.5", True),
        ("status.mapped", "true", True),
        ("status.mapped", "FALSE", False),
        # what is not there, or null, equals nothing
        ("comment", "", False),
        ("nothing.at.all", "x", False),
        # alternatives
        ("name", "x|/vol/vol1/lun1|y", True),
        ("name", "x|y", False),
        ("space.size", "1|1024", True),
        # wildcards, also with other text and with alternatives
        ("name", "*", True),
        ("name", "*/lun1", True),
        ("name", "/vol/*", True),
        ("name", "*vol1*", True),
        ("name", "/vol/*/lun2", False),
        ("name", "x|*/lun1", True),
        ("comment", "*", False),
        # quotes make a value literal
        ("name", '"/vol/Vol1/lun1"', True),
        ("name", '"*"', False),
        ("odd", '"a|b*c\\"d"', True),
        ("odd", "a|b*c", False),
        ("name", '*"/lun1"', True),
        ("name", '"/vol/Vol1/lun1"|x', True),
        # comparators
        ("space.size", ">1000", True),
        ("space.size", ">1024", False),
        ("space.size", ">=1024", True),
        ("space.size", "<1025", True),
        ("space.size", "<=1023", False),
        ("space.size", "1000..2000", True),
        ("space.size", "2000..3000", False),
        ("created", ">2026-01-12T10:00:00+01:00", True),
        ("created", ">2026-01-12T10:00:00+00:00", False),
        ("created", "<2026-01-12T10:00:00 00:00", True),  # a + that was read as a blank
        ("name", "!x", True),
        ("name", "!/vol/vol1/lun1", False),
        ("name", "!*lun*", False),
        ("name", '!"*lun*"', True),
        ("comment", "!x", True),
        ("comment", ">0", False),
        # lists are looked through
        ("lun_maps.igroup.name", "ig2", True),
        ("lun_maps.number", ">6", True),
        ("lun_maps.number", "!3", False),
        ("lun_maps.number", "!4", True),
    ],
)
def test_condition(field, value, matches):
    assert query.Condition(field, value).matches(RECORD) is matches


def test_case_can_matter():
    assert not query.Condition("name", "/vol/vol1/lun1", sensitive=True).matches(RECORD)
    assert query.Condition("name", "*Vol1*", sensitive=True).matches(RECORD)


def test_alternatives_can_be_plain_text():
    assert query.Condition("odd", 'a|b"*"c\\"d', alternatives=False).matches(RECORD)
    assert not query.Condition("name", "x|/vol/Vol1/lun1", alternatives=False).matches(RECORD)


@pytest.mark.parametrize(
    ("value", "texts"),
    [("a", ["a"]), ("a|b", ["a", "b"]), ('"a*"', ["a*"]), ("a*", None), (">1", None), ("a|!b", None), ("1..2", None)],
)
def test_what_an_index_can_answer(value, texts):
    assert query.Condition("name", value).exact() == texts


class Counting(Rows):
    """Counts how often everything is looked through."""

    scans = 0

    def values(self):
        self.scans += 1
        return super().values()


@pytest.mark.parametrize(
    ("conditions", "names", "scans"),
    [
        ([("key", "k3")], ["n3"], 0),
        ([("name", "N3")], ["n3"], 0),
        ([("name", "n3|n1")], ["n3", "n1"], 0),
        ([("size", "3"), ("name", "n3")], ["n3"], 0),
        ([("size", "4"), ("name", "n3")], [], 0),
        ([("name", "n*"), ("size", "<3")], ["n1", "n2"], 1),
        ([], ["n1", "n2", "n3"], 1),
    ],
)
def test_select_uses_the_index(conditions, names, scans):
    rows = Counting()
    for number in (1, 2, 3):
        rows.put({"key": f"k{number}", "name": f"n{number}", "size": number})
    found = query.select(rows, [query.Condition(*condition) for condition in conditions])
    assert ([record["name"] for record in found], rows.scans) == (names, scans)


def test_text_search_looks_into_several_fields():
    rows = Rows()
    rows.put({"key": "1", "name": "one", "svm": {"name": "Gold"}})
    rows.put({"key": "2", "name": "two", "svm": {"name": "tin"}})
    assert [record["key"] for record in query.select(rows, [], "old", ("name", "svm.name"))] == ["1"]


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        ("", "abcd"),
        ("name", "cabd"),
        ("name desc", "bacd"),
        ("name DESC,size", "bacd"),
        ("svm.name,size desc", "bacd"),
        ("svm.name desc, size asc", "cabd"),
        ("size", "acbd"),
        ("nothing", "abcd"),
    ],
)
def test_sort(order, keys):
    records = [
        {"key": "a", "name": "m", "size": 1, "svm": {"name": "s1"}},
        {"key": "b", "name": "Z", "size": 10, "svm": {"name": "s1"}},
        {"key": "c", "name": "a", "size": 9, "svm": {"name": "s2"}},
        {"key": "d", "name": None},
    ]
    assert "".join(record["key"] for record in query.sort(records, order)) == keys


def test_sort_refuses_other_directions():
    with pytest.raises(Refusal):
        query.sort([], "name upwards")


@pytest.mark.parametrize(
    ("parameters", "bounds"),
    [
        ({}, (0, 100)),
        ({"max_records": "7", "offset": "20"}, (20, 7)),
        ({"max_records": "50000"}, (0, 1000)),
        ({"max_records": "0"}, None),
        ({"max_records": "many"}, None),
        ({"offset": "-1"}, None),
    ],
)
def test_page_bounds(parameters, bounds):
    if bounds is None:
        with pytest.raises(Refusal) as refusal:
            query.page_bounds(parameters, 100)
        assert refusal.value.target in parameters
    else:
        assert query.page_bounds(parameters, 100) == bounds


def test_parameters_skip_what_is_empty():
    assert query.parse_parameters("a=1&&b=x%20y&c=") == [("a", "1"), ("b", "x y"), ("c", "")]


def test_a_question_mark_is_refused():
    with pytest.raises(Refusal) as refusal:
        query.parse_parameters('name="a?b"')
    assert (refusal.value.status, refusal.value.target) == (400, "name")
