# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that were read once for many targets."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.list_cache import ListCache, last_part

ONE = {"key": "k1", "name": "/vol/v1/db01", "size": 1}
TWIN = {"key": "k2", "name": "/vol/v2/db01"}
KEYLESS = {"name": "/vol/v1/db02"}


@pytest.fixture
def cache():
    made = ListCache()
    made.put("/luns", [ONE, TWIN, KEYLESS])
    return made


def test_records_are_found_by_the_last_part_of_their_name_and_by_their_key(cache):
    assert cache.named("/luns", "db01") == cache.named("/luns", "/vol/v9/db01") == [ONE, TWIN]
    assert cache.named("/luns", "db03") == []
    assert (cache.keyed("/luns", "k2"), cache.keyed("/luns", "k3")) == (TWIN, None)
    assert cache.keyed("/luns", "/vol/v1/db02") == KEYLESS
    assert (cache.count("/luns"), cache.holds("/luns")) == (3, True)


def test_what_was_not_read_is_not_empty(cache):
    assert cache.named("/shares", "db01") is cache.named("/luns", None) is cache.named(None, "db01") is None
    assert (cache.keyed("/shares", "k1"), cache.keyed(None, "k1")) == (None, None)
    assert (cache.count("/shares"), cache.holds("/shares"), cache.holds(None)) == (0, False, False)


def test_fields_of_a_record_are_those_that_it_has(cache):
    assert cache.fields("/luns", "k1", ["size", "svm"]) == {"size": 1}
    assert cache.fields("/luns", "k9", ["size"]) == cache.fields(None, "k1", ["size"]) == {}


def test_a_list_that_is_read_again_replaces_the_one_before(cache):
    cache.put("/luns", [TWIN])
    assert (cache.named("/luns", "db01"), cache.keyed("/luns", "k1"), cache.count("/luns")) == ([TWIN], None, 1)


def test_what_was_cleared_was_not_read(cache):
    cache.clear()
    assert (cache.named("/luns", "db01"), cache.keyed("/luns", "k1"), cache.holds("/luns")) == (None, None, False)


def test_a_query_is_remembered_for_as_long_as_it_shall():
    cache, asked = ListCache(), []

    def read(collection, query):
        asked.append((collection, query))
        return iter([ONE])

    for _look in range(2):
        assert list(cache.queried("/luns", {"a": 1}, read)) == [ONE]
    with cache.remembering():
        for query in ({"a": 1, "b": 2}, {"b": 2, "a": 1}, {"a": 2}):
            assert list(cache.queried("/luns", query, read)) == [ONE]
        assert list(cache.queried("/shares", {"a": 2}, read)) == [ONE]
    assert list(cache.queried("/luns", {"a": 2}, read)) == [ONE]
    assert asked == [
        ("/luns", {"a": 1}),
        ("/luns", {"a": 1}),
        ("/luns", {"a": 1, "b": 2}),
        ("/luns", {"a": 2}),
        ("/shares", {"a": 2}),
        ("/luns", {"a": 2}),
    ]


def test_an_object_may_have_changed_unless_it_is_known_that_it_has_not():
    assert ListCache().changed("db01") is True


@pytest.mark.parametrize(("name", "last"), [("/vol/v/a", "a"), ("a", "a"), ("", ""), (None, "None")])
def test_the_last_part_of_a_name(name, last):
    assert last_part(name) == last
