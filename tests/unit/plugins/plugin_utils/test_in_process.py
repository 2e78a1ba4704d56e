# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the host in Ansible's worker shows."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import ActionHost


def test_progress_is_one_line_without_secrets():
    told = []
    spec = {"password": {"type": "str", "no_log": True}}
    host = ActionHost({"password": "sesame"}, False, told.append, spec)
    host.progress("Create\nfatal: \x1b[31msesame \u00e9")
    assert told == ["Create fatal:  [31m******** \u00e9"]
