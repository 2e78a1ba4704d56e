# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server itself, as it is read (docs/facts/server.md, 8.21). Private to this collection."""

from __future__ import annotations

from .._model.listing import Single

SYSTEM = Single(noun="system", path="/management-server/system")
