# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import alert_script

KEY = "02c9e252-41be-11e9-81d5-00a0986138f7"
RECORD = {"key": KEY, "name": "fix.sh", "description": "Fixes it."}


def desired(**options):
    return alert_script.desired({**dict.fromkeys(alert_script.ARGUMENTS), "state": "present", **options})


def plan(record, **options):
    return list(alert_script.plan(record and alert_script.current(record), desired(**options)))


@pytest.mark.parametrize(
    "options",
    [
        {"name": "fix.sh"},
        {"name": "fix.sh", "content": "#!/bin/sh", "description": "Fixes it."},
        {"name": KEY},
    ],
)
def test_one_that_is_there_is_left_alone(options):
    assert plan(RECORD, **options) == []
    assert alert_script.find(desired(**options)).matches(RECORD)


@pytest.mark.parametrize(
    ("options", "name", "described"),
    [
        ({"name": "a.sh", "content": "é"}, "a.sh", None),
        ({"src": "FILE"}, "local.sh", None),
        ({"src": "FILE", "name": "a.sh", "description": "d"}, "a.sh", (None, b"d")),
        ({"src": "FILE", "description": ""}, "local.sh", (None, b"")),
    ],
)
def test_uploads(tmp_path, options, name, described):
    path = tmp_path / "local.sh"
    path.write_bytes("é".encode())
    if "src" in options:
        options = {**options, "src": str(path)}
    (operation,) = plan(None, **options)
    assert (operation.purpose, operation.verb, operation.body) == ("create", "POST", None)
    assert operation.files["name"] == (name, "é".encode(), "application/octet-stream")
    assert operation.files.get("description") == described
    assert operation.display["name"] == operation.after["name"] == name


@pytest.mark.parametrize(
    ("record", "options", "words"),
    [
        (RECORD, {"name": "fix.sh", "description": "other"}, "API cannot change or delete a script"),
        (RECORD, {"name": "fix.sh", "description": ""}, "API cannot change or delete a script"),
        (None, {"name": "fix.sh"}, "to create it, also set src or content"),
        (None, {"name": KEY, "content": "x"}, "no script has the key"),
        (None, {"name": "a.sh", "content": ""}, "The script is empty"),
        (None, {"name": "bin/a.sh", "content": "x"}, "give it without a directory"),
        (None, {"src": "/nowhere/a.sh"}, "src: /nowhere/a.sh cannot be read where the module runs: No such file"),
    ],
)
def test_refusals(record, options, words):
    with pytest.raises(BadInput) as error:
        plan(record, **options)
    assert words in error.value.message
