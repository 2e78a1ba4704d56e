# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Collections of all resources, access endpoints, keys in paths, roles."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from tests.simulator import access, paths
from tests.simulator.errors import Refusal

from .um import UM, as_filter, results

COLLECTIONS = [
    paths.CLUSTERS,
    paths.NODES,
    paths.AGGREGATES,
    paths.SVMS,
    paths.VOLUMES,
    paths.DATACENTER_LUNS,
    paths.IGROUPS,
    paths.LICENSES,
    paths.ETHERNET_PORTS,
    paths.FC_PORTS,
    paths.IP_INTERFACES,
    paths.FC_INTERFACES,
    paths.CIFS_SHARES,
    paths.EXPORT_POLICIES,
    paths.QOS_POLICIES,
    paths.QTREES,
    paths.LUNS,
    paths.PERFORMANCE_SERVICE_LEVELS,
    paths.STORAGE_EFFICIENCY_POLICIES,
]
ENDPOINTS = paths.ACCESS_ENDPOINTS


@pytest.mark.parametrize("path", COLLECTIONS)
def test_every_record_can_be_followed_by_its_link(path):
    um = UM()
    page = um.get(path)
    assert page["num_records"] == page["total_records"] == len(page["records"]) > 0
    assert page["_links"] == {"self": {"href": f"/api{path}"}}
    for record in page["records"]:
        link = record["_links"]["self"]["href"].removeprefix("/api")
        assert um.get(link)["key"] == record["key"]
        assert um.get(f"{path}?key={as_filter(record['key'])}")["records"] == [record]
        assert um.get(f"{path}/{quote(record['key'], safe='')}")["key"] == record["key"]


def test_pages_are_linked():
    um, names = UM(), []
    path = f"{paths.IGROUPS}?order_by=svm.name,name desc&max_records=4&cluster.name=cluster1"
    while path:
        page = um.get(path)
        names += [(one["svm"]["name"], one["name"]) for one in page["records"]]
        path = page["_links"].get("next", {}).get("href", "").removeprefix("/api")
    assert len(names) == page["total_records"] == 12
    assert [svm for svm, dummy in names] == sorted(svm for svm, dummy in names)
    assert names[:3] == [("svm1", "ig_win01"), ("svm1", "ig_linux01"), ("svm1", "ig_esx01")]


def test_declared_filters_count_and_others_are_ignored_or_refused():
    um = UM()
    path = f"{paths.SVMS}?name=svm_shared&cluster=cluster2"
    assert um.get(path)["num_records"] == 2
    assert um.get(f"{paths.SVMS}?name=svm_shared&cluster.name=cluster2")["num_records"] == 1
    um.switches.set("unknown_parameters", "refuse")
    assert um.refused("GET", path) == (400, "cluster")


def test_filters_that_are_named_unlike_their_fields():
    um = UM()
    assert um.get(f"{paths.VOLUMES}?aggregate.name=aggr3")["records"][0]["name"] == "vol_projects"
    assert um.get(f"{paths.DATACENTER_LUNS}?volume.name=vol_lab")["num_records"] == 1
    assert um.get(f"{paths.PERFORMANCE_SERVICE_LEVELS}?latency.excepted=17")["records"][0]["name"] == "Value"
    assert um.get(f"{paths.LUNS}?query=ORA0")["num_records"] == 2


def test_paths_and_methods_that_do_not_exist():
    um = UM()
    assert um.ask("GET", "/no/such/thing")[0] == 404
    assert um.ask("DELETE", paths.CLUSTERS)[0] == 405
    assert um.ask("GET", f"{paths.CLUSTERS}/nothing")[1]["error"]["message"].endswith("entry doesn't exist")


def test_keys_in_paths_may_hold_quotes():
    um = UM()
    key = 'c:type=fcp_port,node_name="20:00",adapter=0a'
    um.world.table(paths.SVMS).put({"key": key, "name": "odd"})
    for spelling in (key, quote(key, safe=""), quote(key)):
        assert um.get(f"{paths.SVMS}/{spelling}")["name"] == "odd"


LDAP = {"servers": ["l1"], "base_dn": "dc=x", "bind_dn": "cn=x"}


@pytest.mark.parametrize(
    ("change", "target"),
    [
        ({"dns": {"servers": ["10.0.0.2"]}}, "dns.domains"),
        ({"dns": {"servers": ["10.0.0.2"] * 4, "domains": ["x"]}}, "dns.servers"),
        ({"nis": {"domain": "x"}}, "nis.servers"),
        ({"nis": {"domain": "x" * 65, "servers": ["s"]}}, "nis.domain"),
        ({"ldap": {**LDAP, "ad_domain": "x"}}, "ldap.ad_domain"),
        ({"ldap": {**LDAP, "servers": []}}, "ldap.servers or ldap.ad_domain"),
        ({"language": "en_us"}, "language"),
    ],
)
def test_an_svm_that_is_refused(change, target):
    um = UM()
    body = {"name": "new", "cluster": {"key": um.key(paths.CLUSTERS, "cluster1")}, **change}
    assert um.refused("POST", paths.SVMS, body) == (400, target)


def test_a_language_is_known_in_any_case():
    um = UM()
    key = um.key(paths.SVMS, "svm1")
    assert um.job("PATCH", f"{paths.SVMS}/{key}", {"language": "en.UTF-8"})["status"] == "normal"
    assert um.get(f"{paths.SVMS}/{key}")["language"] == "en.utf_8"


def endpoint(um, resource, key, **changes):
    wanted = {
        "data_protocols": ["iscsi"],
        "ip": {"address": "10.9.0.1", "netmask": "255.255.0.0"},
        resource: {"key": key},
    }
    return {**wanted, **changes}


@pytest.mark.parametrize(
    ("protocols", "addresses", "names", "keys"),
    [
        (["iscsi"], {"address": "10.9.0.1"}, ["e1"], ["accessEndpointKey"]),
        (["iscsi"], {"address": "10.9.0.1", "ha_address": "10.9.0.2"}, ["e1", "e1_Partner"], None),
        (["fcp"], None, ["e1", "e1_Partner"], None),
    ],
)
def test_endpoints_for_a_lun(protocols, addresses, names, keys):
    um = UM()
    lun = um.world.table(paths.LUNS).find("name", "/vol/vol_lab/lun_lab01")[0]
    wanted = endpoint(um, "lun", lun["key"], data_protocols=protocols, name="e1")
    if addresses is None:
        del wanted["ip"]
    else:
        wanted["ip"] = {**addresses, "netmask": "255.255.0.0"}
    job = um.job("POST", ENDPOINTS, wanted)
    assert job["status"] == "normal"
    assert list(results(job)) == (keys or ["accessEndpointKey", "accessEndpointHAKey"])
    found = um.get(f"{ENDPOINTS}?resource.key={lun['key']}")["records"]
    assert [one["name"] for one in found if one["name"].startswith("e1")] == names
    for key in results(job).values():
        assert ("wwpn" in um.get(f"{ENDPOINTS}/{key}")) is (addresses is None)
        assert um.job("DELETE", f"{ENDPOINTS}/{key}")["status"] == "normal"
        assert um.ask("GET", f"{ENDPOINTS}/{key}")[0] == 404


def test_an_endpoint_for_an_svm_and_its_change():
    um = UM()
    svm = um.key(paths.SVMS, "svm_nas")
    wanted = endpoint(um, "svm", svm, data_protocols=["nfs", "cifs"], vlan=16, mtu=9000, gateway="10.9.0.254")
    job = um.job("POST", ENDPOINTS, wanted)
    assert [task["type"] for task in job["task_reports"]] == [
        "provision_modify_broadcast_domain",
        "provision_lif_create",
    ]
    key = results(job)["accessEndpointKey"]
    made = um.get(f"{ENDPOINTS}/{key}")
    assert (made["vlan"], made["mtu"], made["gateways"]) == (16, 9000, ["10.9.0.254"])
    assert not {"gateway", "ha_address"} & {*made, *made["ip"]}
    um.job("PATCH", f"{ENDPOINTS}/{key}", {"ip": {"address": "10.9.0.7"}})
    assert um.get(f"{ENDPOINTS}/{key}")["ip"]["address"] == "10.9.0.7"
    assert (
        um.job("POST", ENDPOINTS, {**wanted, "ip": {"address": "10.9.0.7", "netmask": "255.0.0.0"}})["status"]
        == "error"
    )


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"data_protocols": []}, "data_protocols"),
        ({"data_protocols": ["nvme"]}, "data_protocols"),
        ({"data_protocols": ["nfs", "iscsi"]}, "data_protocols"),
        ({"ip": {"address": "10.9.0.1"}}, "ip.netmask"),
        ({"ip": {"address": "ten", "netmask": "255.0.0.0"}}, "ip.address"),
        ({"ip": {"address": "10.9.0.1", "netmask": "255.0.0.0", "ha_address": "10.9.0.2"}}, "ip.ha_address"),
        ({"mtu": 9000}, "mtu"),
        ({"svm": {"key": "no such"}}, "svm.key"),
        ({"svm": None}, "svm.key or fileshare.key or lun.key"),
    ],
)
def test_endpoints_that_are_refused(changes, target):
    um = UM()
    assert um.refused("POST", ENDPOINTS, endpoint(um, "svm", um.key(paths.SVMS, "svm1"), **changes)) == (400, target)


def test_endpoints_of_all_san_arrays_and_lists_without_a_resource_are_refused():
    um = UM()
    svm = um.key(paths.SVMS, "svm_asa", "cluster3")
    assert um.refused("POST", ENDPOINTS, endpoint(um, "svm", svm)) == (400, "svm.key")
    assert um.refused("GET", ENDPOINTS) == (400, "resource.key")
    assert um.get(f"{ENDPOINTS}?resource.key=no-such")["records"] == []


@pytest.mark.parametrize(
    ("name", "method", "path", "status"),
    [
        ("admin", "DELETE", "/security/users/x", None),
        ("umadmin", "POST", "/admin/backup", None),
        ("storage", "GET", "/admin/backup-settings", None),
        ("storage", "POST", "/storage-provider/luns", None),
        ("storage", "POST", "/admin/backup", 403),
        ("storage", "POST", "/storage-provider/performance-service-levels", 403),
        ("operator", "GET", "/storage-provider/luns", None),
        ("operator", "POST", "/storage-provider/luns", 403),
        ("operator", "POST", "/management-server/alerts", 403),
        ("operator", "PATCH", "/management-server/events/x", None),
        ("schema", "GET", "/storage-provider/luns", 401),
        ("nobody", "GET", "/storage-provider/luns", 401),
    ],
)
def test_roles(name, method, path, status):
    um = UM()
    password = um.world.passwords.get(name, "")
    header = "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
    if status is None:
        access.authorize(um.world, access.authenticate(um.world, header), method, path)
        return
    with pytest.raises(Refusal) as refusal:
        access.authorize(um.world, access.authenticate(um.world, header), method, path)
    assert (refusal.value.status, refusal.value.body()) == (status, None)


@pytest.mark.parametrize("header", [None, "", "Bearer x", "Basic ???", "Basic YWRtaW4=", "Basic YWRtaW46d3Jvbmc="])
def test_bad_credentials(header):
    with pytest.raises(Refusal) as refusal:
        access.authenticate(UM().world, header)
    assert refusal.value.status == 401
