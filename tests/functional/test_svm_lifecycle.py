# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SVM from nothing to nothing."""

from __future__ import annotations

import pytest

from .conftest import NEW as NEW_LUN
from .conftest import lun
from .lifecycle import take_step

NEW = {"cluster": "cluster1", "aggregates": ["aggr1"], "nfs": True, "iscsi": True, "language": "en_US.UTF-8"}
CIFS = {
    "cifs": {"name": "NEW", "domain": "ad.example.com", "username": "joiner", "password": "S3cret-joiner"},
    "dns": {"domains": ["example.com"], "servers": ["10.10.0.2"]},
    "ip_interfaces": [{"name": "l1", "address": "10.20.99.11", "netmask": "24", "home_node": "cluster1-01"}],
    "routes": [{"gateway": "10.20.99.1", "destination": "10.0.0.0/8"}],
}
LDAP = {"ad_domain": "ad.example.com", "base_dn": "dc=example", "bind_dn": "cn=um"}
NIS = {"domain": "nis1", "servers": ["10.10.0.3"]}
STEPS = {
    "create": ({"state": "absent"}, NEW, 1),
    "create with CIFS": ({"state": "absent"}, {**NEW, **CIFS, "nis": NIS, "ldap": LDAP}, 1),
    "create stopped": ({"state": "absent"}, {**NEW, "admin_state": "stopped"}, 2),
    "change": (NEW, {"aggregates": ["aggr2", "aggr1"], "snapshot_policy": "none", "admin_state": "stopped"}, 3),
    "delete": (NEW, {"state": "absent"}, 1),
}


def svm(**options):
    return {"aiqum.unified_manager.svm": {"name": "svm_new", "cluster": "cluster1", **options}}


@pytest.mark.parametrize("step", STEPS)
def test_check_mode_predicts_and_the_second_run_is_ok(um, play, step):
    um.set(svm_patch_properties="one")
    before, desired, writes = STEPS[step]
    real = take_step(um, play, [svm(**before)], svm(**desired), writes)[1]
    assert "S3cret" not in str(real)


def test_renamed_read_and_what_cannot_be_changed(um, play):
    info = {"aiqum.unified_manager.svm_info": {"cluster": "cluster1", "name": "svm_newer", "protocols": ["iscsi"]}}
    info["register"] = "found"
    made, renamed, again, found, refused, without, lost, key = play(
        svm(**NEW),
        svm(name="svm_newer", from_name="svm_new"),
        svm(name="svm_newer", from_name="svm_new"),
        info,
        svm(name="svm_newer", fcp=True),
        svm(name="svm_newer", ldap=LDAP),
        svm(name="svm_x", from_name="svm_y"),
        svm(name="{{ found.svms[0].key }}", from_name="svm_y"),
    ).results
    assert [r["outcome"] for r in (made, renamed, again)] == ["changed", "changed", "unchanged"]
    assert renamed["svm"]["key"] == made["svm"]["key"]
    assert [one["name"] for one in found["svms"]] == ["svm_newer"]
    assert "fcp: Unified Manager sets it only when it creates an SVM" in refused["msg"]
    assert "ldap: Unified Manager sets it only when it creates an SVM" in without["msg"]
    assert "neither SVM 'svm_x' nor SVM 'svm_y' exists" in lost["msg"]
    assert "beside from_name it is the new name" in key["msg"]
    assert len(um.writes()) == 2


def test_without_waiting_a_new_one_is_stopped_by_the_next_run(um, play):
    desired = {**NEW, "admin_state": "stopped"}
    submitted, waited, again = play(
        {**svm(**desired, wait=False), "register": "it"},
        {"aiqum.unified_manager.job_wait": {"keys": "{{ it.jobs | map(attribute='key') }}"}},
        svm(**desired),
    ).results
    assert submitted["outcome"] == "submitted"
    assert "only create was submitted" in submitted["warnings"][0]
    assert (waited["outcome"], again["outcome"]) == ("unchanged", "changed")
    assert again["diff"] == {"before": {"admin_state": "running"}, "after": {"admin_state": "stopped"}}
    assert again["svm"]["state"] == "stopped"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"dns": {"servers": ["10.10.0.2"]}}, "dns.domains is required"),
        ({"nis": {"domain": "nis1"}}, "nis.servers is required"),
        ({"ldap": {"servers": ["l1"], "base_dn": "dc=x"}}, "ldap.bind_dn is required"),
        ({"ldap": {"base_dn": "dc=x", "bind_dn": "cn=x"}}, "ldap.servers or ldap.ad_domain is required"),
        ({"ldap": {**LDAP, "servers": ["l1"]}}, "ldap.servers and ldap.ad_domain exclude each other"),
        ({"language": "klingon"}, "language: 'klingon' cannot be set"),
    ],
)
def test_what_is_missing_or_too_much_is_refused_before_anything_is_sent(um, here, options, words):
    refused = here(svm(**{**NEW, **options})).results[0]
    assert (refused["failed"], um.writes()) == (True, [])
    assert words in refused["msg"]


@pytest.mark.parametrize("where", ["job", "refused"])
def test_one_with_volumes_goes_only_by_force(um, here, where):
    um.set(svm_not_empty=where)
    results = here(
        svm(**NEW),
        lun(name="l1", **{**NEW_LUN, "svm": "svm_new"}),
        svm(state="absent"),
        svm(state="absent", force=True),
        svm(state="absent", force=True),
    ).results
    assert [result["outcome"] for result in results] == ["changed", "changed", "failed", "changed", "unchanged"]
    assert "has 1 data volumes" in results[2]["msg"]
