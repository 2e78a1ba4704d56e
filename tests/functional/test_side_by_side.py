# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two playbooks with the same options at the same time: one object, and two results that are true."""

from __future__ import annotations

import json
import subprocess

import pytest
import yaml

from .conftest import NEW, SECONDS_FOR_A_PLAYBOOK, lun
from .forked import BIN

pytestmark = pytest.mark.ansible_core

LUNS, IGROUPS = "/storage-provider/luns", "/datacenter/protocols/san/igroups"
IGROUP = {"aiqum.unified_manager.igroup": {"name": "ig_new", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}}
GOOD = {("changed", False), ("unchanged", False)}
# (setup tasks, the task, table, how many objects there are in the end)
RACES = {
    "lun create": ([], lun(name="db01", **NEW), LUNS, 1),
    "lun delete": ([lun(name="db01", **NEW)], lun(name="db01", svm="svm1", state="absent"), LUNS, 0),
    "igroup create": ([], IGROUP, IGROUPS, 1),
}


@pytest.fixture
def side_by_side(environment, tmp_path):
    """Run one task in two playbooks that start together; their results."""

    def run(task):
        book = [{"hosts": "localhost", "gather_facts": False, "ignore_errors": True, "tasks": [task]}]
        playbook = tmp_path / "race.yml"
        playbook.write_text(yaml.safe_dump(book), encoding="utf-8")
        files = [tmp_path / f"race{number}.jsonl" for number in range(2)]
        processes = [
            subprocess.Popen(
                [str(BIN / "ansible-playbook"), str(playbook)],
                env={**environment, "UM_TEST_RESULTS": str(file), "ANSIBLE_HOME": str(tmp_path / file.stem)},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for file in files
        ]
        outputs = [process.communicate(timeout=SECONDS_FOR_A_PLAYBOOK)[0] for process in processes]
        read = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        assert len(read) == len(outputs) == 2
        return [{**one["result"], "failed": one["status"] == "failed"} for one in read]

    return run


def objects(um, table, name):
    found = um.control("GET", f"world?table={table}")["records"]
    return [one for one in found if one["svm"]["name"] == "svm1" and one["name"].rpartition("/")[2] == name]


@pytest.mark.parametrize("name", RACES)
def test_a_race(um, play, side_by_side, name):
    setup, task, table, count = RACES[name]
    if setup:
        assert not play(*setup).results[0]["failed"]
    um.set(job_seconds=0.8)
    um.forget_requests()
    # Both have looked before either writes.
    um.fault(kind="delay", method="POST|PATCH|DELETE", path=table, seconds=1.5, times=2)
    results = side_by_side(task)
    options = next(iter(task.values()))
    assert len(objects(um, table, options["name"])) == count
    outcomes = [(result["outcome"], result["failed"]) for result in results]
    assert any(outcome in GOOD for outcome in outcomes), results
    assert len(um.writes()) <= 2
    for result in results:
        if result["failed"]:
            assert result["msg"]
            assert result["outcome"] in ("failed", "unknown")
        assert "Traceback" not in str(result)
