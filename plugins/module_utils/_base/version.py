# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version of the collection; galaxy.yml says the same. Private to this collection."""

from __future__ import annotations

VERSION = "1.0.0"
