# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rim: every error becomes one result, without secrets, with the job's key."""

from __future__ import annotations

import os
import signal
import ssl

import pytest
import trustme

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Interrupted, UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import executor
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.run import run
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.signals import Signals
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import change
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Transport

PASSWORD = "sesame-open"


class FakeHost:
    """A host with all defaults, that remembers what it was told."""

    def __init__(self, **params):
        self.argument_spec = options.for_changing(LUN.arguments, {})["argument_spec"]
        given = {"hostname": "um.invalid", "username": "admin", "password": PASSWORD, "name": "db01", **params}
        self.params = {name: given.get(name, option.get("default")) for name, option in self.argument_spec.items()}
        self.check_mode = False
        self.warnings = []
        self.lines = []
        self.results = []

    def warn(self, text):
        self.warnings.append(text)

    def progress(self, text):
        self.lines.append(text)

    def finish(self, result):
        self.results.append(result)


class CreatingPlanner:
    """Plans to create a LUN, whatever there is."""

    def __init__(self, client):
        pass

    def prepare(self, targets):
        (target,) = targets
        target.operations = list(LUN.plan(None, {"name": "db01", "state": "present", "svm": "s", "size": 1, **NEW}))


class BrokenExecutor:
    """Submits one job, and then has something happen."""

    def __init__(self, error):
        self.error = error

    def __call__(self, *arguments):
        return self

    def perform(self, targets):
        targets[0].watches.append(Watch("the:job:key", 0.0))
        targets[0].warnings.append(f"a warning about {PASSWORD}")
        raise self.error


NEW = {"os_type": "linux", "performance_service_level": "Value"}


@pytest.mark.parametrize(
    ("error", "outcome", "words"),
    [
        (RuntimeError(f"a bug that shows {PASSWORD}"), "unknown", "A bug in aiqum.unified_manager: RuntimeError"),
        (Interrupted("SIGTERM"), "interrupted", "Interrupted by SIGTERM"),
        (UMError(f"the server echoes {PASSWORD}", outcome="unknown"), "unknown", "the server echoes ********"),
    ],
)
def test_what_happens_after_the_202_keeps_the_key(monkeypatch, error, outcome, words):
    """Rows 18 and 25 of the failure matrix."""
    host = FakeHost()
    monkeypatch.setattr(change, "Planner", CreatingPlanner)
    monkeypatch.setattr(executor, "Executor", BrokenExecutor(error))
    change.change(host, LUN)
    (result,) = host.results
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, outcome)
    assert [(job["key"], job["outcome"]) for job in result["jobs"]] == [("the:job:key", outcome)]
    assert "the:job:key" in result["msg"]
    assert words in result["msg"]
    assert PASSWORD not in str(result)
    assert host.warnings == ["a warning about ********"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"hostname": None}, "lacks hostname"),
        ({"hostname": "", "username": None, "password": ""}, "lacks hostname, username, password"),
        ({"hostname": "https://um"}, "give only the name or the IP address"),
        ({"hostname": "um/api"}, "give only the name or the IP address"),
        ({"hostname": "um:8443"}, "give the port with port"),
        ({"hostname": "[::1]:8443"}, "give the port with port"),
        ({"hostname": "[um]"}, "give only the name or the IP address"),
        ({"port": 0}, "0 is not a TCP port"),
        ({"ca_path": __file__}, "cannot be read as certificates in PEM"),
        ({"ca_path": os.path.dirname(__file__)}, "has no certificates under their hashes"),
        ({"port": 65536}, "65536 is not a TCP port"),
        ({"ca_path": "/nowhere.pem"}, "/nowhere.pem does not exist"),
        ({"request_timeout": 0.0}, "request_timeout: 0.0 is not a number of seconds"),
        ({"wait_timeout": float("nan")}, "wait_timeout: nan is not a number of seconds"),
        ({"wait_timeout": float("inf")}, "wait_timeout: inf is not"),
        ({"poll_interval": -1.0}, "poll_interval: -1.0 is not"),
        ({"poll_interval": 0.001}, "poll_interval: 0.001 is not a number of seconds of at least 0.1"),
        ({"request_timeout": 9e18}, "request_timeout: 9e+18 is not a number of seconds over 0, and up to a year"),
        ({"password": "\udcff"}, "password: the value has bytes or escapes that are not text"),
        ({"username": "\ud800"}, "username: the value has bytes"),
        ({"name": "db\udcff"}, "name: the value has bytes"),
        ({"lun_maps": [{"igroup": "\udfff"}]}, "lun_maps: the value has bytes"),
    ],
)
def test_a_connection_that_cannot_be(params, words):
    host = FakeHost(**params)
    change.change(host, LUN)
    (result,) = host.results
    assert (result["failed"], result["changed"], result["outcome"], result["jobs"]) == (True, False, "failed", [])
    assert words in result["msg"]


@pytest.mark.parametrize("kind", ["empty", "DER", "a key", "half a certificate", "NULs"])
def test_a_file_without_certificates_is_not_taken_for_an_unknown_ca(tmp_path, kind):
    authority = trustme.CA()
    pem = authority.cert_pem.bytes()
    content = {
        "empty": b"",
        "DER": ssl.PEM_cert_to_DER_cert(pem.decode()),
        "a key": authority.private_key_pem.bytes(),
        "half a certificate": pem[: len(pem) // 2],
        "NULs": bytes(100),
    }[kind]
    path = tmp_path / "ca.crt"
    path.write_bytes(content)
    host = FakeHost(ca_path=str(path))
    change.change(host, LUN)
    (result,) = host.results
    assert (result["failed"], result["outcome"]) == (True, "failed")
    assert f"ca_path: {path} cannot be read as certificates in PEM" in result["msg"]
    assert f"openssl x509 -inform der -in {path}" in result["msg"]


def test_what_is_told_under_way_is_censored(monkeypatch):
    """A look at a job may bring the secret back, long before the result is made."""

    class TalkingExecutor(BrokenExecutor):
        def __call__(self, planner, poller, *arguments):
            self.poller = poller
            return self

        def perform(self, targets):
            self.poller._looks._warn(f"the server echoes {PASSWORD}")
            self.poller.announce(Watch("k:1", 0.0, f"LUN {PASSWORD!r}"))

    host = FakeHost()
    monkeypatch.setattr(change, "Planner", CreatingPlanner)
    monkeypatch.setattr(executor, "Executor", TalkingExecutor(None))
    change.change(host, LUN)
    assert host.warnings == ["the server echoes ********"]
    assert host.lines == ["LUN '********': job k:1 was submitted"]


@pytest.mark.parametrize("error", [None, RuntimeError("a bug"), UMError("no")])
def test_no_connection_is_left_open(monkeypatch, error):
    closed = []
    monkeypatch.setattr(Transport, "close", lambda transport: closed.append("closed"))
    host = FakeHost()

    def work(session, signals):
        assert closed == []
        if error is not None:
            raise error
        return {}

    run(host, work, lambda stopped: {"failed": stopped is not None})
    assert (len(closed), [result["failed"] for result in host.results]) == (1, [error is not None])


def test_a_signal_does_not_disturb_the_answer():
    host = FakeHost()

    def report(stopped):
        signal.raise_signal(signal.SIGTERM)
        return {"failed": stopped is not None}

    run(host, lambda session, signals: {"extra": 1}, report)
    assert host.results == [{"failed": False, "extra": 1}]


def test_a_signal_does_not_tear_a_line_of_progress():
    """In Ansible's worker, a line goes through a queue with locks; the answer would wait for them for ever."""
    lines = []

    class Talking(FakeHost):
        def progress(self, text):
            signal.raise_signal(signal.SIGTERM)
            lines.append(text)

    def work(session, signals):
        session.progress.submitted(Watch("k:1", 0.0, "LUN 'db01'"))
        session.deadline.pause(60)
        pytest.fail("it waited")

    host = Talking()
    run(host, work, lambda stopped: {"failed": True, "msg": stopped.message})
    assert lines == ["LUN 'db01': job k:1 was submitted"]
    assert host.results == [{"failed": True, "msg": "Interrupted by SIGTERM."}]


@pytest.mark.parametrize(
    ("operations", "check_mode", "performed"),
    [(["any"], False, 1), (["any"], True, 0), ([], False, 0), ([], True, 0)],
)
def test_only_what_is_to_be_done_is_performed_and_not_in_check_mode(monkeypatch, operations, check_mode, performed):
    calls = []

    class Planning(CreatingPlanner):
        def prepare(self, targets):
            super().prepare(targets)
            targets[0].operations = targets[0].operations[: len(operations)]

    class Counting(BrokenExecutor):
        def perform(self, targets):
            calls.append(len(targets))

    monkeypatch.setattr(change, "Planner", Planning)
    monkeypatch.setattr(executor, "Executor", Counting(None))
    host = FakeHost()
    host.check_mode = check_mode
    change.change(host, LUN)
    assert (len(calls), host.results[0]["changed"]) == (performed, bool(operations) and check_mode)


def test_bad_input_names_the_object():
    host = FakeHost(size="10 bananas")
    change.change(host, LUN)
    assert host.results[0]["msg"].startswith("LUN 'db01': size: '10 bananas' is not a size")


class Clumsy(FakeHost):
    """Cannot hand over what a task reports."""

    def finish(self, result):
        if "diff" in result:
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, f"surrogates not allowed beside {PASSWORD}")
        super().finish(result)


def test_what_cannot_be_handed_over_keeps_the_keys(monkeypatch):
    class Accepting(CreatingPlanner):
        def __init__(self, client):
            client.accepted.append("the:job:key")

    host = Clumsy()
    monkeypatch.setattr(change, "Planner", Accepting)
    monkeypatch.setattr(executor, "Executor", BrokenExecutor(RuntimeError("x")))
    change.change(host, LUN)
    (result,) = host.results
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "unknown")
    assert [job["key"] for job in result["jobs"]] == ["the:job:key"]
    assert "the:job:key" in result["msg"]
    assert PASSWORD not in str(result)


def test_nothing_is_sent_for_a_run_whose_parent_is_gone(monkeypatch):
    signals = Signals()
    with signals.held():
        pass
    monkeypatch.setattr(os, "getppid", lambda: 1)
    with pytest.raises(Interrupted, match="the end of the process that started it"), signals.held():
        raise AssertionError("a change was sent")


def test_brackets_around_an_address_are_taken():
    given = {"hostname": "[::1]", "port": 443, "username": "u", "password": "p", "validate_certs": True}
    assert options.connection({**given, "request_timeout": 1}).url == "https://[::1]:443"
