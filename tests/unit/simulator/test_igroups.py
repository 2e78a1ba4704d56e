# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator groups in the simulator (docs/facts/server.md, 5.8)."""

from __future__ import annotations

import pytest

from tests.simulator.paths import IGROUPS, SVMS

from .um import UM


def body(um, **fields):
    svm = um.get(f"{SVMS}?name=svm1")["records"][0]["key"]
    return {"name": "ig_new", "svm": {"key": svm}, "os_type": "linux", "protocol": "iscsi", **fields}


def test_its_life():
    um = UM()
    status, made = um.ask("POST", IGROUPS, body(um, initiators=[{"name": "iqn.a"}]))
    assert (status, made["svm"]["name"], made["initiators"]) == (201, "svm1", [{"name": "iqn.a"}])
    path = f"{IGROUPS}/{made['key']}"
    assert um.get(path) == made
    status, changed = um.ask("PATCH", path, {"os_type": "windows", "initiators": []})
    assert (status, changed["os_type"], changed["initiators"]) == (200, "windows", [])
    assert um.ask("DELETE", path) == (200, None)
    assert um.ask("GET", path)[0] == 404


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({"name": "ig_linux01"}, "name"),
        ({"os_type": "beos"}, "os_type"),
        ({"protocol": "nvme"}, "protocol"),
        ({"protocol": None}, "protocol"),
        ({"svm": {"key": "nothing"}}, "svm.key"),
        ({"initiators": [{"name": ""}]}, "initiators.name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_refusals(fields, target):
    um = UM()
    status, answer = um.ask("POST", IGROUPS, body(um, **fields))
    assert (status, answer["error"]["target"].replace("[0]", "")) == (400, target)


def test_a_mapped_one_is_not_deleted():
    um = UM(in_use_status=409)
    lun = next(lun for lun in um.world.table("/storage-provider/luns").values() if "lun_maps" in lun)
    status, answer = um.ask("DELETE", f"{IGROUPS}/{lun['lun_maps'][0]['igroup']['key']}")
    assert (status, lun["name"] in answer["error"]["message"]) == (409, True)
