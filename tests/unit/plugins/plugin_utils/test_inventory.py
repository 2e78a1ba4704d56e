# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records into hosts, groups and variables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory import Answer, build
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._inventory_options import Options
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._servers import Server, servers_of

OPTIONS = Options(
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


def of(options=OPTIONS, clusters=(), svms=(), ip_interfaces=()):
    return build(options, [Answer(None, {"clusters": clusters, "svms": svms, "ip_interfaces": ip_interfaces})])


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
    options = OPTIONS._replace(**changes)
    svms = [svm("svm1", 1), svm("svm1", 2)] if "svms" in options.queries() else []
    assert names(of(options, [cluster(1), cluster(2)], svms)) == expected


@pytest.mark.parametrize(
    ("options", "clusters", "svms"),
    [
        (OPTIONS._replace(svm_names="svm"), [cluster(1), cluster(2)], [svm("svm1", 1), svm("svm1", 2)]),
        (OPTIONS, [cluster(1), cluster(2, name="cluster1")], []),
        (OPTIONS._replace(svm_names="svm"), [cluster(1)], [svm("cluster1", 1)]),
    ],
)
def test_twins_are_refused_and_named(options, clusters, svms):
    with pytest.raises(BadInput) as caught:
        of(options, clusters, svms)
    assert "Two hosts would be called" in caught.value.message
    assert all(record["key"] in caught.value.message for record in (svms or clusters)[-1:])


def test_a_record_that_came_twice_is_one_host():
    assert names(of(clusters=[cluster(1), cluster(1)], svms=[svm("svm1", 1), svm("svm1", 1)])) == [
        "cluster1",
        "svm1.cluster1",
    ]


def test_svms_of_clusters_that_are_not_meant_are_left_out():
    options = OPTIONS._replace(cluster_filters={"name": "cluster1"})
    assert names(of(options, [cluster(1)], [svm("svm1", 1), svm("svm1", 2)])) == ["cluster1", "svm1.cluster1"]


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
    host = of(OPTIONS._replace(ip_interfaces=False), [cluster(1)], [svm("svm1", 1)]).hosts[1]
    assert not {"um_ip_interfaces", "um_addresses"} & set(host.variables)


def test_only_wished_groups():
    found = of(OPTIONS._replace(group_by=["protocol"]), [cluster(1)], [svm("svm1", 1)])
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
    assert list(OPTIONS._replace(**changes).queries()) == kinds


@pytest.mark.parametrize("option", ["cluster_filters", "svm_filters"])
@pytest.mark.parametrize("filters", [{"max_records": 5}, {"name": ["a", "b"]}])
def test_what_is_no_filter_is_refused(option, filters):
    with pytest.raises(BadInput, match=option):
        OPTIONS._replace(**{option: filters}).queries()


def server(name, number=1):
    return Server(name, {"hostname": f"um{number}.example.com", "port": 443})


def of_two(options=OPTIONS, first=(), second=(), svms=((), ())):
    """The inventory of two servers with these clusters; None means that a server could not be read."""
    answers = [
        Answer(server(name, number), None if clusters is None else {"clusters": clusters, "svms": ones})
        for (name, number), clusters, ones in zip((("berlin", 1), ("paris", 2)), (first, second), svms, strict=True)
    ]
    return build(options, answers)


def test_hosts_of_several_servers():
    found = of_two(first=[cluster(1)], second=[cluster(2)])
    assert [(host.name, host.groups[-1]) for host in found.hosts] == [
        ("cluster1", "um_server_berlin"),
        ("cluster2", "um_server_paris"),
    ]
    known = found.hosts[1].variables
    assert [known[name] for name in ("um_server", "um_server_hostname", "um_server_port", "um_server_names")] == [
        "paris",
        "um2.example.com",
        443,
        ["paris"],
    ]
    assert found.warnings == []


def test_a_cluster_of_two_servers_is_one_host_and_reported():
    svms = ([svm("svm1", 1)], [svm("svm1", 1)])
    found = of_two(first=[cluster(1)], second=[cluster(1, location="elsewhere"), cluster(2)], svms=svms)
    assert names(found) == ["cluster1", "svm1.cluster1", "cluster2"]
    shared = found.hosts[0]
    assert {"um_server_berlin", "um_server_paris"} <= set(shared.groups)
    assert (shared.variables["um_server"], shared.variables["um_server_names"]) == ("berlin", ["berlin", "paris"])
    assert (shared.variables["um_location"], "um_location_elsewhere" in shared.groups) == ("rack 1", True)
    assert found.hosts[1].variables["um_server_names"] == ["berlin", "paris"]
    (warning,) = found.warnings
    assert "cluster1 is managed by two servers, berlin and paris" in warning


def test_different_clusters_of_one_name_need_other_names():
    clusters = [cluster(1)], [cluster(2, name="cluster1")]
    with pytest.raises(BadInput, match=r"of server berlin with the key c1 and .* of server paris with the key c2"):
        of_two(first=clusters[0], second=clusters[1])
    options = OPTIONS._replace(cluster_names="name.server", svm_names="svm.cluster.server")
    found = of_two(options, *clusters, ([svm("svm1", 1)], [svm("svm1", 2)]))
    assert names(found) == [
        "cluster1.berlin",
        "svm1.cluster1.berlin",
        "cluster1.paris",
        "svm1.cluster1.paris",
    ]


def test_servers_are_hosts_on_request_whether_they_answer_or_not():
    found = of_two(OPTIONS._replace(hosts=["servers", "clusters"]), [cluster(1)], None)
    assert names(found) == ["berlin", "cluster1", "paris"]
    first, _cluster, second = found.hosts
    assert (first.groups, second.groups) == (["um_servers", "um_server_berlin"], ["um_servers", "um_server_paris"])
    assert [host.variables["um_reachable"] for host in (first, second)] == [True, False]
    assert first.variables["ansible_host"] == first.variables["um_server_hostname"] == "um1.example.com"


BERLIN = {"name": "berlin", "hostname": "b", "username": "u", "password": "p"}
SHARED = {"username": "shared", "password": "both"}


@pytest.mark.parametrize(
    ("entry", "shared", "environment", "expected"),
    [
        (BERLIN, {}, {}, ("b", 443, "u", "p")),
        ({"name": "berlin", "hostname": "b"}, SHARED, {}, ("b", 443, "shared", "both")),
        (
            {"name": "berlin"},
            SHARED,
            {"UM_BERLIN_HOSTNAME": "e", "UM_BERLIN_PORT": "8443"},
            ("e", 8443, "shared", "both"),
        ),
        (BERLIN, SHARED, {"UM_BERLIN_PASSWORD": "e"}, ("b", 443, "u", "p")),
        ({**BERLIN, "password": ""}, SHARED, {"UM_BERLIN_PASSWORD": "e"}, ("b", 443, "u", "e")),
        ({**BERLIN, "http_port": 1}, {"port": 2}, {"UM_BERLIN_PORT": "3"}, ("b", 1, "u", "p")),
        ({**BERLIN, "name": "berlin-1", "password": None}, {}, {"UM_BERLIN_1_PASSWORD": "e"}, ("b", 443, "u", "e")),
        ({"hostname": "um.example.com"}, SHARED, {}, ("um.example.com", 443, "shared", "both")),
    ],
)
def test_where_the_options_of_a_server_come_from(monkeypatch, entry, shared, environment, expected):
    for name in ("UM_HOSTNAME", "UM_PORT", "UM_USERNAME", "UM_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    (found,) = servers_of([entry], shared, environment)
    assert tuple(found.params[name] for name in ("hostname", "port", "username", "password")) == expected
    assert found.name == entry.get("name", "um.example.com")


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (["berlin"], "entry 1 is not a dictionary"),
        ([BERLIN, {"username": "u"}], "entry 2 has no name"),
        ([{**BERLIN, "user": "u"}], "entry 1 has the unknown option user"),
        ([BERLIN, BERLIN], "'berlin' and 'berlin' read the same environment variables, UM_BERLIN_"),
        ([{**BERLIN, "name": "a-b"}, {**BERLIN, "name": "a_b"}], "'a-b' and 'a_b' read the same"),
        ([{"name": "berlin", **SHARED}], "berlin has no hostname; set it there, or in UM_BERLIN_HOSTNAME"),
        (
            [{"name": "berlin", "hostname": "b"}],
            "berlin has no username and no password; set it there, or in UM_BERLIN_US",
        ),
        ([{**BERLIN, "port": "many"}], "many"),
        ([{**BERLIN, "port": 70000}], "70000"),
    ],
)
def test_an_entry_that_is_none_is_refused(monkeypatch, entries, says):
    monkeypatch.setenv("UM_HOSTNAME", "of-nobody")
    for name in ("UM_USERNAME", "UM_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BadInput) as caught:
        servers_of(entries, {}, {})
    assert says in caught.value.message
