# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A playbook that is forked from a server is the one that a process of its own would be."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import subprocess

import pytest
import yaml

from .conftest import NEW, lun
from .forked import BIN, PlayServer, PlayServers

pytestmark = [pytest.mark.ansible_core, pytest.mark.own_way]

COMMAND = str(BIN / "ansible-playbook")


@pytest.fixture
def playbook(tmp_path):
    """Write a playbook of these tasks; returns its path."""

    def write(*tasks):
        book = [{"hosts": "localhost", "gather_facts": False, "tasks": list(tasks)}]
        (tmp_path / "site.yml").write_text(yaml.safe_dump(book, sort_keys=False), encoding="utf-8")
        return str(tmp_path / "site.yml")

    return write


@pytest.fixture
def server(environment):
    servers = PlayServer({name: value for name, value in environment.items() if not name.startswith("UM_")})
    yield servers
    servers.close()


def ended(completed):
    """What can be seen of a process, without what is new each time."""
    output = completed.stdout + completed.stderr
    return completed.returncode, re.sub(r"[0-9a-f]{8}-[\w-]{27}|[\d.]+ s\b|\d{4}-\d\d-\d\dT[\d:.+]+", "~", output)


@pytest.mark.both_ways
@pytest.mark.parametrize(
    ("options", "in_process"),
    [
        (["-v", "--check", "--diff"], "true"),
        (["-v", "--check", "--diff"], "false"),
        (["-i", "/nowhere", "--check"], "true"),
        (["--no-such-option"], "true"),
    ],
    ids=str,
)
def test_it_ends_as_a_process_of_its_own(um, server, environment, playbook, tmp_path, options, in_process):
    command = [COMMAND, *options, playbook(lun(name="db01", **NEW), lun(name="db01", svm="svm1", size="1 banana"))]
    environment = {**environment, "UM_IN_PROCESS": in_process, "UM_TEST_RESULTS": str(tmp_path / "results.jsonl")}
    both = []
    for run in (server.run, subprocess_run):
        um.control("POST", "reset")
        both.append(ended(run(command, environment, 60)))
    assert both[0] == both[1]
    assert both[0][0] != 0


@pytest.mark.both_ways
@pytest.mark.parametrize(
    "line", ["ansible-inventory -i {file} --list", "ansible-inventory --grid", "ansible localhost -m setup -a filter=x"]
)
def test_other_commands_end_as_processes_of_their_own(um, server, environment, tmp_path, line):
    (tmp_path / "um.yml").write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    program, *arguments = line.format(file=tmp_path / "um.yml").split()
    environment = {**environment, "UM_TEST_RESULTS": str(tmp_path / "results.jsonl")}
    both = [ended(run([str(BIN / program), *arguments], environment, 60)) for run in (server.run, subprocess_run)]
    assert both[0] == both[1]


def subprocess_run(command, environment, timeout):
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)


def test_ansible_is_configured_by_the_environment_of_each_playbook(environment, playbook):
    show = playbook(
        {"ansible.builtin.debug": {"msg": "{{ lookup('config', 'DEFAULT_FORKS') }} {{ lookup('env', 'X') }}"}}
    )
    servers = PlayServers()
    try:
        for forks in ("7", "9", "7"):
            ran = servers.run([show], {**environment, "ANSIBLE_FORKS": forks, "X": f"x{forks}"}, 60)
            assert f'"msg": "{forks} x{forks}"' in ran.stdout, ran
    finally:
        servers.close()


def command_lines():
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            yield path.read_bytes().decode(errors="replace")


def test_nothing_of_it_runs_on_when_time_is_up(server, environment, playbook, tmp_path):
    """Neither Ansible's worker, which is in a session of its own, nor the module, nor what that started."""
    mark = tmp_path / "mark"
    wait = playbook({"ansible.builtin.command": {"cmd": f"tail -f /dev/null --pid={os.getpid()} {mark}"}})
    mark.touch()
    with pytest.raises(subprocess.TimeoutExpired):
        server.run([COMMAND, wait], {**environment, "UM_TEST_RESULTS": str(tmp_path / "results.jsonl")}, 3)
    assert not [command for command in command_lines() if str(tmp_path) in command]
    again = server.run([COMMAND, "--version"], environment, 60)
    assert again.returncode == 0


def test_a_server_that_has_something_to_say_is_not_used(environment):
    server = PlayServer({**environment, "ANSIBLE_FORKS": "no number"})
    try:
        with pytest.raises(RuntimeError, match="DEFAULT_FORKS"):
            server.run([COMMAND, "--version"], environment, 60)
    finally:
        server.close()
