# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What benchmarks start is what the collection has now."""

from __future__ import annotations

import contextvars
import json

from tests.benchmarks import child


def test_a_child_does_the_work_of_a_module(tmp_path):
    arguments = tmp_path / "arguments.json"
    arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": {"limit": "many"}}), encoding="utf-8")
    result = contextvars.copy_context().run(child.in_process, "lun_info", str(arguments))
    assert (result["failed"], result["outcome"]) == (True, "failed")
    assert "limit" in result["msg"]
