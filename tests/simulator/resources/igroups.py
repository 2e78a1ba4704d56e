# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Initiator groups (wire facts 8.8)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import IGROUPS

ROUTES = Collection(
    IGROUPS,
    names("key name os_type protocol uuid svm.{key,uuid,name} cluster.{key,uuid,name}"),
).routes()
