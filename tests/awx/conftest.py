# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as AWX runs them: ansible-runner on a private data directory, against the simulator."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import sys

import ansible_runner
import pytest

from tests.functional.conftest import UnifiedManager, python_path
from tests.simulator.launch import running

from .injection import ROOT, inject

# AWX writes its inventory as JSON; localhost is a host of it like others.
LOCALHOST = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
INVENTORY = {"all": {"hosts": {"localhost": LOCALHOST}}}


class Job:
    """A job that ran.

    :ivar status: the runner's word: successful, failed, canceled, timeout
    :ivar events: all events, in order
    """

    def __init__(self, runner, directory):
        self.status = runner.status
        self.rc = runner.rc
        self.events = list(runner.events)
        self.directory = directory
        self.stdout = "".join(event["stdout"] for event in self.events)

    def results(self, module):
        """The results of the tasks that called a module of ours and came to an end, with the names of their events."""
        name = f"aiqum.unified_manager.{module}"
        return [
            {**event["event_data"]["res"], "event": event["event"]}
            for event in self.events
            if event["event"] in ("runner_on_ok", "runner_on_failed")
            and name in (event["event_data"]["task_action"], event["event_data"].get("resolved_action"))
        ]

    def outcomes(self, module):
        return [(result["event"], result["outcome"]) for result in self.results(module)]

    def artifacts(self):
        """What set_stats left for the next node of a workflow."""
        return self.events[-1]["event_data"].get("artifact_data", {})


@pytest.fixture(scope="session")
def simulator():
    with running("--job-seconds", "0.2") as simulator:
        yield simulator


@pytest.fixture
def um(simulator):
    simulator.control("POST", "reset")
    return UnifiedManager(simulator)


@pytest.fixture
def answers(um):
    """A credential of our type, as a person fills it in."""
    ready = um.simulator.ready
    certificates = pathlib.Path(ready["ca_path"]).read_text(encoding="utf-8")
    return {
        **{name: ready[name] for name in ("hostname", "username", "password")},
        "port": str(ready["port"]),
        "ca_certificates": certificates,
    }


@pytest.fixture
def private_data(answers, tmp_path):
    """Make a private data directory; returns it and the environment of its jobs."""
    count = 0

    def make(extra_vars, settings=None):
        nonlocal count
        count += 1
        directory = tmp_path / f"awx_{count}"
        for name in ("env", "inventory", "project"):
            (directory / name).mkdir(parents=True)
        shutil.copytree(ROOT / "playbooks", directory / "project" / "playbooks")
        (directory / "inventory" / "hosts.json").write_text(json.dumps(INVENTORY), encoding="utf-8")
        environment = {
            **inject(answers, directory / "env"),
            # The rest is what an execution environment brings.
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"),
            "ANSIBLE_HOME": str(directory / "home"),
            "PYTHONPATH": python_path(),
            "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        for name, content in (
            ("envvars", environment),
            ("extravars", extra_vars),
            ("settings", {"pexpect_timeout": 0.2, **(settings or {})}),
        ):
            (directory / "env" / name).write_text(json.dumps(content), encoding="utf-8")
        return directory

    return make


@pytest.fixture
def launch(private_data, monkeypatch):
    """Run a playbook of the collection as a job of AWX does."""
    for name in [name for name in os.environ if name.startswith(("ANSIBLE_", "UM_"))]:
        monkeypatch.delenv(name)

    def run(playbook, extra_vars, check=False, settings=None, cancel=None):
        directory = private_data(extra_vars, settings)
        runner = ansible_runner.run(
            private_data_dir=str(directory),
            playbook=f"playbooks/{playbook}.yml",
            cmdline="--check --diff" if check else None,
            cancel_callback=cancel,
            quiet=True,
        )
        return Job(runner, directory)

    return run
