# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every option of every module, at every depth, given a value of another type: the usual result, and a sentence.

The same in Ansible's worker and as a module in a process of its own, without secrets, and before anything is sent.
"""

from __future__ import annotations

import json

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.parameters import remove_values
from ansible.release import __version__

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import MASK
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import ModuleHost
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _in_process
from tests import inprocess
from tests.declarations import MODULES, ROOT, documented
from tools.reading import load_yaml, texts_of

from .test_bad_input import COMMON, WITH_COMMON

CONNECTION = {"hostname": "um.example.com", "username": "admin", "password": "canary-connection"}
SECRET = "canary-sesame"
WRONG = {
    "bool": ("maybe", 2, [], {}),
    "int": (float("inf"), float("nan"), 1.5, "many", True, [], {}),
    "float": ("many", True, [], {}),
    "str": ([], ["zz9"], {"key": "zz9"}),
    "path": (["zz9"], {"key": "zz9"}),
    "dict": (True, 5, "zz9", ["zz9"]),
    "list": (True, {"key": "zz9"}),
}
SHOWN = {True: "true", False: "false"}


def wrong_values(spec, place=()):
    """(path of names, rule, value) for each option below a spec; an entry of a list is a number in the path."""
    for option, rule in spec.items():
        kind = rule.get("type", "str")
        for value in WRONG.get(kind, ()):
            yield (*place, option), rule, value
        if rule.get("choices") and kind == "str":
            yield (*place, option), rule, "zz9"
        element = {**rule, "type": rule.get("elements", "raw")}
        if kind == "list":
            for value in WRONG.get(element["type"], ()):
                yield (*place, option, 0), element, value
        if rule.get("options"):
            yield from wrong_values(rule["options"], (*place, option, *([0] if kind == "list" else [])))


def laid(path, value):
    """The value below the rest of its path."""
    for name in reversed(path):
        value = [value] if name == 0 else {name: value}
    return value


def called(path):
    """As a message names it."""
    text = ""
    for before, name in zip((None, *path), path):
        text += ", entry 1" if name == 0 else name if before is None else f"{', ' if before == 0 else '.'}{name}"
    return text


def always(module):
    """The keys that the module documents as always returned."""
    text = texts_of(ROOT / "plugins" / "modules" / f"{module}.py")["RETURN"]
    return {name: entry["type"] for name, entry in load_yaml(text).items() if entry["returned"] == "always"}


class Ended(BaseException):
    def __init__(self, result):
        super().__init__()
        self.result = result


def as_module(monkeypatch, declared, given):
    def end(host, result):
        raise Ended(remove_values({**result, "invocation": {"module_args": host.params}}, host.no_log_values))

    monkeypatch.setattr(ModuleHost, "_return_formatted", end)
    monkeypatch.setattr(ModuleHost, "log", lambda *args, **kwargs: None)
    monkeypatch.setattr(basic, "_load_params", lambda: {**json.loads(json.dumps(given)), "_ansible_remote_tmp": "/tmp"})
    try:
        ModuleHost(**declared)
    except Ended as ended:
        return {name: value for name, value in ended.result.items() if name != "exception"}
    return None


def in_worker(declared, given):
    try:
        _in_process.ActionHost(json.loads(json.dumps(given)), False, print, **declared)
    except _in_process.Finished as finished:
        return finished.result
    return None


def wrong_tasks(module):
    """(path, rule, wrong value, the whole options)."""
    declared = inprocess.declaration(module)["argument_spec"]
    spec = declared if module in WITH_COMMON else {name: declared[name] for name in declared.keys() - COMMON}
    examples = documented(module)
    for path, rule, value in wrong_values(spec):
        base = next((one for one in examples if path[0] in one), examples[0])
        yield path, rule, value, {**CONNECTION, **base, path[0]: laid(path[1:], value)}


@pytest.mark.parametrize("module", MODULES)
def test_the_usual_result_and_a_sentence(monkeypatch, module):
    declared, keys = inprocess.declaration(module), always(module)
    wrong = []
    for path, rule, value, given in wrong_tasks(module):
        results = [as_module(monkeypatch, declared, given), in_worker(declared, given)]
        task = f"{called(path)}: {value!r}"
        if None in results or results[0]["msg"] != results[1]["msg"]:
            wrong.append(f"{task}: {results}")
            continue
        for result in results:
            wrong += [f"{task}: {text}" for text in faults(result, keys, path, rule, value)]
    assert not wrong, "\n".join(wrong[:20])


def faults(result, keys, path, rule, value):
    if (result.get("failed", True), result["changed"], result["outcome"]) != (True, False, "failed"):
        yield str(result)
    missing = keys.keys() - result.keys()
    if missing:
        yield f"no {missing}"
    types = {"dict": (dict, type(None)), "list": (list, type(None)), "str": (str, type(None)), "int": (int, type(None))}
    yield from (
        f"{name} is {result[name]!r}"
        for name in keys.keys() - missing
        if not isinstance(result[name], types[keys[name]])
    )
    if f"{called(path)}: " not in result["msg"]:
        yield f"the option is not named: {result['msg']}"
    quoted = SHOWN[value] if isinstance(value, bool) else repr(value)
    if not rule.get("no_log") and quoted not in result["msg"] and "not shown" not in result["msg"]:
        yield f"the value is not named: {result['msg']}"


@pytest.mark.parametrize("module", MODULES)
def test_no_secret_of_the_wrong_type_is_shown(monkeypatch, module):
    declared = inprocess.declaration(module)
    paths = list(secrets(declared["argument_spec"]))
    assert ("password",) in paths
    for path in paths:
        for value in ([SECRET], {"key": SECRET}, SECRET, f"passwd={SECRET}"):
            given = {**CONNECTION, **laid(path, value), "limt": SECRET, "port": "many"}
            for result in (as_module(monkeypatch, declared, given), in_worker(declared, given)):
                assert SECRET not in json.dumps(result), path
                assert result["invocation"]["module_args"]["limt"] == MASK


@pytest.mark.parametrize("value", ["True", "False", True, False])
def test_a_secret_that_is_written_like_a_boolean(monkeypatch, value):
    """It is masked, and masks no boolean of the result."""
    declared = inprocess.declaration("lun")
    given = {**CONNECTION, "name": "db01", "svm": "svm1", "password": value, "port": "many"}
    for result in (as_module(monkeypatch, declared, given), in_worker(declared, given)):
        assert result["invocation"]["module_args"]["password"] not in (value, str(value))
        assert result["jobs"] == []
        # ansible-core 2.18 itself takes a boolean for the secret whose text it has.
        assert result["changed"] is False or (value == "False" and __version__.startswith("2.18."))


@pytest.mark.parametrize("value", [True, False])
def test_a_boolean_within_a_secret_masks_nothing(monkeypatch, value):
    declared = inprocess.declaration("ontap")
    given = {**CONNECTION, "cluster": "c", "path": "cluster", "secret_body": {"enabled": value}, "port": "many"}
    for result in (as_module(monkeypatch, declared, given), in_worker(declared, given)):
        assert (result.get("failed", True), result["changed"]) == (True, False)


def secrets(spec, place=()):
    """The paths of secrets, and of what holds one."""
    for option, rule in spec.items():
        path = (*place, option)
        inside = [*secrets(rule.get("options") or {}, (*path, 0) if rule.get("type") == "list" else path)]
        yield from [path, *inside] if rule.get("no_log") or inside else []
