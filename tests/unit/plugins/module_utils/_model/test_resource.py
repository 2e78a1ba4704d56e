# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which resources are declared."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import (
    Finding,
    Operation,
    Resource,
    merged,
    name_of,
    option_of,
)

KEY = "11111111-2222-3333-4444-555555555555"


def resource(**fields):
    return Resource(
        "lun", "LUN", "/luns", {}, dict, lambda desired: Finding(), dict, lambda before, desired: [], **fields
    )


@pytest.mark.parametrize(
    ("reference", "name", "option"),
    [
        ({"name": "svm1", "key": KEY}, "svm1", "svm1"),
        ({"key": KEY}, KEY, KEY),
        ({"name": "", "key": KEY}, KEY, KEY),
        ({"name": "a?", "key": KEY}, "a?", KEY),
        ({"name": " a", "key": KEY}, " a", KEY),
        ({"name": "a?"}, "a?", "a?"),
        ({"name": "a"}, "a", "a"),
        ({"name": "", "key": ""}, "", None),
        ({}, None, None),
        (None, None, None),
        ("svm1", None, None),
    ],
    ids=str,
)
def test_what_a_reference_is_called(reference, name, option):
    assert name_of(reference) == name
    assert option_of(reference) == option


def test_a_resource_is_read_by_its_key_and_takes_no_time_unless_it_says_otherwise():
    plain = resource()
    assert (plain.listed_only, plain.detailed, plain.lags, plain.takes_time) == (False, False, False, False)
    assert (plain.key_of({"key": "k"}), plain.called({"name": "a"}), plain.called({})) == ("k", "a", "")
    assert (plain.under_way({}), plain.makes({}), plain.describe({}).options) == (None, (), {})


@pytest.mark.parametrize(
    ("fields", "takes_time"),
    [({"owes_job": True}, True), ({"shows_progress": True}, True), ({"lags": True}, False)],
    ids=str,
)
def test_what_can_be_waited_for(fields, takes_time):
    assert resource(**fields).takes_time is takes_time


def test_operations_say_what_they_do():
    create = Operation.create({"name": "a"}, {"name": "a", "size": None, "tags": [], "rules": {}, "text": "", "n": 0})
    assert (create.purpose, create.verb, create.body) == ("create", "POST", {"name": "a"})
    assert (create.before, create.after) == ({"state": "absent"}, {"state": "present", "name": "a", "n": 0})
    change = Operation.change({"size": 2}, {"size": 1}, {"size": 2, "name": ""})
    assert (change.purpose, change.verb, change.before, change.after) == (
        "size, name",
        "PATCH",
        {"size": 1},
        {"size": 2, "name": ""},
    )
    delete = Operation.delete({"name": "a", "size": ""})
    assert (delete.verb, delete.body, delete.before, delete.after) == (
        "DELETE",
        None,
        {"state": "present", "name": "a"},
        {"state": "absent"},
    )
    assert [(one.creates, one.deletes) for one in (create, change, delete)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("path", "option", "overlaps"), [(None, "size", True), ("/other", "size", False), (None, "name", False)]
)
def test_operations_that_set_the_same(path, option, overlaps):
    one = Operation.change({}, {}, {"size": 1, "os_type": "linux"})
    assert one.overlaps(Operation.change({}, {}, {option: 2}, path=path)) is overlaps


def test_objects_are_merged_and_everything_else_is_replaced():
    record = {"a": {"b": 1, "c": {"d": 2}}, "list": [1, 2], "plain": 3}
    assert merged(record, {"a": {"c": {"e": 4}}, "list": [5], "plain": {"f": 6}, "new": 7}) == {
        "a": {"b": 1, "c": {"d": 2, "e": 4}},
        "list": [5],
        "plain": {"f": 6},
        "new": 7,
    }
    assert record == {"a": {"b": 1, "c": {"d": 2}}, "list": [1, 2], "plain": 3}
