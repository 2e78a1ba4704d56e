# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Service levels and efficiency policies in the simulator (docs/facts/server.md, 5.15 and 5.16)."""

from __future__ import annotations

import pytest

from tests.simulator.paths import PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES

from .um import UM

IOPS = {
    "absolute_min_iops": 200,
    "expected_iops_per_tb": 512,
    "peak_iops_per_tb": 1024,
    "peak_iops_allocation_policy": "used_space",
}
LEVEL = {"name": "Ours", "iops": IOPS, "latency": {"expected": 8}}


@pytest.mark.parametrize(
    ("path", "body", "change"),
    [
        (PERFORMANCE_SERVICE_LEVELS, LEVEL, {"iops": {"peak_iops_per_tb": 2048}}),
        (STORAGE_EFFICIENCY_POLICIES, {"name": "Ours"}, {"compression": "none"}),
    ],
)
def test_their_life(path, body, change):
    um = UM()
    status, made = um.ask("POST", path, body)
    assert (status, made["system_defined"], made["workload_count"]) == (201, False, 0)
    assert um.ask("POST", path, body)[0] == 400
    assert um.ask("PATCH", f"{path}/{made['key']}", {"name": "Idle"})[0] == 400
    status, changed = um.ask("PATCH", f"{path}/{made['key']}", change)
    assert status == 200
    assert changed == um.get(f"{path}/{made['key']}") != made
    assert um.ask("DELETE", f"{path}/{made['key']}") == (200, None)
    assert um.ask("GET", f"{path}/{made['key']}")[0] == 404


def test_nested_settings_that_are_left_out_stay():
    um = UM()
    made = um.ask("POST", PERFORMANCE_SERVICE_LEVELS, LEVEL)[1]
    changed = um.ask("PATCH", f"{PERFORMANCE_SERVICE_LEVELS}/{made['key']}", {"iops": {"peak_iops_per_tb": 600}})[1]
    assert changed["iops"] == {**IOPS, "peak_iops_per_tb": 600}


@pytest.mark.parametrize(("switch", "kept"), [("keep", "none"), ("default", "inline")])
def test_settings_of_a_policy_that_are_left_out(switch, kept):
    um = UM(sep_patch_omitted=switch)
    made = um.ask("POST", STORAGE_EFFICIENCY_POLICIES, {"name": "Ours", "deduplication": "none"})[1]
    changed = um.ask("PATCH", f"{STORAGE_EFFICIENCY_POLICIES}/{made['key']}", {"compression": "background"})[1]
    assert changed["deduplication"] == kept


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PERFORMANCE_SERVICE_LEVELS, {**LEVEL, "name": "Value"}),
        (PERFORMANCE_SERVICE_LEVELS, {**LEVEL, "iops": {**IOPS, "absolute_min_iops": 124}}),
        (PERFORMANCE_SERVICE_LEVELS, {**LEVEL, "iops": {**IOPS, "peak_iops_per_tb": 511}}),
        (PERFORMANCE_SERVICE_LEVELS, {"name": "Ours"}),
        (STORAGE_EFFICIENCY_POLICIES, {"name": "Idle"}),
        (STORAGE_EFFICIENCY_POLICIES, {"name": "Ours", "compression": "zip"}),
        (STORAGE_EFFICIENCY_POLICIES, {}),
    ],
)
def test_refusals(path, body):
    assert UM().ask("POST", path, body)[0] == 400


@pytest.mark.parametrize("path", [PERFORMANCE_SERVICE_LEVELS, STORAGE_EFFICIENCY_POLICIES])
def test_the_systems_own_stay(path):
    um = UM(in_use_status=409)
    key = um.get(path)["records"][0]["key"]
    assert um.ask("PATCH", f"{path}/{key}", {"description": "x"})[0] == 409
    assert um.ask("DELETE", f"{path}/{key}")[0] == 409
