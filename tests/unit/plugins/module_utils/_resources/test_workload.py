# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workloads: filters, and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.workload import WORKLOADS

CLUSTER = "70567416-8e4c-56d2-b19e-e65ec518ff72"
LUN = f"{CLUSTER}:type=lun,uuid={CLUSTER}"
VALUE = "ccc06f88-7bf3-5bad-9d35-fba82909e908"


def workload(**options):
    return {**dict.fromkeys(WORKLOADS.arguments), "summary": False, **options}


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, {}),
        ({"name": LUN}, {"key": LUN}),
        ({"name": "/vol/v/lun1"}, {"name": "/vol/v/lun1"}),
        ({"name": "lun1"}, {"name": "*lun1"}),
        ({"name": "home", "type": "file_share"}, {"name": "*home", "type": "file_share"}),
        ({"name": "a|b"}, {}),
        (
            {"svm": "svm1", "cluster": LUN, "volume": "v|w", "query": "ora"},
            {"svm.name": "svm1", "cluster.key": LUN, "volume.name": '"v|w"', "query": "ora"},
        ),
        (
            {"performance_service_level": "Unassigned", "storage_efficiency_policy": VALUE},
            {
                "assigned_performance_service_level.name": "Unassigned",
                "assigned_storage_efficiency_policy.key": VALUE,
            },
        ),
    ],
)
def test_filters_for_workloads(options, query):
    assert WORKLOADS.query(workload(**options)) == query


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ({}, True),
        ({"name": "lun1"}, True),
        ({"name": "un1"}, False),
        ({"name": "/vol/v/lun1"}, True),
        ({"name": "/vol/w/lun1"}, False),
        ({"name": LUN}, True),
        ({"svm": "svm1", "volume": "v"}, True),
        ({"svm": "svm2"}, False),
        ({"performance_service_level": "Value"}, True),
        ({"performance_service_level": VALUE}, True),
        ({"storage_efficiency_policy": "High"}, False),
    ],
)
def test_workloads_that_are_meant(options, meant):
    record = {
        "key": LUN,
        "name": "/vol/v/lun1",
        "svm": {"name": "svm1"},
        "volume": {"name": "v"},
        "assigned_performance_service_level": {"name": "Value", "key": VALUE},
        "assigned_storage_efficiency_policy": {"name": "Unassigned", "key": None},
    }
    assert WORKLOADS.matches(workload(**options), record) is meant


@pytest.mark.parametrize("option", ["name", "svm", "volume", "performance_service_level"])
@pytest.mark.parametrize("text", ["", "a?b", "x" * 513])
def test_a_name_is_checked(option, text):
    with pytest.raises(BadInput) as error:
        WORKLOADS.query(workload(**{option: text}))
    assert error.value.message.startswith(f"{option}: ")


def test_the_summary_is_read_only_on_request():
    assert WORKLOADS.beside(workload()) == {}
    assert WORKLOADS.beside(workload(summary=True)) == {"summary": "/storage-provider/workloads-summary"}
