# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records that lack a field, or show a text for a list, in every module: it does without, or says what is missing."""

from __future__ import annotations

import json

import pytest

from tests.declarations import MODULES, documented
from tests.local import LocalServer

from .attempts import OUTCOMES, attempt

KEYS = ("key", "name")  # by which nouns are found
OTHERS = (None, 5, [1], {"a": 1})


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def fields(value):
    """The names of all fields, at every depth."""
    if isinstance(value, dict):
        return {*value, *(name for part in value.values() for name in fields(part))}
    return {name for part in value for name in fields(part)} if isinstance(value, list) else set()


def containers(value):
    """The names of the fields that hold a dictionary or a list, at every depth."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = {name for name, part in value.items() if isinstance(part, (dict, list))} if isinstance(value, dict) else set()
    return own.union(*map(containers, parts))


def without(value, name):
    if isinstance(value, dict):
        return {field: without(part, name) for field, part in value.items() if field != name}
    return [without(part, name) for part in value] if isinstance(value, list) else value


def instead(value, name, other):
    if isinstance(value, dict):
        return {field: other if field == name else instead(part, name, other) for field, part in value.items()}
    return [instead(part, name, other) for part in value] if isinstance(value, list) else value


def spoilt(server, alter):
    def spoil(sent):
        status, text = server.true_answer
        return (status, json.dumps(alter(json.loads(text)))) if sent.method == "GET" and text.startswith("{") else None

    return spoil


def seen(server, module, task, choose=fields):
    """The fields of all that the module reads for a task, of each body those that are chosen."""
    found = set()

    def alter(body):
        found.update(choose(body))
        return body

    server.reset()
    server.spoil = spoilt(server, alter)
    attempt(server, module, task)
    return sorted(found - {"records", "total_records", "num_records", "_links", "href", "error", "code", "message"})


@pytest.mark.parametrize("module", MODULES)
def test_it_does_without_or_says_what_is_missing(server, module):
    task = documented(module)[0]
    wrong = []
    alterations = [(name, lambda body, name=name: without(body, name)) for name in seen(server, module, task)]
    for name in KEYS:
        alterations += [
            (f"{name}: {other}", lambda body, name=name, other=other: instead(body, name, other)) for other in OTHERS
        ]
    alterations += [
        (f"{name}: a text", lambda body, name=name: instead(body, name, "x"))
        for name in seen(server, module, task, containers)
    ]
    for label, alter in alterations:
        server.reset()
        server.spoil = spoilt(server, alter)
        result = attempt(server, module, task)
        if result.get("outcome") not in OUTCOMES or "A bug in" in str(result.get("msg")):
            wrong.append(f"{label}: {result.get('outcome')}: {result.get('msg'):.300}")
    server.spoil = lambda sent: None
    assert not wrong, "\n".join(wrong)
