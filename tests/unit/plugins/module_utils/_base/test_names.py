# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and keys: what can be one, and what it means in filters, paths and records."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base import names
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput

PLAIN = "11111111-2222-3333-4444-555555555555"
KEY = f"{PLAIN}:type=vserver,uuid=bbbbbbbb-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("text", "key"),
    [(KEY, True), (KEY.upper(), True), (PLAIN, True), (PLAIN[:-1], False), ("svm1", False), ("", False)],
)
def test_keys(text, key):
    assert names.is_key(text) is key
    assert names.can_be_given(text) is (text != "" and not key)


@pytest.mark.parametrize("name", ["a?", 'a"', "a\\b", "", " ", " a", "a ", "a\n", "a\x00b", "x" * 513])
def test_what_no_option_takes_for_a_name(name):
    assert not names.can_be_given(name)
    with pytest.raises(BadInput, match=r"^name: "):
        names.checked_name(name, "name")


@pytest.mark.parametrize(("name", "backslash"), [("x" * 512, False), ("a b", False), ("DOM\\joe", True), ("ü", False)])
def test_names(name, backslash):
    assert names.checked_name(name, "name", backslash) == name


@pytest.mark.parametrize("name", ["DOM\\joe?", 'DOM\\"joe"'])
def test_a_backslash_makes_nothing_else_right(name):
    with pytest.raises(BadInput, match="which no name in Unified Manager has"):
        names.checked_name(name, "name", backslash=True)


@pytest.mark.parametrize(
    ("text", "title", "types", "words"),
    [
        ("svm1", "SVM", ["vserver"], None),
        (KEY, "SVM", ["vserver"], None),
        (PLAIN, "policy", [None], None),
        (KEY, "igroup", ["lun", None], "is a key, but not that of an igroup"),
        (KEY, "policy", [None], "is a key, but not that of a policy"),
        (PLAIN, "SVM", ["vserver"], "is a key, but not that of an SVM"),
        (KEY, "LUN", ["lun"], "is a key, but not that of a LUN"),
    ],
)
def test_a_key_of_something_else_is_refused(text, title, types, words):
    if words is None:
        names.refuse_other_key(text, "svm", title, *types)
        return
    with pytest.raises(BadInput, match=words):
        names.refuse_other_key(text, "svm", title, *types)


@pytest.mark.parametrize(
    ("key", "quoted"), [("a:b=c,d/e", "a%3Ab%3Dc%2Cd%2Fe"), ("..a", "..a"), ("a?b#c", "a%3Fb%23c"), ("...", "...")]
)
def test_a_key_is_one_part_of_a_path(key, quoted):
    assert names.path_of("/luns", key) == f"/luns/{quoted}"


@pytest.mark.parametrize("key", ["", ".", ".."])
def test_what_would_lead_to_another_path(key):
    with pytest.raises(BadInput, match="is not a key"):
        names.path_of("/luns", key)


@pytest.mark.parametrize(
    ("name", "query"),
    [("db01", {"name": "*/db01"}), ("/vol/v/db01", {"name": "/vol/v/db01"}), ("a*", {}), ("a|b", {}), ("a..b", {})],
)
def test_filters_for_paths(name, query):
    assert names.path_filter(name) == query
    assert names.has_operators(name) is (query == {})


@pytest.mark.parametrize(
    ("given", "query"), [(KEY, {"svm.key": KEY}), ("a|b", {"svm.name": '"a|b"'}), ("a", {"svm.name": "a"})]
)
def test_filters_for_what_is_referred_to(given, query):
    assert names.by("svm", given) == query


@pytest.mark.parametrize("given", [{"svm": None}, {"svm": ""}, {}, {"svm": "a"}, {"cluster": "c"}])
@pytest.mark.parametrize("shown", [{"svm": {"name": "a"}}, {"svm": {"name": ""}}, {"svm": None}, {"svm": "a"}])
def test_a_scope_that_cannot_be_compared_is_no_other_one(given, shown):
    assert names.elsewhere(shown, given) is None
