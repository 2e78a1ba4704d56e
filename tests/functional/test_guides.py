# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks and plays in the guides run against the simulator, in order, guide by guide.

What a guide says can be run again is run again, and then has nothing to do. In the guide to errors the server's clock
stands still: the job of a task that is to run out of time does not end before the next task waits for it.
"""

from __future__ import annotations

import re

import pytest
import yaml

from tests.guides import GUIDES, RST, blocks_of

from .lifecycle import control

pytestmark = pytest.mark.ansible_core

FIRST_LUN = RST / "guide_first_lun.rst"
AGAIN = "Run it again"
LONG = 60  # seconds of a job
ALL_AGAIN = "can be run again: what is as desired is left alone"


def plays_of(block):
    """The plays of a block; none if it has neither plays nor tasks."""
    content = yaml.safe_load(block.text) if block.language == "yaml" else None
    if not isinstance(content, list):
        return []
    return content if "hosts" in content[0] else [{"hosts": "localhost", "gather_facts": False, "tasks": content}]


def in_time(content):
    """Plays or tasks, and between them steps by which a short wait meets a long job, and a wait for jobs their end."""
    if isinstance(content, dict):
        return {name: in_time(part) for name, part in content.items()}
    if not isinstance(content, list):
        return content
    found = []
    for one in content:
        options = [part for part in one.values() if isinstance(part, dict)] if isinstance(one, dict) else []
        if isinstance(one, dict) and "aiqum.unified_manager.job_wait" in one:
            found.append(control("POST", "clock", {"forward": LONG}))
        elif any(part.get("wait_timeout", LONG) < LONG for part in options):
            found.append(control("POST", "outcomes", {"seconds": LONG}))
        found.append(in_time(one))
    return found


def runs_of(path):
    """A guide's plays in order, up to each that can be run again: [(plays, those to run again)]."""
    all_again = ALL_AGAIN in path.read_text(encoding="utf-8")
    runs, plays = [], []
    for block in blocks_of(path):
        plays += plays_of(block)
        if plays_of(block) and (all_again or AGAIN in block.after):
            runs.append((plays, plays_of(block)))
            plays = []
    return [*runs, (plays, [])] if plays else runs


@pytest.mark.parametrize("path", [path for path in GUIDES if runs_of(path)], ids=lambda path: path.stem)
def test_the_guide_runs(um, typed, tmp_path, path):
    still = path.stem == "guide_errors"
    if still:
        um.set(job_seconds=0)
        um.control("POST", "clock", {"stopped": True})
    (tmp_path / "um.yml").write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    for plays, again in runs_of(path):
        (tmp_path / "site.yml").write_text(
            yaml.safe_dump(in_time(plays) if still else plays, sort_keys=False), encoding="utf-8"
        )
        typed("ansible-playbook -i um.yml -e vault_ontap_password=Ontap-1 site.yml")
        if again:
            um.forget_requests()
            (tmp_path / "site.yml").write_text(yaml.safe_dump(again, sort_keys=False), encoding="utf-8")
            assert "changed=0 " in typed("ansible-playbook -i um.yml -e vault_ontap_password=Ontap-1 site.yml")
            assert um.writes() == []


def test_some_guides_say_that_they_can_be_run_again():
    assert {path.stem for path in GUIDES if any(again for _plays, again in runs_of(path))} == {"guide_roles"}


def test_the_first_lun_is_made_as_its_guide_says(um, typed, tmp_path):
    """Each play is in the file that was named last before it, and each line is typed."""
    file, seen = None, []
    for block in blocks_of(FIRST_LUN):
        file = (re.findall(r"``(\w+\.yml)``", block.before) or [file])[-1]
        if plays_of(block):
            (tmp_path / file).write_text(block.text, encoding="utf-8")
        lines = [line for line in block.text.splitlines() if block.language == "shell" and line.startswith("ansible")]
        for line in (line for line in lines if not line.startswith("ansible-galaxy")):
            um.forget_requests()
            printed = typed(line)
            writes = [method for method, _path in um.writes()]
            changed = re.search(r"\| CHANGED =>|changed=[1-9]", printed)
            seen.append((line.split()[0], bool(changed), writes))
        if AGAIN in block.after:
            um.forget_requests()
            assert "changed=0 " in typed(lines[-1])
            assert um.writes() == []
    assert seen == [
        ("ansible", False, []),  # a look around
        ("ansible-playbook", True, ["POST"]),
        ("ansible-playbook", True, []),  # in check mode
        ("ansible-playbook", True, ["PATCH", "PATCH"]),
        ("ansible", True, ["PATCH"]),  # unmapped
        ("ansible", True, ["DELETE"]),
        ("ansible", True, ["POST"]),  # mapped, without JSON
        ("ansible-playbook", True, ["POST", "POST"]),  # the initiator group and the LUN
    ]
