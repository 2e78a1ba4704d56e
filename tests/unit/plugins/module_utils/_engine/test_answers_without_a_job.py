# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A 2xx without a job proves nothing where UM owes one, and elsewhere what is read back has to be what was sent."""

from __future__ import annotations

import json

import pytest

from tests.local import LocalServer

LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
SHARE = {"name": "share1", "svm": "svm1", "size": "1GiB", "performance_service_level": "Value"}
SVM = {"name": "new1", "cluster": "cluster1"}
ENDPOINT = {
    "name": "ep1",
    "svm": "svm1",
    "data_protocols": ["nfs"],
    "address": "10.0.0.77",
    "netmask": "255.255.255.0",
}
OWE = {
    "lun": (LUN, {"size": "2GiB"}),
    "file_share": (SHARE, {"size": "2GiB"}),
    "svm": (SVM, {"admin_state": "stopped"}),
    "access_endpoint": (ENDPOINT, {"address": "10.0.0.78"}),
}
IOPS = {
    "expected_iops_per_tb": 512,
    "peak_iops_per_tb": 1024,
    "absolute_min_iops": 200,
    "latency_expected": 5,
    "peak_iops_allocation_policy": "used_space",
}
AT_ONCE = {
    "igroup": ({"name": "ig", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}, {"initiators": ["iqn.a"]}),
    "performance_service_level": ({"name": "Own", **IOPS}, {"peak_iops_per_tb": 2048}),
    "storage_efficiency_policy": ({"name": "Own", "compression": "inline"}, {"compression": "background"}),
    "alert": ({"name": "Own", "event_severities": ["critical"]}, {"enabled": False}),
    "user": (
        {
            "name": "jo",
            "authentication_type": "local_user",
            "role": "operator",
            "email": "jo@example.com",
            "user_password": "Secret-123",
        },
        {"role": "administrator"},
    ),
    "backup_settings": (None, {"retention_count": 3}),
    "active_directory_mapping": (
        {
            "svm": "svm2",
            "domain": "EXAMPLE.COM",
            "dns": "dns.example.com",
            "domain_username": "jo",
            "domain_password": "Secret-123",
        },
        None,
    ),
    "alert_script": ({"name": "own.sh", "content": "true", "description": "Own"}, None),
}
WITHOUT_DELETE = ("backup_settings", "active_directory_mapping", "alert_script")
ANSWERS = [(200, "{}"), (201, "{}"), (204, ""), (206, "{}"), (200, "null"), (200, "[]"), (200, "")]


@pytest.fixture
def server():
    return LocalServer()


def swallow(server, answer):
    """From now on changes are answered, and not carried out."""
    server.instead = lambda method, path: None if method == "GET" else answer


def strip(server, answer):
    """From now on changes are carried out, and the answers do not tell of their jobs."""
    server.spoil = lambda sent: None if sent.method == "GET" else answer


def prepare(server, noun, options):
    """What there is before, made so long ago that its job is not taken for a later one."""
    assert server.run(noun, options)["outcome"] == "changed"
    server.let_pass(60)


def cases(nouns):
    """Each noun's creation, change and deletion: (noun, what there is before, what is desired)."""
    return list(_cases(nouns))


def _cases(nouns):
    for noun, (given, change) in nouns.items():
        if given is not None:
            yield noun, None, given
        if change is not None:
            yield noun, given, {**(given or {}), **change}
        if noun not in WITHOUT_DELETE:
            yield noun, given, {**given, "state": "absent"}


@pytest.mark.parametrize(("noun", "given", "desired"), cases(OWE))
def test_a_change_that_owes_a_job_and_was_not_carried_out(server, noun, given, desired):
    if given:
        prepare(server, noun, given)
    swallow(server, (200, "{}"))
    result = server.run(noun, desired)
    assert (result["outcome"], result["failed"], result["changed"]) == ("unknown", True, False)
    assert "without the job" in result["msg"]
    assert [sent.method for sent in server.writes[-2:]].count(server.writes[-1].method) == 1


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_without_a_job(server, answer):
    swallow(server, answer)
    assert server.run("lun", LUN)["outcome"] == "unknown"


@pytest.mark.parametrize("answer", [*ANSWERS, (202, "{}"), (202, "<html>"), (202, ""), (200, "<html>"), (202, "[")])
@pytest.mark.parametrize(("noun", "given", "desired"), cases(OWE)[:3])
def test_a_job_that_the_answer_does_not_name_is_found(server, noun, given, desired, answer):
    prepare(server, noun, given or {**LUN, "name": "other"})
    strip(server, answer)
    server.sent.clear()
    result = server.run(noun, desired)
    assert (result["outcome"], len(result["jobs"]), len(server.writes)) == ("changed", 1, 1)
    assert "was found" in result["warnings"][0]


def test_a_job_that_a_200_names_is_the_job(server):
    def named(sent):
        return (200, json.dumps({"job": {"key": newest(server)}})) if sent.method == "POST" else None

    server.spoil = named
    result = server.run("lun", LUN)
    assert (result["outcome"], len(result["jobs"]), result["warnings"]) == ("changed", 1, [])


def newest(server):
    return server.state.world.jobs.ever()[-1].key


def test_a_backup_owes_a_job(server):
    swallow(server, (200, "{}"))
    assert server.run("backup", {})["outcome"] == "unknown"


@pytest.mark.parametrize(("noun", "given", "desired"), cases(AT_ONCE))
def test_what_is_read_back_must_be_what_was_sent(server, noun, given, desired):
    if given:
        assert server.run(noun, given)["outcome"] == "changed"
    swallow(server, (200, "{}"))
    server.sent.clear()
    result = server.run(noun, desired)
    assert (result["outcome"], result["failed"], result["changed"]) == ("unknown", True, True), result
    assert len(server.writes) == 1


@pytest.mark.parametrize(
    ("noun", "given", "desired"),
    [case for case in cases(AT_ONCE) if case[0] != "alert_script"],  # a server in this process takes no upload
)
def test_what_is_read_back_is_what_was_sent(server, noun, given, desired):
    if given:
        server.run(noun, given)
    result = server.run(noun, desired)
    assert (result["outcome"], result.get("failed")) == ("changed", None)


def test_a_datasource_that_is_not_there_was_not_added(server):
    swallow(server, (201, "{}"))
    account = {"cluster_username": "admin", "cluster_password": "Secret-123"}
    result = server.run("datasource", {"address": "cluster9.example.com", **account})
    assert (result["outcome"], len(server.writes)) == ("unknown", 1)


def test_the_field_that_differs_is_named(server):
    igroup = AT_ONCE["igroup"][0]
    server.run("igroup", igroup)
    swallow(server, (200, "{}"))
    result = server.run("igroup", {**igroup, "os_type": "vmware"})
    assert "os_type is 'linux' and not 'vmware'" in result["msg"]
    assert result["igroup"]["os_type"] == "linux"


def test_what_cannot_be_seen_is_no_difference(server):
    user = AT_ONCE["user"][0]
    server.run("user", user)
    assert (
        server.run("user", {**user, "user_password": "Another-1", "update_password": "always"})["outcome"] == "changed"
    )


def test_a_lun_that_um_does_not_unmap_is_not_deleted_and_the_way_is_told(server):
    server.state.switches.set("lun_delete_unmaps", False)
    server.run("igroup", AT_ONCE["igroup"][0])
    server.run("lun", {**LUN, "lun_maps": [{"igroup": "ig"}]})
    result = server.run("lun", {**LUN, "state": "absent"})
    assert (result["outcome"], result["failed"]) == ("failed", True)
    assert "lun_maps: []" in result["msg"]
    server.run("lun", {**LUN, "lun_maps": []})
    assert server.run("lun", {**LUN, "state": "absent"})["outcome"] == "changed"


@pytest.mark.parametrize("option", ["time_out", "wait_timeout"])
def test_a_time_of_nothing_names_the_option_that_was_written(server, option):
    result = server.run("lun", {**LUN, option: 0})
    assert result["msg"].endswith(
        f"{option}: 0.0 is not a number of seconds over 0, and up to a year."
        " To return as soon as a job was submitted, set wait: false."
    )


def test_what_is_still_shown_as_going_is_gone(server):
    """UM removes a datasource in its own time, and shows it as one that leaves."""
    server.state.switches.set("job_seconds", 60)
    result = server.run("datasource", {"address": "cluster2", "state": "absent"})
    assert (result["outcome"], result["datasource"]) == ("changed", None)
