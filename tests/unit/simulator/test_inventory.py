# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licenses, ports, interfaces, shares, policies and qtrees: their filters, and what they refer to."""

from __future__ import annotations

import pytest

from tests.simulator import paths

from .um import UM


@pytest.mark.parametrize(
    ("path", "query", "field", "found"),
    [
        (paths.LICENSES, "name=base", "cluster.name", {"cluster1", "cluster2", "cluster3"}),
        (paths.LICENSES, "scope=node&cluster.name=cluster1", "name", {"snapmirror"}),
        (paths.LICENSES, "licenses.owner=cluster2", "scope", {"cluster", "site"}),
        (paths.LICENSES, "node.name=cluster1-01", "scope", {"node"}),
        (paths.ETHERNET_PORTS, "type=vlan&cluster.name=cluster1", "name", {"e0c-100"}),
        (paths.ETHERNET_PORTS, "vlan.tag=100", "vlan.base_port.name", {"e0c"}),
        (paths.ETHERNET_PORTS, "vlan.base_port.node.name=cluster1-02", "node.name", {"cluster1-02"}),
        (paths.ETHERNET_PORTS, "broadcast_domain.ipspace.name=Default&name=e0c|e0d", "type", {"physical"}),
        (paths.FC_PORTS, "speed.maximum=32&node.name=cluster1-01", "name", {"0a"}),
        (paths.FC_PORTS, "fabric.connected=false", "name", set()),
        (paths.IP_INTERFACES, "svm.name=svm_nas&cluster.name=cluster1", "location.is_home", {True}),
        (paths.FC_INTERFACES, "data_protocol=fcp", "location.port.name", {"0a"}),
        (paths.CIFS_SHARES, "volume.name=vol_home", "name", {"home"}),
        (paths.EXPORT_POLICIES, "rules.clients.match=192.0.2.0/24", "name", {"readers"}),
        (paths.EXPORT_POLICIES, "rules.ro_rule=sys&svm.name=svm_nas", "id", None),
        (paths.QOS_POLICIES, "adaptive.absolute_min_iops=75&svm.name=svm1", "name", {"svm1_value"}),
        (paths.QTREES, "volume.name=vol_projects", "name", {"drafts"}),
        (paths.QTREES, "export_policy.name=default", "name", {"users", "drafts"}),
    ],
)
def test_filters(path, query, field, found):
    values = {value(record, field) for record in UM().get(f"{path}?{query}")["records"]}
    assert values == found if found is not None else len(values) == 1


def value(record, field):
    for part in field.split("."):
        record = record[part]
    return record


@pytest.mark.parametrize(
    ("path", "field", "target"),
    [
        (paths.IP_INTERFACES, "location.port", paths.ETHERNET_PORTS),
        (paths.FC_INTERFACES, "location.port", paths.FC_PORTS),
        (paths.ETHERNET_PORTS, "node", paths.NODES),
        (paths.FC_PORTS, "node", paths.NODES),
        (paths.CIFS_SHARES, "volume", paths.VOLUMES),
        (paths.QTREES, "export_policy", paths.EXPORT_POLICIES),
        (paths.QOS_POLICIES, "svm", paths.SVMS),
    ],
)
def test_what_a_record_refers_to_is_there(path, field, target):
    um = UM()
    same = "id" if target == paths.EXPORT_POLICIES else "uuid"
    known = {(record[same], record["name"]) for record in um.get(f"{target}?max_records=1000")["records"]}
    referred = [value(record, field) for record in um.get(f"{path}?max_records=1000")["records"]]
    assert {(one[same], one["name"]) for one in referred} <= known
    assert referred


def test_default_pages_have_a_hundred_records():
    um = UM()
    for number in range(150):
        key = f"c:type=qtree,qtree_id={number}"
        um.world.table(paths.QTREES).put({"key": key, "id": number, "name": f"q{number}"})
    page = um.get(paths.QTREES)
    assert (page["num_records"], page["total_records"]) == (100, 152)
    following = um.get(page["_links"]["next"]["href"].removeprefix("/api"))
    assert (following["num_records"], "next" in following["_links"]) == (52, False)


def test_export_policies_have_the_flavors_of_the_inventory():
    um = UM()
    (stored,) = um.world.table(paths.EXPORT_POLICIES).find("name", "readers")
    (listed,) = um.get(f"{paths.EXPORT_POLICIES}?name=readers")["records"]
    assert (stored["rules"][0]["superuser"], listed["rules"][0]["superuser"]) == (["none"], ["anon"])
    assert um.get(f"{paths.EXPORT_POLICIES}/{listed['key']}") == listed
