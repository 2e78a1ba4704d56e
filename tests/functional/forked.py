# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's commands forked from a process that has imported Ansible already: the same, for a third of the CPU.

Ansible reads its configuration while it is imported. There is therefore a server for each environment, variables aside
that only our own code reads, at run time: those of the connection, for example.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

BIN = pathlib.Path(sys.executable).parent
SERVER = pathlib.Path(__file__).with_name("play_server.py")
MOST_SERVERS = 3  # at a time; each holds some 60 MB
NOT_READ_BY_ANSIBLE = ("UM_", "CONTROLLER_")
PATIENCE = 60.0  # seconds for what takes a fraction of one


class PlayServer:
    """One server, for playbooks with one configuration.

    :param environment: of the process; variables that begin with one of ``NOT_READ_BY_ANSIBLE`` may differ from
        playbook to playbook
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed by close
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(SERVER)],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,  # a line that is read ahead would not be seen by select
            start_new_session=True,
        )

    def run(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        timeout: float,
        directory: pathlib.Path | None = None,
    ) -> subprocess.CompletedProcess:
        """As ``subprocess.run`` with captured output.

        :param directory: in which it runs; that of the server unless given
        :raises subprocess.TimeoutExpired: the playbook took longer; nothing of it runs any more
        :raises RuntimeError: the server ended, or had something to say
        """
        with tempfile.TemporaryDirectory(prefix="play-") as outputs:
            files = {name: pathlib.Path(outputs, name) for name in ("stdout", "stderr")}
            for file in files.values():
                file.touch()
            place = None if directory is None else str(directory)
            request = {"arguments": list(command), "environment": dict(environment), "directory": place}
            self._send({**request, **{name: str(file) for name, file in files.items()}})
            pid = self._answer(PATIENCE)["pid"]
            try:
                code = self._answer(timeout)["returncode"]
            except TimeoutError:
                kill_tree(pid)
                self._answer(PATIENCE)
                code = None
            stdout, stderr = (file.read_text(encoding="utf-8", errors="replace") for file in files.values())
        if code is None:
            raise subprocess.TimeoutExpired(list(command), timeout, stdout, stderr)
        return subprocess.CompletedProcess(list(command), code, stdout, stderr)

    def close(self) -> None:
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.stdout.close()
            self._errors.close()

    def _send(self, request: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):  # then there is no answer, either
            self._process.stdin.write(json.dumps(request).encode() + b"\n")

    def _answer(self, timeout: float) -> dict[str, int]:
        if not select.select([self._process.stdout], [], [], timeout)[0]:
            raise TimeoutError
        line = self._process.stdout.readline()
        self._errors.seek(0)
        complaint = self._errors.read()
        if complaint or not line:
            raise RuntimeError(f"the server of playbooks failed: {complaint}")
        return json.loads(line)


class PlayServers:
    """Those that were needed lately."""

    def __init__(self) -> None:
        self._servers: dict[tuple[tuple[str, str], ...], PlayServer] = {}

    def run(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        timeout: float,
        directory: pathlib.Path | None = None,
        program: str = "ansible-playbook",
    ) -> subprocess.CompletedProcess:
        """A command of Ansible with these arguments in this environment; see PlayServer.run."""
        fixed = tuple(sorted((n, v) for n, v in environment.items() if not n.startswith(NOT_READ_BY_ANSIBLE)))
        server = self._servers.pop(fixed, None) or PlayServer(dict(fixed))
        self._servers[fixed] = server
        while len(self._servers) > MOST_SERVERS:
            self._servers.pop(next(iter(self._servers))).close()
        return server.run([str(BIN / program), *arguments], environment, timeout, directory)

    def close(self) -> None:
        while self._servers:
            self._servers.popitem()[1].close()


def kill_tree(pid: int) -> None:
    """Kill a process and all that descend from it, whatever sessions they are in: Ansible's workers have their own.

    They are stopped first, since one that runs may start another while it is looked for. At the return they have ended,
    save where the system has no way to wait for processes of others.
    """
    stopped: set[int] = set()
    while running := {pid, *_descendants(pid)} - stopped:
        _signal(running, signal.SIGSTOP)
        stopped |= running
    _signal(stopped, signal.SIGKILL)
    for one in stopped if hasattr(os, "pidfd_open") else ():
        with contextlib.suppress(ProcessLookupError), open(os.pidfd_open(one), "rb") as ended:
            select.select([ended], [], [], PATIENCE)


def _signal(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _descendants(pid: int) -> Iterator[int]:
    for child in [child for child, parent in _parents().items() if parent == pid]:
        yield child
        yield from _descendants(child)


def _parents() -> dict[int, int]:
    """{process: its parent}; empty where there is no /proc."""
    found = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            found[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    return found
