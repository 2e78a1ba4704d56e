# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that changes many workloads. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._module_host import new_host
from ._workloads import WORKLOAD_ARGUMENTS, WORKLOAD_RULES, change_workloads


def run_workloads() -> None:
    """The whole of workloads."""
    change_workloads(new_host(**_argspec.for_changing(WORKLOAD_ARGUMENTS, WORKLOAD_RULES)))
