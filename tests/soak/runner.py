# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of a module as the soak makes it: in this process or in one of its own, with what the judge needs to know."""

from __future__ import annotations

import json
import os
import signal
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Transport
from tests.inprocess import HurriedClock
from tests.inprocess import run as run_module

SHARE_OF_PAUSES = 0.04


class Ended(NamedTuple):
    """What came out of a run.

    :param result: of the module
    :param seconds: of the run's own clock that it took
    :param late: those of its requests that began when its deadline had passed, by its own clock
    :param peak: MiB, the most memory that its process had so far
    """

    result: dict[str, Any]
    seconds: float
    late: list[str]
    peak: float


def run_here(module: str, options: dict[str, Any]) -> Ended:
    """A run in this process."""
    clock = HurriedClock(SHARE_OF_PAUSES)
    began = clock.now()
    with _late_requests() as late:
        try:
            result = run_module(module, options, clock=clock)
        except Exception as error:
            result = {"failed": True, "changed": False, "outcome": "exception", "msg": f"Traceback: {error!r}"}
    return Ended(result, clock.now() - began, late, peak_memory())


@contextmanager
def _late_requests():
    """A list that grows by each request that begins when the run's deadline has passed."""
    late: list[str] = []
    once = Transport.once

    def noted(transport, request):
        if transport.deadline.passed():
            late.append(f"{request.method} {request.path}")
        return once(transport, request)

    with mock.patch.object(Transport, "once", noted):
        yield late


def peak_memory() -> float:
    """MiB that this process had at most; unlike ru_maxrss it does not count what its parent had."""
    with open("/proc/self/status", encoding="ascii") as status:
        (line,) = [line for line in status if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def fork(module: str, options: dict[str, Any]) -> tuple[int, int]:
    """A run in a process of its own: its id, and where its result can be read."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(reader)
            with os.fdopen(writer, "w", encoding="utf-8") as pipe:
                json.dump(run_here(module, options), pipe)
        finally:
            os._exit(0)
    os.close(writer)
    return pid, reader


def result_of(pid: int, reader: int) -> Ended:
    """Wait for the end of a forked run."""
    with os.fdopen(reader, encoding="utf-8") as pipe:
        ended = Ended(*json.load(pipe))
    os.waitpid(pid, 0)
    return ended


def kill(pid: int, reader: int) -> None:
    """End a forked run as ``kill -9`` does."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(reader)
