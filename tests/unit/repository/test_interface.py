# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A version changes the public interface as far as docs/docsite/rst/guide_versions.rst allows, and no further."""

from __future__ import annotations

import pytest

from tools.interface import SNAPSHOT, additions, breaks, current, level, read, version, write

SIZE = {"type": "str", "default": "1GiB"}
STATE = {"type": "str", "choices": ["absent", "present"], "aliases": ["status"]}


def interface(options=(), returns=(), **others):
    return {"module lun": {"options": dict(options), "returns": dict(returns)}, **others}


BEFORE = interface({"size": SIZE, "state": STATE}, {"jobs": {"type": "list", "elements": "dict"}})
MORE = {"module new": {"options": {"name": {"type": "str", "required": True}}, "returns": {}}}


def changed(name, **facts):
    options = {"size": SIZE, "state": STATE}
    options[name] = {**options.get(name, {}), **facts}
    return interface(options, {"jobs": {"type": "list", "elements": "dict"}})


@pytest.mark.parametrize(
    ("after", "broken"),
    [
        ({}, ["module lun: removed"]),
        (interface({"state": STATE}, BEFORE["module lun"]["returns"]), ["module lun, options, size: removed"]),
        (interface({"size": SIZE, "state": STATE}), ["module lun, returns, jobs: removed"]),
        (changed("size", type="int"), ["module lun, options, size: type was 'str' and is 'int'"]),
        (changed("size", default="2GiB"), ["module lun, options, size: default was '1GiB' and is '2GiB'"]),
        (changed("size", required=True), ["module lun, options, size: was optional and is required"]),
        (
            changed("size", choices=["1GiB"]),
            ["module lun, options, size: any value was accepted, and only choices are"],
        ),
        (changed("state", choices=["present"]), ["module lun, options, state: no longer in choices: absent"]),
        (changed("state", aliases=[]), ["module lun, options, state: no longer in aliases: status"]),
        (changed("owner", type="str", required=True), ["module lun, options, owner: new and required"]),
        (changed("state", choices=[]), []),
        (changed("size"), []),
        (changed("owner", type="str"), []),
        ({**BEFORE, **MORE}, []),
    ],
)
def test_what_breaks_a_playbook(after, broken):
    assert breaks(BEFORE, after) == broken


def test_a_new_dictionary_may_require_what_it_wants():
    after = changed("policy", type="dict")
    after["module lun"]["options"]["policy.name"] = {"type": "str", "required": True}
    assert breaks(BEFORE, after) == []
    after["module lun"]["options"]["policy.key"] = {"type": "str", "required": True}
    before = changed("policy", type="dict")
    before["module lun"]["options"]["policy.name"] = {"type": "str", "required": True}
    assert breaks(before, after) == ["module lun, options, policy.key: new and required"]


@pytest.mark.parametrize(
    ("after", "new"),
    [
        (BEFORE, []),
        ({**BEFORE, **MORE}, ["module new: new"]),
        (changed("owner", type="str"), ["module lun, options, owner: new"]),
        (
            changed("state", choices=["absent", "present", "stopped"]),
            ["module lun, options, state: new in choices: stopped"],
        ),
        (changed("state", aliases=["is", "status"]), ["module lun, options, state: new in aliases: is"]),
    ],
)
def test_what_is_new(after, new):
    assert additions(BEFORE, after) == new


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("0.1.0", "0.1.0", "same"),
        ("0.1.0", "0.1.1", "patch"),
        ("0.1.0", "0.2.0", "major"),
        ("0.1.0", "1.0.0", "major"),
        ("1.2.3", "1.2.4", "patch"),
        ("1.2.3", "1.3.0", "minor"),
        ("1.2.3", "2.0.0", "major"),
        ("1.2.3", "1.3.0-rc1", "minor"),
    ],
)
def test_levels(before, after, expected):
    assert level(before, after) == expected


def test_it_is_read_as_it_was_written(tmp_path):
    write(current(), "1.2.3", tmp_path / "interface.json")
    assert read(tmp_path / "interface.json") == ("1.2.3", current())


def test_this_version_changes_what_it_may():
    """What is new may come before the version is set; the release shows by its number that there is something new."""
    recorded, before = read(SNAPSHOT)
    now = current()
    step = level(recorded, version())
    if step == "same":
        advice = f"If {recorded} is published, set the next version in galaxy.yml; if it is not, run make interface."
        assert breaks(before, now) == [], advice
    if step in ("patch", "minor"):
        assert breaks(before, now) == [], "This needs a new major version, after a deprecation."
    if step == "patch":
        assert additions(before, now) == [], "This needs a new minor version."
