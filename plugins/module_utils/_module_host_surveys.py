# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that read what many lists say together. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._module_host import new_host
from ._placement import PLACEMENT_ARGUMENTS, place
from ._surveying import PERFORMANCE_ARGUMENTS, SURVEY_ARGUMENTS, measure, survey


def run_survey() -> None:
    """The whole of datacenter_info."""
    survey(new_host(**_argspec.for_reading(SURVEY_ARGUMENTS, {})))


def run_measuring() -> None:
    """The whole of metrics_info."""
    measure(new_host(**_argspec.for_reading(PERFORMANCE_ARGUMENTS, {})))


def run_data_placement() -> None:
    """The whole of data_placement."""
    place(new_host(**_argspec.for_reading(PLACEMENT_ARGUMENTS, {})))
