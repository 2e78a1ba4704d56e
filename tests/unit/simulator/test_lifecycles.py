# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that runs lives of objects under every switch: it knows all switches, and sees what is wrong."""

from __future__ import annotations

import pytest

from tests import lifecycles
from tests.local import LocalServer


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def test_every_switch_has_settings(server):
    found = {position.switch for position in lifecycles.positions(server)}
    assert found == {"-", *(switch.name for switch in server.state.switches.declared())}
    assert lifecycles.SETTINGS.keys() <= found


def test_the_defaults_are_right(server):
    result = lifecycles.live(server, lifecycles.Position("-", "as by default"))
    assert (result.tasks, result.wrong) == (2 * sum(map(len, lifecycles.LIVES.values())), [])


def test_what_is_wrong_is_told(server, monkeypatch):
    life = [lifecycles.Task("igroup", {**lifecycles.IGROUP, "os_type": "linux", "protocol": "iscsi"})] * 2
    monkeypatch.setattr(lifecycles, "LIVES", {"igroup": life})
    wrong = lifecycles.live(server, lifecycles.Position("-", "as by default")).wrong
    assert [one.partition(":")[0] for one in wrong] == ["igroup, task 2", "igroups"]


def test_the_table_says_what_failed(server, monkeypatch, capsys):
    monkeypatch.setattr(lifecycles, "LIVES", {"igroup": lifecycles.LIVES["igroup"][:1]})
    assert lifecycles.main(["empty_patch"]) == 1
    assert "FAILED" in capsys.readouterr().out
