# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is released says so: the version of galaxy.yml has its notes."""

from __future__ import annotations

import re

import yaml

from tests.guides import ROOT

GALAXY = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
VERSION = GALAXY["version"]


def test_the_version_has_an_entry_with_a_summary_in_the_changelog():
    releases = yaml.safe_load((ROOT / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))["releases"]
    assert "release_summary" in releases[VERSION]["changes"], "run make changelog"


def test_the_notes_for_people_have_it_too():
    lines = (ROOT / "CHANGELOG.rst").read_text(encoding="utf-8").splitlines()
    assert f"v{VERSION}" in lines, "run make changelog"


def test_fragments_of_releases_are_still_there():
    """The notes are made of them again whenever make changelog runs."""
    releases = yaml.safe_load((ROOT / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))["releases"]
    told = {name for release in releases.values() for name in release.get("fragments", ())}
    assert told <= {path.name for path in (ROOT / "changelogs" / "fragments").iterdir()}


def test_what_is_new_is_new_in_a_release():
    """The notes list the modules, plugins and roles whose version_added is theirs."""
    releases = yaml.safe_load((ROOT / "changelogs" / "changelog.yaml").read_text(encoding="utf-8"))["releases"]
    files = [*(ROOT / "plugins").rglob("*.py"), *(ROOT / "roles").glob("*/meta/argument_specs.yml")]
    added = {
        (path.relative_to(ROOT).as_posix(), version)
        for path in files
        for version in re.findall(r"^ *version_added: [\"']?([0-9.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(added) > len(list((ROOT / "plugins" / "modules").glob("*.py")))
    assert {one for one in added if one[1] not in releases} == set()
