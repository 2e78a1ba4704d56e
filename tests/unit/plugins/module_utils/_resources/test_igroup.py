# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator groups: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import igroup

C = "11111111-2222-3333-4444-555555555555"
KEY = f"{C}:type=igroup,uuid={C}"
RECORD = {
    "key": KEY,
    "name": "ig1",
    "svm": {"key": f"{C}:type=vserver,uuid={C}", "name": "svm1"},
    "os_type": "linux",
    "protocol": "iscsi",
    "initiators": [{"name": "iqn.a"}, {"name": "iqn.b"}],
}
NEW = {"svm": "svm1", "os_type": "linux", "protocol": "iscsi"}


def desired(**options):
    params = {**dict.fromkeys(igroup.ARGUMENTS), "name": "ig1", "state": "present", "initiators_mode": "exact"}
    return igroup.desired({**params, **options})


def plan(*before, **options):
    """The plan from RECORD, or from what is given instead."""
    (record,) = before or (RECORD,)
    operations = igroup.plan(None if record is None else igroup.current(record), desired(**options))
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


def initiators(*names):
    return [("initiators", "PATCH", {"initiators": [{"name": name} for name in names]})]


@pytest.mark.parametrize(
    ("options", "operations"),
    [
        ({}, []),
        (NEW, []),
        ({"initiators": ["IQN.B", "iqn.a"]}, []),
        ({"initiators": ["iqn.b"], "initiators_mode": "add"}, []),
        ({"initiators": ["iqn.c"], "initiators_mode": "remove"}, []),
        ({"initiators": ["iqn.c"]}, initiators("iqn.c")),
        ({"initiators": []}, initiators()),
        ({"initiators": ["iqn.c", "IQN.A"], "initiators_mode": "add"}, initiators("iqn.a", "iqn.b", "iqn.c")),
        ({"initiators": ["IQN.A"], "initiators_mode": "remove"}, initiators("iqn.b")),
        ({"os_type": "windows"}, [("os_type", "PATCH", {"os_type": "windows"})]),
        (
            {"os_type": "windows", "initiators": []},
            [("os_type, initiators", "PATCH", {"os_type": "windows", "initiators": []})],
        ),
        ({"initiators": ["x" * 96]}, initiators("x" * 96)),
        ({"name": "ig2", "from_name": "ig1"}, [("name", "PATCH", {"name": "ig2"})]),
        ({"state": "absent"}, [("delete", "DELETE", None)]),
    ],
)
def test_changes(options, operations):
    assert plan(**options) == operations


def test_creation():
    body = {"name": "ig1", "os_type": "linux", "protocol": "iscsi", "initiators": [{"name": "iqn.a"}]}
    body["svm"] = Reference(kinds.SVM, "svm1", "svm", (("cluster", "c1"),))
    assert plan(None, **NEW, cluster="c1", initiators=["iqn.a", "IQN.A"])[0][2]["initiators"] == [{"name": "IQN.A"}]
    assert plan(None, **NEW, cluster="c1", initiators=["iqn.a"]) == [("create", "POST", body)]
    assert "initiators" not in plan(None, **NEW, initiators=["iqn.a"], initiators_mode="remove")[0][2]
    assert plan(None, state="absent") == []


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"protocol": "fcp"}, "protocol: the igroup has iscsi, and it cannot be changed to fcp"),
        (RECORD, {"initiators": [""]}, "is not a WWPN, IQN or EUI"),
        (RECORD, {"initiators": ["x" * 97]}, "is not a WWPN, IQN or EUI"),
        (RECORD, {"initiators": ["iqn.1994-05.com.redhat:db 01"]}, "is not a WWPN, IQN or EUI"),
        (RECORD, {"initiators": ["21:00:00:0e\u00a01e:11"]}, "is not a WWPN, IQN or EUI"),
        (None, {}, "also set svm, os_type and protocol"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as error:
        plan(record, **options)
    assert words in error.value.message


@pytest.mark.parametrize(
    ("options", "found"),
    [({}, True), ({"svm": "svm1"}, True), ({"svm": "svm2"}, False), ({"name": "IG1"}, False)],
)
def test_a_listed_record_is_checked_exactly(options, found):
    finding = igroup.IGROUP.find(desired(**options))
    assert finding.query["name"] == options.get("name", "ig1")
    assert finding.matches(RECORD) is found


def test_by_key():
    assert igroup.IGROUP.find(desired(name=KEY)).key == KEY
