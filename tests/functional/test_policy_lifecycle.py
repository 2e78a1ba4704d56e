# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance Service Levels and Storage Efficiency Policies: from nothing to nothing, and what is refused."""

from __future__ import annotations

import pytest

from .conftest import lun
from .lifecycle import take_step

LEVEL = {
    "absolute_min_iops": 200,
    "expected_iops_per_tb": 512,
    "peak_iops_per_tb": 1024,
    "peak_iops_allocation_policy": "used_space",
    "latency_expected": 8,
}
POLICY = {"compression": "background", "space_thin_provisioned": False}
STEPS = {
    "create a level": ("performance_service_level", {"state": "absent"}, {**LEVEL, "description": "ours"}),
    "change a level": ("performance_service_level", LEVEL, {"peak_iops_per_tb": 2048, "latency_expected": 5.5}),
    "delete a level": ("performance_service_level", LEVEL, {"state": "absent"}),
    "create a policy": ("storage_efficiency_policy", {"state": "absent"}, POLICY),
    "change a policy": ("storage_efficiency_policy", POLICY, {"deduplication": "none", "description": "ours"}),
    "rename a policy": ("storage_efficiency_policy", {**POLICY, "name": "old"}, {"from_name": "old"}),
    "rename a level": ("performance_service_level", {**LEVEL, "name": "old"}, {"from_name": "old"}),
    "delete a policy": ("storage_efficiency_policy", POLICY, {"state": "absent"}),
}


def task(noun, **options):
    return {f"aiqum.unified_manager.{noun}": {"name": "Ours", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    noun, before, desired = STEPS[step]
    um.set(sep_patch_omitted="default")
    take_step(um, play, [task(noun, **before)], task(noun, **desired))


@pytest.mark.parametrize(
    ("noun", "options", "words"),
    [
        ("performance_service_level", {"name": "Value", "latency_expected": 9}, "defined by the system"),
        ("performance_service_level", {"name": "Prime", **LEVEL}, "'Prime' is reserved"),
        ("performance_service_level", {}, "absolute_min_iops, expected_iops_per_tb, peak_iops_per_tb"),
        ("performance_service_level", {**LEVEL, "absolute_min_iops": 100}, "it goes from 125 to 75000"),
        ("performance_service_level", {**LEVEL, "absolute_min_iops": 75001}, "it goes from 125 to 75000"),
        ("performance_service_level", {**LEVEL, "peak_iops_per_tb": 511}, "511 is less than expected_iops_per_tb"),
        ("performance_service_level", {**LEVEL, "latency_expected": 0}, "is not a number of milliseconds over 0"),
        ("storage_efficiency_policy", {"name": "Low", "state": "absent"}, "defined by the system"),
        ("storage_efficiency_policy", {"name": "Idle"}, "'Idle' is reserved"),
    ],
)
def test_refusals_before_anything_is_sent(um, here, noun, options, words):
    result = here(task(noun, **options)).results[0]
    assert (result["failed"], result["changed"], result["outcome"]) == (True, False, "failed")
    assert words in result["msg"]
    assert um.writes() == []


def test_what_is_assigned_is_kept(um, here):
    desired = {"svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Ours"}
    results = here(
        task("performance_service_level", **LEVEL),
        lun(name="db01", **desired),
        task("performance_service_level", state="absent"),
        {"aiqum.unified_manager.performance_service_level_info": {"name": "Ours"}},
        {"aiqum.unified_manager.storage_efficiency_policy_info": {"system_defined": True, "order_by": "name"}},
    ).results
    assert "is assigned to 1 workloads" in results[2]["msg"]
    assert [level["workload_count"] for level in results[3]["performance_service_levels"]] == [1]
    assert [policy["name"] for policy in results[4]["storage_efficiency_policies"]] == ["High", "Low"]
