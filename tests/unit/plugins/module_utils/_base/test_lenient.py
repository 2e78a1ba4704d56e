# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door at which values of records become the types that they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.lenient import boolean, integer, number, text

JUNK = [None, [], {}, [1], {"a": 1}, "", "  ", "none"]


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (7, 7),
        (-7, -7),
        (0, 0),
        ("1073741824", 1073741824),
        (" 5 ", 5),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("5.0", 5),
        (5.0, 5),
        (5.5, None),
        (float("nan"), None),
        (float("inf"), None),
        ("5.5", None),
        ("1e3", None),
        ("٣", None),
        ("5 GB", None),
        ("9" * 31, None),
        (True, None),
        (False, None),
        *[(junk, None) for junk in JUNK],
    ],
)
def test_integers(value, whole):
    assert integer(value) == whole


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("True", True),
        (" TRUE ", True),
        ("false", False),
        ("False", False),
        ("yes", True),
        ("no", False),
        ("on", True),
        ("off", False),
        (1, True),
        (0, False),
        ("1", True),
        ("0", False),
        (2, None),
        ("maybe", None),
        *[(junk, None) for junk in JUNK],
    ],
)
def test_booleans(value, truth):
    assert boolean(value) is truth


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("Create LUN", "Create LUN"),
        (" kept as it is ", " kept as it is "),
        ("größer", "größer"),
        ("a\ud800b", "a\ufffdb"),
        (5, "5"),
        (2.5, "2.5"),
        (0, "0"),
        (True, None),
        ([1], None),
        ({}, None),
        (None, None),
        ("", None),
        (" \t", None),
    ],
)
def test_texts(value, words):
    assert text(value) == words


@given(some.integers(min_value=-(10**30) + 1, max_value=10**30 - 1))
def test_a_number_is_the_same_as_its_text(number):
    assert integer(str(number)) == integer(number) == number


@given(some.text(some.characters()))
def test_a_text_that_comes_out_can_be_encoded(value):
    assert (text(value) or " ").encode()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (7, 7),
        ("7", 7),
        (0.5, 0.5),
        ("0.5", 0.5),
        (" 2.5 ", 2.5),
        (True, None),
        (False, None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_numbers(value, found):
    assert number(value) == found
    assert number("x") is number(None) is None
