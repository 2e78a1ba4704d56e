# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The engine's port for plugins that read: no task, no progress. Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class QuietHost:
    """As far as a session needs a host.

    :ivar warnings: what it was warned of
    """

    def __init__(self, params: Mapping[str, Any]) -> None:
        self.params = dict(params)
        self.warnings: list[str] = []
        self.warn = self.warnings.append

    def progress(self, text: str) -> None:
        """Nothing is waited for."""
