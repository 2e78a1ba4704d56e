# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the host in Ansible's worker shows."""

from __future__ import annotations

import os
import subprocess
import sys

from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import ActionHost


def test_progress_is_one_line_without_secrets():
    told = []
    spec = {"password": {"type": "str", "no_log": True}}
    host = ActionHost({"password": "sesame"}, False, told.append, spec)
    host.progress("Create\nfatal: \x1b[31msesame \u00e9")
    assert told == ["Create fatal:  [31m******** \u00e9"]


def test_the_process_of_the_playbook_imports_what_its_workers_need():
    plugins = "ansible_collections.aiqum.unified_manager.plugins"
    program = f"import sys, {plugins}.plugin_utils._in_process, {plugins}.modules.lun\nprint(*sys.modules, sep='\\n')"
    environment = {**os.environ, "PYTHONPATH": os.environ["ANSIBLE_COLLECTIONS_PATH"]}
    command = [sys.executable, "-c", program]
    imported = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()
    ours = {name.rpartition(".module_utils.")[2] for name in imported}
    assert {"_engine.executor", "_jobs.poller", "_jobs.progress", "_jobs.submission"} <= ours
