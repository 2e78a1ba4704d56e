# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refusal with 403 says which role the request needs, without asking the server anything more."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils import _resources
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Resource
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import replies, rights
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import BASE_PATH
from tests.guides import RST
from tests.local import LocalServer
from tests.simulator.seed.users import credentials

STORAGE = "needs the role Storage Administrator or Application Administrator."
ALONE = "needs the role Application Administrator."
ANY = "needs the role Operator, Storage Administrator or Application Administrator."
UNLIKE = {  # modules that change something and declare no Resource of their own
    "workloads": ["/storage-provider/luns", "/storage-provider/file-shares"],
    "data_placement": ["/storage-provider/data-placement/balance"],
    "event": ["/management-server/events"],
    "ontap": ["/gateways/4c6bf721-2e3f-11e9-a3e2-00a0985badbb/storage/volumes"],
}
LUN = {"name": "db01", "svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}
OPERATOR = {"username": "operator", "password": credentials()["operator"]["password"]}


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def resources():
    """All that are declared."""
    for found in pkgutil.iter_modules(_resources.__path__, f"{_resources.__name__}."):
        module = importlib.import_module(found.name)
        yield from (value for value in vars(module).values() if isinstance(value, Resource) and value.noun != "records")


@pytest.mark.parametrize(
    ("method", "path", "doing", "needs"),
    [
        ("POST", "/storage-provider/luns", "changing LUNs", STORAGE),
        ("DELETE", "/storage-provider/file-shares/k", "changing file shares", STORAGE),
        ("PATCH", "/storage-provider/performance-service-levels/k", "changing Performance Service Levels", ALONE),
        ("POST", "/datacenter/svm/svms", "changing SVMs", STORAGE),
        ("PATCH", "/datacenter/protocols/san/igroups/k", "changing initiator groups", STORAGE),
        ("GET", "/datacenter/storage/volumes", "reading storage", ANY),
        ("GET", "/security/users", "reading users", ALONE),
        ("GET", "/admin/backup-file-info", "reading backups", ALONE),
        ("PATCH", "/admin/backup-settings", "changing backup settings", ALONE),
        ("GET", "/management-server/jobs/k", "reading Jobs", ANY),
        ("POST", "/gateways/u/storage/volumes", "changing clusters through the API gateway", ALONE),
    ],
)
@pytest.mark.parametrize("base", [BASE_PATH, "/api"])
def test_the_role_that_a_request_needs(base, method, path, doing, needs):
    with pytest.raises(Refused) as caught:
        replies.judge(method, base + path, 403, {}, "")
    assert f"The user's role does not allow it: {doing} {needs}" in caught.value.message
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
    assert f"reading users {ALONE}" in result["msg"]
    assert [(sent.method, sent.path) for sent in server.sent] == [("GET", "/api/v2/security/users")]


@pytest.mark.parametrize(
    ("module", "options", "doing", "needs"),
    [
        ("lun", LUN, "changing LUNs", STORAGE),
        (
            "igroup",
            {"name": "new", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"},
            "changing initiator groups",
            STORAGE,
        ),
        ("backup", {}, "changing backups", ALONE),
    ],
)
def test_a_write_that_the_role_lacks_costs_no_further_request(server, module, options, doing, needs):
    server.reset()
    result = server.run(module, {**options, **OPERATOR})
    assert (result["failed"], result["changed"], result["error"]["status"]) == (True, False, 403)
    assert f"{doing} {needs}" in result["msg"]
    assert [sent.method == "GET" for sent in server.sent] == [True] * (len(server.sent) - 1) + [False]


def test_every_module_that_changes_something_has_its_right():
    of_paths = {**UNLIKE, **{resource.noun: [resource.collection] for resource in resources()}}
    for noun, paths in of_paths.items():
        assert all(noun in rights.right_for(path).modules for path in paths), noun
    named = {module for right in rights.RIGHTS for module in right.modules}
    assert named == set(of_paths)


def test_the_table_of_the_guide_is_that_of_the_code():
    text = (RST / "guide_diagnosis.rst").read_text(encoding="utf-8")
    rows = re.findall(r"^   \* - (.+)\n     - (``.+)\n     - (.+)\n     - (.+)$", text, re.MULTILINE)
    shown = [(what, tuple(re.findall(r"``(\w+)``", modules)), reads, changes) for what, modules, reads, changes in rows]
    assert shown == [(one.objects, one.modules, one.reading, one.changing) for one in rights.RIGHTS if one.modules]
