# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that change many objects. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._listing import Many
from ._many import change_many
from ._module_host import new_host


def run_many(many: Many) -> None:
    """The whole of a module that changes many objects at once."""
    change_many(new_host(**_argspec.for_changing(many.resource.arguments, many.resource.rules)), many)
