# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of request bodies (docs/facts/server.md, 3.5 and 5)."""

from __future__ import annotations

import pytest

from tests.simulator.errors import Refusal
from tests.simulator.switches import Switches
from tests.simulator.validation import READ, check_body, decimal, flag, number, reference_shape, require, text

SHAPE = {
    "key": READ,
    "name": text("create", shortest=1, longest=5),
    "kind": text(one_of=("a", "b")),
    "protocol": text(one_of=("https",), any_case=True),
    "state": text("modify"),
    "day": text(nullable=True),
    "space": {"size": number(minimum=1)},
    "ratio": decimal(maximum=1),
    "on": flag(),
    "svm": reference_shape("create"),
    "maps": [{"number": number(minimum=0, maximum=4095)}],
}


@pytest.mark.parametrize(
    ("method", "body", "checked"),
    [
        ("POST", {"name": "x", "kind": "a"}, {"name": "x", "kind": "a"}),
        ("POST", {"space": {"size": "7"}, "maps": [{"number": "3"}]}, {"space": {"size": 7}, "maps": [{"number": 3}]}),
        ("POST", {"on": "true", "ratio": 0.5}, {"on": True, "ratio": 0.5}),
        ("POST", {"protocol": "HTTPS"}, {"protocol": "https"}),
        ("POST", {"name": None, "space": {"size": None}, "day": None}, {"day": None}),
        ("POST", {"key": "k", "state": "on", "_links": {}}, {}),
        ("POST", {"svm": {"key": "k", "name": "n", "_links": {}}}, {"svm": {"key": "k"}}),
        ("PATCH", {"name": "x", "svm": {"key": "k"}, "state": "on"}, {"state": "on"}),
        ("PATCH", {"maps": []}, {"maps": []}),
        ("PATCH", {}, {}),
    ],
)
def test_good_bodies(method, body, checked):
    assert check_body(body, SHAPE, method, Switches()) == checked


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ([], None),
        ("text", None),
        ({"colour": "red"}, "colour"),
        ({"svm": {"colour": "red"}}, "svm.colour"),
        ({"name": 3}, "name"),
        ({"name": ""}, "name"),
        ({"name": "longer"}, "name"),
        ({"kind": "c"}, "kind"),
        ({"kind": "A"}, "kind"),
        ({"space": 3}, "space"),
        ({"space": {"size": "big"}}, "space.size"),
        ({"space": {"size": 1.5}}, "space.size"),
        ({"space": {"size": True}}, "space.size"),
        ({"space": {"size": 0}}, "space.size"),
        ({"ratio": 2}, "ratio"),
        ({"on": "perhaps"}, "on"),
        ({"maps": {}}, "maps"),
        ({"maps": [{"number": 4096}]}, "maps.number"),
        ({"maps": [{"number": -1}]}, "maps.number"),
    ],
)
def test_bad_bodies(body, target):
    with pytest.raises(Refusal) as refusal:
        check_body(body, SHAPE, "POST", Switches())
    assert (refusal.value.status, refusal.value.target) == (400, target)


@pytest.mark.parametrize(
    ("method", "body"), [("POST", {"key": "k"}), ("POST", {"state": "on"}), ("PATCH", {"name": "x"})]
)
def test_fields_at_the_wrong_time_can_be_refused(method, body):
    switches = Switches()
    switches.set("read_only_fields", "refuse")
    with pytest.raises(Refusal) as refusal:
        check_body(body, SHAPE, method, switches)
    assert refusal.value.target in body


def test_an_empty_patch_can_be_refused():
    switches = Switches()
    switches.set("empty_patch", "refuse")
    with pytest.raises(Refusal):
        check_body({}, SHAPE, "PATCH", switches)
    assert check_body({}, SHAPE, "POST", switches) == {}


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"name": "x", "svm": {"key": "k"}}, None),
        ({"name": "x", "volume": {"key": "k"}}, None),
        ({"name": "", "svm": {"key": "k"}}, "name"),
        ({"name": "x", "svm": {}}, "svm.key or volume.key"),
    ],
)
def test_required_fields(body, missing):
    if missing is None:
        require(body, "name", ("svm.key", "volume.key"))
        return
    with pytest.raises(Refusal) as refusal:
        require(body, "name", ("svm.key", "volume.key"))
    assert refusal.value.target == missing
