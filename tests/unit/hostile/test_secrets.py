# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canaries: every option of every module that its argument spec calls secret, and the password of the connection.

They are in no result, warning or diff, whatever the server makes of them: when it takes them, refuses them, and when it
sends the whole request back in its error or its answer.
"""

from __future__ import annotations

import base64
import json

import pytest
from ansible.module_utils import basic

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import MASK
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import ModuleHost
from tests import inprocess
from tests.declarations import MODULES, documented
from tests.local import LocalServer

PASSWORD = 'canary"0 \\é/'
ECHOED = (200, 201, 202, 400, 401, 403, 500)


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def planted(spec, given, number=0):
    """The options with a canary in every secret one: (options, canaries)."""
    options, canaries = dict(given), []
    for name, rules in spec.items():
        canary = f"canary{number}{len(canaries)}-{name}"
        if rules.get("no_log"):
            secret = {"dict": {"password": canary, "list": [canary]}, "list": [canary]}.get(rules.get("type"), canary)
            options[name] = secret
            canaries.append(canary)
        elif rules.get("options") and name in given:
            inner = given[name] if isinstance(given[name], list) else [given[name]]
            laid = [planted(rules["options"], one, number + 1) for one in inner]
            options[name] = [one for one, dummy in laid] if isinstance(given[name], list) else laid[0][0]
            canaries += [canary for dummy, found in laid for canary in found]
    return options, canaries


def secret_tasks(module):
    """(options, canaries) of each example, its own secrets replaced."""
    spec = {
        name: rules
        for name, rules in inprocess.declaration(module)["argument_spec"].items()
        if name not in ("hostname", "username", "password")
    }
    for example in documented(module):
        options, canaries = planted(spec, example)
        if "content" in options:
            options.pop("src", None)
        yield options, [*canaries, PASSWORD]


def forms(secret):
    return [secret, json.dumps(secret)[1:-1], base64.b64encode(f"admin:{secret}".encode()).decode()]


@pytest.mark.parametrize("module", MODULES)
def test_no_canary_comes_back(server, module):
    leaks = []
    for options, canaries in secret_tasks(module):
        for name, spoil in SPOILERS.items():
            server.reset()
            server.state.world.passwords["admin"] = PASSWORD
            server.spoil = spoil
            try:
                result = server.run(module, {**options, "password": PASSWORD})
            finally:
                server.spoil = lambda sent: None
            shown = json.dumps(result, ensure_ascii=False)
            leaks += [f"{name}: {canary} in {shown}" for canary in canaries for form in forms(canary) if form in shown]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("module", MODULES)
def test_no_canary_is_logged(monkeypatch, module):
    """Ansible tells syslog, or the journal, each start of a module."""
    logged = []
    monkeypatch.setattr(ModuleHost, "log", lambda self, text, log_args=None: logged.append(f"{text} {log_args}"))
    for options, canaries in secret_tasks(module):
        connection = {"hostname": "um.example.com", "username": "admin", "password": PASSWORD}
        given = {**options, **connection, "_ansible_remote_tmp": "/tmp"}
        monkeypatch.setattr(basic, "_load_params", lambda given=given: given)
        ModuleHost(**inprocess.declaration(module))
        assert "um.example.com" in logged[-1]
        assert [canary for canary in canaries for form in forms(canary) if form in logged[-1]] == []


def echo(status, methods):
    """The server answers with all that it was sent, header and body, as an error or as if it were the object."""

    def spoil(sent):
        if sent.method not in methods:
            return None
        header = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
        text = f"bad request: {sent.content} by admin:{PASSWORD} ({header})"
        if status == 202:
            return status, json.dumps({"job": {"key": f"k {text}"}})
        if status < 300:
            return status, json.dumps({"key": "k", "name": text, "note": [text]})
        return status, json.dumps({"error": {"code": text, "message": text, "target": text}})

    return spoil


WRITES = ("POST", "PATCH", "DELETE")
SPOILERS = {
    "as it is": lambda sent: None,
    **{f"writes echoed with {status}": echo(status, WRITES) for status in ECHOED},
    **{f"reads echoed with {status}": echo(status, ("GET",)) for status in (200, 400, 500)},
    "a page that echoes": lambda sent: (400, f"<html>{sent.content} admin:{PASSWORD}</html>"),
    "garbage that echoes": lambda sent: (200, f"{sent.content} admin:{PASSWORD}") if sent.method != "GET" else None,
}


def test_the_canaries_are_sent(server):
    """The tests above would prove nothing if the secrets did not leave."""
    sent = []
    for module in MODULES:
        for options, canaries in secret_tasks(module):
            server.reset()
            server.run(module, options)
            sent += [canary for canary in canaries for one in server.writes if canary in one.content]
    names = {canary.partition("-")[2] for canary in sent}
    assert {"cluster_password", "domain_password", "user_password", "content", "secret_body"} <= names


def test_an_echo_is_masked(server):
    server.reset()
    server.spoil = echo(400, WRITES)
    task = {"name": "kim", "authentication_type": "local_user", "role": "operator", "email": "kim@example.com"}
    result = server.run("user", {**task, "user_password": "canary-1"})
    server.spoil = lambda sent: None
    assert MASK in result["msg"]
