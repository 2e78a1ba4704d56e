# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""File shares: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import file_share

C = "11111111-2222-3333-4444-555555555555"
GIB = 1024**3
SVM_KEY = f"{C}:type=vserver,uuid={C}"
RULE = {"index": 1, "clients": [{"match": "10.0.0.0/8"}], "protocols": ["any"], "ro_rule": ["sys"], "rw_rule": ["sys"]}
RECORD = {
    "key": f"{C}:type=volume,uuid={C}",
    "name": "fs1",
    "type": "rw",
    "svm": {"key": SVM_KEY, "name": "svm1"},
    "space": {"size": GIB},
    "assigned_performance_service_level": {"key": "k", "name": "Value"},
    "assigned_storage_efficiency_policy": {"key": None, "name": "Unassigned"},
    "access_control": {
        "acl": [{"user_or_group": "everyone", "permission": "read"}],
        "export_policy": {"key": "p", "name": "policy1", "rules": [RULE]},
    },
    "operational_state": "online",
}
DETACHED = {**RECORD, "access_control": {"export_policy": {"name": "default"}}}
NEW = {"size": "1GiB", "performance_service_level": "Value"}


def rules(*entries):
    defaults = {"protocols": None, "ro_rule": ["sys"], "rw_rule": ["sys"], "index": None}
    return {"export_policy": {"name": None, "name_tag": None, "rules": [{**defaults, **entry} for entry in entries]}}


def policy(**parts):
    return {"export_policy": {"name": None, "name_tag": None, "rules": None, **parts}}


def plan(record, **options):
    params = {**dict.fromkeys(file_share.ARGUMENTS), "name": "fs1", "svm": "svm1", "state": "present", **options}
    before = None if record is None else file_share.current(record)
    return [(one.purpose, one.verb, one.body) for one in file_share.plan(before, file_share.desired(params))]


@pytest.mark.parametrize(
    ("record", "options", "operations"),
    [
        (RECORD, {}, []),
        (RECORD, {**NEW, "type": "rw", "operational_state": "online"}, []),
        (RECORD, {"acl": [{"user_or_group": "Everyone", "permission": "read"}]}, []),
        (RECORD, rules({"clients": ["10.0.0.0/8"]}), []),
        (RECORD, rules({"clients": ["10.0.0.0/255.0.0.0"], "index": 0}), []),
        (RECORD, {"active_directory_mapping": "ad.example.com"}, []),
        (RECORD, policy(name="policy1"), []),
        (DETACHED, policy(), []),
        (DETACHED, {"export_policy": {"name": None, "name_tag": None, "rules": []}}, []),
        (RECORD, {"size": "1GiB"}, []),
        (RECORD, {"size": f"{GIB + 1}"}, [("size", "PATCH", {"space": {"size": GIB + 1024**2}})]),
        (RECORD, policy(), [("export_policy", "PATCH", {"access_control": {"export_policy": {}}})]),
        (
            RECORD,
            policy(name="policy2"),
            [
                (
                    "export_policy",
                    "PATCH",
                    {
                        "access_control": {
                            "export_policy": Reference(
                                kinds.EXPORT_POLICY, "policy2", "export_policy.name", (("svm", SVM_KEY),)
                            )
                        }
                    },
                )
            ],
        ),
        (
            RECORD,
            {"acl": []},
            [("acl", "PATCH", {"access_control": {"acl": []}})],
        ),
        (
            RECORD,
            {"performance_service_level": "Unassigned", "operational_state": "offline", "size": "2GiB"},
            [
                ("size", "PATCH", {"space": {"size": 2 * GIB}}),
                ("performance_service_level", "PATCH", {"performance_service_level": {"key": "Unassigned"}}),
                ("operational_state", "PATCH", {"operational_state": "offline"}),
            ],
        ),
        (RECORD, {"state": "absent"}, [("delete", "DELETE", None)]),
        (None, {"state": "absent"}, []),
        (
            None,
            {**NEW, **rules({"clients": ["h1", "h2"], "protocols": ["nfs3"]}), "mountpoint": "/a/b"},
            [
                (
                    "create",
                    "POST",
                    {
                        "name": "fs1",
                        "space": {"size": GIB},
                        "performance_service_level": Reference(
                            kinds.PERFORMANCE_SERVICE_LEVEL, "Value", "performance_service_level"
                        ),
                        "svm": Reference(kinds.SVM, "svm1", "svm"),
                        "mountpoint": "/a/b",
                        "access_control": {
                            "export_policy": {
                                "rules": [
                                    {
                                        "clients": [{"match": "h1"}, {"match": "h2"}],
                                        "protocols": ["nfs3"],
                                        "ro_rule": ["sys"],
                                        "rw_rule": ["sys"],
                                        "index": 1,
                                    }
                                ]
                            }
                        },
                    },
                )
            ],
        ),
    ],
)
def test_plans(record, options, operations):
    assert plan(record, **options) == operations


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"size": "512MiB"}, "cannot shrink a file share"),
        (RECORD, {"type": "dp"}, "it cannot be changed to dp"),
        (RECORD, {"storage_efficiency_policy": "Unassigned"}, "cannot remove a policy"),
        (None, {}, "also set size and performance_service_level"),
        (None, {**NEW, "svm": None}, "also set svm or aggregate"),
        (None, {**NEW, "performance_service_level": "Unassigned"}, "a new workload needs one"),
        (None, {**NEW, "mountpoint": "a"}, "does not begin with a slash"),
        (None, {**NEW, "name": SVM_KEY}, "is a key, but not that of a file share"),
        (None, {**NEW, **policy(name="p", rules=[])}, "name means a policy that exists"),
        (None, {**NEW, **policy(name_tag="t")}, "give rules as well"),
        (None, {**NEW, **rules({"clients": []})}, "rule 1 has no clients"),
        (None, {**NEW, **rules({"clients": ["a"]}, {"clients": ["b"], "index": 1})}, "two rules have the index 1"),
        (None, {**NEW, "name": "1abc"}, "no digit first"),
        (None, {**NEW, "name": "a b"}, "no digit first"),
        (None, {**NEW, "name": "a" * 204}, "at most 203 characters"),
        (
            None,
            {**NEW, "acl": [{"user_or_group": u, "permission": "read"} for u in ("a", "A")]},
            "has two permissions",
        ),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as caught:
        plan(record, **options)
    assert words in caught.value.message


def created(**options):
    return plan(None, **NEW, **options)[0][2]["access_control"]


def test_a_rule_may_be_number_zero():
    assert created(**rules({"clients": ["a"], "index": 0}))["export_policy"]["rules"][0]["index"] == 0


def test_the_mapping_goes_with_the_creation_whatever_makes_the_cifs_share():
    reference = Reference(
        kinds.ACTIVE_DIRECTORY_MAPPING, "ad.example.com", "active_directory_mapping", (("svm", "svm1"),)
    )
    mapped = {"active_directory_mapping": "ad.example.com"}
    for access in (rules({"clients": ["a"], "protocols": ["cifs"]}), {"acl": RECORD["access_control"]["acl"]}, {}):
        assert created(**access, **mapped)["active_directory_mapping"] == reference


def test_the_diff_of_rules_shows_rules_and_only_what_is_asked_for():
    params = {**dict.fromkeys(file_share.ARGUMENTS), "name": "fs1", "svm": "svm1", "state": "present"}
    desired = file_share.desired({**params, **rules({"clients": ["10.0.0.0/8", "h1"]})})
    (operation,) = file_share.plan(file_share.current(RECORD), desired)
    shown = {"ro_rule": ["sys"], "rw_rule": ["sys"]}
    assert operation.before == {"export_policy": [{"clients": ["10.0.0.0/8"], **shown}]}
    assert operation.after == {"export_policy": [{"clients": ["10.0.0.0/8", "h1"], **shown}]}
    (gone,) = file_share.plan(file_share.current(RECORD), file_share.desired({**params, "state": "absent"}))
    assert gone.before["export_policy"] == "policy1"


def test_a_policy_of_rules_is_predicted_without_its_name():
    planned = file_share.planned(RECORD, {"access_control": {"export_policy": {"rules": [RULE]}}})
    assert planned["access_control"] == {"acl": RECORD["access_control"]["acl"]}


def test_the_mapping_that_is_sent_is_in_no_prediction():
    access = {"acl": [], "active_directory_mapping": {"key": "m"}}
    assert file_share.planned({}, {"access_control": access})["access_control"] == {"acl": []}


@pytest.mark.parametrize(
    ("desired", "read"),
    [
        ({"state": "absent", "acl": [], "operational_state": "offline"}, []),
        ({"state": "present"}, []),
        ({"state": "present", "acl": []}, [file_share.COLLECTION]),
        ({"state": "present", "operational_state": "offline"}, [file_share.INVENTORY]),
    ],
)
def test_only_what_is_missing_is_read(desired, read):
    asked = []
    file_share.complete(RECORD, desired, lambda collection: asked.append(collection) or {})
    assert asked == read


@pytest.mark.parametrize(
    ("shown", "option"), [(None, {}), ({"name": "policy1"}, {"export_policy": {"name": "policy1"}})]
)
def test_a_policy_is_told_if_there_is_one(shown, option):
    options = file_share.describe({**RECORD, "access_control": {"export_policy": shown}}).options
    assert {name: value for name, value in options.items() if name == "export_policy"} == option
