# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a run, on a clock that the test moves."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import GRAIN, Deadline


class Run:
    """A deadline, and what was slept until it."""

    def __init__(self, seconds, start=0.0):
        self.time = start
        self.slept = []
        self.deadline = Deadline(seconds, lambda: self.time, self.slept.append)


@pytest.mark.parametrize(
    ("elapsed", "left", "overdue", "passed"),
    [(0.0, 10.0, 0.0, False), (4.0, 6.0, 0.0, False), (10.0, 0.0, 0.0, True), (12.5, 0.0, 2.5, True)],
)
@pytest.mark.parametrize("start", [0.0, 1000.0])
def test_what_is_left(elapsed, left, overdue, passed, start):
    run = Run(10.0, start)
    run.time += elapsed
    deadline = run.deadline
    assert (deadline.elapsed(), deadline.left(), deadline.overdue(), deadline.passed()) == (
        elapsed,
        left,
        overdue,
        passed,
    )


@pytest.mark.parametrize(("seconds", "passed"), [(GRAIN, True), (2 * GRAIN, False)])
def test_a_rest_that_is_too_short_to_sleep_is_none(seconds, passed):
    assert Run(seconds).deadline.passed() is passed


def test_a_run_without_a_limit():
    run = Run(None)
    run.time += 1e9
    assert (run.deadline.left(), run.deadline.overdue(), run.deadline.passed()) == (float("inf"), 0.0, False)
    run.deadline.pause(5.0)
    assert run.slept == [5.0]


@pytest.mark.parametrize(
    ("pause", "slept"), [(3.0, [3.0]), (10.0, [10.0]), (11.0, [10.0]), (0.0, []), (-1.0, [])], ids=str
)
def test_no_pause_goes_past_the_end(pause, slept):
    run = Run(10.0)
    run.deadline.pause(pause)
    assert run.slept == slept


def test_nothing_is_slept_after_the_end():
    run = Run(10.0)
    run.time = 10.0
    run.deadline.pause(1.0)
    assert run.slept == []
