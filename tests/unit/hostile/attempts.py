# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of modules that may go wrong in any way."""

from __future__ import annotations

OUTCOMES = {"changed", "unchanged", "partial", "failed", "submitted", "timeout", "unknown"}


def attempt(server, module, options):
    """The result of a module; of one that raised, ``outcome`` is exception.

    :param server: a tests.local.LocalServer
    """
    try:
        return server.run(module, options)
    except Exception as error:
        return {"outcome": "exception", "msg": f"{type(error).__name__}: {error}"}
