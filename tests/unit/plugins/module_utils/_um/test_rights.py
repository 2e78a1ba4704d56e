# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refusal with 403 says which role the request needs, without asking the server anything more."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts import modules_by_role
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import replies, rights
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import BASE_PATH
from tests.local import LocalServer
from tests.simulator.seed.users import credentials
from tools import roles

STORAGE = "this request needs the role Storage Administrator or Application Administrator."
ALONE = "this request needs the role Application Administrator."
ANY = "this request needs the role Operator, Storage Administrator or Application Administrator."
COMPOSED = {"configuration", "workloads"}  # need what the modules need whose objects they take
NO_CHANGE = {"job_wait"}
LUN = {"name": "db01", "svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}
OPERATOR = {"username": "operator", "password": credentials()["operator"]["password"]}


@pytest.fixture(scope="module")
def server():
    return LocalServer()


@pytest.mark.parametrize(
    ("method", "path", "needs"),
    [
        ("POST", "/storage-provider/luns", STORAGE),
        ("DELETE", "/storage-provider/file-shares/k", STORAGE),
        ("PATCH", "/storage-provider/performance-service-levels/k", ALONE),
        ("POST", "/datacenter/svm/svms", STORAGE),
        ("PATCH", "/datacenter/protocols/san/igroups/k", STORAGE),
        ("GET", "/datacenter/storage/volumes", ANY),
        ("GET", "/security/users", ALONE),
        ("GET", "/admin/backup-file-info", ALONE),
        ("PATCH", "/admin/backup-settings", ALONE),
        ("GET", "/management-server/jobs/k", ANY),
        ("POST", "/gateways/u/storage/volumes", ALONE),
    ],
)
@pytest.mark.parametrize("base", [BASE_PATH, "/api"])
def test_the_role_that_a_request_needs(base, method, path, needs):
    with pytest.raises(Refused) as caught:
        replies.judge(method, base + path, 403, {}, "")
    assert f"The user's role does not allow it: {needs}" in caught.value.message
    assert caught.value.status == 403


def test_a_path_that_is_not_of_unified_manager_is_explained_as_far_as_it_goes():
    assert rights.explained("GET", "/api/v2/elsewhere") == "The user's role does not allow it."


def test_what_else_may_be_the_reason_is_said():
    assert "policy-based storage management may be switched off" in rights.explained("POST", "/storage-provider/luns")
    assert "switched off" not in rights.explained("GET", "/storage-provider/luns")
    assert "API gateway may be switched off" in rights.explained("GET", "/gateways")


def test_a_read_that_the_role_lacks_costs_one_request(server):
    server.reset()
    server.state.switches.set("admin_reads", "administrator")
    result = server.run("user_info", OPERATOR)
    assert (result["failed"], result["error"]["status"]) == (True, 403)
    assert ALONE in result["msg"]
    assert [(sent.method, sent.path) for sent in server.sent] == [("GET", "/api/v2/security/users")]


@pytest.mark.parametrize(
    ("module", "options", "needs"),
    [
        ("lun", LUN, STORAGE),
        ("igroup", {"name": "new", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}, STORAGE),
        ("backup", {}, ALONE),
    ],
)
def test_a_write_that_the_role_lacks_costs_no_further_request(server, module, options, needs):
    server.reset()
    result = server.run(module, {**options, **OPERATOR})
    assert (result["failed"], result["changed"], result["error"]["status"]) == (True, False, 403)
    assert needs in result["msg"]
    assert [sent.method == "GET" for sent in server.sent] == [True] * (len(server.sent) - 1) + [False]


def test_every_module_that_changes_something_has_its_role():
    modules = {path.stem for path in roles.MODULES.glob("*.py") if not path.stem.endswith("_info")}
    known = [*modules_by_role.STORAGE_MODULES, *modules_by_role.APPLICATION_MODULES]
    assert sorted(known) == sorted(modules - COMPOSED - NO_CHANGE)


def test_a_path_without_a_right_stops_the_generation(monkeypatch):
    monkeypatch.setattr(roles, "paths", lambda: {"annotation": "/annotations"})
    with pytest.raises(SystemExit, match=r"annotation: .*rights\.py has no right for /annotations"):
        roles.code()


def test_the_roles_of_some_modules():
    table = roles.by_role()
    assert {"lun", "igroup", "event"} <= set(table[rights.OPERATOR, rights.STORAGE])
    assert {"performance_service_level", "ontap"} <= set(table[rights.OPERATOR, rights.APPLICATION])
    assert table[rights.APPLICATION, rights.APPLICATION] == ["backup", "backup_settings", "datasource", "user"]
