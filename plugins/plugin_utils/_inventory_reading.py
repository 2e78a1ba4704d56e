# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads what one Unified Manager knows for an inventory. Private to this collection."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ..module_utils._base.errors import UMError
from ..module_utils._base.redact import redact, secret_forms
from ..module_utils._engine.session import Session
from ..module_utils._model import options
from ._quiet_host import QuietHost
from ._servers import Server


def read(server: Server, queries: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """What a server answers, or the UMError that kept it from it; and the warnings meanwhile."""
    reader = QuietHost(server.params)
    try:
        session = Session(reader)
        try:
            return {kind: list(session.client.records(*query)) for kind, query in queries.items()}, reader.warnings
        finally:
            session.close()
    except UMError as error:
        return error, reader.warnings


def without_secrets(text: str, given: Iterable[Mapping[str, Any]]) -> str:
    for params in given:
        text = redact(text, secret_forms(options.CONNECTION, params, os.environ))
    return text
