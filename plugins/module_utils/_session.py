# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run's connection, deadline and signals, and the port through which the engine speaks to Ansible.

Private to this collection.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from . import _argspec
from ._client import Client
from ._deadline import Deadline
from ._errors import BadInput, Interrupted
from ._http import REQUESTS_ERROR, Transport

if TYPE_CHECKING:
    from ._poller import JobPoller
    from ._progress import Progress

SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP", "SIGALRM")  # by the last Ansible's worker obeys ``timeout`` of a task


class Host(Protocol):
    """What the engine needs of the one who runs it: AnsibleModule, or an action plugin.

    ``params`` are validated options; ``argument_spec`` says which of them are secret.
    """

    params: dict[str, Any]
    argument_spec: dict[str, Any]
    check_mode: bool

    def warn(self, text: str) -> None:
        """Show a warning."""

    def progress(self, text: str) -> None:
        """Show that something moved, where a person can see it."""

    def finish(self, result: dict[str, Any]) -> None:
        """End the task; ``failed`` in the result says how."""


class Session:
    """The parts that a run works with.

    What waits is imported when there is something to wait for: most runs find nothing to do, and a module starts
    anew for each task.
    """

    def __init__(self, host: Host, clock: Callable[[], float] = time.monotonic, sleep: Any = time.sleep) -> None:
        params = host.params
        _argspec.check_texts(params)
        connection = _argspec.connection(params)
        if REQUESTS_ERROR:
            raise BadInput(
                "The Python library requests is needed where this module runs, and cannot be imported:"
                f" {REQUESTS_ERROR}."
            )
        wait_timeout = None
        if "wait_timeout" in params:
            wait_timeout = _argspec.positive(params, "wait_timeout")
            _argspec.positive(params, "poll_interval")
        self._host = host
        self.deadline = Deadline(wait_timeout, clock, sleep)
        self.client = Client(Transport(connection, self.deadline))
        if connection.verify is False:
            host.warn(f"The certificate of {connection.url} is not verified, because validate_certs is false.")

    @cached_property
    def progress(self) -> Progress:
        from ._progress import Progress

        return Progress(self._host.progress, self.deadline.now)

    @cached_property
    def poller(self) -> JobPoller:
        from ._poller import JobPoller

        params = self._host.params
        return JobPoller(
            self.client,
            self.deadline,
            poll_interval=params["poll_interval"],
            polling=params["polling"],
            request_timeout=params["request_timeout"],
            warn=self._host.warn,
            on_change=self.progress.moved,
            on_look=self.progress.looked,
        )

    def close(self) -> None:
        self.client.transport.close()


class Signals:
    """Turns the signals that end a process into Interrupted, but never while a write is on its way.

    A write that was sent is answered within the request time-out, and its answer holds the job's key: that answer is
    awaited first.
    """

    def __init__(self) -> None:
        self._held = 0
        self._pending: str | None = None
        self._raised = False

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Within, a signal raises Interrupted; only the main thread can catch signals, elsewhere this does nothing."""
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
    def held(self) -> Iterator[None]:
        """Within, a signal waits for the end of the block."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        self.raise_pending()

    def mute(self) -> None:
        """From now on signals are passed over: the answer is being written, and it must not be lost."""
        self._raised = True

    def raise_pending(self) -> None:
        if self._pending and not self._held and not self._raised:
            self._raised = True  # a second signal must not disturb the answer to the first
            raise Interrupted(self._pending)

    def _handle(self, number: int, frame: Any) -> None:
        self._pending = signal.Signals(number).name
        self.raise_pending()
