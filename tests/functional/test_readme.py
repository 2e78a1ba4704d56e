# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plays and the line of the README run, as a reader would try them."""

from __future__ import annotations

import pytest
import yaml

from tests.guides import README, fenced

from .conftest import NEW, lun

pytestmark = pytest.mark.ansible_core

PROVISION, RESCUE, WAIT_ELSEWHERE = (yaml.safe_load(block) for block in fenced(README, "yaml"))


@pytest.fixture
def run(typed, tmp_path):
    """Run a command line, or a playbook, as a person does; returns what it printed."""

    def call(what):
        if isinstance(what, list):
            path = tmp_path / "site.yml"
            path.write_text(yaml.safe_dump(what, sort_keys=False), encoding="utf-8")
            what = f"ansible-playbook {path}"
        return typed(what)

    return call


def at_the_simulator(plays):
    """The plays, with the connection from the environment."""
    return [{name: value for name, value in play.items() if name != "module_defaults"} for play in plays]


def play_of(tasks):
    return [{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]


def test_a_lun_is_provisioned_then_grown_by_one_line_and_then_elsewhere(um, run):
    provision = at_the_simulator(PROVISION)
    (line,) = [line for line in "".join(fenced(README, "sh")).splitlines() if line.startswith("ansible localhost")]
    assert "changed=1 " in run(provision)
    assert "changed=0 " in run(provision)
    assert "localhost | CHANGED =>" in run(line)
    assert "localhost | SUCCESS =>" in run(line)
    assert "changed=1 " in run(play_of(WAIT_ELSEWHERE))
    assert [method for method, _path in um.writes()] == ["POST", "PATCH", "PATCH"]


def test_a_partial_success_is_rescued(um, run):
    um.control("POST", "world", {"action": "remove_san_lifs", "svm": "svm1"})
    output = run(play_of([lun(name="db01", **NEW), *RESCUE]))
    assert "rescued=1 " in output
    assert '"msg": "partial: ' in output


def test_without_requests_it_says_so(um, play, tmp_path):
    (tmp_path / "requests.py").write_text("raise ImportError('not installed')\n", encoding="utf-8")
    (result,) = play(lun(name="db01", **NEW), PYTHONPATH=str(tmp_path)).results
    assert (result["failed"], result["outcome"]) == (True, "failed")
    assert "The Python library requests is needed where this module runs" in result["msg"]
    assert um.requests() == []
