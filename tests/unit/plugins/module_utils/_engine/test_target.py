# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of an object on its way: whether there is work, whether it may be hidden, and what is compared."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import read_back
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import FAILED, SUCCESS, Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Operation, same
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


def reading(targets, listed=None):
    """A ReadBack whose lists hold one record."""
    reader = SimpleNamespace(listed=lambda finding, target: listed)
    planner = SimpleNamespace(
        reader=reader,
        client=SimpleNamespace(deadline=None),
        pages_of=lambda resource: 1,
        forget_lists=lambda: None,
    )
    return read_back.ReadBack(planner, targets)


@pytest.mark.parametrize(
    ("resource", "awaited", "several", "at_once"),
    [(IGROUP, False, True, False), (SVM, False, True, True), (IGROUP, True, True, True), (IGROUP, False, False, True)],
)
def test_only_what_nobody_waits_for_is_left_to_the_list(monkeypatch, resource, awaited, several, at_once):
    monkeypatch.setattr(read_back.ReadBack, "steps", lambda self, target: iter(["a look"]))
    made = target(resource, awaited=awaited)
    others = [target(resource)] if several else []
    assert bool(list(reading([made, *others]).after(made))) is at_once


@pytest.mark.parametrize(
    ("complete", "difference", "enough"),
    [
        (same, None, True),
        (same, "size", False),
        (lambda *given: {}, "size", True),  # what a list leaves out is no difference
    ],
)
def test_a_listed_record_is_enough_where_it_tells_all_and_tells_what_was_planned(
    monkeypatch, complete, difference, enough
):
    monkeypatch.setattr(read_back.ReadBack, "difference", lambda self, target: difference)
    made = target(IGROUP._replace(complete=complete), operations=[CHANGE], applied=1, desired={"name": "a", "svm": "s"})
    assert reading([made], {"key": "k", "name": "a"})._take_from_list(made) is enough
    assert (made.key, made.record) == ("k", {"key": "k", "name": "a"})
