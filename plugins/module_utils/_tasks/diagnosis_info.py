# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnosis of a server: the steps below HTTP, then one examination after the other. Private to this collection."""

from __future__ import annotations

import time
from collections.abc import Callable

from .._base.errors import Garbled, NotSent, Refused, TransportError, UMError, Untrusted
from .._engine.ansible_module import Host, new_host
from .._engine.report import Result
from .._engine.run import run
from .._engine.session import Session
from .._engine.signals import Signals
from .._model import options
from .._resources.diagnosis_info import ARGUMENTS, BACKUPS, EXAMINATIONS, LOGIN, counted, not_examined
from .._resources.parts.examination import FAILED, OK, UNKNOWN, WARNING, Answer, Ask, Diagnosis, Examination
from .._resources.parts.examine_server import clock
from .._um import probe
from .._um.transport import Connection
from .._um.wire import proxy_of
from .read import reading_result

LONGEST_STEP = 10.0  # seconds for a step below HTTP
EXPIRES_SOON = 30 * 86400.0  # seconds
CERTIFICATE_ADVICE = (
    ("expired", "Renew the certificate of the server."),
    ("not yet valid", "Check the clocks of both machines."),
    ("mismatch", "Use a host name that the certificate has, or renew it with this name."),
    ("doesn't match", "Use a host name that the certificate has, or renew it with this name."),
    ("", "Set ca_path to the certificate of the CA that signed it, or of the server where it is self-signed."),
)


class Unreachable(Exception):
    """Nothing more can be asked."""


def run_diagnosis() -> None:
    """The whole of diagnosis_info."""
    nothing = Diagnosis("")
    blank = {"checks": [], "verdicts": counted(nothing), "profile": nothing.profile()}
    diagnose(new_host(options.for_reading(ARGUMENTS, {}), **blank))


def diagnose(host: Host) -> None:
    """Ask the server what it is like; a check that failed is a result, not a failure of the task."""
    diagnosis = Diagnosis(str(host.params.get("username") or ""))

    def work(session: Session, signals: Signals) -> Result:
        try:
            _below_http(diagnosis, session)
            _over_http(diagnosis, session)
        except Unreachable as error:
            not_examined(diagnosis, str(error))
        return {}

    def report(error: BaseException | None) -> Result:
        if error is not None:
            not_examined(diagnosis, "The run ended before it was examined.")
        return {
            "checks": [check.describe() for check in diagnosis.checks],
            "verdicts": counted(diagnosis),
            "profile": diagnosis.profile(),
            **reading_result(error),
        }

    run(host, work, report)


def _below_http(diagnosis: Diagnosis, session: Session) -> None:
    """Name, connection and certificate; through a proxy only the proxy can tell.

    :raises Unreachable: no request can be sent
    """
    connection = session.connection
    proxy = proxy_of(connection.url)
    if proxy is not None:
        seen = f"Requests go through the proxy {proxy}."
        diagnosis.add("proxy", WARNING, seen, "If the server is reachable directly, set NO_PROXY.")
        return
    diagnosis.add("proxy", OK, "No proxy is set for this server.")
    steps: list[tuple[str, Callable[[Diagnosis, Connection, float], None]]] = [
        ("address", _address),
        ("tcp", _tcp),
        ("tls", _tls),
    ]
    for name, step in steps:
        try:
            step(diagnosis, connection, min(LONGEST_STEP, max(0.1, session.deadline.left())))
        except Untrusted as error:
            advice = next(text for words, text in CERTIFICATE_ADVICE if words in error.message)
            diagnosis.add(name, FAILED, f"The certificate does not verify: {error.message}.", advice)
            raise Unreachable("Not examined, because the certificate does not verify.") from error
        except NotSent as error:
            diagnosis.add(name, FAILED, error.message, _advice(name, connection))
            raise Unreachable(f"Not examined, because the step {name} failed.") from error


def _advice(step: str, connection: Connection) -> str:
    if step == "address":
        return "Check hostname and the name service of the machine where the module runs."
    if step == "tcp":
        return f"Check that UM runs and that a firewall lets this machine reach port {connection.port}."
    return f"Port {connection.port} may be another service: UM's API is HTTPS, on port 443 unless it was changed."


def _address(diagnosis: Diagnosis, connection: Connection, seconds: float) -> None:
    found = probe.addresses(connection)
    diagnosis.add("address", OK, f"{connection.hostname} is {', '.join(found)}.")


def _tcp(diagnosis: Diagnosis, connection: Connection, seconds: float) -> None:
    took = probe.connect(connection, seconds)
    diagnosis.measured["connect"] = took
    diagnosis.add("tcp", OK, f"Port {connection.port} answers in {took * 1000:.0f} ms.")


def _tls(diagnosis: Diagnosis, connection: Connection, seconds: float) -> None:
    certificate = probe.handshake(connection, seconds)
    if certificate is None:
        means = "Others on the network can read the password. Set ca_path, and validate_certs to true."
        diagnosis.add("tls", WARNING, "The certificate is not verified, since validate_certs is false.", means)
        return
    days = certificate.seconds_left / 86400
    soon = certificate.seconds_left < EXPIRES_SOON
    seen = f"The certificate is for {', '.join(certificate.names)} and expires in {days:.0f} days."
    diagnosis.add("tls", WARNING if soon else OK, seen, "Renew it in time." if soon else "")


def _over_http(diagnosis: Diagnosis, session: Session) -> None:
    """All examinations; one that cannot be made does not stop the others.

    :raises Unreachable: the login is refused, or no request comes through
    """
    before = time.time()
    _examine(diagnosis, session, "login", LOGIN(diagnosis))
    if any(check.name == "login" and check.verdict == FAILED for check in diagnosis.checks):
        raise Unreachable("Not examined, because the login failed.")
    server_time = session.client.server_time()
    clock(diagnosis, None if server_time is None else _offset(server_time, before))
    for name, examination in EXAMINATIONS:
        _examine(diagnosis, session, name, examination(diagnosis))
    now = session.client.server_time()
    _examine(diagnosis, session, "backup", BACKUPS(diagnosis, time.time() if now is None else now))


def _offset(server_time: float, before: float) -> float:
    """Seconds that the server is ahead; Date has whole seconds, so that less than one, and the request, is nothing."""
    offset = server_time - time.time()
    return 0.0 if abs(offset) <= 1.0 + (time.time() - before) else offset


def _examine(diagnosis: Diagnosis, session: Session, name: str, examination: Examination) -> None:
    """Carry the questions of one examination to the server, and the answers back."""
    try:
        question = next(examination)
        while True:
            if session.deadline.passed():
                raise Unreachable("Not examined, because wait_timeout passed.")
            question = examination.send(_ask(session, question))
    except StopIteration:
        return
    except UMError as error:
        diagnosis.add(name, UNKNOWN, error.message)


def _ask(session: Session, question: Ask) -> Answer:
    begun = session.deadline.now()
    try:
        reply = session.client.reply(question.path, question.query)
    except Refused as error:
        form = "html" if error.form == "other" else error.form
        return Answer(error.status, None, session.deadline.now() - begun, error.code, error.message, form)
    except Garbled as error:
        return Answer(error.status, None, session.deadline.now() - begun, None, error.message)
    except TransportError as error:
        return Answer(None, None, session.deadline.now() - begun, None, error.message)
    took = session.deadline.now() - begun
    return Answer(reply.status, reply.body, took, now=session.client.server_time())
