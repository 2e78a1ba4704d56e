# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles: in check mode without a write, for real, and again without a change."""

from __future__ import annotations

import pytest

from .conftest import NEW, included, lun

pytestmark = pytest.mark.ansible_core

RULES = [{"clients": ["10.0.0.0/8"], "ro_rule": ["sys"], "rw_rule": ["sys"]}]
DOMAIN = {"domain": "ad.example.com", "domain_dns": "10.10.0.2", "domain_username": "u", "domain_password": "S3cret-p"}
LUN = {
    "name": "role01",
    "svm": "svm1",
    "size": "1GiB",
    "os_type": "linux",
    "performance_service_level": "Value",
    "storage_efficiency_policy": "High",
    "igroup": "ig_role01",
    "initiators": ["iqn.role01"],
}
ADDRESSES = {"address": "10.20.0.51", "ha_address": "10.20.0.52", "netmask": "24"}
FCP = {"protocol": "fcp", "initiators": ["10:00:00:90:fa:53:e2:21"]}
ENDPOINTS = [
    {"name": "new_iscsi", "data_protocols": ["iscsi"], "address": "10.20.40.11", "netmask": "24"},
    {"name": "new_nfs", "data_protocols": ["nfs"], "address": "10.20.41.11", "netmask": "24"},
]
ENDPOINT = "/storage-provider/access-endpoints"
ACL = {"user_or_group": "everyone", "permission": "read"}
SHARE = {"size": "1GiB", "performance_service_level": "Value"}
CASES = {
    "onboard_cluster": {"address": "10.10.9.10", "username": "admin", "password": "S3cret-p"},
    "prepare_svm": {
        "name": "svm_role",
        "cluster": "cluster1",
        "aggregates": ["aggr1"],
        "access_endpoints": ENDPOINTS,
        **DOMAIN,
    },
    "prepare_svm for NVMe": {"name": "svm_n", "cluster": "cluster1", "aggregates": ["aggr1"], "nvme": True},
    "provision_lun": LUN,
    "provision_lun with a repair": {**LUN, "svm": "svm_nosan", **ADDRESSES},
    "provision_lun with a repair for FC": {**LUN, **FCP, "svm": "svm_nosan", "repair": True},
    "provision_file_share": {**SHARE, "name": "fs_role", "svm": "svm_nas", "rules": RULES},
    "provision_file_share with CIFS": {
        **SHARE,
        "name": "fs_role",
        "svm": "svm1",
        "acl": [ACL],
        "access_endpoints": [{"name": "c1", "data_protocols": ["cifs"], "address": "10.20.77.1", "netmask": "24"}],
        **DOMAIN,
    },
    "retire_workload": {"name": "role01", "svm": "svm1", "confirm": "role01"},
    "grow_workload": {"name": "lun_ora01", "svm": "svm1", "limit": "1TiB", "pause": 60},
    "retire_workload of a file share": {"name": "vol_home", "svm": "svm_nas", "confirm": "vol_home"},
}


def endpoints(um, start):
    """The protocols of all access endpoints whose names begin so."""
    records = um.control("GET", f"world?table={ENDPOINT}")["records"]
    return {one["name"]: one["data_protocols"] for one in records if one["name"].startswith(start)}


@pytest.mark.parametrize("case", CASES)
def test_a_role_is_predicted_works_and_is_done(um, play, run_role, case):
    um.set(discovery_seconds=0.2)
    role, variables = case.partition(" ")[0], CASES[case]
    if case == "retire_workload":
        play(lun(name="role01", **NEW, lun_maps=[{"igroup": "ig_linux01"}]))
    if role == "grow_workload":
        fill(um, "lun_ora01", 95)
    um.forget_requests()
    um.forbid_writes()
    code, changed, output = run_role(role, variables, "--check")
    assert (code, um.writes()) == (0, []), output
    assert changed, output
    um.forbid_writes(False)
    code, changed, output = run_role(role, variables)
    assert code == 0, output
    assert changed, output
    assert "S3cret" not in output
    um.forget_requests()
    code, changed, output = run_role(role, variables)
    assert (code, changed, um.writes()) == (0, 0, []), output


GIB = 1024**3
VOLUMES, ALL_LUNS = "/datacenter/storage/volumes", "/datacenter/storage/luns"


def fill(um, name, percent):
    """Let so many percent of a LUN or of a volume be used."""
    for table in (VOLUMES, ALL_LUNS):
        for one in um.control("GET", f"world?table={table}")["records"]:
            if one["name"].rpartition("/")[2] == name:
                space = {**one["space"], "used": one["space"]["size"] * percent // 100}
                fields = {"action": "merge", "table": table, "key": one["key"], "fields": {"space": space}}
                um.control("POST", "world", fields)


def sizes(um, name):
    records = [one for table in (VOLUMES, ALL_LUNS) for one in um.control("GET", f"world?table={table}")["records"]]
    return {one["space"]["size"] / GIB for one in records if one["name"].rpartition("/")[2] == name}


GROW = {"limit": "2TiB", "pause": 0}
# case: workload, SVM, percent used, variables, what it is afterwards in GiB, what is said
NEARLY_FULL = {
    "a file share": ("vol_home", "svm_nas", 90, GROW, 960, ""),
    "a LUN by another percentage": ("lun_ora01", "svm1", 90, {**GROW, "percent": 50}, 150, ""),
    "up to the limit": ("vol_home", "svm_nas", 90, {**GROW, "limit": "900GiB"}, 900, ""),
    "a limit that is reached": (
        "vol_home",
        "svm_nas",
        90,
        {**GROW, "limit": "800GiB"},
        800,
        "has reached the limit of 800GiB",
    ),
    "one that is not full": ("vol_home", "svm_nas", 79, GROW, 800, "only 79 percent of it are used"),
    "another threshold": ("vol_home", "svm_nas", 79, {**GROW, "threshold": 70}, 960, ""),
    "one that is not there": ("vol_none", "svm_nas", 90, GROW, None, "0 LUNs and 0 file shares are called 'vol_none'"),
}


@pytest.mark.parametrize("case", NEARLY_FULL)
def test_a_workload_grows_if_it_must_and_may(um, run_role, case):
    name, svm, used, variables, size, says = NEARLY_FULL[case]
    fill(um, name, used)
    code, changed, output = run_role("grow_workload", {"name": name, "svm": svm, **variables})
    assert (code == 2) == ("limit of" in says or "are called" in says), output
    assert says in " ".join(output.split()), output
    assert sizes(um, name) == ({size} if size else set()), output
    assert bool(changed) == (not says), output


def test_one_event_grows_it_once_and_is_acknowledged(um, run_role):
    """Even where Unified Manager goes on to say that it is full."""
    fill(um, "vol_home", 99)
    (event,) = um.control("POST", "events", {"resource": "vol_home"})["events"]
    variables = {"name": "vol_home", "svm": "svm_nas", **GROW, "percent": 10, "event": event["key"]}
    for size in (880, 880):
        code, _changed, output = run_role("grow_workload", variables)
        assert (code, sizes(um, "vol_home")) == (0, {size}), output
        fill(um, "vol_home", 99)
    assert "does not grow: the event is acknowledged" in output


def test_a_loop_does_not_grow_it_without_end(um, play, run_role):
    fill(um, "vol_home", 99)
    variables = {"name": "vol_home", "svm": "svm_nas", **GROW, "pause": 900}
    for said in ("", "vol_home does not grow: it was changed within the last 900"):
        code, _changed, output = run_role("grow_workload", variables)
        assert (code, sizes(um, "vol_home"), said in output) == (0, {960}, True), output
        fill(um, "vol_home", 99)
    um.set(job_seconds=600)
    play({"aiqum.unified_manager.file_share": {"name": "vol_home", "svm": "svm_nas", "size": "1000GiB", "wait": False}})
    um.forget_requests()
    code, changed, output = run_role("grow_workload", {**variables, "pause": 0})
    assert (code, changed, um.writes()) == (0, 0, []), output
    assert "vol_home does not grow: a Job of it still runs" in output


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_the_pause_holds_in_every_time_zone(um, run_play, zone):
    fill(um, "vol_home", 99)
    variables = {"name": "vol_home", "svm": "svm_nas", **GROW, "pause": 900}
    for said in ("", "vol_home does not grow: it was changed within the last 900"):
        code, _changed, output = run_play({"tasks": [included("grow_workload", variables)]}, TZ=zone)
        assert (code, sizes(um, "vol_home"), said in output) == (0, {960}, True), output
        fill(um, "vol_home", 99)


def test_ten_grow_in_one_call(um, play, run_role):
    workloads = [{"name": f"grow{number}"} for number in range(9)]
    play(*(lun(name=one["name"], **NEW) for one in workloads))
    workloads.append({"name": "vol_home", "svm": "svm_nas", "percent": 50})
    for one in workloads:
        fill(um, one["name"], 95)
    variables = {"svm": "svm1", **GROW, "workloads": workloads}
    code, changed, output = run_role("grow_workload", variables)
    assert (code, changed) == (0, 10), output
    assert [sizes(um, one["name"]) for one in workloads] == [{12}] * 9 + [{1200}]


def without(variables, *names):
    return {name: value for name, value in variables.items() if name not in names}


def prepared(**endpoint):
    """The variables of prepare_svm with another first access endpoint; None leaves a part of it out."""
    first = {name: value for name, value in {**ENDPOINTS[0], **endpoint}.items() if value is not None}
    return {**CASES["prepare_svm"], "access_endpoints": [first, ENDPOINTS[1]]}


def shared(**endpoint):
    """The same for provision_file_share."""
    case = CASES["provision_file_share with CIFS"]
    first = {name: value for name, value in {**case["access_endpoints"][0], **endpoint}.items() if value is not None}
    return {**case, "access_endpoints": [first]}


@pytest.mark.parametrize(
    ("role", "variables", "words"),
    [
        ("retire_workload", {"name": "lun_ora01", "svm": "svm1", "confirm": "lun_ora02"}, "nothing was changed"),
        ("retire_workload", {"name": "lun_ora01", "svm": "svm1"}, "nothing was changed"),
        ("retire_workload", {"confirm": ""}, "Name each workload and its SVM"),
        ("grow_workload", {"name": "lun_ora01", "svm": "svm1", "limit": "2000"}, "such as 2TiB (not '2000')"),
        ("grow_workload", {"name": "lun_ora01", "limit": "2TiB", "percent": 0}, "a grow_workload_percent over 0"),
        (
            "retire_workload",
            {"svm": "svm1", "workloads": [{"name": "a", "confirm": "b"}]},
            "is not a; nothing was changed",
        ),
        ("provision_lun", {**LUN, "performance_service_level": "Gold"}, "Performance Service Level 'Gold' does"),
        (
            "provision_lun",
            {**LUN, "storage_efficiency_policy": "Most"},
            "Storage Efficiency Policy 'Most' does not exist",
        ),
        ("provision_lun", {**LUN, "os_type": "windows_2012"}, "os_type"),
        ("provision_lun", without(LUN, "size"), "provision_lun_size"),
        ("provision_lun", {**LUN, "protocol": "nvme"}, "provision_lun_protocol"),
        ("provision_lun", {**LUN, "repair": True}, "provision_lun_repair needs provision_lun_address"),
        ("provision_lun", {**LUN, **ADDRESSES, **FCP}, "Interfaces for fcp have no addresses"),
        ("provision_lun", {**LUN, **without(ADDRESSES, "netmask")}, "provision_lun_netmask"),
        ("provision_lun", {**LUN, **without(ADDRESSES, "address")}, "provision_lun_ha_address"),
        ("prepare_svm", without(prepared(), "domain_dns"), "prepare_svm_domain needs"),
        ("prepare_svm", without(prepared(), "domain_username"), "prepare_svm_domain needs"),
        ("prepare_svm", {**prepared(), "domain_password": ""}, "prepare_svm_domain needs"),
        ("prepare_svm", prepared(name=None), "missing required arguments: name"),
        ("prepare_svm", prepared(name=""), "give it a name"),
        ("prepare_svm", prepared(data_protocols=None), "missing required arguments: data_protocols"),
        ("prepare_svm", prepared(data_protocols=["iscsy"]), "iscsy"),
        ("prepare_svm", prepared(adress="10.20.40.12"), "prepare_svm_access_endpoints.adress"),
        ("prepare_svm", prepared(address=None), "give it a name, data_protocols"),
        ("prepare_svm", prepared(netmask=""), "give it a name, data_protocols"),
        ("prepare_svm", prepared(vlan="ten"), "vlan and mtu are numbers"),
        ("prepare_svm", prepared(mtu=9000), "mtu goes with vlan"),
        ("provision_file_share", without(shared(), "domain_dns"), "provision_file_share_domain needs"),
        ("provision_file_share", {**shared(), "domain_username": ""}, "provision_file_share_domain needs"),
        ("provision_file_share", without(shared(), "domain_password"), "provision_file_share_domain needs"),
        ("provision_file_share", shared(name=None), "missing required arguments: name"),
        ("provision_file_share", shared(name=""), "give it a name"),
        ("provision_file_share", shared(data_protocols=None), "missing required arguments: data_protocols"),
        ("provision_file_share", shared(data_protocols=["iscsi"]), "iscsi"),
        ("provision_file_share", shared(adress="10.20.40.12"), "provision_file_share_access_endpoints.adress"),
        ("provision_file_share", shared(netmask=None), "missing required arguments: netmask"),
        ("provision_file_share", shared(address=""), "give it a name, data_protocols"),
        ("provision_file_share", shared(vlan=7, mtu="large"), "vlan and mtu are numbers"),
        ("provision_file_share", {**shared(), "rules": [{"client": ["10.20.0.0/16"]}]}, "missing required arguments"),
        ("provision_file_share", {**shared(), "acl": [{**ACL, "permission": "rw"}]}, "permission must be one of"),
    ],
)
def test_a_guard_stops_it_before_anything_is_sent(um, run_role, role, variables, words):
    code, changed, output = run_role(role, variables)
    assert (code, changed, um.writes()) == (2, 0, []), output
    assert words in output


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"svm": "svm9"}, "SVM 'svm9' does not exist, so it is unknown whether workload 'gone' is gone"),
        ({"svm": "svm1"}, "SVM svm1 has no workload gone."),
        ({"svm": "svm1", "type": "file_share"}, "SVM svm1 has no workload gone."),
    ],
)
def test_what_is_not_there_is_retired_if_its_svm_is_there(um, run_role, variables, says):
    code, changed, output = run_role("retire_workload", {"name": "gone", "confirm": "gone", **variables})
    assert (code == 0, changed, um.writes()) == ("svm9" not in says, 0, []), output
    assert says in " ".join(output.split()), output


def test_a_lun_and_a_file_share_of_one_name_must_be_told_apart(um, play, run_role):
    share = {"name": "twin", "svm": "svm1", "size": "10GiB", "performance_service_level": "Value"}
    play(lun(name="twin", **NEW), {"aiqum.unified_manager.file_share": share})
    um.forget_requests()
    desired = {"name": "twin", "svm": "svm1", "confirm": "twin"}
    code, changed, output = run_role("retire_workload", desired)
    assert (code, changed, um.writes()) == (2, 0, []), output
    assert "has a LUN and a file share 'twin'; say which with retire_workload_type" in " ".join(output.split())
    code, _changed, output = run_role("retire_workload", {**desired, "type": "lun"})
    assert (code, um.writes()[-1][0], um.writes()[-1][1].split("/")[2]) == (0, "DELETE", "luns"), output


def test_several_are_retired_although_one_fails(um, run_play):
    um.outcome(path="/storage-provider/luns", method="DELETE", status="error", failures=[FIRE])
    names = ["lun_ora01", "lun_ora02", "vol_home"]
    workloads = [{"name": name, "confirm": name} for name in names]
    workloads[2]["svm"] = "svm_nas"
    block = {
        "block": [included("retire_workload", {"svm": "svm1", "workloads": workloads})],
        "rescue": [
            {
                "ansible.builtin.assert": {
                    "that": [
                        "retire_workload_result.results | map(attribute='outcome') == ['failed', 'changed', 'changed']",
                        "retire_workload_result.changed",
                        "retire_workload_result.outcome == 'failed'",
                        "retire_workload_result.jobs | length > 3",
                        "ansible_failed_result.msg is search('1 of 3 workloads were not retired. .*on fire')",
                    ],
                    "fail_msg": "{{ retire_workload_result }} {{ ansible_failed_result.msg }}",
                }
            }
        ],
    }
    code, _changed, output = run_play({"tasks": [block]})
    assert code == 0, output


@pytest.mark.parametrize(
    ("os_type", "of_hosts"), [("windows_2008", "windows"), ("windows_gpt", "windows"), ("solaris_efi", "solaris")]
)
def test_an_os_type_that_only_luns_have(um, run_role, os_type, of_hosts):
    for changes in (True, False):
        code, changed, output = run_role("provision_lun", {**LUN, "os_type": os_type})
        assert (code, bool(changed)) == (0, changes), output
    groups = um.control("GET", "world?table=/datacenter/protocols/san/igroups")["records"]
    assert [one["os_type"] for one in groups if one["name"] == "ig_role01"] == [of_hosts]


@pytest.mark.parametrize(("role", "variables"), [("prepare_svm", prepared), ("provision_file_share", shared)])
def test_every_part_of_an_access_endpoint_arrives(um, run_role, role, variables):
    full = variables(name="full", gateway="10.20.40.1", vlan=7, mtu=9000)
    bare = variables(name="bare", address="10.20.40.13", gateway="", vlan="", mtu="")
    endpoints = [full["access_endpoints"][0], bare["access_endpoints"][0]]
    code, _changed, output = run_role(role, {**full, "access_endpoints": endpoints})
    assert code == 0, output
    records = {one["name"]: one for one in um.control("GET", f"world?table={ENDPOINT}")["records"]}
    shown = [[records[name][part] for part in ("gateways", "vlan", "mtu")] for name in ("full", "bare")]
    assert shown == [[["10.20.40.1"], 7, 9000], [[], None, 1500]]


# case: role, variables, what check mode says, what it does not say
PREDICTED = {
    "an SVM that is new": (
        "prepare_svm",
        CASES["prepare_svm"],
        "svm_role does not exist yet",
        "changed: [localhost] => (item",
    ),
    "an SVM that is changed": (
        "prepare_svm",
        {**CASES["prepare_svm"], "name": "svm1", "aggregates": ["aggr1"], "fcp": True},
        "changed: [localhost] => (item=new_iscsi)",
        "does not exist yet",
    ),
    "a cluster": ("onboard_cluster", CASES["onboard_cluster"], "does not look at its certificate", "status unknown"),
    "a cluster that is there": (
        "onboard_cluster",
        {**CASES["onboard_cluster"], "address": "10.10.0.10"},
        "10.10.0.10 is cluster1",
        "does not look at its certificate",
    ),
    "an initiator group that is new": ("provision_lun", LUN, "ig_role01 does not exist yet", "lun_maps"),
    "an initiator group that is changed": (
        "provision_lun",
        {**LUN, "igroup": "ig_linux01"},
        "ig_linux01",
        "does not exist yet",
    ),
    "a domain that is new": (
        "provision_file_share",
        CASES["provision_file_share with CIFS"],
        "svm1 is not mapped to ad.example.com yet",
        "export_policy",
    ),
    "no domain": ("provision_file_share", CASES["provision_file_share"], "changed=1", "not mapped"),
}


@pytest.mark.parametrize("case", PREDICTED)
def test_check_mode_goes_as_far_as_it_can_and_says_where_it_stops(um, run_role, case):
    role, variables, said, not_said = PREDICTED[case]
    code, _changed, output = run_role(role, variables, "--check", "--diff")
    assert (code, um.writes()) == (0, []), output
    assert said in output, output
    assert not_said not in output, output


@pytest.mark.parametrize(("nvme", "enabled"), [({"nvme": True}, True), ({"nvme": False}, False), ({}, False)])
def test_an_svm_serves_nvme_if_asked_to(um, run_role, nvme, enabled):
    code, _changed, output = run_role("prepare_svm", {**without(CASES["prepare_svm for NVMe"], "nvme"), **nvme})
    assert code == 0, output
    records = um.control("GET", "world?table=/datacenter/svm/svms")["records"]
    assert [one["nvme"]["enabled"] for one in records if one["name"] == "svm_n"] == [enabled]


@pytest.mark.parametrize("role", ["prepare_svm", "provision_lun", "provision_file_share", "retire_workload"])
def test_a_role_waits_as_long_as_it_is_told(um, play, run_role, role):
    if role == "retire_workload":
        play(lun(name="role01", **NEW))
    um.set(job_seconds=60)
    code, _changed, output = run_role(role, {**CASES[role], "wait_timeout": 1})
    assert code == 2, output
    assert "To go on waiting" in output


def test_the_certificate_of_a_cluster_is_shown(um, run_role):
    um.set(discovery_seconds=0.2, datasource_certificate="needed")
    code, _changed, output = run_role("onboard_cluster", CASES["onboard_cluster"])
    assert code == 0, output
    assert '"issued_to": "10.10.9.10"' in output
    assert '"sha1":' in output


def ends(method, path="/storage-provider/luns", **outcome):
    """How the next Job of a LUN, or of what else has this path, ends."""
    return lambda um: um.outcome(path=path, method=method, **outcome)


FIRE = "The array is on fire."
FAILED = ends("PATCH", status="error", failures=[FIRE])
IN_PART = ends("PATCH", status="partial_failures", failures=[FIRE])
NOT_CREATED = ends("POST", status="error", failures=[{"task": 0, "reason": FIRE}])
NOT_MAPPED = ends("POST", status="partial_failures", failures=[{"task": "provision_lun_map", "reason": FIRE}])
NO_INTERFACE = ends("POST", ENDPOINT, status="error", failures=[{"task": 0, "reason": FIRE}])
NO_LIF = "have no LIFs configured with the iSCSI or FCP"
GROWN = {**ADDRESSES, "size": "2GiB"}
BETTER = {**ADDRESSES, "performance_service_level": "Performance"}
# case: SVM, size of the LUN that is there before, what is special, variables,
# and what is told if nothing is repaired, or the protocol by which it is
REPAIRS = {
    "a LUN that would shrink": ("svm_nosan", "4GiB", None, ADDRESSES, "cannot shrink a LUN"),
    "a size whose Job fails": ("svm_nosan", "1GiB", FAILED, GROWN, FIRE),
    "a size whose Job ends in part": ("svm_nosan", "1GiB", IN_PART, GROWN, FIRE),
    "a level whose Job fails": ("svm_nosan", "1GiB", FAILED, BETTER, FIRE),
    "a LUN that is not created": ("svm_nosan", None, NOT_CREATED, ADDRESSES, FIRE),
    "a map that fails beside an interface": ("svm1", "1GiB", FAILED, ADDRESSES, FIRE),
    "the map of a new LUN that fails beside an interface": ("svm1", None, NOT_MAPPED, ADDRESSES, FIRE),
    "no addresses": ("svm_nosan", None, None, {}, NO_LIF),
    "a new LUN": ("svm_nosan", None, None, ADDRESSES, "iscsi"),
    "a new LUN whose Job fails": ("svm_nosan", None, lambda um: um.set(lifless_mapping="error"), ADDRESSES, "iscsi"),
    "a LUN that is there": ("svm_nosan", "1GiB", None, ADDRESSES, "iscsi"),
    "a LUN that is there, whose Job fails": (
        "svm_nosan",
        "1GiB",
        lambda um: um.set(lifless_mapping="error"),
        ADDRESSES,
        "iscsi",
    ),
    "a LUN that grows first": ("svm_nosan", "1GiB", None, GROWN, "iscsi"),
    "addresses that are not to be used": ("svm_nosan", None, None, {**ADDRESSES, "repair": False}, NO_LIF),
    "addresses for a group of either protocol": ("svm_nosan", None, None, {**ADDRESSES, "protocol": "mixed"}, "iscsi"),
    "fcp without consent": ("svm_nosan", None, None, FCP, NO_LIF),
    "fcp": ("svm_nosan", None, None, {**FCP, "repair": True}, "fcp"),
    "fcp beside an interface": ("svm1", None, NOT_MAPPED, {**FCP, "repair": True}, FIRE),
}


@pytest.mark.parametrize("case", REPAIRS)
def test_only_a_map_that_lacks_an_interface_is_repaired(um, play, run_role, case):
    svm, size, special, variables, told = REPAIRS[case]
    if size:
        play(lun(name="role01", **{**NEW, "svm": svm, "size": size, "storage_efficiency_policy": "High"}))
    if special:
        special(um)
    um.forget_requests()
    code, _changed, output = run_role("provision_lun", {**LUN, "svm": svm, **variables})
    made = um.writes().count(("POST", ENDPOINT))
    if told in ("iscsi", "fcp"):
        assert (code, made) == (0, 1), output
        assert endpoints(um, "role01_") == {f"role01_{told}": [told], f"role01_{told}_Partner": [told]}
    else:
        assert (code, made) == (2, 0), output
        assert told in output


NEW_LUN = {**LUN, "svm": "svm_nosan"}
# case: what is there, what is special, variables, and the outcome, changed, number of Jobs and LUN that a rescue sees
RESCUES = {
    "options that are refused": ("4GiB", None, NEW_LUN, ["failed", False, 0, True]),
    "a size whose Job fails": ("1GiB", FAILED, {**NEW_LUN, "size": "2GiB"}, ["failed", False, 1, True]),
    "a map that is not repaired": (None, None, NEW_LUN, ["partial", True, 1, True]),
    "a map that fails again": (None, FAILED, {**NEW_LUN, **ADDRESSES}, ["failed", True, 3, True]),
    "interfaces that fail": (None, NO_INTERFACE, {**NEW_LUN, **ADDRESSES}, ["partial", True, 2, True]),
    "a level that is not there": (
        None,
        None,
        {**NEW_LUN, "performance_service_level": "Gold"},
        ["failed", False, 0, False],
    ),
}


@pytest.mark.parametrize("case", RESCUES)
def test_a_rescue_sees_what_became_of_the_lun(um, play, run_play, case):
    size, special, variables, seen = RESCUES[case]
    if size:
        play(lun(name="role01", **{**NEW, "svm": "svm_nosan", "size": size, "storage_efficiency_policy": "High"}))
    if special:
        special(um)
    found = (
        "{{ [provision_lun_result.outcome, provision_lun_result is changed, provision_lun_result.jobs | length,"
        " provision_lun_result.lun.name is defined] }}"
    )
    block = {
        "block": [included("provision_lun", variables)],
        "rescue": [
            {
                "ansible.builtin.assert": {
                    "that": [
                        "provision_lun_result is failed",
                        "found == seen",
                        "ansible_failed_result is changed or provision_lun_result is not changed or repaired",
                    ],
                    "fail_msg": "seen: {{ found }}",
                },
                "vars": {"found": found, "seen": seen, "repaired": "address" in variables},
            }
        ],
    }
    other = included("provision_lun", {**LUN, "name": "other"})
    code, _changed, output = run_play({"tasks": [other, block]})
    assert code == 0, output


def test_after_a_repair_the_result_has_all_jobs(um, run_play):
    desired = included("provision_lun", {**NEW_LUN, **ADDRESSES})
    held = {
        "ansible.builtin.assert": {
            "that": [
                "provision_lun_result.outcome == 'changed'",
                "provision_lun_result is changed and provision_lun_result is not failed",
                "provision_lun_result.jobs | map(attribute='outcome') == ['partial', 'success', 'success']",
                "provision_lun_result.lun.lun_maps | length == 1",
            ]
        }
    }
    code, _changed, output = run_play({"tasks": [desired, held]})
    assert code == 0, output


def test_roles_run_twice_in_a_play_by_its_module_defaults(um, environment, run_play):
    connection = {name[3:].lower(): value for name, value in environment.items() if name in um.environment}
    tasks = [
        included(role, {**CASES[role], "name": name})
        for role in ("provision_lun", "provision_file_share")
        for name in ("first", "second")
    ]
    defaults = {"group/aiqum.unified_manager.um": connection}
    for expected in (True, False):
        code, changed, output = run_play(
            {"module_defaults": defaults, "tasks": tasks}, **dict.fromkeys(um.environment, "")
        )
        assert (code, bool(changed)) == (0, expected), output
