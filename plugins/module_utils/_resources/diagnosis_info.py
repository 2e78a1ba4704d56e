# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagnosis of a server by reads alone: the order of its examinations. Private to this collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .parts import examine_jobs, examine_lists, examine_server
from .parts.examination import UNKNOWN, Diagnosis, Examination

ARGUMENTS: Mapping[str, Any] = {}
EXAMINATIONS: tuple[tuple[str, Callable[[Diagnosis], Examination]], ...] = (
    ("role", examine_server.role),
    ("pages", examine_lists.pages),
    ("filters", examine_lists.filters),
    ("error_bodies", examine_lists.errors),
    ("events", examine_lists.events),
    ("gateway", examine_lists.features),
    ("jobs", examine_jobs.jobs),
    ("clusters", examine_server.clusters),
)
LOGIN = examine_server.login
BACKUPS = examine_server.backups


def not_examined(diagnosis: Diagnosis, why: str) -> None:
    """Say of all that was left out that it is not known."""
    done = {check.name for check in diagnosis.checks}
    for name in ("login", "release", "clock", *(name for name, dummy in EXAMINATIONS), "backup"):
        if name not in done:
            diagnosis.add(name, UNKNOWN, why)


def counted(diagnosis: Diagnosis) -> dict[str, int]:
    """How many checks have each verdict."""
    verdicts = [check.verdict for check in diagnosis.checks]
    return {verdict: verdicts.count(verdict) for verdict in ("ok", "warning", "failed", "unknown")}
