# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blanks around names: every option of every module that is a list of texts, or a name, as its argument spec says."""

from __future__ import annotations

import pytest
from ansible.module_utils import basic

from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import ModuleHost
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.validation import NO_NAMES, check
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import ActionHost
from tests import inprocess
from tests.declarations import MODULES

from .test_wrong_types import laid

NAMES = ("zz9-a", "zz9 b")


def lists(spec, place=()):
    """(path, rule) of the options that are lists of texts, at every depth."""
    for option, rule in spec.items():
        kind = rule.get("type", "str")
        if kind == "list" and rule.get("elements") in ("str", "raw"):
            yield (*place, option), rule
        if rule.get("options"):
            yield from lists(rule["options"], (*place, option, *([0] if kind == "list" else [])))


def named(spec, place=()):
    """The paths of the options that are a name, at every depth."""
    for option, rule in spec.items():
        is_text = rule.get("type", "str") == "str" and not rule.get("choices") and not rule.get("no_log")
        if is_text and option not in NO_NAMES:
            yield (*place, option)
        if rule.get("options"):
            yield from named(rule["options"], (*place, option, *([0] if rule["type"] == "list" else [])))


def at(params, path):
    for name in path:
        params = params[name]
    return params


EVERY = [(module, *found) for module in MODULES for found in lists(inprocess.declaration(module)["argument_spec"])]

NAMED = [(module, path) for module in MODULES for path in named(inprocess.declaration(module)["argument_spec"])]


def relaxed(spec):
    """The spec without what must stand beside an option."""
    return {
        option: {
            name: relaxed(part) if name == "options" else part
            for name, part in rule.items()
            if name not in ("required", "mutually_exclusive", "required_one_of")
        }
        for option, rule in spec.items()
    }


@pytest.mark.parametrize(("module", "path", "rule"), EVERY, ids=lambda value: str(value)[:60])
def test_the_entries_are_stripped(monkeypatch, module, path, rule):
    names = tuple(rule.get("choices") or NAMES)[:2]
    names = [*names] if len(names) > 1 else [*names] * 2
    spec = relaxed(inprocess.declaration(module)["argument_spec"])
    for written in (f" {names[0]} ,\t{names[1]}", [f" {names[0]}", f"{names[1]}  "]):
        given = laid(path, written)
        monkeypatch.setattr(basic, "_load_params", lambda given=given: {**given, "_ansible_remote_tmp": "/tmp"})
        for host in (ModuleHost(argument_spec=spec, blank={}), ActionHost(given, False, print, spec)):
            assert at(host.params, path) == names


def test_there_are_such_options():
    found = {path[-1] for _module, path, _rule in EVERY}
    assert {"initiators", "emails", "include", "event_types", "domains", "servers", "clients", "aggregates"} <= found


@pytest.mark.parametrize(("module", "path"), NAMED, ids=lambda value: str(value)[:60])
def test_a_name_with_blanks_at_its_ends_is_refused(module, path):
    spec = relaxed(inprocess.declaration(module)["argument_spec"])
    for written in (" zz9", "zz9\t"):
        wrong = check(spec, {}, laid(path, written)).wrong
        assert f"{path[-1]}: {written!r} begins or ends with a blank" in wrong


def test_there_are_such_names():
    found = {path[-1] for _module, path in NAMED}
    assert {"name", "svm", "cluster", "username", "ad_domain", "user_or_group", "home_node", "key", "path"} <= found
