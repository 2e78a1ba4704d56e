# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real Ansible against the simulator over TLS."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
import sys
from unittest import mock

import pytest
import yaml

from tests.simulator.launch import running
from tests.words import messages_of, refused, shown_lines

from .forked import PlayServers

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXCHANGES = ROOT / ".build" / "exchanges"
SECONDS_FOR_A_PLAYBOOK = 180
SECONDS_FOR_A_LINE = 400  # plays of a guide are long


class UnifiedManager:
    """The simulator, as at its start at the beginning of each test."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.control = simulator.control
        ready = simulator.ready
        self.environment = {
            "UM_HOSTNAME": ready["hostname"],
            "UM_PORT": str(ready["port"]),
            "UM_USERNAME": ready["username"],
            "UM_PASSWORD": ready["password"],
            "UM_CA_PATH": ready["ca_path"],
        }

    def set(self, **switches):
        self.control("POST", "switches", switches)

    def fault(self, **description):
        self.control("POST", "faults", description)

    def outcome(self, **description):
        self.control("POST", "outcomes", description)

    def forbid_writes(self, forbid=True):
        return self.control("POST", "forbid-writes", {"forbid": forbid})

    def requests(self):
        """(method, path without base and query) of all that reached the server, polls of jobs left out."""
        return requests_among(self.control("GET", "exchanges")["exchanges"])

    def writes(self):
        return [request for request in self.requests() if request[0] != "GET"]

    def forget_requests(self):
        self.control("DELETE", "exchanges")


class SharedClock:
    """The clock of the simulator and of runs in this process: it goes only by their pauses, however slow a machine is.

    :param control: of the simulator
    """

    def __init__(self, control):
        self._control = control
        self._seconds = 0.0
        control("POST", "clock", {"stopped": True})

    def now(self):
        return self._seconds

    def sleep(self, seconds):
        self._control("POST", "clock", {"forward": seconds})
        self._seconds += seconds


def python_path():
    """PYTHONPATH of modules that run as processes: they find compiled what they import from a zip."""
    return os.pathsep.join([str(HERE / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])


def requests_among(exchanges):
    """(method, path without base and query) of each, polls of jobs left out."""
    found = [(one["method"], one["path"].partition("?")[0].removeprefix("/api/v2")) for one in exchanges]
    return [(method, path) for method, path in found if not path.startswith("/management-server/jobs")]


class Play:
    """A playbook that ran.

    :ivar results: the results of its tasks, in order
    :ivar output: all that it printed
    :ivar stdout: what programs read of it
    """

    def __init__(self, results, output, stdout, rc):
        self.results = results
        self.output = output
        self.stdout = stdout
        self.rc = rc


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Two more than there are cores, since tests wait for the simulator's jobs."""
    return (os.cpu_count() or 1) + 2


@pytest.fixture(autouse=True)
def messages():
    """All that the test shows to a user; at its end each sentence is judged by the words in it."""
    shown = []
    yield shown
    assert sorted({fault for text in shown for fault in refused(text)}) == []


@pytest.fixture(scope="session")
def simulator():
    EXCHANGES.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    record = EXCHANGES / f"functional-{worker}.jsonl"
    record.unlink(missing_ok=True)
    with running("--job-seconds", "0.2", "--record", str(record)) as simulator:
        yield simulator


@pytest.fixture
def um(simulator):
    simulator.control("POST", "reset")
    return UnifiedManager(simulator)


@pytest.fixture(scope="module")
def second_simulator():
    """Another server; its exchanges are not recorded."""
    with running("--job-seconds", "0.2") as simulator:
        yield simulator


@pytest.fixture
def second_um(second_simulator):
    second_simulator.control("POST", "reset")
    return UnifiedManager(second_simulator)


@pytest.fixture(scope="session")
def ansible_home(tmp_path_factory):
    return tmp_path_factory.mktemp("ansible")


@pytest.fixture
def environment(um, ansible_home):
    """The environment of an Ansible run that reaches the simulator."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "UM_", "PYTEST_"))}
    return {
        **kept,
        **um.environment,
        "UM_IN_PROCESS": os.environ.get("UM_IN_PROCESS", "true"),
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"),
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "ANSIBLE_HOME": str(ansible_home),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "PYTHONPATH": python_path(),
        "UM_CONTROL": um.simulator.ready["control"],
        "ANSIBLE_ACTION_PLUGINS": str(HERE / "action_plugins"),
        "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
        "ANSIBLE_CALLBACKS_ENABLED": "results",
    }


@pytest.fixture(scope="session")
def play_servers():
    servers = PlayServers()
    yield servers
    servers.close()


@pytest.fixture
def ansible_playbook(play_servers, messages):
    """Run ``ansible-playbook``: (arguments, environment) -> subprocess.CompletedProcess with its output."""

    def run(arguments, environment):
        ran = play_servers.run([*map(str, arguments)], environment, SECONDS_FOR_A_PLAYBOOK)
        messages.extend(shown_lines(ran.stdout + ran.stderr))
        return ran

    return run


@pytest.fixture
def typed(play_servers, environment, tmp_path, messages):
    """Run a line as a person types it, in a folder of its own; returns what it printed."""

    def run(line):
        program, *arguments = shlex.split(line)
        ran = play_servers.run(arguments, environment, SECONDS_FOR_A_LINE, tmp_path, program)
        messages.extend(shown_lines(ran.stdout + ran.stderr))
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    return run


@pytest.fixture
def play(ansible_playbook, environment, tmp_path, messages):
    """Run tasks by ansible-playbook; a task that fails does not stop the rest."""

    def run(*tasks, options=(), defaults=None, **variables):
        book = [
            {
                "hosts": "localhost",
                "gather_facts": False,
                "ignore_errors": True,
                "module_defaults": {"group/aiqum.unified_manager.um": defaults or {}},
                "tasks": [dict(task) for task in tasks],
            }
        ]
        playbook = tmp_path / "site.yml"
        playbook.write_text(yaml.safe_dump(book, sort_keys=False), encoding="utf-8")
        result_file = tmp_path / "results.jsonl"
        result_file.unlink(missing_ok=True)
        completed = ansible_playbook(
            [*options, playbook], {**environment, "UM_TEST_RESULTS": str(result_file), **variables}
        )
        lines = result_file.read_text(encoding="utf-8").splitlines() if result_file.exists() else []
        output = completed.stdout + completed.stderr
        assert len(lines) == len(tasks), output
        read = [json.loads(line) for line in lines]
        results = [{**line["result"], "failed": line["status"] == "failed"} for line in read]
        messages.extend(messages_of(results))
        return Play(results, output, completed.stdout, completed.returncode)

    return run


def named(role, variables):
    """Variables of a role, whose names begin with its name."""
    return {f"{role}_{name}": value for name, value in variables.items()}


def included(role, variables):
    """A task that runs a role."""
    return {"ansible.builtin.include_role": {"name": f"aiqum.unified_manager.{role}"}, "vars": named(role, variables)}


@pytest.fixture
def run_role(run_play):
    """Run a play of one role: (role, its variables, options) -> (code, number of changes, output)."""

    def run(role, variables, *options):
        return run_play(
            {"roles": [{"role": f"aiqum.unified_manager.{role}", "vars": named(role, variables)}]}, *options
        )

    return run


@pytest.fixture
def run_play(ansible_playbook, environment, tmp_path):
    """Run a play with these keywords: (keywords, options) -> (code, number of changes, output)."""

    def run(keywords, *options, **variables):
        book = [{"hosts": "localhost", "gather_facts": False, **keywords}]
        (tmp_path / "role.yml").write_text(yaml.safe_dump(book, sort_keys=False), encoding="utf-8")
        ran = ansible_playbook([*options, tmp_path / "role.yml"], {**environment, **variables})
        found = re.search(r"changed=(\d+)", ran.stdout)
        return ran.returncode, int(found[1]) if found else None, ran.stdout + ran.stderr

    return run


@pytest.fixture
def here(um, messages):
    """Run tasks of our modules in this process, over TLS like any other; nothing is slept through."""

    def run(*tasks, clock=None, **variables):
        clock = clock or SharedClock(um.control)
        with mock.patch.dict(os.environ, {**um.environment, **variables}):
            results = [_run_here(clock, **task) for task in tasks]
        messages.extend(messages_of(results))
        return Play(results, "", "", 0)

    return run


def _run_here(clock, check_mode=False, environment=None, **task):
    from tests import inprocess  # the collection can be imported once pytest has read this file

    name, options = task.popitem()
    with mock.patch.dict(os.environ, environment or {}):
        result = inprocess.run(name.removeprefix("aiqum.unified_manager."), options, check_mode, clock=clock)
    return {**result, "failed": result.get("failed", False)}


def lun(**options):
    """A task that calls the lun module."""
    keywords = {name: options.pop(name) for name in ("check_mode", "diff", "environment") if name in options}
    return {"aiqum.unified_manager.lun": options, **keywords}


NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}
