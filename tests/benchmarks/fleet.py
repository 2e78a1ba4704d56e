# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One play over many Unified Managers beside the same play over one, each a simulator over HTTPS.

    make bench-fleet                    # 20 servers, three minutes
    make bench-fleet ARGS="--servers 5" # as many as wanted

The play reads the inventory of the servers by the plugin, and on each of them creates a LUN and reads the LUNs. "own"
is the same play with debug tasks in their place: what Ansible itself takes for so many hosts. "net" is the difference,
and the last column says how many times that of one server it is. Each figure is the median of the runs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import yaml

from tests.simulator.launch import Simulator, running

from .side_by_side import BIN, NEW, ROOT, machine

CONNECTION = {"hostname": "{{ um_server_hostname }}", "port": "{{ um_server_port }}"}
OWN = [{"ansible.builtin.debug": {"msg": "{{ um_server }}"}}] * 2


def work(run: int) -> list[dict]:
    """What is done on each server; a run has a LUN of its own."""
    return [
        {"aiqum.unified_manager.lun": {"name": f"fleet{run:03}", **NEW}},
        {"aiqum.unified_manager.lun_info": {"svm": "svm1"}},
    ]


class Fleet:
    """Simulators, and Ansible beside them."""

    def __init__(self, simulators: list[Simulator], folder: pathlib.Path) -> None:
        self.simulators = simulators
        self.folder = folder
        self.runs = 0
        authorities = [pathlib.Path(one.ready["ca_path"]).read_text(encoding="utf-8") for one in simulators]
        (folder / "ca.pem").write_text("".join(authorities), encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "UM_"))}
        self.environment = {
            **kept,
            "UM_USERNAME": simulators[0].ready["username"],
            "UM_PASSWORD": simulators[0].ready["password"],
            "UM_PROGRESS": "false",
            "UM_CA_PATH": str(folder / "ca.pem"),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"),
            "ANSIBLE_HOME": str(folder / "ansible"),
            "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
        }

    def take(self, servers: int, tasks: list[dict]) -> float:
        """Seconds of a play over the first so many servers.

        :raises CalledProcessError: it failed
        """
        ums = [
            {"name": f"server{number}", **{option: one.ready[option] for option in ("hostname", "port")}}
            for number, one in enumerate(self.simulators[:servers])
        ]
        inventory = {"plugin": "aiqum.unified_manager.um", "hosts": ["servers"], "ums": ums, "unreadable": "fail"}
        play = {"hosts": "um_servers", "gather_facts": False, "tasks": tasks}
        play["module_defaults"] = {"group/aiqum.unified_manager.um": CONNECTION}
        (self.folder / "um.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
        (self.folder / "site.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
        command = [str(BIN / "ansible-playbook"), "-f", str(servers), "-i", "um.yml", "site.yml"]
        began = time.perf_counter()
        subprocess.run(
            command, cwd=self.folder, env=self.environment, check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr
        )
        return time.perf_counter() - began

    def measure(self, servers: int, runs: int) -> tuple[float, float]:
        """(seconds of the play, seconds of the same play with debug tasks)"""
        walls, owns = [], []
        for _run in range(runs):
            self.runs += 1
            owns.append(self.take(servers, OWN))
            walls.append(self.take(servers, work(self.runs)))
        return statistics.median(walls), statistics.median(owns)


def start(count: int, job_seconds: float, stack: contextlib.ExitStack, *arguments: str) -> list[Simulator]:
    """So many simulators, stopped with the stack."""
    options = ("--job-seconds", str(job_seconds), *arguments)
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(lambda _number: stack.enter_context(running(*options)), range(count)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fleet")
    parser.add_argument("--servers", type=int, default=20)
    parser.add_argument("--job-seconds", type=float, default=5.0, help="how long a Job takes")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"{machine()}, Jobs of {options.job_seconds} s, medians of {options.runs} runs")
    print(f"{'servers':>7}{'wall (s)':>10}{'own (s)':>9}{'net (s)':>9}{'times one':>11}")
    with tempfile.TemporaryDirectory(prefix="um-fleet-") as folder, contextlib.ExitStack() as stack:
        fleet = Fleet(start(options.servers, options.job_seconds, stack), pathlib.Path(folder))
        one = None
        for servers in (1, options.servers):
            wall, own = fleet.measure(servers, options.runs)
            one = one or wall - own
            print(f"{servers:>7}{wall:>10.1f}{own:>9.1f}{wall - own:>9.1f}{(wall - own) / one:>11.2f}", flush=True)


if __name__ == "__main__":
    main()
