# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that wait for jobs of others, or for UM's own backup. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._backing_up import back_up
from ._module_host import new_host
from ._resources.backup import BACKUP
from ._waiting import WAIT_ARGUMENTS, wait_for_jobs


def run_backup() -> None:
    """The whole of backup."""
    back_up(new_host(**_argspec.for_changing(BACKUP.arguments, BACKUP.rules)))


def run_job_wait() -> None:
    """The whole of job_wait."""
    wait_for_jobs(new_host(**_argspec.for_waiting(WAIT_ARGUMENTS)))
