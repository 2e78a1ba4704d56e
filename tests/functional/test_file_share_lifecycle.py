# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file share from nothing to nothing, for NFS, CIFS and both."""

from __future__ import annotations

import pytest

from .lifecycle import take_step

NEW = {"svm": "svm_nas", "size": "10GiB", "performance_service_level": "Value"}
RULES = {"export_policy": {"rules": [{"clients": ["10.0.0.0/8"], "ro_rule": ["sys"], "rw_rule": ["sys"]}]}}
ACL = {"acl": [{"user_or_group": "EXAMPLE\\engineers", "permission": "change"}]}
OTHER_ACL = {"acl": [{"user_or_group": "everyone", "permission": "read"}]}
STEPS = {
    "create": ({"state": "absent"}, {**NEW, **RULES, **ACL, "storage_efficiency_policy": "High"}, 1),
    "create for data protection": ({"state": "absent"}, {**NEW, "type": "dp", "mountpoint": "/dp1"}, 1),
    "grow and reassign": (NEW, {"size": "10.5GiB", "performance_service_level": "Unassigned"}, 2),
    "open and share": (NEW, {**RULES, **ACL}, 2),
    "take the policy away": ({**NEW, **RULES}, {"export_policy": {}}, 1),
    "another policy, another ACL": ({**NEW, **ACL}, {"export_policy": {"name": "default"}, **OTHER_ACL}, 2),
    "take offline": (NEW, {"operational_state": "offline"}, 1),
    "delete": (NEW, {"state": "absent"}, 1),
}


def share(**options):
    return {"aiqum.unified_manager.file_share": {"name": "fs1", "svm": "svm_nas", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    before, desired, writes = STEPS[step]
    take_step(um, play, [share(**before)], share(**desired), writes)


def mapping(**options):
    account = {"domain_username": "joiner", "domain_password": "S3cret-joiner"}
    desired = {"svm": "svm1", "domain": "ad.example.com", "dns": "10.10.0.2", **account, **options}
    return {"aiqum.unified_manager.active_directory_mapping": desired}


def endpoint(svm):
    lif = {"name": "cifs1", "data_protocols": ["cifs"], "address": "10.20.77.1", "netmask": "24"}
    return {"aiqum.unified_manager.access_endpoint": {"svm": svm, **lif}}


def test_a_cifs_server_is_made_where_a_mapping_says_how(um, play):
    desired = {**NEW, "svm": "svm1", **ACL}
    info = {"aiqum.unified_manager.active_directory_mapping_info": {"svm": "svm1"}}
    check, real, again = take_step(um, play, [], mapping())
    assert "S3cret" not in str((check, real, again))
    without, found, made, changed, gone = play(
        share(**{**desired, "name": "fs0"}),
        info,
        endpoint("svm1"),
        mapping(domain="other.example.com"),
        mapping(state="absent"),
    ).results
    assert (without["outcome"], without["changed"]) == ("failed", True)
    assert "no CIFS server and no Active Directory mapping" in without["msg"]
    assert [one["domain"] for one in found["active_directory_mappings"]] == ["ad.example.com"]
    assert made["outcome"] == "changed"
    for refused in (changed, gone):
        assert "Unified Manager's API can neither change nor delete one" in refused["msg"]
    by_domain = share(**desired, active_directory_mapping="AD.example.com")
    key = real["active_directory_mapping"]["key"]
    by_key = {"aiqum.unified_manager.active_directory_mapping_info": {"key": key}}
    shared, read = play(by_domain, by_key).results
    assert (shared["outcome"], shared["file_share"]["access_control"]["acl"]) == ("changed", ACL["acl"])
    assert [one["key"] for one in read["active_directory_mappings"]] == [key]


def test_they_are_read(um, here):
    info = {"aiqum.unified_manager.file_share_info": {"svm": "svm_nas", "details": True, "order_by": "name"}}
    found = here(info).results[0]["file_shares"]
    assert [one["name"] for one in found] == ["vol_home", "vol_projects"]
    assert found[0]["access_control"]["export_policy"]["name"] == "default"


def test_where_it_would_be_placed_best(um, play):
    where = {"capacity": "1TiB", "performance_service_level": "Performance", "clusters": ["cluster1"]}
    best = {"aiqum.unified_manager.data_placement": {**where, "all_candidates": False}}
    ranked = {"aiqum.unified_manager.data_placement": {**where, "priority_order": ["latency:ops", "size:volume_count"]}}
    raw = {"aiqum.unified_manager.data_placement": {**where, "evaluation": "raw"}}
    for switch in ("document", "list"):
        um.set(data_placement=switch)
        one, many = play(best, ranked, options=["--check"]).results
        assert (one["changed"], many["changed"]) == (False, False)
        assert one["aggregates"][0]["key"] == many["aggregates"][0]["key"]
        assert all(found["name"] for found in one["aggregates"] + many["aggregates"])
    unweighed = play(raw).results[0]
    assert one["aggregates"][0]["key"] in unweighed["statistics"]
    assert unweighed["aggregates"] == []
