# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts that messages share."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base import texts


@pytest.mark.parametrize(("left", "text"), [(-1, ""), (0, ""), (1, " (+1 more)"), (12, " (+12 more)")])
def test_how_many_more(left, text):
    assert texts.more(left) == text


@pytest.mark.parametrize(
    ("sentences", "text"),
    [([], ""), (["A."], "A."), (["A.", "B.", "C."], "A. B. C."), (["A.", "B.", "C.", "D."], "A. B. C. (+1 more)")],
    ids=str,
)
def test_the_first_of_many(sentences, text):
    assert texts.first_of(sentences) == text


def test_the_first_alone():
    assert texts.first_of(["A.", "B."], 1) == "A. (+1 more)"


@pytest.mark.parametrize(("length", "cut"), [(119, False), (120, False), (121, True), (5000, True)])
def test_long_texts_are_cut(length, cut):
    text = texts.shortened("x" * length)
    assert text == ("x" * 117 + "..." if cut else "x" * length)
