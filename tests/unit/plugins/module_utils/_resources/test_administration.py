# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Datasources, Active Directory mappings and data placement: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import (
    active_directory_mapping,
    data_placement,
    datasource,
)

RECORD = {"address": "10.0.0.5", "port": 443, "username": "admin", "operation": {"type": "health_poll"}}
FAILED = {**RECORD, "operation": {"type": "discovery", "state": "failed"}}
STUCK = {**RECORD, "operation": {"type": "deletion", "state": "failed"}}
LEAVING = {**RECORD, "operation": {"type": "deletion", "state": "in_progress"}}


def plan(record, **options):
    given = {"address": "10.0.0.5", "update_password": "always", "accept_certificate": False}
    params = {**dict.fromkeys(datasource.ARGUMENTS), **given, "state": "present", **options}
    before = None if record is None else datasource.current(record)
    return [(one.purpose, one.verb, one.body) for one in datasource.plan(before, datasource.desired(params))]


ON_CREATE = {"cluster_username": "admin", "cluster_password": "pw", "update_password": "on_create"}


@pytest.mark.parametrize(
    ("record", "options", "operations"),
    [
        (RECORD, {}, []),
        (RECORD, ON_CREATE, []),
        ({**RECORD, "port": 8443}, ON_CREATE, []),
        ({**RECORD, "port": 8443}, {"cluster_port": 8443}, []),
        (FAILED, ON_CREATE, [("cluster_password", "PATCH", {"username": "admin", "password": "pw"})]),
        (RECORD, {"cluster_password": "pw"}, [("cluster_password", "PATCH", {"username": "admin", "password": "pw"})]),
        (
            RECORD,
            {**ON_CREATE, "cluster_username": "um"},
            [("cluster_username, cluster_password", "PATCH", {"username": "um", "password": "pw"})],
        ),
        (RECORD, {"state": "absent"}, [("delete", "DELETE", None)]),
        (LEAVING, {"state": "absent"}, []),
        (STUCK, {"state": "absent"}, [("delete", "DELETE", None)]),
        (STUCK, {}, []),
        (None, {"state": "absent"}, []),
        (
            None,
            ON_CREATE,
            [
                (
                    "create",
                    "POST",
                    {"address": "10.0.0.5", "port": 443, "protocol": "https", "username": "admin", "password": "pw"},
                )
            ],
        ),
    ],
)
def test_datasources(record, options, operations):
    assert plan(record, **options) == operations


def test_a_certificate_is_read_before_an_account_is_sent_again():
    desired = datasource.desired({"address": "c1", "state": "present", **ON_CREATE, "accept_certificate": True})
    (operation,) = datasource.plan(datasource.current({**FAILED, "port": 8443}), desired)
    asked = []

    def get(path, query):
        asked.append((path, query))
        return {"issued_to": "c1", "fingerprint": {"md5": "AA"}, "pem_formatted_string": "-----BEGIN"}

    shown = operation.precheck(get)["certificate"]
    assert asked == [("/admin/datasource-certificate", {"address": "10.0.0.5", "port": 8443})]
    assert (shown["issued_to"], shown["fingerprint"], "pem_formatted_string" in shown) == ("c1", {"md5": "AA"}, False)


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"cluster_port": 8443}, "which cannot be changed"),
        (LEAVING, {}, "is being removed"),
        (None, {}, "also set cluster_username and cluster_password"),
        (None, {"cluster_port": 0}, "0 is not a TCP port"),
        (None, {"address": "https://10.0.0.5/"}, "remove what is around it"),
        (RECORD, {"cluster_password": ""}, "cluster_password: the value must not be empty"),
        (RECORD, {"cluster_username": ""}, "cluster_username: the value must not be empty"),
        (None, {"certificate_fingerprint": ""}, "is not an MD5 or SHA-1 fingerprint"),
        (None, {"certificate_fingerprint": "AA:BB"}, "is not an MD5 or SHA-1 fingerprint"),
        (None, {"certificate_fingerprint": "zz" * 16}, "is not an MD5 or SHA-1 fingerprint"),
        (None, {"certificate_fingerprint": ":".join(["AB"] * 32)}, "looks like SHA-256"),
    ],
)
def test_refusals_of_datasources(record, options, words):
    with pytest.raises(BadInput) as caught:
        plan(record, **options)
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("state", "status", "outcome"),
    [
        ("in_progress", "normal", "submitted"),
        ("in_progress", "error", "submitted"),
        ("completed", "normal", "success"),
        ("completed", None, "success"),
        ("completed", "warning", "warning"),
        ("completed", "error", "failed"),
        ("failed", "error", "failed"),
        ("failed", "normal", "failed"),
        (None, None, "submitted"),
    ],
)
def test_a_discovery_is_read_like_a_job(state, status, outcome):
    operation = {"type": "discovery", "state": state}
    job = datasource.parse({"key": "k", "name": "c", "status": status, "operation": operation})
    assert (job.outcome, job.finished) == (outcome, outcome != "submitted")
    assert [failure.reason for failure in job.failures] == (["no reason given"] if outcome == "failed" else [])
    assert list(job.remarks) == (["no reason given"] if outcome == "warning" else [])


@pytest.mark.parametrize(
    ("record", "is_under_way"),
    [
        (RECORD, False),
        (FAILED, True),
        (LEAVING, False),
        ({**RECORD, "operation": {"type": "discovery", "state": "in_progress"}}, True),
        ({**RECORD, "operation": {"type": "discovery", "state": "completed"}}, False),
        ({**RECORD, "operation": None}, False),
    ],
)
def test_a_discovery_that_was_begun_before_is_waited_for(record, is_under_way):
    assert (datasource.under_way(record) is datasource.DISCOVERY) == is_under_way


@pytest.mark.parametrize(
    ("one", "other"),
    [("FD00:0:0::5", "fd00::5"), ("cl.Example.com.", "CL.example.com")],
)
def test_an_address_is_one_however_it_is_spelled(one, other):
    found = datasource.find(datasource.desired({"address": one, "state": "present"}))
    assert found.matches({"address": other, "name": None})
    assert not found.matches({"address": f"{other}0", "name": "c1"})


NAMED = {"svm": "svm1", "domain": "ad.example.com", "dns": "10.0.0.2", "domain_username": "u", "domain_password": "p"}
MAPPED = {"domain": "AD.example.com", "dns": "10.0.0.2"}


def mapping(before, **options):
    given = {**dict.fromkeys(active_directory_mapping.ARGUMENTS), "state": "present", **NAMED, **options}
    return active_directory_mapping.plan(before, active_directory_mapping.desired(given))


def test_mappings():
    assert list(mapping(MAPPED)) == list(mapping(None, state="absent")) == []
    assert list(mapping({**MAPPED, "dns": "FD00::0:1"}, dns="fd00::1", domain="ad.example.com.")) == []
    (operation,) = mapping(None)
    assert (operation.verb, operation.body["password"]) == ("POST", "p")
    assert "password" not in str(operation.after)
    for before, options in ((MAPPED, {"domain": "b.com"}), (MAPPED, {"state": "absent"}), (None, {"dns": None})):
        with pytest.raises(BadInput, match=r"neither change nor delete|also set dns"):
            mapping(before, **options)


def placement(**options):
    given = {"capacity": "100GiB", "all_candidates": True, "evaluation": "rank", **options}
    return data_placement.body_of({**dict.fromkeys(data_placement.ARGUMENTS), **given})


def test_data_placement_is_asked_for_in_whole_mib():
    assert placement(capacity="1.5GiB", all_candidates=False) == {"capacity": "1536M"}
    assert placement(evaluation="literal", capacity="1B")["capacity"] == "1M"
    raw = placement(evaluation="raw")
    assert (raw["eval_method"], raw["separate_flag"]) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"priority_order": ["size"]}, "priority_order: name each"),
        (
            {"priority_order": ["latency:ops", "size", "volume_count"], "all_candidates": False},
            "priority_order: criteria that count the same",
        ),
        ({"evaluation": "literal", "all_candidates": False}, "evaluation: literal needs all_candidates: true"),
    ],
)
def test_refusals_of_data_placement(options, words):
    with pytest.raises(BadInput, match=words):
        placement(**options)


@pytest.mark.parametrize(
    ("answer", "keys"),
    [
        ({"key": "a", "name": "aggr1"}, ["a"]),
        ([{"key": k, "scores": {"total_weighted_score": s}} for k, s in (("a", 10.0), ("b", 30.0))], ["b", "a"]),
        ([], []),
        ({}, []),
    ],
)
def test_the_best_aggregate_comes_first(answer, keys):
    assert [one["key"] for one in data_placement.ranked(answer)] == keys


@pytest.mark.parametrize("fingerprint", ["0123456789ABCDEF" * 2, ":".join(["aB"] * 20), " " + "0" * 32])
def test_fingerprints(fingerprint):
    given = {"address": "c1", "state": "present", **ON_CREATE, "certificate_fingerprint": fingerprint}
    assert (
        datasource.desired({**dict.fromkeys(datasource.ARGUMENTS), **given})["certificate_fingerprint"] == fingerprint
    )


def test_what_will_be_is_without_the_password_and_how_it_goes():
    record = {"key": "k", "username": "a", "operation": {"state": "completed"}}
    assert datasource.planned(record, {"username": "b", "password": "pw"}) == {"key": "k", "username": "b"}


@pytest.mark.parametrize(
    ("wanted", "trusted"), [("AA" * 16, True), (":".join(["bb"] * 20), True), ("CC" * 16, False)], ids=str
)
def test_a_certificate_has_one_of_its_fingerprints_or_is_refused(wanted, trusted):
    given = {"address": "c1", "state": "present", **ON_CREATE, "certificate_fingerprint": wanted}
    desired = datasource.desired({**dict.fromkeys(datasource.ARGUMENTS), **given})
    (operation,) = datasource.plan(None, desired)

    def get(path, query):
        return {"issued_to": "c1", "fingerprint": {"md5": "AA" * 16, "sha1": "BB" * 20}}

    if trusted:
        assert operation.precheck(get)["certificate"]["issued_to"] == "c1"
        return
    with pytest.raises(BadInput, match="nothing was sent"):
        operation.precheck(get)


@pytest.mark.parametrize(("address", "meant"), [(None, True), ("10.0.0.5", True), ("10.0.0.6", False)])
def test_which_datasources_are_listed(address, meant):
    assert datasource.DATASOURCES.matches({"address": address}, {**RECORD, "name": "c1"}) is meant
