# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How modules that read are declared, and the options that all of them have."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.listing import (
    LIST_ARGUMENTS,
    Listing,
    checked_limit,
    key_as_name,
    own_filters,
)

ARGUMENTS = {**LIST_ARGUMENTS, "svm": {"type": "str"}, "details": {"type": "bool"}}


def listing(matches=lambda params, record: True):
    return Listing("luns", "/luns", ARGUMENTS, query=lambda params: {}, matches=matches)


@pytest.mark.parametrize(
    ("params", "compares"),
    [
        ({}, False),
        ({"svm": "svm1"}, True),
        ({"svm": ""}, False),
        ({"details": True}, False),
        ({"filters": {"a": 1}, "order_by": "name", "limit": 5}, False),
    ],
    ids=str,
)
def test_which_options_are_compared(params, compares):
    assert listing().compares(params) is compares
    assert listing(matches=None).compares(params) is False


def test_what_a_listing_does_unless_it_says_otherwise():
    one = listing()
    assert (one.keys({}), one.detailed({}), one.finish({}, []), one.beside({}), one.counts({})) == (
        None,
        False,
        {},
        {},
        {},
    )
    assert one.shown({"key": "k"}) == {"key": "k"}


@pytest.mark.parametrize(("limit", "taken"), [(None, True), (1, True), (10**6, True), (0, False), (-1, False)])
def test_limits(limit, taken):
    if taken:
        assert checked_limit(limit) == limit
        return
    with pytest.raises(BadInput, match=f"^limit: {limit} is not a number of records over 0"):
        checked_limit(limit)


def test_a_key_in_the_place_of_a_name():
    key = "11111111-2222-3333-4444-555555555555"
    assert key_as_name({"name": key}) == [key]
    assert key_as_name({"name": "a"}) is None


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"max_records": 5}, "max_records is not a filter"),
        ({"offset": 5}, "offset is not a filter"),
        ({"order_by": "name"}, "order_by is not a filter"),
        ({"name": ["a"]}, "name: give one value"),
        ({"name": {"a": 1}}, "name: give one value"),
    ],
    ids=str,
)
def test_what_is_no_filter(filters, words):
    with pytest.raises(BadInput, match=words):
        own_filters({"svm.name": "svm1", **filters})


def test_filters_are_sent_as_they_are():
    assert own_filters({"svm.name": "a|b", "size": 5}) == {"svm.name": "a|b", "size": 5}
    assert own_filters(None) == {}
