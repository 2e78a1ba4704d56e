# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the control API refuses to take for a fault or an outcome, before it does something else than was meant."""

from __future__ import annotations

import pytest

from tests.simulator.faults import Faults
from tests.simulator.outcomes import Outcomes


@pytest.mark.parametrize(
    ("description", "complaint"),
    [
        ({"failures": "text"}, "failures of an outcome is a list with a text or a mapping for each entry, not 'text'"),
        ({"warnings": {"task": 0}}, "warnings of an outcome is a list"),
        ({"failures": [1]}, "failures of an outcome is a list"),
        ({"failures": [{"task": 0, "because": "x"}]}, "a failure or a warning has no because; it has reason, task"),
        ({"failures": [{"task": 0, "reason": 5}]}, "reason of a failure or a warning is a text, not 5"),
        ({"warnings": [{"task": [0]}]}, "task of a failure or a warning is a whole number or a text"),
        ({"children": {"name": "x"}}, "children of an outcome is a list with a mapping for each entry"),
        ({"children": ["x"]}, "children of an outcome is a list"),
        ({"children": [{"named": "x"}]}, "a child has no named"),
        ({"children": [{"seconds": "1"}]}, "seconds of a child is a number, not '1'"),
        ({"omit": "complete_time"}, "omit of an outcome is a list with a text"),
        ({"results": "lunKey"}, "results of an outcome is a list"),
        ({"results": {"lunKey": 1}}, "results of an outcome is a list"),
        ({"times": "2"}, "times of an outcome is a whole number, not '2'"),
        ({"times": True}, "times of an outcome is a whole number, not True"),
        ({"seconds": "soon"}, "seconds of an outcome is a number or null, not 'soon'"),
        ({"lost": "no"}, "lost of an outcome is true or false, not 'no'"),
        ({"status": ["error"]}, "status of an outcome is a text or null"),
        ({"work": "some"}, "work is all or none, not 'some'"),
        ({"type": "("}, "'\\(' is not a regular expression"),
        ({"failures": [{"task": "*", "reason": "x"}]}, "is not a regular expression"),
        ({"state": "aborted", "colour": "red"}, "an outcome has no colour; it has children"),
        ("error", "an outcome is a mapping, not 'error'"),
    ],
)
def test_what_is_no_outcome(description, complaint):
    outcomes = Outcomes()
    with pytest.raises(ValueError, match=complaint):
        outcomes.add(description)
    assert outcomes.waiting() == []


@pytest.mark.parametrize(
    ("description", "complaint"),
    [
        ({}, "a fault needs kind"),
        ({"kind": "explosion"}, "the kind of a fault is one of"),
        ({"kind": ["status"]}, "kind of a fault is a text"),
        ({"kind": "status", "status": "500"}, "status of a fault is a whole number or null, not '500'"),
        ({"kind": "status", "process": "no"}, "process of a fault is true or false"),
        ({"kind": "delay", "seconds": "1"}, "seconds of a fault is a number"),
        ({"kind": "delay", "when": "during"}, "when before or after"),
        ({"kind": "status", "path": 5}, "path of a fault is a text"),
        ({"kind": "status", "path": "["}, "is not a regular expression"),
        ([{"kind": "status"}], "a fault is a mapping"),
    ],
)
def test_what_is_no_fault(description, complaint):
    faults = Faults()
    with pytest.raises(ValueError, match=complaint):
        faults.add(description)
    assert faults.waiting() == []


def test_what_is_one():
    outcomes, faults = Outcomes(), Faults()
    outcomes.add(
        {"failures": ["no space", {"task": "lun", "reason": "busy"}], "seconds": 1, "children": [{"name": "x"}]}
    )
    outcomes.add({"results": [{"name": "lunKey", "value": None}], "status": None})
    faults.add({"kind": "status", "status": 503, "retry_after": 2})
    faults.add({"kind": "status", "retry_after": "Wed, 21 Oct 2026 07:28:00 GMT"})
    assert (len(outcomes.waiting()), len(faults.waiting())) == (2, 2)
