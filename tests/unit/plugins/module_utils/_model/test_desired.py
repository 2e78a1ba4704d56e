# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What nouns do with their options."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import desired, kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference

KEY = "11111111-2222-3333-4444-555555555555:type=vserver,uuid=bbbbbbbb-2222-3333-4444-555555555555"


def test_what_is_null_was_not_given():
    params = {"name": "a", "size": None, "tags": [], "os_type": "", "other": 1}
    assert desired.given(params, ["name", "size", "tags", "os_type", "absent"]) == {
        "name": "a",
        "tags": [],
        "os_type": "",
    }


@pytest.mark.parametrize(
    ("own", "common", "merged"),
    [
        ({}, None, {"a": 1, "b": None}),
        ({"a": 2}, {"a": 3, "b": 4}, {"a": 2, "b": 4}),
        ({"a": None, "b": False}, {"a": 3, "b": 4}, {"a": 3, "b": False}),
        ({"a": 0, "other": 5}, {"other": 6}, {"a": 0, "b": None}),
    ],
)
def test_whose_value_an_option_has(own, common, merged):
    assert desired.with_defaults({"a": {"default": 1}, "b": {}}, own, common) == merged


def test_only_names_that_were_given_are_checked():
    desired.check_names({"svm": "svm1", "size": "?"}, ["svm", "volume"])
    with pytest.raises(BadInput, match=r"^svm: "):
        desired.check_names({"svm": "svm?"}, ["svm"])


def test_where_something_lies():
    assert desired.scope_of({"svm": "svm1", "size": 1}, "svm", "cluster") == (("svm", "svm1"),)
    scope = (("svm", "svm1"),)
    assert desired.references({"volume": "v"}, {"volume": kinds.VOLUME, "svm": kinds.SVM}, scope) == {
        "volume": Reference(kinds.VOLUME, "v", "volume", scope)
    }


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({}, "size and svm or cluster"),
        ({"size": "", "svm": []}, "size and svm or cluster"),
        ({"size": 1}, "svm or cluster"),
        ({"size": 0, "cluster": "c"}, None),
        ({"svm": "s"}, "size"),
    ],
)
@pytest.mark.parametrize(("name", "called"), [("db01", "Igroup 'db01'"), ("", "Igroup")])
def test_what_a_creation_needs(options, missing, name, called):
    if missing is None:
        desired.require_for_creation("igroup", name, options, "size", ("svm", "cluster"))
        return
    with pytest.raises(BadInput) as refusal:
        desired.require_for_creation("igroup", name, options, "size", ("svm", "cluster"))
    assert str(refusal.value) == f"{called} does not exist; to create it, also set {missing}."


@pytest.mark.parametrize(
    ("words", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")], ids=str
)
def test_words_are_listed(words, text):
    assert desired.listed(words) == text
    assert desired.listed(words, "or") == text.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("current", "new", "same"),
    [(1, 1, True), (1, 2, False), (None, "", True), ("", None, True), ("", "a", False), (None, 0, False)],
)
def test_what_is_the_same(current, new, same):
    assert desired.is_same(current, new) is same
    assert desired.option_changes({"a": current, "b": 1}, {"a": new}, ["b", "a"]) == ([] if same else ["a"])


def test_empty_fields_are_none():
    assert desired.fields({"a": "", "b": 0, "c": "d"}, ["a", "b", "x"]) == {"a": None, "b": 0, "x": None}


@pytest.mark.parametrize(
    ("params", "query"),
    [
        ({}, {}),
        ({"name": None, "svm": None, "state": ""}, {}),
        ({"name": "a|b"}, {"name": '"a|b"'}),
        ({"svm": "svm1", "state": "up"}, {"svm.name": "svm1", "condition": "up"}),
        ({"svm": KEY}, {"svm.key": KEY}),
    ],
)
def test_filters(params, query):
    assert desired.filters(params, {"svm": "svm"}, {"state": "condition"}) == query
    assert desired.filters({"name": params.get("name")}) == {name: query[name] for name in query if name == "name"}


@pytest.mark.parametrize("params", [{"name": "a?"}, {"name": ""}, {"svm": "a?"}, {"svm": ""}])
def test_filters_take_names_alone(params):
    with pytest.raises(BadInput):
        desired.filters(params, {"svm": "svm"})


def test_a_record_refers_to_all_that_was_named():
    record = {"svm": {"name": "svm1"}, "cluster": {"name": "c1"}}
    references = {"svm": "svm", "cluster": "cluster"}
    assert desired.refer_all(record, {"svm": "svm1"}, references)
    assert not desired.refer_all(record, {"svm": "svm1", "cluster": "c2"}, references)
