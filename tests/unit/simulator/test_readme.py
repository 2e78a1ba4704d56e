# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's README beside what the simulator takes: switches, options, requests of the control API."""

from __future__ import annotations

import pathlib
import re

from tests.simulator import __main__ as command
from tests.simulator import control, edits, recorder
from tests.simulator.certificates import Certificates
from tests.simulator.faults import Faults
from tests.simulator.state import State

README = (pathlib.Path(__file__).resolve().parents[2] / "simulator" / "README.md").read_text(encoding="utf-8")


def documented():
    """{switch: (its choices or the kind of its value, its default)}"""
    table = README.partition("\n## Switches\n")[2].partition("\n## ")[0]
    found = {}
    for name, values in re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE):
        choices = re.findall(r"`(.*?)`", values)
        kind = values.partition(",")[0] if values.startswith("a ") else tuple(choices)
        assert name not in found, f"{name} is there twice"
        found[name] = (kind if isinstance(kind, str) else (choices[0], *sorted(choices[1:])), choices[0])
    return found


def as_documented(switch):
    default = f"{switch['default']:g}" if isinstance(switch["default"], float) else str(switch["default"])
    choices = sorted(map(str, switch["choices"]))
    if isinstance(switch["default"], bool):
        default, choices = default.lower(), [choice.lower() for choice in choices]
    if not choices:
        return ("a text" if switch["pattern"] else "a number"), default
    choices.remove(default)
    return (default, *choices), default


def test_every_switch_is_documented_with_its_choices_the_default_first():
    assert documented() == {switch["name"]: as_documented(switch) for switch in State().switches.describe()}


def test_every_option_is_documented():
    usage = README.partition("\n## Start it\n")[2].partition("\n## ")[0]
    options = re.findall(r"--[a-z-]+", command.parser().format_help())
    assert set(options) - {"--help"} <= set(re.findall(r"--[a-z-]+", usage))


def test_every_request_and_edit_of_the_control_api_is_documented():
    chapter = README.partition("\n## Control API\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`((?:GET|POST|DELETE) [a-z-]+)", chapter))
    for name in re.findall(r"^\| `(?:GET|POST) ([a-z-]+).*?; `GET`, `DELETE`", chapter, re.MULTILINE):
        named |= {f"GET {name}", f"DELETE {name}"}
    state = State()
    known = control.Control(state, Faults(), recorder.Recorder(), Certificates()).requests()
    assert set(known) <= named
    assert set(edits.ACTIONS) <= set(re.findall(r'"action": "(\w+)"', chapter))
