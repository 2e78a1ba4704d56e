# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The levels of the guarantee program: plans and the refusal."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_guarantee_levels import (
    LEVELS,
)

THERE = LEVELS.current({"records": [{"name": "Extreme for Databases"}]})


@pytest.mark.parametrize(
    ("before", "state", "verbs"),
    [(None, "present", ["POST"]), (THERE, "present", []), (None, "absent", [])],
)
def test_plans(before, state, verbs):
    operations = LEVELS.plan(before, LEVELS.desired({"state": state}))
    assert [operation.verb for operation in operations] == verbs


def test_they_cannot_be_taken_away():
    with pytest.raises(BadInput) as error:
        LEVELS.plan(THERE, LEVELS.desired({"state": "absent"}))
    assert "cannot remove these levels" in error.value.message
