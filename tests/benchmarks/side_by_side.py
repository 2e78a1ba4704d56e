# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same LUNs by four ways, against one simulator over HTTPS: what each costs.

    make bench                     # about twenty minutes
    make bench ARGS="--seconds 30" # with jobs of 30 s
    make bench ARGS=--long         # also what takes longer than a minute by its jobs alone
    make bench ARGS=--starts       # what a task costs that changes nothing, in process and as a module
    make bench ARGS=--scale        # how cost grows with the LUNs on the server and in the task

Each figure is the median of RUNS runs, but for uri with the most LUNs and for --scale, which run once. "polls" are the
GETs for jobs by the number of jobs; "late" is how long after the end of a job the client was told of it, as a mean over
the jobs, by the simulator's clock; "memory" is that of the largest process; "floor" is the time as a multiple of the
script's, which is the least there can be.
"""

from __future__ import annotations

import argparse
import datetime
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import yaml

from tests.simulator.launch import running

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(sys.executable).parent
RUNS = 3
COUNTS = (1, 20, 100)
SECONDS = (0.5, 3.0)
LONGEST = 60.0  # seconds that a way may take by its jobs alone, one after the other
NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}
MEASURED = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL);"
    " open(sys.argv[1], 'w').write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)); sys.exit(code)"
)


def playbook(tasks):
    return [{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]


def names(count, prefix):
    return [f"{prefix}{number:04}" for number in range(count)]


def one_by_one(count, prefix):
    return [{"aiqum.unified_manager.lun": {"name": "{{ item }}", **NEW}, "loop": names(count, prefix)}]


def together(count, prefix):
    luns = [{"name": name} for name in names(count, prefix)]
    return [{"aiqum.unified_manager.workloads": {"defaults": NEW, "luns": luns, "max_in_flight": count}}]


def with_uri(count, prefix):
    """As a careful user would write it: look the keys up, submit all, then wait for each."""
    base = "https://{{ lookup('env', 'UM_HOSTNAME') }}:{{ lookup('env', 'UM_PORT') }}/api/v2"
    common = {
        "url_username": "{{ lookup('env', 'UM_USERNAME') }}",
        "url_password": "{{ lookup('env', 'UM_PASSWORD') }}",
        "force_basic_auth": True,
        "ca_path": "{{ lookup('env', 'UM_CA_PATH') }}",
    }
    body = {
        "name": "{{ item }}",
        "svm": {"key": "{{ svm.json.records[0].key }}"},
        "performance_service_level": {"key": "{{ level.json.records[0].key }}"},
        "os_type": "linux",
        "space": {"size": 10 << 30},
    }
    submit = {"url": f"{base}/storage-provider/luns", "method": "POST", "body_format": "json", "body": body}
    return [
        {"ansible.builtin.uri": {"url": f"{base}/datacenter/svm/svms?name=svm1", **common}, "register": "svm"},
        {
            "ansible.builtin.uri": {
                "url": f"{base}/storage-provider/performance-service-levels?name=Value",
                **common,
            },
            "register": "level",
        },
        {
            "ansible.builtin.uri": {**submit, "status_code": 202, **common},
            "loop": names(count, prefix),
            "register": "submitted",
        },
        {
            "ansible.builtin.uri": {"url": base + "/management-server/jobs/{{ item.json.job.key }}", **common},
            "loop": "{{ submitted.results }}",
            "register": "job",
            "until": "job.json.state == 'completed'",
            "delay": 1,
            "retries": 600,
            "failed_when": "job.json.status != 'normal'",
        },
    ]


WAYS = {"script (the floor)": None, "workloads": together, "lun in a loop": one_by_one, "uri and until": with_uri}


class Bench:
    """A simulator, and Ansible beside it."""

    def __init__(self, simulator, folder):
        self.simulator = simulator
        self.folder = pathlib.Path(folder)
        self.run_number = 0
        ready = simulator.ready
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "UM_"))}
        self.environment = {
            **kept,
            "UM_HOSTNAME": ready["hostname"],
            "UM_PORT": str(ready["port"]),
            "UM_USERNAME": ready["username"],
            "UM_PASSWORD": ready["password"],
            "UM_CA_PATH": ready["ca_path"],
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"),
            "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        }

    def command(self, tasks):
        book = self.folder / "site.yml"
        book.write_text(yaml.safe_dump(playbook(tasks), sort_keys=False), encoding="utf-8")
        return [str(BIN / "ansible-playbook"), str(book)]

    def take(self, command):
        """(seconds, MiB of the largest process) of a command.

        :raises RuntimeError: it failed
        """
        memory = self.folder / "memory"
        began = time.perf_counter()
        code = subprocess.call([sys.executable, "-c", MEASURED, str(memory), *command], env=self.environment, cwd=ROOT)
        seconds = time.perf_counter() - began
        if code:
            raise RuntimeError(f"{command} ended with {code}")
        return seconds, int(memory.read_text(encoding="utf-8")) / 1024

    def measure(self, way, count, job_seconds):
        """One run: wall time, requests, polls per job, lateness, memory."""
        self.run_number += 1
        self.simulator.control("POST", "reset")
        self.simulator.control("POST", "switches", {"job_seconds": job_seconds})
        prefix = f"bench{self.run_number}x"
        floor = [sys.executable, "-m", "tests.benchmarks.floor", str(count), prefix]
        seconds, memory = self.take(self.command(way(count, prefix)) if way else floor)
        exchanges = self.simulator.control("GET", "exchanges")["exchanges"]
        polls, late = job_looks(exchanges, job_seconds)
        return seconds, len(exchanges), polls / count, late, memory


def job_looks(exchanges, job_seconds):
    """(GETs for jobs, mean seconds between the end of a job and the answer that told of it)."""
    due = {}
    lateness = {}
    polls = 0
    for exchange in exchanges:
        response = exchange["response"]
        if exchange["method"] != "GET":
            due[response["job"]["key"]] = exchange["time"] + job_seconds
        elif "/management-server/jobs" in exchange["path"]:
            polls += 1
            for job in response.get("records", [response]):
                if job["state"] == "completed":
                    lateness.setdefault(job["key"], exchange["time"] - due[job["key"]])
    return polls, statistics.mean(lateness.values())


def show_side_by_side(bench, seconds, long):
    start, memory = bench.take(bench.command([{"ansible.builtin.debug": {"msg": "Ansible's own start"}}]))
    print(f"Ansible's own start, with one debug task: {start:.1f} s, {memory:.0f} MiB.\n")
    print(f"{'LUNs':>4} {'job (s)':>7}  {'way':<20}{'wall (s)':>9}{'floor':>7}{'requests':>9}{'polls':>7}", end="")
    print(f"{'late (s)':>9}{'memory (MiB)':>13}")
    for job_seconds in seconds:
        for count in COUNTS:
            show_ways(bench, count, job_seconds, long)


def show_ways(bench, count, job_seconds, long):
    floor = None
    for name, way in WAYS.items():
        if way is one_by_one and count * job_seconds > LONGEST and not long:
            continue
        runs = RUNS if way is not with_uri or count < COUNTS[-1] else 1
        measured = [bench.measure(way, count, job_seconds) for dummy in range(runs)]
        wall, requests, polls, late, memory = (statistics.median(column) for column in zip(*measured))
        floor = floor or wall
        print(f"{count:>4} {job_seconds:>7.1f}  {name:<20}{wall:>9.1f}{wall / floor:>7.1f}{requests:>9.0f}", end="")
        print(f"{polls:>7.1f}{late:>9.2f}{memory:>13.0f}", flush=True)


def show_starts(bench):
    """What finds LUNs as desired, Ansible's own start included; and what ends at bad input."""
    bench.take(bench.command(together(100, "there")))
    as_module = {**one_by_one(20, "there")[0], "vars": {"um_in_process": False}}
    refused = {"aiqum.unified_manager.lun": {"name": "{{ item }}", "size": "much"}, "loop": names(20, "there")}
    loops = {
        "ansible.builtin.debug": [{"ansible.builtin.debug": {"msg": "{{ item }}"}, "loop": names(20, "there")}],
        "ansible.builtin.ping": [{"ansible.builtin.ping": {"data": "{{ item }}"}, "loop": names(20, "there")}],
        "lun, in process": one_by_one(20, "there"),
        "lun, as a module": [as_module],
        "lun, as a module, refused": [{**as_module, **refused, "ignore_errors": True}],
        "workloads": together(20, "there"),
        "workloads, 100": together(100, "there"),
    }
    print(f"{'20 without a change':<26}{'wall (s)':>9}{'requests':>9}")
    for name, tasks in loops.items():
        measured = []
        for _run in range(RUNS):
            bench.simulator.control("DELETE", "exchanges")
            seconds, _memory = bench.take(bench.command(tasks))
            measured.append((seconds, len(bench.simulator.control("GET", "exchanges")["exchanges"])))
        seconds, requests = (statistics.median(column) for column in zip(*measured))
        print(f"{name:<26}{seconds:>9.1f}{requests:>9.0f}")


def show_scale(folder):
    print(f"{'on the server':>13}{'desired':>9}{'first run (s)':>15}{'requests':>10}{'again (s)':>11}{'requests':>10}")
    for there in (1_000, 10_000):
        for desired in (100, 1_000):
            with running("--luns", str(there), "--job-seconds", "0.5") as simulator:
                bench = Bench(simulator, folder)
                figures = []
                command = bench.command(together(desired, "grow"))
                for _again in range(2):
                    simulator.control("DELETE", "exchanges")
                    seconds, _memory = bench.take(command)
                    figures += [seconds, len(simulator.control("GET", "exchanges")["exchanges"])]
            print(f"{there:>13}{desired:>9}{figures[0]:>15.1f}{figures[1]:>10}{figures[2]:>11.1f}{figures[3]:>10}")


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = datetime.datetime.now(tz=datetime.timezone.utc).date()
    version = subprocess.run(
        [str(BIN / "ansible"), "--version"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[0]
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{day}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {python}, {version}"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.side_by_side")
    parser.add_argument("--seconds", nargs="+", type=float, default=SECONDS, help="how long the jobs take")
    parser.add_argument("--long", action="store_true", help="also what takes minutes")
    parser.add_argument("--starts", action="store_true", help="only what a task costs that changes nothing")
    parser.add_argument("--scale", action="store_true", help="only how cost grows")
    options = parser.parse_args()
    print(machine() + (", single runs" if options.scale else f", medians of {RUNS} runs"))
    with tempfile.TemporaryDirectory(prefix="um-bench-") as folder:
        if options.scale:
            show_scale(folder)
            return
        with running() as simulator:
            if options.starts:
                show_starts(Bench(simulator, folder))
                return
            show_side_by_side(Bench(simulator, folder), options.seconds, options.long)


if __name__ == "__main__":
    main()
