# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of an object on its way: whether there is work, whether it may be hidden, and what is compared."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import read_back
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import FAILED, SUCCESS, Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Operation
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUP
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.svm import SVM

CREATE, CHANGE = Operation("create", "POST"), Operation("os_type", "PATCH")
ERROR = BadInput("no")


def target(resource=IGROUP, **known):
    made = Target(resource, {"name": "a"})
    for name, value in known.items():
        setattr(made, name, value)
    return made


def watch(outcome):
    made = Watch("k:1", 0.0, "igroup 'a'")
    made.end(outcome, 1.0)
    return made


@pytest.mark.parametrize(
    ("known", "work"),
    [
        ({}, False),
        ({"operations": [CHANGE]}, True),
        ({"follow": object()}, True),
        ({"operations": [CHANGE], "error": ERROR}, False),
        ({"error": ERROR}, False),
    ],
)
def test_there_is_work_unless_an_error_stopped_it(known, work):
    assert target(**known).has_work is work


@pytest.mark.parametrize(
    ("resource", "state", "record", "hidden"),
    [
        (SVM, "absent", None, True),
        (SVM, "absent", {"key": "k"}, False),
        (SVM, "present", None, False),
        (IGROUP, "absent", None, False),
    ],
)
def test_only_what_the_inventory_shows_late_and_does_not_show_may_be_hidden(resource, state, record, hidden):
    assert target(resource, desired={"state": state}, record=record).may_be_hidden is hidden


@pytest.mark.parametrize(
    ("known", "compared"),
    [
        ({"operations": [CHANGE], "applied": 1}, True),
        ({"operations": [CREATE, CHANGE], "applied": 1}, False),
        ({}, False),
        ({"operations": [CHANGE], "applied": 1, "error": ERROR}, False),
        ({"operations": [CHANGE], "applied": 1, "watches": [watch(SUCCESS)]}, True),
        ({"operations": [CHANGE], "applied": 1, "watches": [watch(SUCCESS), watch(FAILED)]}, False),
    ],
)
def test_the_server_must_show_the_plan_only_where_all_of_it_was_done(known, compared):
    assert read_back._is_compared(target(**known)) is compared
