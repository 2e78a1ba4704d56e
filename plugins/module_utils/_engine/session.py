# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run's connection, deadline and signals, and the port through which the engine speaks to Ansible.

Private to this collection.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from .._base.deadline import Deadline, Waiting
from .._base.errors import BadInput
from .._model import options
from .._um.client import Client
from .._um.transport import Transport
from .._um.wire import REQUESTS_ERROR

if TYPE_CHECKING:
    from .._jobs.poller import JobPoller
    from .._jobs.progress import Progress
    from .ansible_module import Listener


class Session:
    """The parts that a run works with.

    What waits is imported when there is something to wait for: most runs find nothing to do, and a module starts
    anew for each task.

    :ivar connection: how the server is reached
    :param conceal: a text of the server without secrets
    :param waiting: what is around each call that waits
    """

    def __init__(
        self,
        host: Listener,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
        conceal: Callable[[str], str] = lambda text: text,
        waiting: Waiting = nullcontext,
    ) -> None:
        params = host.params
        options.check_texts(params)
        self.connection = connection = options.connection(params)
        if REQUESTS_ERROR:
            raise BadInput(
                "The Python library requests is needed where this module runs, and cannot be imported:"
                f" {REQUESTS_ERROR}."
            )
        options.check_waiting(params)
        self._host = host
        self.deadline = Deadline(params.get("wait_timeout"), clock, sleep, waiting)
        self.client = Client(Transport(connection, self.deadline, conceal))
        if connection.verify is False:
            host.warn(f"The certificate of {connection.url} is not verified, because validate_certs is false.")

    @cached_property
    def progress(self) -> Progress:
        from .._jobs.progress import Progress

        return Progress(self._host.progress, self.deadline.now)

    @cached_property
    def poller(self) -> JobPoller:
        from .._jobs.poller import JobPoller

        defaults = {name: spec["default"] for name, spec in options.POLLING.items()}
        params = {**defaults, **self._host.params}
        return JobPoller(
            self.client,
            self.deadline,
            poll_interval=params["poll_interval"],
            polling=params["polling"],
            request_timeout=params["request_timeout"],
            warn=self._host.warn,
            on_submit=self.progress.submitted,
            on_change=self.progress.moved,
            on_look=self.progress.looked,
        )

    def close(self) -> None:
        self.client.transport.close()
