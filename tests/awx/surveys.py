# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How AWX judges the answers to a survey when a template is launched, and which variables a job then has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXTS = ("text", "textarea", "password")
NUMBERS = {"integer": (int,), "float": (int, float)}


def errors_of(question: Mapping[str, Any], answers: Mapping[str, Any], required: bool = True) -> list[str]:
    """What AWX says against the answer to one question; an empty list if it takes it.

    :param question: an entry of a survey's ``spec``
    :param answers: {variable: answer}
    :param required: whether an answer that is missing is an error
    """
    name, kind = question["variable"], question["type"]
    if name not in answers:
        return [f"'{name}' value missing"] if required and question["required"] else []
    value = answers[name]
    if kind in TEXTS:
        return _text(question, value)
    if kind in NUMBERS:
        return _number(question, value)
    chosen = value if kind == "multiselect" and isinstance(value, list) else [value]
    return [
        f"Value {one} for '{name}' expected to be one of {question['choices']}."
        for one in chosen
        if one not in question["choices"]
    ]


def _text(question: Mapping[str, Any], value: Any) -> list[str]:
    name = question["variable"]
    if not isinstance(value, str):
        return [f"Value {value} for '{name}' expected to be a string."]
    if len(value) < question["min"]:
        return [f"'{name}' value {value} is too small (length is {len(value)} must be at least {question['min']})."]
    if len(value) > question["max"]:
        return [f"'{name}' value {value} is too large (must be no more than {question['max']})."]
    return []


def _number(question: Mapping[str, Any], value: Any) -> list[str]:
    name, kind = question["variable"], question["type"]
    if isinstance(value, bool) or not isinstance(value, NUMBERS[kind]):
        return [f"Value {value} for '{name}' expected to be {'an integer' if kind == 'integer' else 'a numeric type'}."]
    if not question["min"] <= value <= question["max"]:
        return [f"'{name}' value {value} is out of range ({question['min']} to {question['max']})."]
    return []


def variables_of(spec: list[Mapping[str, Any]], answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The variables that a job gets, and what AWX says against the launch.

    A default counts only where it is an answer that AWX would take: a required text with the default "" and a minimal
    length is therefore missing if it is left empty.
    """
    known = {question["variable"] for question in spec}
    variables = {name: value for name, value in answers.items() if name in known}
    for question in spec:
        name, default = question["variable"], question["default"]
        if name not in variables and not errors_of(question, {name: default}):
            variables[name] = default
    return variables, [error for question in spec for error in errors_of(question, variables)]
