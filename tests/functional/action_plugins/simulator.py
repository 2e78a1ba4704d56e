# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steers the simulator between the tasks of a play: ``simulator: {method: DELETE, name: exchanges}``.

The environment's UM_CONTROL is the URL of its control API. The answer is the result's ``answer``.
"""

from __future__ import annotations

import os
import pathlib
import sys

from ansible.plugins.action import ActionBase

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3]))

from tests.simulator.launch import Simulator


class ActionModule(ActionBase):
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        simulator = Simulator({"control": os.environ["UM_CONTROL"]})
        return {**super().run(tmp, task_vars), "answer": simulator.control(**self._task.args)}
