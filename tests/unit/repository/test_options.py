# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module documents of its own options is what it declares, at every depth."""

from __future__ import annotations

import pytest

from tests import inprocess
from tools.reading import load_yaml, texts_of

from .test_shape import MODULES


def documented(path):
    return load_yaml(texts_of(path)["DOCUMENTATION"]).get("options", {})


def plain(options, inner):
    """{place: what is said of it}; what is left out is said to be what Ansible takes it for."""
    found = {}
    for name, option in options.items():
        found[name] = {
            "type": option.get("type", "str"),
            "elements": option.get("elements"),
            "required": option.get("required", False),
            "default": option.get("default"),
            "choices": sorted(map(str, option.get("choices") or [])),
            "aliases": sorted(option.get("aliases") or []),
        }
        for place, said in plain(option.get(inner) or {}, inner).items():
            found[f"{name}.{place}"] = said
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_options_are_documented_as_they_are_declared(path):
    options = documented(path)
    told = plain(options, "suboptions")
    declared = plain(inprocess.declaration(path.stem)["argument_spec"], "options")
    assert told == {place: said for place, said in declared.items() if place.partition(".")[0] in options}
