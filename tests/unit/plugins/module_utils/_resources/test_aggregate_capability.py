# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities of aggregates: the filter, and which records are meant, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.aggregate_capability import CAPABILITIES

CLUSTER = "70567416-8e4c-56d2-b19e-e65ec518ff72"
AGGREGATE = f"{CLUSTER}:type=aggregate,uuid={CLUSTER}"
VALUE = "ccc06f88-7bf3-5bad-9d35-fba82909e908"


def capability(**options):
    return {**dict.fromkeys(CAPABILITIES.arguments), **options}


@pytest.mark.parametrize(
    ("options", "query", "meant"),
    [
        ({}, {}, True),
        ({"name": "aggr1"}, {"name": "aggr1"}, True),
        ({"name": "aggr2"}, {"name": "aggr2"}, False),
        ({"cluster": "cluster1"}, {"cluster.name": "cluster1"}, True),
        ({"cluster": "cluster2"}, {"cluster.name": "cluster2"}, False),
        ({"performance_service_level": "Value"}, {}, True),
        ({"performance_service_level": VALUE}, {}, True),
        ({"performance_service_level": "Extreme Performance"}, {}, False),
    ],
)
def test_capabilities(options, query, meant):
    params = capability(**options)
    record = {
        "name": "aggr1",
        "cluster": {"name": "cluster1"},
        "performance_service_levels": [{"name": "Performance", "key": "p"}, {"name": "Value", "key": VALUE}],
    }
    assert (CAPABILITIES.keys(params), CAPABILITIES.query(params)) == (None, query)
    assert CAPABILITIES.matches(params, record) is meant


def test_a_key_means_one_aggregate():
    assert CAPABILITIES.keys(capability(name=AGGREGATE)) == [AGGREGATE]
