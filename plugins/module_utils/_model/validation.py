# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options as a task gives them, against an argument spec: what is wrong with them, in sentences.

ansible-core's own checks come after it and have the last word; of theirs some values make an exception, and others are
converted to something else, such as a list to the text of its Python. Private to this collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import DEFAULT_TYPE_VALIDATORS, set_fallbacks

from .._base.redact import MASK, Forms, has_secrets, redact, secrets_of
from .._base.texts import first_of, shortened
from .desired import listed

RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by")
Spec = Mapping[str, Any]
# What ansible-core raises on values that it does not expect, such as OverflowError on infinity. No more than that:
# linters end modules by exceptions of their own.
UNEXPECTED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
TEXTS = ("raw", "str")  # of a list, what is a name or stands for one
# What is no name: free texts, and what is read in many spellings, for which blanks at the ends mean nothing.
NO_NAMES = {
    *("description", "order_by", "query"),
    *("size", "capacity", "from", "to", "duration", "max_age", "after", "before", "language"),
    *("hostname", "address", "ha_address", "ip_address", "gateway", "netmask", "destination"),
    "certificate_fingerprint",
}
EXPECTED = {
    "bool": "true or false; write one of them",
    "int": "a whole number; write it like 10",
    "float": "a number; write it like 2.5",
    "str": "a text; write one text",
    "path": "a path; write one text",
}


class Checked(NamedTuple):
    """What became of options.

    :param params: validated; where something is wrong, as far as they can be shown
    :param wrong: what is wrong, in sentences without secrets; empty where all is right
    :param twice: (option, alias) of those that were given under both names
    """

    params: dict[str, Any]
    wrong: str
    twice: list[tuple[str, str]]


def check(spec: Spec, rules: Mapping[str, Any], given: Mapping[str, Any]) -> Checked:
    """Validate options as AnsibleModule does.

    :param rules: further keywords of AnsibleModule, such as required_one_of
    """
    params = normal(spec, given)
    wrong = problems(spec, rules, params)
    if wrong:
        return Checked(shown(spec, params), wrong, [])
    kept = {rule: rules.get(rule) for rule in RULES}
    try:
        checked = ArgumentSpecValidator(dict(spec), **kept).validate(params)
    except UNEXPECTED as error:
        return Checked(shown(spec, params), unexplained(spec, params, str(error)), [])
    twice = [(one["option"], one["alias"]) for one in getattr(checked, "_warnings", ())]
    if checked.error_messages:
        return Checked(shown(spec, params), unexplained(spec, params, checked.error_messages[0]), twice)
    return Checked(checked.validated_parameters, "", twice)


def normal(spec: Spec, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options without those that are null, which are as good as omitted; lists and dictionaries that are written as
    one text are taken apart.

    Ansible makes a list of ``a, b`` by splitting at the commas and leaves the blanks behind them, which then are no
    choice and no name.
    """
    options = _by_name(spec)
    return {
        name: value if name not in options else _normal(options[name][1], value)
        for name, value in given.items()
        if value is not None or name not in options
    }


def _normal(rule: Spec, value: Any) -> Any:
    if _is_template(value):
        return value
    kind = rule.get("type", "str")
    if kind == "list":
        entries = value.split(",") if isinstance(value, str) else value
        if not isinstance(entries, list):
            return value
        element = {**rule, "type": rule.get("elements", "raw")}
        return [_normal(element, _stripped(element, entry)) for entry in entries]
    if kind == "dict" and rule.get("options"):
        value = _converted("dict", value)
        return normal(rule["options"], value) if isinstance(value, Mapping) else value
    return value


def _is_template(value: Any) -> bool:
    """Linters run modules with the templates of a playbook, and know what ansible-core says of them."""
    return isinstance(value, str) and "{{" in value


def _stripped(rule: Spec, entry: Any) -> Any:
    return entry.strip() if isinstance(entry, str) and rule["type"] in TEXTS else entry


def _converted(kind: str, value: Any) -> Any:
    """As ansible-core converts it; itself where that fails."""
    try:
        return DEFAULT_TYPE_VALIDATORS[kind](value)
    except UNEXPECTED:
        return value


def problems(spec: Spec, rules: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    """What is wrong with options, the first few sentences; empty where nothing is found.

    :param params: as ``normal`` returns them
    """
    with_fallbacks = dict(params)
    set_fallbacks(spec, with_fallbacks)
    walk = _Walk(Forms(secrets_of(spec, with_fallbacks)))
    return first_of(list(walk.level(spec, rules, with_fallbacks, "")))


def unexplained(spec: Spec, params: Mapping[str, Any], message: str) -> str:
    """What ansible-core says of what is wrong, without secrets."""
    return str(redact(message, Forms(secrets_of(spec, params))))


def shown(spec: Spec, params: Mapping[str, Any]) -> dict[str, Any]:
    """The options without the values of those that do not exist: a password with a slip in its option's name is one.

    Nor with a boolean in the place of a secret, which is masked nowhere else.
    """
    options = _by_name(spec)
    return {name: _shown(options[name][1], value) if name in options else MASK for name, value in params.items()}


def _shown(rule: Spec, value: Any) -> Any:
    if rule.get("no_log") and isinstance(value, bool):
        return MASK
    if isinstance(value, list):
        return [_shown(rule, entry) for entry in value]
    return shown(rule["options"], value) if rule.get("options") and isinstance(value, Mapping) else value


def _by_name(spec: Spec) -> dict[str, tuple[str, Spec]]:
    """The option, and its part of the spec, for each name under which it can be given."""
    return {name: (option, rule) for option, rule in spec.items() for name in (option, *(rule.get("aliases") or ()))}


class _Walk:
    """Through options and their suboptions.

    :param secrets: what no sentence may hold
    """

    def __init__(self, secrets: Forms) -> None:
        self._secrets = secrets
        self._named: dict[int, dict[str, tuple[str, Spec]]] = {}

    def level(self, spec: Spec, rules: Mapping[str, Any], params: Mapping[str, Any], place: str) -> Iterator[str]:
        """Problems of the options of one dictionary.

        :param place: what is in front of their names
        """
        options = self._options(spec)
        there = set()
        for name, value in params.items():
            if name not in options:
                yield f"{place}{name}: this option does not exist; {_instead(name, options)}"
                continue
            option, rule = options[name]
            there.add(option)
            yield from self._value(rule, value, f"{place}{name}")
            if name not in NO_NAMES and _has_blanks(rule, value):
                yield f"{place}{name}: {self._quoted(rule, value)} begins or ends with a blank; remove it."
        for option, rule in spec.items():
            if rule.get("required") and option not in there:
                yield f"{place}{option} is required; give it a value."
        for group in rules.get("mutually_exclusive") or ():
            both = [option for option in group if option in there]
            if len(both) > 1:
                yield f"{listed([place + option for option in both])} exclude each other; give only one of them."
        for group in rules.get("required_one_of") or ():
            if not there.intersection(group):
                yield f"{listed([place + option for option in group], 'or')} is required; give one of them."

    def _options(self, spec: Spec) -> dict[str, tuple[str, Spec]]:
        """The options of a spec by each of their names, worked out once: ten thousand entries can have one spec."""
        if id(spec) not in self._named:
            self._named[id(spec)] = _by_name(spec)
        return self._named[id(spec)]

    def _value(self, rule: Spec, value: Any, place: str) -> Iterator[str]:
        kind = rule.get("type", "str")
        if _is_template(value):
            return
        if kind == "list":
            yield from self._list(rule, value, place)
        elif kind == "dict":
            yield from self._dictionary(rule, value, place)
        elif kind in EXPECTED:
            yield from self._scalar(rule, value, place)

    def _list(self, rule: Spec, value: Any, place: str) -> Iterator[str]:
        numbers = isinstance(value, (int, float)) and not isinstance(value, bool) and rule.get("elements") != "dict"
        if not isinstance(value, list) and not numbers:
            yield f"{place}: {self._quoted(rule, value)} is not a list; write each entry on its own line after '- '."
            return
        element = {**rule, "type": rule.get("elements", "raw")}
        for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
            if entry is None or (entry == "" and element["type"] in TEXTS):
                yield f"{place}: entry {number} is empty; remove it, or write [] for no entries."
            else:
                yield from self._value(element, entry, f"{place}, entry {number}")

    def _dictionary(self, rule: Spec, value: Any, place: str) -> Iterator[str]:
        options = rule.get("options")
        converted = _converted("dict", value)
        if not isinstance(converted, Mapping):
            names = f"its options below it: {', '.join(options)}" if options else "it as name: value"
            yield f"{place}: {self._quoted(rule, value)} is not a dictionary; write {names}."
        elif options:
            between = ", " if rule.get("elements") else "."
            yield from self.level(options, rule, converted, place + between)

    def _scalar(self, rule: Spec, value: Any, place: str) -> Iterator[str]:
        kind = rule.get("type", "str")
        if not _fits(kind, value):
            yield f"{place}: {self._quoted(rule, value)} is not {EXPECTED[kind]}."
            return
        choices = rule.get("choices")
        if choices and _converted(kind, value) not in choices and str(value) not in ("True", "False"):
            yield f"{place}: {self._quoted(rule, value)} is not one of its values; give {listed(choices, 'or')}."

    def _quoted(self, rule: Spec, value: Any) -> str:
        """A value as a message shows it."""
        if rule.get("no_log") or has_secrets(rule.get("options") or {}):
            return "the value (not shown here)"
        if isinstance(value, bool) or value is None:
            return json.dumps(value)
        return shortened(str(redact(repr(redact(value, self._secrets)), self._secrets)))


def _has_blanks(rule: Spec, value: Any) -> bool:
    """Whether blanks stand around a text that is no choice, no secret and no template."""
    name = isinstance(value, str) and rule.get("type", "str") == "str" and not rule.get("choices")
    return name and not rule.get("no_log") and not _is_template(value) and value.strip() not in ("", value)


def _fits(kind: str, value: Any) -> bool:
    """Whether it can be read as this type, and means it."""
    if kind in ("str", "path"):
        return not isinstance(value, (Mapping, list, tuple))
    if kind in ("int", "float") and isinstance(value, bool):
        return False
    try:
        DEFAULT_TYPE_VALIDATORS[kind](value)
    except UNEXPECTED:
        return False
    return True


def _instead(name: str, known: Iterable[str]) -> str:
    import difflib  # only where an option is unknown: its import would slow down every task

    close = difflib.get_close_matches(str(name), known, 1)
    return f"did you mean {close[0]}?" if close else f"the options are {', '.join(sorted(known))}."
