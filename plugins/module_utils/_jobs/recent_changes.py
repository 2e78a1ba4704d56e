# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What UM's jobs changed so recently that the inventory may not show it yet (docs/facts/server.md, 4.9).

Private to this collection.
"""

from __future__ import annotations

import contextlib

from .._base.errors import UMError
from .._base.times import moment
from .._um.client import Client
from .job import Job
from .submission import is_about, newest_jobs

JOBS_LOOKED_AT = 1000


class RecentChanges:
    """The jobs about a kind of object that run, or have ended within the lag of the inventory; read when needed.

    :param title: UM's term for the kind
    :param lag: seconds
    """

    def __init__(self, client: Client, title: str, lag: float) -> None:
        self._client = client
        self._title = title.casefold()
        self._lag = lag
        self._is_read = False
        self._jobs: list[Job] | None = None
        self._text = ""

    def changed(self, name: str) -> bool:
        """Whether one of them may be about the object of this name; True where that cannot be known."""
        if not self._is_read:
            self._is_read = True
            with contextlib.suppress(UMError):  # a user who may not read jobs
                self._jobs = self._read()
                self._text = "\n".join(text for job in self._jobs for text in job.texts)
        if self._jobs is None:
            return True
        return name in self._text and any(is_about(job, name) for job in self._jobs)

    def _read(self) -> list[Job]:
        """:raises UMError: they cannot be read, or do not tell what they are about"""
        jobs = newest_jobs(self._client, JOBS_LOOKED_AT)
        now = self._client.server_time()
        if now is None:
            raise UMError("The server sends no time.")
        recent = [job for job in jobs if not job.finished or now - _ended_at(job) < self._lag]
        about = [job for job in recent if self._title in f"{job.type} {job.name}".casefold()]
        if len(recent) == JOBS_LOOKED_AT or any(set(job.texts) <= {job.name} for job in about):
            raise UMError("There are too many jobs, or one names nothing.")
        return about


def _ended_at(job: Job) -> float:
    return moment(job.complete_time) or moment(job.submit_time) or 0.0
