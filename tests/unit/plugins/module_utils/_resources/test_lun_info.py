# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs as they are listed: filters, and which records are really meant, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun_info import LUNS

C = "11111111-2222-3333-4444-555555555555"
KEY = f"{C}:type=lun,uuid={C}"
VALUE = "ccc06f88-7bf3-5bad-9d35-fba82909e908"
RECORD = {
    "key": KEY,
    "name": "/vol/v1/lun1",
    "svm": {"key": f"{C}:type=vserver,uuid={C}", "name": "svm1"},
    "assigned_performance_service_level": {"key": VALUE, "name": "Value"},
}


def params(**options):
    return {**dict.fromkeys(LUNS.arguments), "details": False, **options}


@pytest.mark.parametrize(
    ("options", "query"),
    [
        ({}, {}),
        ({"name": "/vol/v1/lun1"}, {"name": "/vol/v1/lun1"}),
        ({"name": "lun1"}, {"name": "*/lun1"}),
        ({"name": "lun|1"}, {}),
        ({"query": "ora", "svm": "svm1"}, {"query": "ora", "svm.name": "svm1"}),
        ({"performance_service_level": VALUE}, {"assigned_performance_service_level.key": VALUE}),
    ],
)
def test_filters(options, query):
    assert LUNS.query(params(**options)) == query


def test_a_name_that_nothing_can_have_is_refused():
    with pytest.raises(BadInput) as error:
        LUNS.query(params(name=""))
    assert error.value.message.startswith("name: ")


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ({}, True),
        ({"name": "lun1"}, True),
        ({"name": "/vol/v1/lun1"}, True),
        ({"name": "un1"}, False),
        ({"name": "LUN1"}, False),
        ({"svm": "svm1", "performance_service_level": "Value"}, True),
        ({"svm": "svm2"}, False),
        ({"storage_efficiency_policy": "High"}, False),
    ],
)
def test_records_that_are_meant(options, meant):
    assert LUNS.matches(params(**options), RECORD) is meant


@pytest.mark.parametrize(("name", "keys"), [(KEY, [KEY]), ("lun1", None), (None, None)])
def test_by_key(name, keys):
    assert LUNS.keys(params(name=name)) == keys
