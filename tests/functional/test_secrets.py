# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The password is in no output, at the highest verbosity, whatever comes out."""

from __future__ import annotations

import base64
import json
import urllib.parse

import pytest

from .conftest import NEW, lun

pytestmark = pytest.mark.ansible_core

PASSWORD = "Netapp1!"
ECHO = '{"error": {"code": "1", "message": "bad login admin:Netapp1! for you"}}'
POST = {"method": "POST", "path": "/storage-provider/luns"}
OUTCOMES = {
    "changed": lambda um: None,
    "echoed in an error": lambda um: um.fault(kind="status", status=400, body="literal", literal=ECHO, **POST),
    "echoed in a task": lambda um: um.outcome(**POST, status="error", failures=[f"login with {PASSWORD} failed"]),
    "lost": lambda um: um.fault(kind="reset_before", **POST),
    "untrusted": lambda um: um.control("POST", "certificate", {"kind": "other_ca"}),
    "refused": lambda um: um.fault(kind="status", status=401, body="empty", path="luns"),
}


@pytest.mark.parametrize("name", OUTCOMES)
@pytest.mark.parametrize("given", ["option", "environment"])
def test_no_password_in_any_output(um, play, name, given):
    OUTCOMES[name](um)
    defaults = {"password": PASSWORD, "username": "admin"} if given == "option" else {}
    variables = {"UM_PASSWORD": "" if given == "option" else PASSWORD}
    # What was lost is looked for until the deadline.
    deadline = {"wait_timeout": 2} if name == "lost" else {}
    ran = play(lun(name="db01", **NEW, **deadline, diff=True), options=["-vvvv"], defaults=defaults, **variables)
    assert PASSWORD not in ran.output
    assert PASSWORD not in str(ran.results)
    assert base64.b64encode(f"admin:{PASSWORD}".encode()).decode() not in ran.output
    if name.startswith("echoed"):
        assert "********" in ran.results[0]["msg"]


@pytest.mark.parametrize(
    "escape",
    [lambda text: text, lambda text: urllib.parse.quote(text, safe=""), lambda text: text.encode().hex()],
    ids=["plainly", "for a URL", "in hexadecimal digits"],
)
def test_no_password_in_a_result_however_the_server_writes_it(um, here, escape):
    """Ansible, which is not here, knows passwords only as they were given."""
    message = f"bad login {escape(PASSWORD)} for you"
    um.fault(kind="status", status=400, body="literal", literal=json.dumps({"error": {"message": message}}), **POST)
    result = here(lun(name="db01", **NEW, password=PASSWORD, username="admin")).results[0]
    assert result["msg"].count("********") == 1
    assert escape(PASSWORD) not in str({name: value for name, value in result.items() if name != "invocation"})


CANARIES = [f"canary-{number}-sesame" for number in range(5)]
TASKS = [
    {
        "aiqum.unified_manager.user": {
            "name": "canary",
            "authentication_type": "local_user",
            "role": "operator",
            "email": "c@example.com",
            "user_password": "{{ lookup('env', 'CANARY_0') }}",
        }
    },
    {
        "aiqum.unified_manager.datasource": {
            "address": "10.10.9.77",
            "cluster_username": "admin",
            "cluster_password": "{{ lookup('env', 'CANARY_1') }}",
        }
    },
    {
        "aiqum.unified_manager.active_directory_mapping": {
            "svm": "svm_nas",
            "domain": "other.example.com",
            "dns": "10.0.0.1",
            "domain_username": "joiner",
            "domain_password": "{{ lookup('env', 'CANARY_2') }}",
        }
    },
    {
        "aiqum.unified_manager.ontap": {
            "cluster": "cluster1",
            "path": "security/accounts",
            "method": "post",
            "body": {"name": "canary", "owner": {"name": "svm1"}},
            "secret_body": {"password": "{{ lookup('env', 'CANARY_3') }}"},
        }
    },
    {
        "aiqum.unified_manager.ontap": {
            "cluster": "cluster1",
            "path": "security/accounts",
            "method": "post",
            "body": {"name": "canary", "owner": {"name": "svm1"}},
            "secret_body": "{{ 'password=' ~ lookup('env', 'CANARY_4') }}",
        }
    },
]


@pytest.mark.own_way
@pytest.mark.parametrize("in_process", ["true", "false"])
@pytest.mark.parametrize("echoed", [False, True])
def test_no_secret_of_any_kind_in_any_output(um, play, echoed, in_process):
    """The server sends back all passwords at once, as an error of every write."""
    if echoed:
        text = json.dumps({"error": {"code": "1", "message": f"bad body: {' '.join(CANARIES)}"}})
        um.fault(kind="status", status=400, body="literal", literal=text, method="POST|PATCH", times=99, path="")
    # From variables, as passwords should be: Ansible itself shows the lines of a task that failed.
    variables = {f"CANARY_{number}": canary for number, canary in enumerate(CANARIES)}
    ran = play(*TASKS, options=["-vvvv", "--diff"], UM_IN_PROCESS=in_process, **variables)
    for number, canary in enumerate(CANARIES):
        # What another task's password is, a task cannot know.
        assert canary not in str(ran.results[number])
        assert echoed or canary not in ran.output
