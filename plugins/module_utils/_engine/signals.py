# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The signals that end a process, turned into an error that a run can answer. Private to this collection."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .._base.errors import Interrupted

SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGALRM")  # by the last Ansible's worker obeys ``timeout`` of a task


class Signals:
    """Turns the signals that end a process into Interrupted, but only where the run waits.

    Anywhere else it may hold a lock that its own answer needs, or be in the middle of a line to Ansible; a signal that
    comes there is heeded at the next wait. While a write is on its way no wait heeds it: the write is answered within
    the request time-out, and its answer holds the job's key.
    """

    def __init__(self) -> None:
        self._held = 0
        self._waits = False
        self._pending: str | None = None
        self._muted = False
        self._parent = os.getppid()

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Within, signals are heeded; only the main thread can catch signals, elsewhere this does nothing."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        # What is ignored stays so, as nohup wants it; a handler that is not Python's (None) could not be restored.
        heeded = [number for number in numbers if signal.getsignal(number) not in (signal.SIG_IGN, None)]
        before = {number: signal.signal(number, self._handle) for number in heeded}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Around one call that waits; within, a signal is heeded at once.

        :raises Interrupted: there was a signal
        """
        self._waits = True
        try:
            self._raise_pending()
            yield
        finally:
            self._waits = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within, a signal waits for the end of the block, which sends a change.

        :raises Interrupted: there was a signal, or the process that started the run is gone and would miss its result
        """
        if os.getppid() != self._parent:
            self._pending = "the end of the process that started it; nothing more was sent"
        self._raise_pending()
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        self._raise_pending()

    def mute(self) -> None:
        """From now on signals are passed over: the answer is being written, and it must not be lost."""
        self._muted = True

    def _raise_pending(self) -> None:
        """:raises Interrupted: there was a signal, and nothing is held"""
        if self._pending and not self._held and not self._muted:
            raise Interrupted(self._pending)

    def _handle(self, number: int, frame: Any) -> None:
        self._pending = signal.Signals(number).name
        if self._waits:
            self._raise_pending()
