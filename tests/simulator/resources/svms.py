# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage virtual machines (wire facts 8.4)."""

from __future__ import annotations

from ..collection import Collection, names
from ..paths import SVMS

ROUTES = Collection(
    SVMS,
    names(
        "key cluster.{key,uuid,name} nis.enabled nvme.enabled language nfs.enabled subtype fcp.enabled iscsi.enabled"
        " name ldap.enabled uuid cifs.{name,enabled} state"
    ),
).routes()
