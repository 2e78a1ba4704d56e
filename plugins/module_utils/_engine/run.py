# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module, from its options to its result; every error becomes a result here.

Private to this collection.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from .._base.errors import Interrupted, UMError, bug_of
from .._base.redact import Forms, redact, secret_forms
from .ansible_module import Host
from .report import Result
from .session import Session
from .signals import Signals


def run(
    host: Host,
    work: Callable[[Session, Signals], Result],
    report: Callable[[BaseException | None], Result],
    warnings: Sequence[str] = (),
) -> None:
    """Do the work in a session; whatever happens, hand one result without secrets to the host.

    :param work: does it; what it returns is added to the report
    :param report: the result, given what ended the work early or None
    :param warnings: a list that the work fills; told to the host at the end
    """
    signals = Signals()
    secrets = secret_forms(host.argument_spec, host.params, os.environ)
    extra: Result = {}
    accepted: list[str] = []
    stopped: BaseException | None = None
    with signals.caught():
        try:
            discreet = Discreet(host, secrets)
            session = Session(discreet, conceal=lambda text: str(redact(text, secrets)), waiting=signals.waiting)
            accepted = session.client.accepted
            try:
                extra = work(session, signals)
            finally:
                signals.mute()
                session.close()
        except (UMError, Interrupted) as error:
            stopped = error
        except Exception as error:  # a bug of ours must not lose the job's key (failure matrix, row 25)
            stopped = _bug(error)
        try:
            result = redact({**report(stopped), **extra}, secrets)
            for warning in warnings:
                host.warn(redact(warning, secrets))
            host.finish(result)
        except Exception as error:  # what cannot be reported or handed over must not lose the keys, either
            host.finish(redact(_bare(_bug(error), accepted), secrets))


def _bug(error: Exception) -> UMError:
    return UMError(bug_of(error), outcome="unknown")


def _bare(error: UMError, accepted: Sequence[str]) -> Result:
    """The least that a result has: what is known without a report."""
    jobs = f" Jobs that were accepted: {', '.join(accepted)}." if accepted else ""
    return {
        "failed": True,
        "changed": bool(accepted),
        "outcome": error.outcome,
        "msg": f"{error.message}{jobs}",
        "jobs": [{"key": key, "outcome": "unknown", "finished": False, "succeeded": None} for key in accepted],
    }


class Discreet:
    """Removes secrets from warnings and progress lines before it passes them on."""

    def __init__(self, host: Host, secrets: Forms) -> None:
        self.params = host.params
        self._host = host
        self._secrets = secrets

    def warn(self, text: str) -> None:
        self._host.warn(redact(text, self._secrets))

    def progress(self, text: str) -> None:
        self._host.progress(redact(text, self._secrets))
