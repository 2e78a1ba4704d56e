# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole modules whose answer to a change is lost: what is there then has to be all that was asked for."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Lost
from tests.local import LocalServer

IGROUPS = "/datacenter/protocols/san/igroups"
IGROUP = {"name": "ig", "svm": "svm1", "os_type": "linux", "protocol": "iscsi", "initiators": ["iqn.a"]}
LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
ELSEWHERE = {"hostname": "um2.example.com"}  # so that both do not wait for one turn
OTHER = {**LUN, "performance_service_level": "Performance"}


@pytest.fixture
def server():
    return LocalServer()


def lose(server, verb, meanwhile):
    """The next request of that verb never arrives; somebody else does something meanwhile."""

    def instead(method, path):
        if method == verb:
            server.instead = lambda method, path: None
            meanwhile()
            raise Lost("The connection was lost before an answer came: reset.")

    server.instead = instead


def edit(server, table, name, **fields):
    (record,) = (one for one in server.state.world.table(table).values() if str(one["name"]).endswith(name))
    server.state.world.table(table).put({**record, **fields}, at_once=True)


IQN_A, IQN_B = {"name": "iqn.a"}, {"name": "iqn.b"}


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        ({"os_type": "vmware"}, "unknown"),
        ({"initiators": [IQN_A, IQN_B]}, "unknown"),
        ({}, "unknown"),
        ({"os_type": "vmware", "initiators": [IQN_A, IQN_B]}, "changed"),
    ],
)
def test_a_part_of_a_lost_change_that_somebody_else_made_is_not_the_whole(server, made, outcome):
    server.run("igroup", IGROUP)
    lose(server, "PATCH", lambda: edit(server, IGROUPS, "ig", **made))
    result = server.run("igroup", {**IGROUP, "os_type": "vmware", "initiators": ["iqn.a", "iqn.b"]})
    assert result["outcome"] == outcome
    assert bool(result.get("failed")) is (outcome == "unknown")


@pytest.mark.parametrize(
    ("theirs", "outcome"),
    [
        ({}, "changed"),
        ({"os_type": "vmware"}, "unknown"),
        ({"initiators": ["iqn.b"]}, "unknown"),
        ({"protocol": "fcp", "initiators": None}, "unknown"),
    ],
)
def test_an_object_of_that_name_with_other_settings_is_not_the_one_that_was_lost(server, theirs, outcome):
    lose(server, "POST", lambda: server.run("igroup", {**IGROUP, **theirs}))
    assert server.run("igroup", IGROUP)["outcome"] == outcome


@pytest.mark.parametrize(("theirs", "outcome"), [({}, "changed"), (OTHER, "unknown"), ({"size": "2GiB"}, "unknown")])
def test_a_job_that_was_adopted_must_have_made_all_of_it(server, theirs, outcome):
    lose(server, "POST", lambda: server.run("lun", {**LUN, **theirs, **ELSEWHERE}))
    result = server.run("lun", LUN)
    assert (result["outcome"], len(result["jobs"])) == (outcome, 1)


def test_a_job_that_was_forgotten_must_have_done_all_of_it(server):
    """Its work is lost, and somebody else has made a LUN of that name at another level."""
    server.state.world.outcomes.add({"lost": True, "work": "none"})
    server.spoil = lambda sent: sent.method == "POST" and server.run("lun", {**OTHER, **ELSEWHERE}) and None
    result = server.run("lun", LUN)
    assert (result["outcome"], result["failed"]) == ("unknown", True)


PASSWORD = {"user_password": "Secret-123"}
USER = {"name": "jo", "authentication_type": "local_user", "role": "operator", "email": "jo@example.com", **PASSWORD}
MAPPING = {
    "svm": "svm2",
    "domain": "EXAMPLE.COM",
    "dns": "dns.example.com",
    "domain_username": "jo",
    "domain_password": "Secret-123",
}
CLUSTER = {"address": "10.0.0.77", "cluster_username": "admin", "cluster_password": "Secret-123"}


@pytest.mark.parametrize(
    ("noun", "options", "theirs", "hidden"),
    [
        ("user", {**USER, "update_password": "on_create"}, {"user_password": "Another-1"}, "user_password"),
        ("user", {**USER, "update_password": "always"}, {"user_password": "Another-1"}, "user_password"),
        ("active_directory_mapping", MAPPING, {"domain_password": "Another-1"}, "domain_username and domain_password"),
        ("datasource", CLUSTER, {"cluster_password": "Another-1"}, "cluster_password"),
    ],
)
def test_what_um_never_shows_cannot_be_found_again(server, noun, options, theirs, hidden):
    """Somebody else's object looks the same, and has another password."""
    lose(server, "POST", lambda: server.run(noun, {**options, **theirs}))
    result = server.run(noun, options)
    assert (result["outcome"], result["failed"]) == ("unknown", True)
    assert f"does not show {hidden}," in result["msg"]


@pytest.mark.parametrize("answer", [(200, "Done."), (201, "<html>"), (202, "{}")])
def test_what_was_answered_was_not_lost(server, answer):
    server.spoil = lambda sent: answer if sent.method == "POST" else None
    assert server.run("user", USER)["outcome"] == "changed"


def test_a_lost_change_that_sets_no_password_is_found_again(server):
    server.run("user", USER)
    promoted = {**USER, "update_password": "on_create", "role": "administrator"}
    lose(server, "PATCH", lambda: server.run("user", promoted))
    assert server.run("user", promoted)["outcome"] == "changed"
