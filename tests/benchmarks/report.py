# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about three Unified Managers with 10,000 workloads each, by the playbook, against simulators over HTTPS.

    make bench-report
    make bench-report ARGS="--luns 1000 --servers 1"

"memory" is what Ansible and its workers take together at their peak; what they share is counted once. The simulators
are not counted. It fails if one of the limits below does not hold.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

import yaml

from tests.pages import Page
from tests.simulator.launch import Simulator

from .fleet import start
from .side_by_side import BIN, ROOT, machine

SECONDS = 60.0
MEGABYTES = 600.0
PAUSE = 0.1  # seconds between two looks at the memory


def family(pid: int) -> list[int]:
    """A process and all that it started and that still live."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for children in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text(encoding="ascii").split())
    return found


def memory(pid: int) -> float:
    """MiB of a process and its children; a page that several share is counted once."""
    total = 0.0
    for one in family(pid):
        with contextlib.suppress(OSError):
            lines = pathlib.Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
            total += next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
    return total


class Watch(threading.Thread):
    """Looks at the memory of a process until it is told to end.

    :ivar peak: MiB
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._end = threading.Event()
        self.peak = 0.0

    def run(self) -> None:
        while not self._end.wait(PAUSE):
            self.peak = max(self.peak, memory(self._pid))

    def end(self) -> float:
        self._end.set()
        self.join()
        return self.peak


def prepare(simulators: list[Simulator], folder: pathlib.Path) -> dict[str, str]:
    """The inventory, and the environment of the run."""
    authorities = [pathlib.Path(one.ready["ca_path"]).read_text(encoding="utf-8") for one in simulators]
    (folder / "ca.pem").write_text("".join(authorities), encoding="utf-8")
    hosts = {
        f"um{number}": {f"um_{name}": one.ready[name] for name in ("hostname", "port", "username", "password")}
        for number, one in enumerate(simulators)
    }
    inventory = {"ums": {"hosts": hosts, "vars": {"um_ca_path": str(folder / "ca.pem")}}}
    (folder / "hosts.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "UM_"))}
    return {**kept, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"), "ANSIBLE_HOME": str(folder / "ansible")}


def take(folder: pathlib.Path, environment: dict[str, str]) -> tuple[float, float, float]:
    """(seconds, CPU seconds, MiB) of one run; the page is in the folder then.

    :raises SystemExit: it failed
    """
    variables = ("-e", "um_hosts=ums", "-e", "um_report_page=page.html", "-e", "um_report_path=report.yml")
    command = [str(BIN / "ansible-playbook"), "-i", "hosts.yml", *variables, str(ROOT / "playbooks" / "report.yml")]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with (folder / "output").open("w+", encoding="utf-8") as output:
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output) as process:
            watch = Watch(process.pid)
            watch.start()
            process.wait()
            peak = watch.end()
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode:
            output.seek(0)
            sys.exit(output.read())
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def check(folder: pathlib.Path, servers: int, luns: int) -> int:
    """The size of the page in KiB.

    :raises SystemExit: it does not show what the servers have
    """
    html = (folder / "page.html").read_text(encoding="utf-8")
    data = yaml.safe_load((folder / "report.yml").read_text(encoding="utf-8"))
    faults = Page(html).faults
    if faults or data["reached"] != servers or data["workloads"]["total"]["count"] < servers * luns:
        sys.exit(f"the page is wrong: {faults}, {data['reached']} servers, {data['workloads']['total']}")
    return len(html.encode()) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.report")
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--luns", type=int, default=10000, help="workloads of each")
    options = parser.parse_args()
    print(machine())
    print(
        f"{'servers':>7}{'workloads':>11}{'wall (s)':>10}{'CPU (s)':>9}"
        f"{'memory (MiB)':>14}{'requests':>10}{'page (KiB)':>12}"
    )
    with tempfile.TemporaryDirectory(prefix="um-report-") as name, contextlib.ExitStack() as stack:
        folder = pathlib.Path(name)
        simulators = start(options.servers, 0.0, stack, "--luns", str(options.luns))
        environment = prepare(simulators, folder)
        wall, cpu, peak = take(folder, environment)
        size = check(folder, options.servers, options.luns)
        requests = sum(one.control("GET", "stats")["total"] for one in simulators)
        workloads = options.servers * options.luns
        print(f"{options.servers:>7}{workloads:>11,}{wall:>10.1f}{cpu:>9.1f}{peak:>14.0f}{requests:>10}{size:>12}")
    if wall > SECONDS or peak > MEGABYTES:
        sys.exit(f"The limits are {SECONDS:.0f} s and {MEGABYTES:.0f} MiB.")


if __name__ == "__main__":
    main()
