# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets configuration run in process; written by tools/generate.py."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.modules.configuration import main
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import InProcess


class ActionModule(InProcess):
    main = staticmethod(main)
