# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles on ten objects in one call: one fails, the others are done; what is wrong with one stops all at once."""

from __future__ import annotations

import json

import pytest

from .conftest import included

pytestmark = pytest.mark.ansible_core

FIRE = "The array is on fire."
LUNS = "/storage-provider/luns"
ALL_LUNS = "/datacenter/storage/luns"
SECRET = "S3cret-p"
LUN = {
    "svm": "svm1",
    "size": "1GiB",
    "os_type": "linux",
    "performance_service_level": "Value",
    "igroup": "ig_list",
    "initiators": ["iqn.list"],
}
DOMAIN = {"domain": "ad.example.com", "domain_dns": "10.10.0.2", "domain_username": "u", "domain_password": SECRET}
SHARE = {"svm": "svm_nas", "size": "1GiB", "performance_service_level": "Value"}
CIFS = {"name": "list_cifs", "data_protocols": ["cifs"], "address": "10.20.77.1", "netmask": "24"}
NFS = {"data_protocols": ["nfs"], "netmask": "24"}


def names(count):
    return [{"name": f"list{number}"} for number in range(count)]


# role: its list, what it is of, the name of an entry, variables, ten entries, and where the Job of the first is started
TEN = {
    "provision_lun": (
        "luns",
        "LUNs",
        "name",
        LUN,
        [
            *names(8),
            {"name": "list8", "size": "2GiB", "igroup": "ig_other", "os_type": "windows_2008"},
            {"name": "list9", "svm": "svm_nosan", "address": "10.20.0.51", "netmask": "24"},
        ],
        LUNS,
    ),
    "provision_file_share": (
        "shares",
        "file shares",
        "name",
        SHARE,
        [
            *names(8),
            {"name": "list8", "size": "2GiB", "rules": [{"clients": ["10.0.0.0/8"]}]},
            {
                "name": "list9",
                "svm": "svm1",
                "acl": [{"user_or_group": "everyone", "permission": "read"}],
                "access_endpoints": [CIFS],
                **DOMAIN,
            },
        ],
        "/storage-provider/file-shares",
    ),
    "prepare_svm": (
        "svms",
        "SVMs",
        "name",
        {"cluster": "cluster1", "aggregates": ["aggr1"], **DOMAIN},
        [
            {**entry, "access_endpoints": [{**NFS, "name": f"{entry['name']}_nfs", "address": f"10.20.41.2{number}"}]}
            for number, entry in enumerate(names(9))
        ]
        + [{"name": "list9", "domain": "", "nfs": False, "nvme": True}],
        "/datacenter/svm/svms",
    ),
    "onboard_cluster": (
        "clusters",
        "clusters",
        "address",
        {"username": "admin", "password": SECRET},
        [
            *({"address": f"10.10.9.1{number}"} for number in range(9)),
            {"address": "10.10.9.19", "username": "um", "password": f"{SECRET}2"},
        ],
        None,
    ),
}


@pytest.fixture
def run_list(run_play, tmp_path):
    """Run a role and read its result: (role, variables, options) -> (result, message of its failure, output)."""

    def run(role, variables, *options):
        kept = tmp_path / "result.json"
        kept.unlink(missing_ok=True)
        told = f"{{{{ [{role}_result, reason | default('')] }}}}"
        write = {"kept": {"value": told, "path": str(kept)}, "no_log": True}
        block = {
            "block": [included(role, variables), write],
            "rescue": [{**write, "vars": {"reason": "{{ ansible_failed_result.msg }}"}}],
        }
        code, _changed, output = run_play({"tasks": [block]}, *options)
        assert code == 0, output
        return *json.loads(kept.read_text(encoding="utf-8")), output

    return run


def variables_of(role, start=0, end=None):
    """The variables with all of the ten, or some of them."""
    listed, _objects, _name, variables, entries, _path = TEN[role]
    return {**variables, listed: entries[start:end]}


def outcomes(result):
    return [one["outcome"] for one in result["results"]]


def fail_once(um, role, start):
    """Let the first entry fail in the next run: (variables of that run)."""
    variables = variables_of(role, start)
    listed, *_other, path = TEN[role]
    if path is None:
        um.set(discovery_seconds=0.2)
        return {**variables, listed: [{**variables[listed][0], "password": "wrong"}, *variables[listed][1:]]}
    um.outcome(method="POST", path=path, status="error", failures=[{"task": 0, "reason": FIRE}])
    return variables


# All ten by one role; the others have the same tasks for a list, so the last four are enough to see theirs in them.
@pytest.mark.parametrize("role", TEN)
def test_many_in_one_call_one_of_which_fails(um, run_list, role):
    count = 10 if role == "provision_lun" else 4
    _listed, objects, name, _variables, entries, path = TEN[role]
    given = [entry[name] for entry in entries[-count:]]
    result, reason, output = run_list(role, fail_once(um, role, -count), "-vvv")
    assert SECRET not in output
    assert [one[name] for one in result["results"]] == given, output
    assert outcomes(result) == ["failed", *["changed"] * (count - 1)], output
    assert [one["failed"] for one in result["results"]] == [True, *[False] * (count - 1)]
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "failed")
    assert reason.startswith(f"1 of {count} {objects} failed: {given[0]}. "), reason
    assert (FIRE if path else "The cluster refuses the user admin") in reason
    assert result["results"][0]["msg"] in reason
    assert [one["msg"] for one in result["results"][1:]] == [""] * (count - 1)
    assert result["jobs"] == [job for one in result["results"] for job in one["jobs"]]
    assert [one["jobs"] == [] for one in result["results"]] == [False] * count
    um.forget_requests()
    result, reason, output = run_list(role, variables_of(role, -count))
    assert (outcomes(result), reason) == (["changed", *["unchanged"] * (count - 1)], ""), output
    assert (result["failed"], result["changed"], result["outcome"]) == (False, True, "changed")
    assert len(um.writes()) == len(result["jobs"]) + (role == "prepare_svm"), um.writes()


@pytest.mark.parametrize("role", TEN)
def test_they_are_predicted_and_nothing_secret_is_printed(um, run_list, role):
    um.forbid_writes()
    result, reason, output = run_list(role, variables_of(role, 7), "--check", "-vvv")
    assert (outcomes(result), reason, um.writes()) == (["changed"] * 3, "", []), output
    assert (result["failed"], result["changed"], result["outcome"], result["jobs"]) == (False, True, "changed", [])
    assert SECRET not in output


# role and what is wrong: entries that replace the first ones, in parts; what is said
WRONG = {
    "provision_lun declared": [
        ({"sise": "10GiB"}, "provision_lun_luns.sise. Supported parameters include"),
        ({"os_type": "plan9"}, "got: plan9 found in provision_lun_luns"),
    ],
    "provision_lun rules": [
        ({"size": "10 bananas"}, "LUN 'list0': size: '10 bananas' is not a size; write it like 10GiB;"),
        ({"size": 10}, "LUN 'list1': size: '10' is not a size"),
        (
            {"igroup": "", "size": None},
            "LUN 'list2': missing required arguments: provision_lun_size, provision_lun_igroup;",
        ),
        ({"ha_address": "10.20.0.52"}, "LUN 'list3': provision_lun_ha_address needs"),
        ({"protocol": "fcp", "address": "10.1.1.1", "netmask": "24"}, "LUN 'list4': Interfaces for fcp have no"),
        ({"address": "10.1.1.1"}, "LUN 'list5': provision_lun_address needs provision_lun_netmask;"),
        ({"repair": True}, "LUN 'list6': provision_lun_repair needs provision_lun_address"),
        ({"name": "list9", "svm": "svm_nosan"}, "LUN 'list9': it is given more than once;"),
    ],
    "provision_lun policies": [
        ({"performance_service_level": "Gold"}, "Performance Service Level 'Gold' does not exist;"),
        ({"storage_efficiency_policy": "Most"}, "Storage Efficiency Policy 'Most' does not exist;"),
    ],
    "provision_file_share declared": [
        ({"rules": [{"client": ["10.20.0.0/16"]}]}, "missing required arguments: clients found in"),
        ({"domain_pasword": SECRET}, "provision_file_share_shares.domain_pasword"),
    ],
    "provision_file_share rules": [
        ({"size": "10 bananas"}, "File share 'list0': size: '10 bananas' is not a size; write it like 10GiB;"),
        ({"svm": ""}, "File share 'list1': missing required arguments: provision_file_share_svm;"),
        (
            {**DOMAIN, "domain_dns": ""},
            "File share 'list2': provision_file_share_domain needs provision_file_share_domain_dns",
        ),
        (
            {"access_endpoints": [{**CIFS, "address": "10.300.1.1"}]},
            "File share 'list3': Access endpoint list_cifs: give",
        ),
        ({"name": "list8"}, "File share 'list8': it is given more than once;"),
    ],
    "provision_file_share policies": [
        ({"performance_service_level": "Gold"}, "Performance Service Level 'Gold' does not exist;"),
        ({"storage_efficiency_policy": "Most"}, "Storage Efficiency Policy 'Most' does not exist;"),
    ],
    "prepare_svm declared": [
        ({"nfs": "sometimes"}, "'sometimes' is not a valid boolean"),
        (
            {"access_endpoints": [{**NFS, "name": "a", "adress": "10.1.1.1"}]},
            "prepare_svm_svms.access_endpoints.adress",
        ),
    ],
    "prepare_svm rules": [
        ({"aggregates": []}, "SVM 'list0': missing required arguments: prepare_svm_aggregates;"),
        ({"domain_username": ""}, "SVM 'list1': prepare_svm_domain needs prepare_svm_domain_dns"),
        ({"access_endpoints": [{**NFS, "name": "a", "address": ""}]}, "SVM 'list2': Access endpoint a: give it a name"),
        (
            {"access_endpoints": [{**NFS, "name": "b", "address": "1::", "mtu": 9000}]},
            "SVM 'list3': Access endpoint b: give",
        ),
        ({"name": "list9"}, "SVM 'list9': it is given more than once;"),
    ],
    "onboard_cluster declared": [
        ({"pasword": SECRET}, "onboard_cluster_clusters.pasword. Supported parameters include")
    ],
    "onboard_cluster rules": [
        ({"username": ""}, "Cluster '10.10.9.10': missing required arguments: onboard_cluster_username;"),
        ({"password": None}, "Cluster '10.10.9.11': missing required arguments: onboard_cluster_password;"),
        (
            {"address": "https://cluster2"},
            "Cluster 'https://cluster2': address: it is not a host name or an IP address;",
        ),
        (
            {"certificate_fingerprint": "AB:CD"},
            "Cluster '10.10.9.13': certificate_fingerprint: it is not an MD5 or SHA-1",
        ),
        ({"address": "10.10.9.15"}, "Cluster '10.10.9.15': it is given more than once;"),
    ],
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_some_keeps_all_from_being_changed(um, run_role, case):
    role = case.partition(" ")[0]
    listed, _objects, _name, variables, entries, _path = TEN[role]
    wrong = [{**entry, **parts} for entry, (parts, _says) in zip(entries, WRONG[case])]
    code, changed, output = run_role(role, {**variables, listed: wrong + entries[len(wrong) :]}, "-v")
    assert (code, changed, um.writes()) == (2, 0, []), output
    assert [says for _parts, says in WRONG[case] if says not in output] == [], output
    assert SECRET not in output


def test_the_parts_of_an_entry_come_before_the_variables(um, run_list):
    result, _reason, output = run_list("provision_lun", variables_of("provision_lun", 7))
    luns = [one["lun"] for one in result["results"]]
    groups = [lun["lun_maps"][0]["igroup"]["name"] for lun in luns]
    assert groups == ["ig_list", "ig_other", "ig_list"], output
    assert [lun["svm"]["name"] for lun in luns] == ["svm1", "svm1", "svm_nosan"]
    assert [lun["space"]["size"] >> 30 for lun in luns] == [1, 2, 1]
    shown = {one["name"]: one for one in um.control("GET", f"world?table={ALL_LUNS}")["records"]}
    assert [shown[lun["name"]]["os_type"] for lun in luns] == ["linux", "windows_2008", "linux"]


@pytest.mark.parametrize("role", ["provision_lun", "provision_file_share"])
def test_what_all_entries_share_is_looked_up_once(um, run_list, role):
    """Once for the check, and once by the task of each."""
    run_list(role, variables_of(role, 0, 3), "--check")
    levels = [path for _method, path in um.requests() if path.endswith("performance-service-levels")]
    assert len(levels) == 4


def test_an_interface_that_fails_says_why(um, run_list):
    um.outcome(method="POST", path="/storage-provider/access-endpoints", status="error", failures=[FIRE])
    result, reason, output = run_list("prepare_svm", variables_of("prepare_svm", 0, 2))
    assert outcomes(result) == ["failed", "changed"], output
    assert FIRE in result["results"][0]["msg"], output
    assert "One or more" not in reason
    assert result["results"][0]["changed"]
    assert [job["outcome"] for job in result["results"][0]["jobs"]] == ["success", "failed"]


def test_an_initiator_that_is_new_is_a_change(um, run_list):
    variables = variables_of("provision_lun", 0, 1)
    run_list("provision_lun", variables)
    result, _reason, output = run_list("provision_lun", {**variables, "initiators": ["iqn.another"]})
    (one,) = result["results"]
    assert (one["outcome"], one["changed"], one["jobs"]) == ("changed", True, []), output
