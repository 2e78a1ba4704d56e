# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""SVMs: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import svm

C = "11111111-2222-3333-4444-555555555555"
CLUSTER_KEY = f"{C}:type=cluster,uuid={C}"
RECORD = {
    "key": f"{C}:type=vserver,uuid={C}",
    "name": "svm1",
    "cluster": {"key": CLUSTER_KEY, "name": "cluster1"},
    "aggregates": [{"key": "a1", "name": "aggr1"}],
    "state": "running",
    "language": "en_us.utf_8",
    "snapshot_policy": {"name": "default"},
    "subtype": "default",
    "ipspace": {"name": "Default"},
    "nfs": {"enabled": True},
    "iscsi": {"enabled": False},
    "cifs": {"name": "SVM1", "ad_domain": {"fqdn": "AD.EXAMPLE.COM"}},
    "dns": {"domains": ["example.com"], "servers": ["10.0.0.2", "10.0.0.3"]},
}
LDAP = {"servers": ["ldap.example.com"], "base_dn": "dc=x", "bind_dn": "cn=x"}
DNS = {"domains": ["example.com"], "servers": ["10.0.0.2"]}
NIS = {"domain": "nis1", "servers": ["10.0.0.4"]}
ACCOUNT = {"username": "u", "password": "p"}


def plan(record, **options):
    given = {"name": "svm1", "cluster": "cluster1", "state": "present", "force": False, **options}
    desired = svm.desired({**dict.fromkeys(svm.ARGUMENTS), **given})
    before = None if record is None else svm.current(record)
    return [(one.purpose, one.verb, one.body, one.query) for one in svm.plan(before, desired)]


def patch(purpose, body):
    return (purpose, "PATCH", body, None)


@pytest.mark.parametrize(
    ("options", "operations"),
    [
        ({}, []),
        ({"language": "en_US.UTF-8", "aggregates": ["aggr1"], "nfs": True, "iscsi": False}, []),
        ({"dns": {"domains": ["example.com"], "servers": ["10.0.0.3", "10.0.0.2"]}, "subtype": "default"}, []),
        ({"dns": {"domains": ["Example.com."], "servers": ["10.0.0.3", "10.0.0.2"]}}, []),
        ({"cifs": {"name": "svm1", "domain": "ad.example.com", **ACCOUNT}}, []),
        ({"name": "svm2", "from_name": "svm1"}, [patch("name", {"name": "svm2"})]),
        (
            {"admin_state": "stopped", "language": "c.utf_8", "snapshot_policy": "none"},
            [
                patch("language", {"language": "c.utf_8"}),
                patch("snapshot_policy", {"snapshot_policy": {"name": "none"}}),
                patch("admin_state", {"state": "stopped"}),
            ],
        ),
        (
            {"aggregates": ["aggr2"]},
            [
                patch(
                    "aggregates",
                    {"aggregates": [Reference(kinds.AGGREGATE, "aggr2", "aggregates", (("cluster", CLUSTER_KEY),))]},
                )
            ],
        ),
        ({"state": "absent"}, [("delete", "DELETE", None, None)]),
        ({"state": "absent", "force": True}, [("delete", "DELETE", None, {"force": True})]),
    ],
)
def test_changes(options, operations):
    assert plan(RECORD, **options) == operations


@pytest.mark.parametrize(
    ("shown", "desired"),
    [
        ({"ldap": {"enabled": True}}, {"ldap": LDAP}),
        ({"ldap": {"enabled": True, "base_dn": "DC=X", "ad_domain": None}}, {"ldap": LDAP}),
        ({}, {"ldap": LDAP}),
        ({"nis": {"enabled": True, **NIS}}, {"nis": NIS}),
        ({"nis": NIS}, {"nis": NIS}),
        ({}, {"routes": [{"gateway": "10.0.0.1"}]}),
    ],
)
def test_what_was_set_at_creation_is_compared_as_far_as_it_is_shown(shown, desired):
    assert plan({**RECORD, **shown}, **desired) == []


def test_a_language_that_cannot_be_set_is_left():
    assert plan({**RECORD, "language": "ja_jp.932"}, language="ja_JP.932") == []


@pytest.mark.parametrize("language", ["zh_TW.BIG5.UTF-8", "utf8mb4", "ja_jp.pck_v2.utf-8", "C.utf_8"])
def test_a_language_is_written_in_any_way(language):
    ((_purpose, _verb, body, _query),) = plan(RECORD, language=language)
    assert body == {"language": language.casefold().replace("-", "_")}


def test_creation():
    interface = {"name": "l1", "address": "10.0.0.9", "netmask": "24", "home_node": "n1", "enabled": True}
    (operation,) = plan(
        None,
        aggregates=["aggr1"],
        nfs=True,
        ipspace="Default",
        ldap={"name": "ldap1", **LDAP},
        nis=NIS,
        cifs={"name": "S", "domain": "ad", **ACCOUNT},
        dns=DNS,
        ip_interfaces=[interface],
        routes=[{"gateway": "10.0.0.1", "destination": "10.0.0.0/8"}, {"gateway": "10.0.0.254", "destination": None}],
    )
    assert operation[2] == {
        "name": "svm1",
        "cluster": Reference(kinds.CLUSTER, "cluster1", "cluster"),
        "aggregates": [Reference(kinds.AGGREGATE, "aggr1", "aggregates", (("cluster", "cluster1"),))],
        "nfs": {"enabled": True},
        "ipspace": {"name": "Default"},
        "ldap": {"enabled": True, "name": "ldap1", **LDAP},
        "nis": {"enabled": True, **NIS},
        "dns": DNS,
        "cifs": {"enabled": True, "name": "S", "ad_domain": {"fqdn": "ad", "user": "u", "password": "p"}},
        "ip_interfaces": [
            {
                "name": "l1",
                "enabled": True,
                "ip": {"address": "10.0.0.9", "netmask": "24"},
                "location": {"home_node": {"name": "n1"}},
            }
        ],
        "routes": [
            {"gateway": "10.0.0.1", "destination": {"address": "10.0.0.0", "netmask": "8"}},
            {"gateway": "10.0.0.254"},
        ],
    }


@pytest.mark.parametrize(
    ("state", "then"), [("running", []), ("stopped", [patch("admin_state", {"state": "stopped"})])]
)
def test_a_new_one_runs_and_is_stopped_afterwards(state, then):
    create, *later = plan(None, admin_state=state)
    assert (create[2], later) == ({"name": "svm1", "cluster": Reference(kinds.CLUSTER, "cluster1", "cluster")}, then)


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"fcp": True}, "fcp: Unified Manager sets it only when it creates an SVM"),
        (RECORD, {"subtype": "sync_source"}, "this one has 'default'"),
        ({**RECORD, "ldap": {"enabled": False}}, {"ldap": LDAP}, "ldap: Unified Manager sets it only when it creates"),
        (
            {**RECORD, "ldap": {"enabled": True, "base_dn": "dc=y"}},
            {"ldap": LDAP},
            "ldap: Unified Manager sets it only",
        ),
        ({**RECORD, "nis": {"enabled": False, **NIS}}, {"nis": NIS}, "nis: Unified Manager sets it only"),
        (RECORD, {"nis": NIS}, "nis: Unified Manager sets it only"),
        (None, {"cluster": None}, "also set cluster"),
        (None, {"cifs": {"name": "S", "domain": "ad"}}, "username, password, ip_interfaces, routes and dns"),
        (None, {"cifs": {"name": "S" * 16, "domain": "ad"}}, "longer than 15 characters"),
        (None, {"dns": {**DNS, "servers": ["10.0.0.2"] * 4}}, "dns.servers: 4 are given; give 1 to 3"),
        (
            None,
            {"ip_interfaces": [{"name": "l1", "address": "10.0.0.9", "netmask": "99", "home_node": "n1"}]},
            "ip_interfaces.netmask: '99' does not go with 10.0.0.9",
        ),
        (None, {"dns": {**DNS, "servers": ["ns1"]}}, "dns.servers: 'ns1' is not an IP address"),
        (None, {"dns": {**DNS, "domains": []}}, "dns.domains: 0 are given; give 1 to 6"),
        (None, {"dns": {**DNS, "domains": None}}, "dns.domains: 0 are given"),
        (None, {"dns": {**DNS, "domains": ["x"] * 7}}, "dns.domains: 7 are given"),
        (None, {"dns": {**DNS, "domains": ["x" * 256]}}, "has 256 characters; it must have 1 to 255"),
        (None, {"nis": {**NIS, "domain": "x" * 65}}, "has 65 characters; it must have 1 to 64"),
        (None, {"nis": {**NIS, "domain": ""}}, "nis.domain: 0 are given"),
        (None, {"nis": {**NIS, "servers": ["x"] * 11}}, "nis.servers: 11 are given; give 1 to 10"),
        (None, {"nis": {**NIS, "servers": ["x", ""]}}, "nis.servers: '' has 0 characters"),
        (None, {"ldap": {**LDAP, "ad_domain": "x"}}, "ldap: give either servers or ad_domain"),
        (None, {"ldap": {**LDAP, "servers": []}}, "ldap: give either servers or ad_domain"),
        (None, {"language": "c.utf8"}, "language: 'c.utf8' cannot be set; give utf8mb4, or one in UTF-8"),
        (None, {"language": "en_US"}, "language: 'en_us' cannot be set"),
        (RECORD, {"language": "tlh.UTF-8"}, "language: 'tlh.utf_8' cannot be set"),
        (None, {"routes": [{"gateway": "x"}]}, "routes.gateway: 'x' is not an IP address"),
        (None, {"routes": [{"gateway": "10.0.0.1", "destination": "x"}]}, "'x' is not a network"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as caught:
        plan(record, **options)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"nfs": {"enabled": True}}, {"nfs": {"enabled": True}}),
        ({"ldap": {**LDAP}}, {"ldap": {"enabled": True}}),
        ({"cifs": {"name": "S", **ACCOUNT}}, {"cifs": {"enabled": True, "name": "S"}}),
        ({"ip_interfaces": [1], "routes": [2]}, {}),
        ({"snapshot_policy": {"key": "k"}}, {"snapshot_policy": {"key": "k"}}),
    ],
)
def test_what_is_planned_is_what_will_be_shown(body, shown):
    record = {"name": "svm1", "snapshot_policy": {"name": "default"}, "ipspace": {"name": "Default"}}
    assert svm.planned(record, body) == {**record, **shown}


def test_the_diff_of_a_creation_shows_what_was_asked_for():
    given = {"name": "svm9", "cluster": "cluster1", "aggregates": ["aggr1"], "nfs": True, "iscsi": False, "force": True}
    desired = svm.desired({**dict.fromkeys(svm.ARGUMENTS), "state": "present", **given})
    (create,) = svm.plan(None, desired)
    shown = {"state": "present", "name": "svm9", "cluster": "cluster1", "aggregates": ["aggr1"], "nfs": True}
    assert create.after == shown
