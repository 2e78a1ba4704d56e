# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a diagnosis says of name, port and certificate, and how its questions are answered."""

from __future__ import annotations

import types

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    Garbled,
    Lost,
    NotSent,
    Refused,
    Untrusted,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts.examination import Ask, Diagnosis
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import diagnosis_info
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import probe
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.replies import Reply
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Connection
from tests.local import LocalServer

from ..fakes import Clock

DAY = 86400.0
CONNECTION = Connection("um.example.com", 443, "admin", "pw", True, 30.0)


def certificate(days):
    return probe.Certificate(days * DAY, ("um.example.com",))


def below_http(monkeypatch, left=600.0, proxy=None, **found):
    """The verdicts of the steps, why nothing more can be asked, and the seconds that each step had.

    :param found: by function of the probe, what it returns or raises
    """
    seconds = []

    def step(name, answer):
        def probed(connection, *given):
            seconds.extend(given)
            if isinstance(found.get(name, answer), Exception):
                raise found[name]
            return found.get(name, answer)

        return probed

    for name, answer in (("addresses", ["10.0.0.1"]), ("connect", 0.25), ("handshake", certificate(365))):
        monkeypatch.setattr(probe, name, step(name, answer))
    monkeypatch.setattr(diagnosis_info, "proxy_of", lambda url: proxy)
    diagnosis, reason = Diagnosis("admin"), None
    session = types.SimpleNamespace(connection=CONNECTION, deadline=Clock().deadline(left))
    try:
        diagnosis_info._below_http(diagnosis, session)
    except diagnosis_info.Unreachable as error:
        reason = str(error)
    return diagnosis, reason, seconds


def told(diagnosis):
    return {check.name: check.verdict for check in diagnosis.checks}


def test_all_is_well(monkeypatch):
    diagnosis, reason, seconds = below_http(monkeypatch)
    assert told(diagnosis) == dict.fromkeys(("proxy", "address", "tcp", "tls"), "ok")
    assert (reason, seconds, diagnosis.measured["connect"]) == (None, [10.0, 10.0], 0.25)
    assert [check.seen for check in diagnosis.checks][1:] == [
        "um.example.com is 10.0.0.1.",
        "Port 443 answers in 250 ms.",
        "The certificate is for um.example.com and expires in 365 days.",
    ]


@pytest.mark.parametrize(("left", "seconds"), [(600.0, 10.0), (4.0, 4.0), (0.0, 0.1)])
def test_no_step_takes_longer_than_the_run_has(monkeypatch, left, seconds):
    assert below_http(monkeypatch, left=left)[2] == [seconds] * 2


def test_through_a_proxy_only_the_proxy_can_tell(monkeypatch):
    diagnosis, reason, seconds = below_http(monkeypatch, proxy="http://proxy:3128")
    assert (told(diagnosis), reason, seconds) == ({"proxy": "warning"}, None, [])


@pytest.mark.parametrize(
    ("step", "found", "words", "advice"),
    [
        ("address", {"addresses": NotSent("unknown name")}, "the step address failed", "Check hostname"),
        ("tcp", {"connect": NotSent("refused")}, "the step tcp failed", "lets this machine reach port 443"),
        ("tls", {"handshake": NotSent("no TLS")}, "the step tls failed", "Port 443 may be another service"),
        ("tls", {"handshake": Untrusted("expired")}, "the certificate does not verify", "Renew the certificate"),
        ("tls", {"handshake": Untrusted("a mismatch")}, "the certificate does not verify", "Use a host name"),
        ("tls", {"handshake": Untrusted("unknown CA")}, "the certificate does not verify", "Set ca_path"),
    ],
)
def test_the_first_step_that_fails_is_the_last(monkeypatch, step, found, words, advice):
    diagnosis, reason, _seconds = below_http(monkeypatch, **found)
    assert words in reason
    assert [name for name, verdict in told(diagnosis).items() if verdict == "failed"] == [step]
    assert (diagnosis.checks[-1].name, advice in diagnosis.checks[-1].means) == (step, True)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [(certificate(31), "ok"), (certificate(30), "ok"), (certificate(29.9), "warning"), (None, "warning")],
)
def test_certificates(monkeypatch, found, verdict):
    diagnosis, reason, _seconds = below_http(monkeypatch, handshake=found)
    assert (told(diagnosis)["tls"], reason) == (verdict, None)


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (Reply(200, {}, {"a": 1}), (200, {"a": 1}, 2.0, None)),
        (Refused("HTTP 403: no.", 403, "c1", form="error"), (403, None, 2.0, "c1")),
        (Garbled("HTML", 200), (200, None, 2.0, None)),
        (Lost("reset"), (None, None, 2.0, None)),
        (NotSent("refused"), (None, None, 2.0, None)),
    ],
)
def test_answers(reply, answer):
    clock = Clock()

    class Client:
        def reply(self, path, query):
            clock.time += 2.0
            if isinstance(reply, Exception):
                raise reply
            return reply

        def server_time(self):
            return 7.0

    session = types.SimpleNamespace(client=Client(), deadline=clock.deadline(600))
    found = diagnosis_info._ask(session, Ask("/system"))
    assert (found.status, found.body, found.seconds, found.code) == answer
    assert found.now == (7.0 if isinstance(reply, Reply) else None)


def test_nothing_is_asked_of_a_server_that_cannot_be_reached(monkeypatch):
    def unreachable(diagnosis, session):
        raise diagnosis_info.Unreachable("Not examined, because the step tcp failed.")

    monkeypatch.setattr(diagnosis_info, "_below_http", unreachable)
    server = LocalServer()
    result = server.run("diagnosis_info", {})
    assert (server.sent, result["changed"], result.get("failed")) == ([], False, None)
    assert {check["seen"] for check in result["checks"]} == {"Not examined, because the step tcp failed."}
