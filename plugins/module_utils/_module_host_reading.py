# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that read. Private to this collection."""

from __future__ import annotations

from . import _argspec
from ._listing import Listing, Single
from ._module_host import new_host
from ._reading import list_records, read_single


def run_listing(listing: Listing) -> None:
    """The whole of a module that reads records."""
    list_records(new_host(**_argspec.for_reading(listing.arguments, listing.rules)), listing)


def run_reading(single: Single) -> None:
    """The whole of a module that reads a thing of which there is only one."""
    read_single(new_host(**_argspec.for_reading({}, {})), single)
