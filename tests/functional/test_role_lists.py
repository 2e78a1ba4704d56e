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
# role: its list, what it is of, the name of an entry, variables, ten entries, and where the Job of the first is started
TEN = {
    "provision_lun": (
        "luns",
        "LUNs",
        "name",
        LUN,
        [{"name": f"list{number}"} for number in range(8)]
        + [
            {"name": "list8", "size": "2GiB", "igroup": "ig_other", "os_type": "windows_2008"},
            {"name": "list9", "svm": "svm_nosan", "address": "10.20.0.51", "netmask": "24"},
        ],
        LUNS,
    ),
}


@pytest.fixture
def run_list(run_play, tmp_path):
    """Run a role and read its result: (role, variables, options) -> (result, message of its failure, output)."""

    def run(role, variables, *options):
        kept = tmp_path / "result.json"
        kept.unlink(missing_ok=True)
        told = f"{{{{ [{role}_result, reason | default('')] }}}}"
        copy = {"content": told, "dest": str(kept), "mode": "0600"}
        write = {"ansible.builtin.copy": copy, "check_mode": False, "changed_when": False, "no_log": True}
        block = {
            "block": [included(role, variables), write],
            "rescue": [{**write, "vars": {"reason": "{{ ansible_failed_result.msg }}"}}],
        }
        code, _changed, output = run_play({"tasks": [block]}, *options)
        assert code == 0, output
        return *json.loads(kept.read_text(encoding="utf-8")), output

    return run


def variables_of(role):
    listed, _objects, _name, variables, entries, _path = TEN[role]
    return {**variables, listed: entries}


def outcomes(result):
    return [one["outcome"] for one in result["results"]]


@pytest.mark.parametrize("role", TEN)
def test_ten_in_one_call_one_of_which_fails(um, run_list, role):
    _listed, objects, name, _variables, entries, path = TEN[role]
    names = [entry[name] for entry in entries]
    um.outcome(method="POST", path=path, status="error", failures=[{"task": 0, "reason": FIRE}])
    result, reason, output = run_list(role, variables_of(role))
    assert [one[name] for one in result["results"]] == names, output
    assert outcomes(result) == ["failed", *["changed"] * 9], output
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "failed")
    assert reason.startswith(f"1 of 10 {objects} failed: {names[0]}. "), reason
    assert FIRE in reason
    assert result["results"][0]["msg"] in reason
    assert result["jobs"] == [job for one in result["results"] for job in one["jobs"]]
    assert len(result["jobs"]) >= 10
    result, reason, output = run_list(role, variables_of(role))
    assert (outcomes(result), reason) == (["changed", *["unchanged"] * 9], ""), output
    um.forget_requests()
    result, reason, output = run_list(role, variables_of(role))
    assert (outcomes(result), reason, um.writes()) == (["unchanged"] * 10, "", []), output
    assert (result["failed"], result["changed"], result["outcome"], result["jobs"]) == (False, False, "unchanged", [])


@pytest.mark.parametrize("role", TEN)
def test_ten_are_predicted_and_nothing_secret_is_printed(um, run_list, role):
    um.forbid_writes()
    result, reason, output = run_list(role, variables_of(role), "--check", "-vvv")
    assert (outcomes(result), reason, um.writes()) == (["changed"] * 10, "", []), output
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
    result, _reason, output = run_list("provision_lun", variables_of("provision_lun"))
    shown = {one["name"]: one for one in um.control("GET", f"world?table={ALL_LUNS}")["records"]}
    assert [one["lun"]["lun_maps"][0]["igroup"]["name"] for one in result["results"]] == [
        *["ig_list"] * 8,
        "ig_other",
        "ig_list",
    ], output
    assert [one["lun"]["svm"]["name"] for one in result["results"]] == [*["svm1"] * 9, "svm_nosan"]
    eighth = shown[result["results"][8]["lun"]["name"]]
    assert (eighth["os_type"], eighth["space"]["size"]) == ("windows_2008", 2 << 30)


def test_each_level_is_looked_up_once(um, run_list):
    run_list("provision_lun", variables_of("provision_lun"), "--check")
    levels = [path for _method, path in um.requests() if path.endswith("performance-service-levels")]
    assert len(levels) == 11
