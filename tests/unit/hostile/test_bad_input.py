# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of every module, given what it was not made for: it is right, or a clear message says why not.

What is tried comes from the argument specs, so that a new option or module is tried without being named here. The rest
of each task is one of the module's own examples.
"""

from __future__ import annotations

import json

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from tests import inprocess
from tests.declarations import MODULES, documented
from tests.local import LocalServer

from .attempts import OUTCOMES, attempt
from .values import MARK, OPERATORS, hostile

# Their values are UM's or ONTAP's own syntax, and say so.
IN_THEIR_WORDS = {"filters", "query", "history", "order_by", "unless"}
ONTAPS = {"path", "body", "secret_body"}  # of ontap: the path is the user's, and the names in a body are asked for
COMMON = {*options.CONNECTION, *options.POLLING, *options.WAIT}
WITH_COMMON = {"lun", "lun_info", "job_wait"}
ACCEPTED_EVERY = 8  # otherwise writes are only looked at, since a new world costs more than a run


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def tasks(module):
    """(option, task without it, hostile value) for each option that is the module's own."""
    spec = inprocess.declaration(module)["argument_spec"]
    for option in spec if module in WITH_COMMON else spec.keys() - COMMON:
        examples = documented(module)
        base = next((one for one in examples if option in one), examples[0])
        for value in hostile(spec[option]):
            yield option, {name: one for name, one in base.items() if name != option}, value


@pytest.mark.parametrize("module", MODULES)
def test_every_option(server, module):
    wrong = []
    for number, (option, base, value) in enumerate(tasks(module)):
        server.sent.clear()
        server.state.writes_forbidden = number % ACCEPTED_EVERY != 0
        result = attempt(server, module, {**base, option: value})
        wrong += [f"{option}: {value!r:.80}: {text}" for text in problems(server, module, result, option, value)]
        if server.writes and not server.state.writes_forbidden:
            server.reset()
    assert not wrong, "\n".join(wrong)


def problems(server, module, result, option, value):
    message = str(result.get("msg", ""))
    if result.get("outcome") not in OUTCOMES or "A bug in" in message or "Traceback" in message:
        yield f"{result.get('outcome')}: {message:.300}"
    if result.get("failed") and not message.strip():
        yield "no message"
    for sent in server.sent:
        if sent.status == 500:
            yield f"{sent.method} {sent.path} made the server fail"
        if option not in (IN_THEIR_WORDS | ONTAPS if module == "ontap" else IN_THEIR_WORDS):
            yield from escapes(sent, texts(value))
    if server.writes and result["outcome"] == "failed" and not result["changed"]:
        refused = [sent for sent in server.writes if sent.status < 300]
        yield from (f"{sent.method} {sent.path} was accepted, and nobody says so" for sent in refused)


def texts(value):
    """The texts with the mark in a value; entries of lists also without the blanks at their ends."""
    if isinstance(value, dict):
        return [text for one in [*value, *value.values()] for text in texts(one)]
    if isinstance(value, list):
        found = [text for one in value for text in texts(one)]
        return [*found, *(one.strip() for one in found)]
    return [value] if isinstance(value, str) and MARK in value else []


def escapes(sent, given):
    """Places in a request where a hostile text stands that are not its own."""
    for segment in sent.segments:
        if MARK in segment and segment not in given:
            yield f"it reached the path as {segment!r}"
    for name, value in sent.query:
        if MARK in name:
            yield f"it reached the name of a filter: {name!r}"
        if MARK in value and not any(stands_for_itself(value, text) for text in given):
            yield f"it reached the filter {name}={value!r:.200}"
    if sent.content.startswith("{"):
        as_one = {normal(text) for text in given}
        changed = [text for text in texts(json.loads(sent.content)) if normal(text) not in as_one]
        yield from (f"it was sent as {text!r:.200}" for text in changed)


def normal(text):
    """What an option may do to a word: the name of a language has one case and one sort of dash."""
    return text.casefold().replace("-", "_")


def stands_for_itself(value, text):
    """Whether a filter means exactly this text: alone, in quotes, or as the last part of a path."""
    if any(operator in text for operator in OPERATORS):
        return value == f'"{text}"'
    return value in (text, f'"{text}"', f"*/{text}", f"*{text}") or set(value.split("|")) <= {text}
