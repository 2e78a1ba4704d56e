# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The matrix of cores is green only if enough of it ran."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import yaml

from tests.guides import ROOT
from tools import matrix

WELL = "passed unit"
LEFT_OUT = f"{matrix.NOT_RUN}, since"
BADLY = "FAILED in unit"


@pytest.mark.parametrize(
    ("outcomes", "all_asked_for", "only_available"),
    [
        ({"2.18": WELL, "2.21": WELL}, True, True),
        ({"2.18": WELL, "2.21": LEFT_OUT}, False, True),
        ({"2.18": LEFT_OUT, "2.21": WELL}, False, False),
        ({"2.9": LEFT_OUT, "2.18": WELL}, False, False),
        ({"2.18": LEFT_OUT, "2.21": LEFT_OUT}, False, False),
        ({"2.18": WELL, "2.21": BADLY}, False, False),
        ({"2.18": BADLY, "2.21": LEFT_OUT}, False, False),
        ({"2.21": LEFT_OUT}, False, False),
    ],
)
def test_the_oldest_must_have_run_and_nothing_may_have_failed(outcomes, all_asked_for, only_available):
    assert matrix.succeeded(outcomes, available=False) is all_asked_for
    assert matrix.succeeded(outcomes, available=True) is only_available


def test_a_row_without_its_python_says_which_it_lacks(monkeypatch):
    monkeypatch.setattr(matrix, "interpreter", lambda version: None)
    assert matrix.run("2.21", ("3.13", "3.12")) == "NOT RUN, since this machine has no Python 3.13 or 3.12"


def test_a_row_takes_the_first_python_that_there_is(monkeypatch):
    commands = []
    monkeypatch.setattr(matrix, "interpreter", lambda version: "/opt/python3.12" if version == "3.12" else None)
    monkeypatch.setattr(
        matrix.subprocess, "run", lambda command, check: commands.append(command) or SimpleNamespace(returncode=0)
    )
    assert matrix.run("2.21", ("3.13", "3.12")).startswith("passed unit, functional, sanity on Python 3.12")
    assert all("PYTHON=/opt/python3.12" in command for command in commands)


def test_modules_are_processes_on_the_oldest_and_the_whole_sanity_runs_on_the_newest():
    targets = {core: {target for step in matrix.steps_of(core) for target in step} for core in matrix.ROWS}
    assert targets["2.18"] == {"unit", "functional-modules", "sanity-short"}
    assert targets["2.19"] == targets["2.21"] == {"unit", "functional", "sanity"}


def test_the_oldest_row_is_the_oldest_core_that_is_admitted():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert runtime["requires_ansible"] == f">={matrix.OLDEST}.0"
