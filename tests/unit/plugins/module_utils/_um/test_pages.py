# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists in pages: which are whole, which lead nowhere, and that none goes on for ever."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Garbled
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import pages
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.pages import Walk

LIST = "/storage-provider/luns"


def page(*names, following=None, **more):
    links = {"_links": {"next": {"href": following}}} if following is not None else {}
    return {"records": [{"name": name} for name in names], **links, **more}


def walk(*found):
    """Take all pages; the names of the records, and the last link."""
    way, names, link = Walk(LIST), [], None
    for one in found:
        records, link = way.take(one)
        names += [record["name"] for record in records]
    way.check_whole()
    return names, link


@pytest.mark.parametrize(
    ("found", "names"),
    [
        ([page()], []),
        ([page("a", "b", total_records=2)], ["a", "b"]),
        ([page("a", total_records="1")], ["a"]),
        ([page("a", following="/api/x?offset=1"), page("b")], ["a", "b"]),
        ([page("a", following="/api/x?offset=1", total_records=2), page("b", total_records=2)], ["a", "b"]),
        # it grew, or shrank, meanwhile
        ([page("a", following="/api/x?1", total_records=1), page("b", total_records=2)], ["a", "b"]),
        ([page("a", following="/api/x?1", total_records=3), page("b", total_records=2)], ["a", "b"]),
        ([{"records": None, "total_records": 0}], []),
        ([{"total_records": "0"}], []),
        ([{"num_records": 0}], []),
        ([page("a", following="")], ["a"]),
        ([page("a", num_records="1")], ["a"]),
        ([page("a", _links=None)], ["a"]),
        ([page("a", _links=[])], ["a"]),
        ([page("a", _links={"next": None, "self": {"href": "/api/x"}})], ["a"]),
        ([page("a", _links={"next": {}})], ["a"]),
        ([page("a", _links={"next": "/api/x?offset=1"}), page("b")], ["a", "b"]),
    ],
)
def test_whole_lists(found, names):
    assert walk(*found) == (names, None)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([page("a", total_records=9)], "1 of 9 records, without a link to the others"),
        ([page("a", "b", total_records=1)], "more records than its total_records, 1"),
        ([page("a", following="/api/x?1"), page("a", following="/api/x?2")], "the same page twice"),
        ([page("a", following="/api/x?1"), page("b", following="/api/x?1")], "which was read already"),
        ([page(following="/api/x?1")], "an empty page that leads to another one"),
        ([page("a", following="/elsewhere")], "a next page at '/elsewhere', which cannot be read"),
        ([page("a", following=7)], "a next page at 7, which cannot be read"),
        ([page("a", _links={"next": {"url": "/api/x"}})], "which cannot be read"),
        ([page("a", _links={"next": ["/api/x"]})], "which cannot be read"),
        ([page("a", _links=["/api/x"])], "which cannot be read"),
        ([page("a", num_records=9)], "a page of 1 records that says it has 9"),
        ([{}], "an object that has no list of records"),
        ([{"records": None}], "an object that has no list of records"),
        ([{"records": None, "total_records": 2}], "an object that has no list of records"),
        ([{"records": None, "total_records": 2, "num_records": 0}], "an object that has no list of records"),
        ([{"records": ["a"]}], "an object that has no list of records"),
        ([{"records": {"a": 1}}], "an object that has no list of records"),
    ],
)
def test_lists_that_are_not_whole(found, words):
    with pytest.raises(Garbled) as caught:
        walk(*found)
    assert words in str(caught.value)
    assert LIST in str(caught.value)
    assert caught.value.status == 200


def test_a_link_is_followed_on_this_host_only():
    way = Walk(LIST)
    assert way.take(page("a", following="https://elsewhere.example.com/api/v2/luns?offset=1#here"))[1] == (
        "/api/v2/luns?offset=1#here"
    )


@pytest.mark.parametrize(("limit", "value"), [("MOST_PAGES", 3), ("MOST_RECORDS", 3)])
def test_a_list_without_end_is_given_up(monkeypatch, limit, value):
    monkeypatch.setattr(pages, limit, value)
    way = Walk(LIST)
    for number in range(2):
        way.take(page(f"n{number}", following=f"/api/x?{number}"))
    with pytest.raises(Garbled, match="a list that has not ended after 3 records in 3 pages"):
        way.take(page("n2", following="/api/x?2"))


@pytest.mark.parametrize(("most", "size"), [(10_000, 1), (10, 100_000)])
def test_no_list_of_um_is_as_long_as_the_limits(most, size):
    """10,000 pages, or a million records."""
    way = Walk(LIST)
    for number in range(most - 1):
        way.take({"records": [{"key": number}] * size, "_links": {"next": {"href": f"/api/x?{number}"}}})
    with pytest.raises(Garbled, match=f"a list that has not ended after {most * size} records in {most} pages"):
        way.take({"records": [{"key": most}] * size, "_links": {"next": {"href": "/api/x?"}}})


def test_a_list_may_end_at_its_limit(monkeypatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    assert walk(page("a", following="/api/x?1"), page("b")) == (["a", "b"], None)


def test_records_that_are_there_count_whatever_the_number_says():
    assert Walk(LIST).take({"records": [{"name": "a"}], "num_records": 0}) == ([{"name": "a"}], None)
