# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records into hosts, groups and variables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory import Wish, build

WISH = Wish(
    hosts=["clusters", "svms"],
    cluster_filters={},
    svm_filters={},
    cluster_names="name",
    svm_names="svm.cluster",
    group_by=["cluster", "location", "ontap_version", "protocol", "state"],
    ip_interfaces=True,
)
VERSION = {"full": "NetApp Release 9.16.1", "generation": 9, "major": 16, "minor": 1}


def cluster(number, **fields):
    return {
        "key": f"c{number}",
        "uuid": f"uuid-c{number}",
        "name": f"cluster{number}",
        "management_ip": f"10.0.0.{number}",
        "location": f"rack {number}",
        "version": VERSION,
        **fields,
    }


def svm(name, number, **fields):
    key = f"{name}-of-c{number}"
    reference = {"key": f"c{number}", "name": f"cluster{number}"}
    on = {"nfs": {"enabled": True}, "iscsi": {"enabled": False}}
    return {"key": key, "uuid": f"uuid-{key}", "name": name, "cluster": reference, "state": "running", **on, **fields}


def interface(name, owner, **fields):
    ip = {"address": f"address of {name}", "netmask": "24"}
    return {"key": name, "name": name, "svm": {"key": owner}, "ip": ip, "enabled": True, "state": "up", **fields}


def of(wish=WISH, clusters=(), svms=(), ip_interfaces=()):
    return build(wish, {"clusters": clusters, "svms": svms, "ip_interfaces": ip_interfaces})


def names(found):
    return [host.name for host in found.hosts]


def test_a_cluster():
    (host,) = of(clusters=[cluster(1)]).hosts
    assert host.name == "cluster1"
    assert host.groups == ["um_clusters", "um_cluster_cluster1", "um_location_rack_1", "um_ontap_9_16_1"]
    assert host.variables == {
        "ansible_host": "10.0.0.1",
        "um_kind": "cluster",
        "um_name": "cluster1",
        "um_key": "c1",
        "um_uuid": "uuid-c1",
        "um_cluster": "cluster1",
        "um_cluster_key": "c1",
        "um_location": "rack 1",
        "um_ontap_version": "9.16.1",
        "um_record": cluster(1),
    }


def test_an_svm():
    interfaces = [interface("b", "svm1-of-c1"), interface("a", "svm1-of-c1", state="down"), interface("c", "other")]
    host = of(clusters=[cluster(1)], svms=[svm("svm1", 1)], ip_interfaces=interfaces).hosts[1]
    assert host.name == "svm1.cluster1"
    assert host.groups[0] == "um_svms"
    assert host.groups[-2:] == ["um_protocol_nfs", "um_state_running"]
    assert host.variables["ansible_host"] == "10.0.0.1"
    assert host.variables["um_protocols"] == ["nfs"]
    assert [one["name"] for one in host.variables["um_ip_interfaces"]] == ["a", "b"]
    assert host.variables["um_addresses"] == ["address of b"]


def test_no_name_of_a_host_is_a_template():
    """ansible-core before 2.19 takes it for one; what it is marked with is lost where only its first part is used."""
    found = of(clusters=[cluster(1, name="{{ 6*7 }}"), cluster(2)], svms=[svm("{% s %}", 2)])
    assert names(found) == ["__ 6*7 }}", "cluster2", "_% s %}.cluster2"]
    assert found.hosts[0].variables["um_name"] == "{{ 6*7 }}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["cluster1", "cluster2", "svm1.cluster1", "svm1.cluster2"]),
        ({"hosts": ["clusters"]}, ["cluster1", "cluster2", "svm1.cluster1", "svm1.cluster2"][:2]),
        ({"hosts": ["svms"]}, ["svm1.cluster1", "svm1.cluster2"]),
        ({"hosts": ["svms"], "svm_names": "cluster.svm"}, ["cluster1.svm1", "cluster2.svm1"]),
        ({"hosts": ["svms"], "svm_names": "uuid"}, ["uuid-svm1-of-c1", "uuid-svm1-of-c2"]),
        ({"hosts": ["clusters"], "cluster_names": "management_address"}, ["10.0.0.1", "10.0.0.2"]),
        ({"hosts": ["clusters"], "cluster_names": "uuid"}, ["uuid-c1", "uuid-c2"]),
    ],
)
def test_what_becomes_a_host_and_its_name(changes, expected):
    wish = WISH._replace(**changes)
    svms = [svm("svm1", 1), svm("svm1", 2)] if "svms" in wish.queries() else []
    assert names(of(wish, [cluster(1), cluster(2)], svms)) == expected


@pytest.mark.parametrize(
    ("wish", "clusters", "svms"),
    [
        (WISH._replace(svm_names="svm"), [cluster(1), cluster(2)], [svm("svm1", 1), svm("svm1", 2)]),
        (WISH, [cluster(1), cluster(2, name="cluster1")], []),
        (WISH._replace(svm_names="svm"), [cluster(1)], [svm("cluster1", 1)]),
    ],
)
def test_twins_are_refused_and_named(wish, clusters, svms):
    with pytest.raises(BadInput) as caught:
        of(wish, clusters, svms)
    assert "Two hosts would be called" in caught.value.message
    assert all(record["key"] in caught.value.message for record in (svms or clusters)[-1:])


def test_a_record_that_came_twice_is_one_host():
    assert names(of(clusters=[cluster(1), cluster(1)], svms=[svm("svm1", 1), svm("svm1", 1)])) == [
        "cluster1",
        "svm1.cluster1",
    ]


def test_svms_of_clusters_that_are_not_meant_are_left_out():
    wish = WISH._replace(cluster_filters={"name": "cluster1"})
    assert names(of(wish, [cluster(1)], [svm("svm1", 1), svm("svm1", 2)])) == ["cluster1", "svm1.cluster1"]


def test_an_svm_whose_cluster_um_does_not_list_yet_is_there():
    host = of(svms=[svm("svm1", 1)]).hosts[0]
    assert host.name == "svm1.cluster1"
    assert "ansible_host" not in host.variables
    assert host.groups == ["um_svms", "um_cluster_cluster1", "um_protocol_nfs", "um_state_running"]


def test_what_um_does_not_know_makes_no_group():
    bare = {"key": "c1", "name": None, "management_ip": None, "location": None, "version": None}
    (host,) = of(clusters=[bare]).hosts
    assert (host.name, host.groups) == ("c1", ["um_clusters"])


def test_no_interfaces_no_variables():
    host = of(WISH._replace(ip_interfaces=False), [cluster(1)], [svm("svm1", 1)]).hosts[1]
    assert not {"um_ip_interfaces", "um_addresses"} & set(host.variables)


def test_only_wished_groups():
    found = of(WISH._replace(group_by=["protocol"]), [cluster(1)], [svm("svm1", 1)])
    assert [host.groups for host in found.hosts] == [["um_clusters"], ["um_svms", "um_protocol_nfs"]]


def test_two_values_that_make_one_group_are_told():
    found = of(clusters=[cluster(1, name="dc-1"), cluster(2, name="dc_1")])
    assert len(found.warnings) == 1
    assert "um_cluster_dc_1 holds hosts of dc-1 and of dc_1" in found.warnings[0]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, ["clusters", "svms", "ip_interfaces"]),
        ({"ip_interfaces": False}, ["clusters", "svms"]),
        ({"hosts": ["clusters"]}, ["clusters"]),
    ],
)
def test_no_request_more_than_needed(changes, kinds):
    assert list(WISH._replace(**changes).queries()) == kinds


@pytest.mark.parametrize("option", ["cluster_filters", "svm_filters"])
@pytest.mark.parametrize("filters", [{"max_records": 5}, {"name": ["a", "b"]}])
def test_what_is_no_filter_is_refused(option, filters):
    with pytest.raises(BadInput, match=option):
        WISH._replace(**{option: filters}).queries()
