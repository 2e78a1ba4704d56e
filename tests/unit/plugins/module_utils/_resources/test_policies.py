# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance Service Levels and Storage Efficiency Policies: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import performance_service_level as level
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import (
    storage_efficiency_policy as policy,
)

KEY = "dddddddd-2222-3333-4444-555555555555"
IOPS = {
    "absolute_min_iops": 200,
    "expected_iops_per_tb": 512,
    "peak_iops_per_tb": 1024,
    "peak_iops_allocation_policy": "used_space",
}
STATE = {"key": KEY, "name": "Ours", "description": None, "system_defined": False, "workload_count": 0}
LEVEL = {**STATE, "iops": IOPS, "latency": {"expected": 8.0}}
POLICY = {**STATE, "compression": "inline", "deduplication": "none", "space_thin_provisioned": True}


def plan(noun, record, **options):
    desired = noun.desired({**dict.fromkeys(noun.ARGUMENTS), "name": "Ours", "state": "present", **options})
    operations = noun.plan(None if record is None else noun.current(record), desired)
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


def iops(**changes):
    return {"iops": {**IOPS, **changes}, "latency": {"expected": 8.0}}


@pytest.mark.parametrize(
    ("noun", "record", "options", "operations"),
    [
        (level, LEVEL, {}, []),
        (level, LEVEL, {**IOPS, "latency_expected": 8}, []),
        (level, LEVEL, {"peak_iops_per_tb": 999}, [("peak_iops_per_tb", "PATCH", iops(peak_iops_per_tb=999))]),
        (level, LEVEL, {"description": "d"}, [("description", "PATCH", {**iops(), "description": "d"})]),
        (level, LEVEL, {"state": "absent"}, [("delete", "DELETE", None)]),
        (level, None, {"state": "absent"}, []),
        (level, None, {**IOPS, "latency_expected": 8.0}, [("create", "POST", {"name": "Ours", **iops()})]),
        (policy, POLICY, {"compression": "inline", "space_thin_provisioned": True}, []),
        (
            policy,
            POLICY,
            {"compression": "none"},
            [
                (
                    "compression",
                    "PATCH",
                    {"compression": "none", "deduplication": "none", "space_thin_provisioned": True},
                )
            ],
        ),
        (policy, None, {}, [("create", "POST", {"name": "Ours"})]),
        (
            policy,
            None,
            {"space_thin_provisioned": False},
            [("create", "POST", {"name": "Ours", "space_thin_provisioned": False})],
        ),
        (policy, POLICY, {"state": "absent"}, [("delete", "DELETE", None)]),
        (policy, {**POLICY, "name": "High"}, {"name": "High", "from_name": "Ours"}, []),
        (policy, {**POLICY, "system_defined": True}, {"compression": "inline"}, []),
    ],
)
def test_plans(noun, record, options, operations):
    assert plan(noun, record, **options) == operations


@pytest.mark.parametrize(
    ("noun", "record", "options", "words"),
    [
        (level, {**LEVEL, "system_defined": True}, {"description": "d"}, "is defined by the system"),
        (level, {**LEVEL, "workload_count": 3}, {"state": "absent"}, "is assigned to 3 workloads"),
        (level, LEVEL, {"latency_expected": 4.0}, "goes from 250 to 75000"),
        (level, LEVEL, {"expected_iops_per_tb": 1025}, "1024 is less than expected_iops_per_tb, which is 1025"),
        (level, LEVEL, {"expected_iops_per_tb": -1}, "is not a number of IOPS over 0"),
        (level, LEVEL, {"latency_expected": float("nan")}, "is not a number of milliseconds"),
        (level, None, {"name": "Extreme", **IOPS, "latency_expected": 8}, "'Extreme' is reserved"),
        (level, None, IOPS, "also set latency_expected"),
        (policy, {**POLICY, "workload_count": 1}, {"compression": "none"}, "is assigned to 1 workloads"),
        (policy, None, {"name": "Default"}, "'Default' is reserved"),
        (level, LEVEL, {"name": "Prime", "from_name": "Ours"}, "'Prime' is reserved"),
        (policy, POLICY, {"name": "Idle", "from_name": "Ours"}, "'Idle' is reserved"),
        (policy, None, {"name": "a?"}, "no name in Unified Manager has"),
    ],
)
def test_refusals(noun, record, options, words):
    with pytest.raises(BadInput) as error:
        plan(noun, record, **options)
    assert words in error.value.message


def test_found_by_name_and_by_key():
    finding = policy.POLICY.find({"name": "Ours"})
    assert (finding.query, finding.matches(POLICY), finding.matches({"name": "ours"})) == (
        {"name": "Ours"},
        True,
        False,
    )
    assert level.LEVEL.find({"name": KEY}).key == KEY
