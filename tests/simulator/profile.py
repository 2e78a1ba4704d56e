# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A profile: how a real server was found to behave, as switches of the simulator.

A mapping in JSON or YAML: ``{"schema": 1, "release": "9.14.1", "switches": {name: value}}``. Whatever else it holds is
for others and is ignored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .switches import Switches

SCHEMA = 1


def read(path: Path) -> dict[str, Any]:
    """The profile in a file.

    :raises ValueError: it is neither JSON nor YAML, or not a mapping
    :raises OSError: it cannot be read
    """
    text = path.read_text(encoding="utf-8-sig")
    try:
        profile = json.loads(text)
    except ValueError:
        profile = _yaml(text)
    if not isinstance(profile, dict):
        raise ValueError("the profile is not a mapping with schema, release and switches")
    return profile


def _yaml(text: str) -> Any:
    import yaml  # ansible-core brings it; profiles in JSON do without

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"the profile is neither JSON nor YAML: {error}") from None


def apply(profile: dict[str, Any], switches: Switches) -> None:
    """Set the switches that the profile names; all of them, or none when one is wrong.

    :raises ValueError: another schema, an unknown switch, or a value that a switch does not take
    """
    if profile.get("schema") != SCHEMA:
        raise ValueError(f"the profile has schema {profile.get('schema')!r}; this simulator reads schema {SCHEMA}")
    settings = profile.get("switches") or {}
    if not isinstance(settings, dict):
        raise ValueError("the switches of the profile are not a mapping of names to values")
    if profile.get("release") is not None:
        settings = {**settings, "release": profile["release"]}
    switches.set_all(settings)
