# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a value into a file as JSON: ``kept: {value: ..., path: ...}``; the module copy takes a second for it."""

from __future__ import annotations

import json
import pathlib

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        pathlib.Path(self._task.args["path"]).write_text(json.dumps(self._task.args["value"]), encoding="utf-8")
        return super().run(tmp, task_vars)
