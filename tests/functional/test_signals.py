# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Row 18 of the failure matrix: a module that is told to stop answers with the job's key."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

import pytest

from .conftest import NEW, ROOT

pytestmark = [pytest.mark.ansible_core, pytest.mark.own_way]

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
MODULE = "ansible_collections.aiqum.unified_manager.plugins.modules."


def start(environment, module, tmp_path, **options):
    """The module as a process of its own, as Ansible starts it."""
    arguments = tmp_path / "arguments.json"
    arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": options}), encoding="utf-8")
    environment = {**environment, "PYTHONPATH": str(ROOT / ".build")}
    command = [sys.executable, "-m", MODULE + module, str(arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture(autouse=True)
def heeded():
    """Under nohup, or behind an ``&``, signals are ignored, and a module leaves them so; children inherit it."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


LOOK = re.compile(r"/management-server/jobs(/|\?key=)")  # at jobs that are known, not for those of others


def wait_until_a_job_is_looked_at(um, process):
    while process.poll() is None:
        exchanges = um.control("GET", "exchanges")["exchanges"]
        if any(LOOK.search(exchange["path"]) for exchange in exchanges):
            return
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("number", SIGNALS)
def test_lun(um, environment, tmp_path, number):
    um.set(job_seconds=60)
    process = start(environment, "lun", tmp_path, name="db01", **NEW)
    wait_until_a_job_is_looked_at(um, process)
    process.send_signal(number)
    output, errors = process.communicate(timeout=30)
    result = json.loads(output)
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "interrupted"), errors
    assert result["jobs"][0]["key"] in result["msg"]
    assert signal.Signals(number).name in result["msg"]


def test_job_wait(um, environment, tmp_path, play):
    um.set(job_seconds=60)
    keys = [
        job["key"]
        for result in play(
            *[{"aiqum.unified_manager.lun": {"name": name, **NEW, "wait": False}} for name in ("a", "b")]
        ).results
        for job in result["jobs"]
    ]
    um.forget_requests()
    process = start(environment, "job_wait", tmp_path, keys=keys)
    wait_until_a_job_is_looked_at(um, process)
    process.send_signal(signal.SIGTERM)
    result = json.loads(process.communicate(timeout=30)[0])
    assert (result["failed"], result["outcome"]) == (True, "interrupted")
    assert [job["key"] for job in result["jobs"]] == keys


def test_a_signal_during_a_write_waits_for_the_key(um, environment, tmp_path):
    """The answer to a write that was sent is awaited, since it holds the key."""
    um.outcome(method="POST", path="/storage-provider/luns", seconds=60)
    um.fault(kind="delay", seconds=1.5, method="POST", path="/storage-provider/luns", when="after")
    process = start(environment, "lun", tmp_path, name="db01", **NEW)
    while um.control("GET", "outcomes")["outcomes"] and process.poll() is None:
        pass
    process.send_signal(signal.SIGTERM)
    result = json.loads(process.communicate(timeout=30)[0])
    assert (result["outcome"], len(result["jobs"])) == ("interrupted", 1)
