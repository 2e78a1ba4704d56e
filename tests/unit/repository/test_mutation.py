# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small mistakes that ``make mutation`` puts into the code."""

from __future__ import annotations

import pytest

from tools.mutants import mutants_of
from tools.mutation import ROOT, UTILS, paths_of
from tools.mutation_targets import ALL_TESTS, EQUIVALENT, TARGETS

FUNCTION = """def f(a, b):
    '''A text.'''
    {}
"""


def changed(statement):
    """What the statement becomes, without the lines around it."""
    source = FUNCTION.format(statement)
    return {mutant.source.split("\n    ", 2)[2].rstrip() for mutant in mutants_of(source)}


@pytest.mark.parametrize(
    ("statement", "mistakes"),
    [
        ("x = a == b", {"x = (a != b)"}),
        ("x = a < b", {"x = (a <= b)"}),
        ("x = a in b", {"x = (a not in b)"}),
        ("x = a is not b", {"x = (a is b)"}),
        ("x = a and b", {"x = (a or b)", "x = (a)", "x = (b)"}),
        ("x = not a", {"x = (a)"}),
        ("x = a + b", {"x = (a - b)"}),
        ("x = 'text' + b", set()),
        ("x = True", {"x = False"}),
        ("x = 1", {"x = 2"}),
        ("x = 30.0", {"x = 60.0"}),
        ("x = 'text'", set()),
        ("x = a if b else a", {"x = a if (not b) else a"}),
        ("a.x = b", {"pass"}),
        ("a(b)", {"pass"}),
        ("a += b", {"pass"}),
        ("raise a", {"pass"}),
        ("return a", {"return None"}),
        ("return None", set()),
        ("x: int = a", set()),
        ("x = lambda c: c == a", {"x = lambda c: (c != a)"}),
    ],
)
def test_mistakes(statement, mistakes):
    assert changed(statement) == mistakes


def test_what_only_type_checkers_read_is_left_alone():
    source = "from __future__ import annotations\nif TYPE_CHECKING:\n    x = 1\ndef f(a: 'int' = 5) -> 'b == c': ...\n"
    assert [mutant.after for mutant in mutants_of(source)] == ["10"]


def test_letters_of_several_bytes_do_not_move_the_place():
    (mutant,) = mutants_of("x = 'größer'; y = 1; z = 'ß'\n")
    assert (mutant.line, mutant.source) == (1, "x = 'größer'; y = 2; z = 'ß'\n")


@pytest.mark.parametrize("path", TARGETS)
def test_each_mutant_is_python_and_differs(path):
    source = (ROOT / UTILS / path).read_text(encoding="utf-8")
    mutants = mutants_of(source)
    assert mutants
    for mutant in mutants[:5]:
        compile(mutant.source, path, "exec")
        assert mutant.source != source


@pytest.mark.parametrize("tests", [*TARGETS.values(), ALL_TESTS])
def test_the_tests_of_a_file_are_there(tests):
    assert [name for name in paths_of(tests) if not (ROOT / name).exists()] == []


def test_what_is_called_equivalent_is_still_a_mutant():
    known = {
        (path, mutant.before, mutant.after)
        for path in {path for path, before, after in EQUIVALENT}
        for mutant in mutants_of((ROOT / UTILS / path).read_text(encoding="utf-8"))
    }
    assert set(EQUIVALENT) <= known
