# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module that calls ONTAP. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._module_host import new_host
from ._ontap_call import call_ontap
from ._resources.ontap import ONTAP


def run_ontap() -> None:
    """The whole of ontap."""
    call_ontap(new_host(**_argspec.for_changing(ONTAP.arguments, ONTAP.rules)))
