# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A diagnosis names the cause first, writes nothing, and its profile has no names."""

from __future__ import annotations

import json
import socket

import pytest
import yaml

from tests import inprocess
from tests.simulator.launch import running

MOST_REQUESTS = 35


def connection(um, user="admin"):
    ready = um.simulator.ready
    return {
        "hostname": ready["hostname"],
        "port": ready["port"],
        "username": user,
        "password": ready["users"][user]["password"],
        "ca_path": ready["ca_path"],
    }


def diagnose(um, user="admin", **options):
    return inprocess.run("diagnosis_info", {**connection(um, user), **options})


def first_failed(result):
    """The first line of the table that failed, as a person reads it."""
    return next(check for check in result["checks"] if check["verdict"] == "failed")


@pytest.fixture
def with_jobs(um):
    """Three jobs, one of which ended and two of which run until the next reset."""
    create = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}
    ended = inprocess.run("lun", {**connection(um), "name": "db01", **create})
    assert ended["outcome"] == "changed"
    um.set(job_seconds=600)
    for name in ("db02", "db03"):
        submitted = inprocess.run("lun", {**connection(um), "name": name, "wait": False, **create})
        assert submitted["outcome"] == "submitted"
    um.forget_requests()


@pytest.mark.usefixtures("with_jobs")
def test_a_healthy_server_is_read_and_nothing_else(um):
    um.forbid_writes()
    result = diagnose(um)
    assert (result["changed"], result["outcome"], result["verdicts"]["failed"]) == (False, "unchanged", 0)
    exchanges = um.control("GET", "exchanges")["exchanges"]
    assert {exchange["method"] for exchange in exchanges} == {"GET"}
    assert len(exchanges) <= MOST_REQUESTS
    assert um.control("GET", "stats")["forbidden_writes"] == 0
    assert all(check["seen"] and check["modules"] for check in result["checks"])
    assert all(check["means"] for check in result["checks"] if check["verdict"] in ("failed", "warning"))


@pytest.mark.parametrize("reads", ["any_role", "administrator"])
def test_who_may_read_the_administration_is_found(um, reads):
    um.set(admin_reads=reads)
    profile = diagnose(um, "storage")["profile"]
    readable = reads == "any_role"
    assert profile["may_read"]["administration"] == readable
    assert profile["switches"]["admin_reads"] == reads


def test_a_wrong_password_is_tried_once(um):
    result = diagnose(um, password="guessed")
    assert first_failed(result)["name"] == "login"
    assert "password" in first_failed(result)["means"]
    assert len(um.control("GET", "exchanges")["exchanges"]) == 1
    assert {check["verdict"] for check in result["checks"]} == {"ok", "failed", "unknown"}
    assert "guessed" not in json.dumps(result)


def test_a_closed_port(um):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        cause = first_failed(diagnose(um, port=taken.getsockname()[1]))
    assert (cause["name"], "firewall" in cause["means"]) == ("tcp", True)
    assert cause["seen"].endswith("does not accept connections: Connection refused.")


def test_an_unknown_name(um):
    cause = first_failed(diagnose(um, hostname="no-such-host.invalid"))
    assert (cause["name"], "hostname" in cause["means"]) == ("address", True)


def test_an_unknown_ca(um):
    um.control("POST", "certificate", {"kind": "other_ca"})
    cause = first_failed(diagnose(um))
    assert (cause["name"], "ca_path" in cause["means"]) == ("tls", True)


@pytest.mark.parametrize(
    ("kind", "words"), [("expired", "Renew"), ("wrong_host", "host name"), ("self_signed", "ca_path")]
)
def test_a_certificate_that_will_not_do(um, kind, words):
    um.control("POST", "certificate", {"kind": kind})
    cause = first_failed(diagnose(um))
    assert (cause["name"], words in cause["means"]) == ("tls", True), cause


def test_an_operator(um):
    cause = first_failed(diagnose(um, "operator"))
    assert (cause["name"], "Storage Administrator" in cause["means"]) == ("role", True)


def test_an_old_release(um):
    um.set(release="9.9")
    cause = first_failed(diagnose(um))
    assert (cause["name"], "alert" in cause["modules"], "9.10" in cause["means"]) == ("release", True, True)


@pytest.mark.parametrize("off", ["off_404", "off_403", "off_empty"])
def test_a_gateway_that_is_switched_off(um, off):
    um.set(api_gateway=off)
    cause = first_failed(diagnose(um))
    assert (cause["name"], cause["modules"], "Feature Settings" in cause["means"]) == (
        "gateway",
        ["ontap", "gateway_info"],
        True,
    )


@pytest.mark.parametrize("offset", [600, -600])
def test_a_clock_that_is_ten_minutes_off(um, offset):
    um.control("POST", "clock", {"offset": offset})
    cause = first_failed(diagnose(um))
    assert (cause["name"], "NTP" in cause["means"]) == ("clock", True)
    assert ("ahead" in cause["seen"]) == (offset > 0)


def test_it_goes_on_after_a_check_that_failed(um):
    um.fault(kind="status", status=403, path="/management-server/jobs", times=9)
    um.fault(kind="garbage", path="/admin/datasources", times=9)
    result = diagnose(um)
    verdicts = {check["name"]: check["verdict"] for check in result["checks"]}
    assert (verdicts["jobs"], verdicts["clusters"], verdicts["pages"]) == ("unknown", "unknown", "ok")
    assert "backup" in verdicts


def test_clusters_in_trouble_are_named(um):
    cluster = um.control("GET", "world?table=/admin/datasources/clusters")["records"][0]
    trouble = {"operation": {"type": "discovery", "state": "failed"}}
    um.control(
        "POST",
        "world",
        {"action": "merge", "table": "/admin/datasources/clusters", "key": cluster["key"], "fields": trouble},
    )
    check = next(check for check in diagnose(um)["checks"] if check["name"] == "clusters")
    assert (check["verdict"], "discovery" in check["seen"]) == ("warning", True)


@pytest.mark.usefixtures("with_jobs")
def test_the_profile_names_nobody(um):
    profile = json.dumps(diagnose(um)["profile"])
    canaries = {um.simulator.ready["hostname"], "admin@", "svm1", "cluster1", "db01", "aggr1", "uuid", "10.10."}
    for table in ("/datacenter/svm/svms", "/security/users", "/datacenter/storage/volumes", "/gateways"):
        for record in um.control("GET", f"world?table={table}").get("records", []):
            canaries |= {str(record[name]) for name in ("key", "uuid", "name", "email", "address") if record.get(name)}
    canaries -= {"admin", "storage", "operator", "schema"}  # words of roles and of the profile, too
    assert [canary for canary in canaries if canary in profile] == []
    assert len(profile) < 4000


def test_the_simulator_becomes_what_was_diagnosed(um, tmp_path):
    um.set(api_gateway="off_404", filter_case="sensitive", unknown_parameters="refuse", release="9.14.1")
    profile = diagnose(um)["profile"]
    path = tmp_path / "profile.yml"
    path.write_text(yaml.safe_dump(profile), encoding="utf-8")
    with running("--profile", str(path)) as twin:
        switches = {switch["name"]: switch["value"] for switch in twin.control("GET", "switches")["switches"]}
    assert {name: switches[name] for name in profile["switches"]} == profile["switches"]
