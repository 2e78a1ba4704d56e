# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole UM at once: 10,000 LUNs, 500 file shares and 500 other objects, exported, planned and applied.

    make bench-configuration

Real module processes, without Ansible around them, against the simulator over TLS. The time is from the start of the
module's process to its end; CPU seconds are those of this process, user and system; requests are counted by the server.
It fails if one of the limits below does not hold.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import pathlib
import subprocess
import sys
import time
from typing import NamedTuple

from tests.simulator.launch import running

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
MODULE = "ansible_collections.aiqum.unified_manager.plugins.modules."
# Runs the module as a program, and says afterwards what it took; ru_maxrss counts kB on Linux.
CHILD = """
import resource, runpy, sys
module, sys.argv = sys.argv[1], ["module", sys.argv[2]]
try:
    runpy.run_module(module, run_name="__main__")
finally:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, file=sys.stderr)
"""
MEMORY = 300  # MB
PLAN_LIMIT = 2.0  # times the time of reading
APPLY_LIMIT = 1.3  # times that of workloads for the LUNs alone
PAGE = 1000
READING = {"lun_info": {}, "file_share_info": {"details": True}, "igroup_info": {}, "alert_info": {}}
SHARES = 500
OTHERS = {"igroups": 300, "alerts": 150, "performance_service_levels": 25, "storage_efficiency_policies": 25}
LEVEL = {
    "absolute_min_iops": 500,
    "expected_iops_per_tb": 2000,
    "peak_iops_per_tb": 4000,
    "peak_iops_allocation_policy": "used_space",
    "latency_expected": 2,
}


def level(name):
    return {"name": name, **LEVEL}


def policy(name):
    return {"name": name, "compression": "inline", "deduplication": "inline"}


def igroup(name):
    return {
        "name": name,
        "svm": "svm1",
        "os_type": "linux",
        "protocol": "iscsi",
        "initiators": [f"iqn.2026-01.com:{name}"],
    }


def alert(name):
    return {"name": name, "emails": ["storage@example.com"], "event_severities": ["critical"]}


def lun(name):
    return {
        "name": name,
        "svm": "svm1",
        "size": "1GiB",
        "os_type": "linux",
        "performance_service_level": "Value",
        "volume": "vol_db",
    }


def share(name):
    return {"name": name, "svm": "svm_nas", "size": "1GiB", "performance_service_level": "Value"}


MAKERS = {
    "igroups": igroup,
    "alerts": alert,
    "performance_service_levels": level,
    "storage_efficiency_policies": policy,
    "luns": lun,
    "file_shares": share,
}


def structure(prefix, **counts):
    """So many objects of each kind."""
    return {
        kind: [MAKERS[kind](f"{prefix}_{kind}_{number:04}") for number in range(count)]
        for kind, count in counts.items()
    }


class Took(NamedTuple):
    """What a run cost, or several.

    :param seconds: from the start of the module's process to its end
    :param cpu: seconds of the module's process, user and system
    :param megabytes: its peak memory
    """

    requests: int
    seconds: float
    cpu: float
    megabytes: float

    def beside(self, other):
        """How many times of another's it took, as text."""
        time, cpu, requests = (getattr(self, one) / getattr(other, one) for one in ("seconds", "cpu", "requests"))
        return f"{time:.2f} times the time, {cpu:.2f} the CPU seconds, {requests:.2f} the requests"


class Bench:
    """Runs modules against one simulator, and collects what does not hold.

    :ivar wrong: sentences
    """

    def __init__(self, simulator):
        self._simulator = simulator
        self.wrong = []
        print(f"{'':<52}{'time':>8}{'CPU':>8}{'requests':>12}{'memory':>9}")

    def run(self, what, module, **options):
        """The result of a module, and what it took."""
        ready = self._simulator.ready
        given = {**{name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}, **options}
        path = BUILD / "bench-arguments.json"
        path.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": given}), encoding="utf-8")
        self._simulator.control("DELETE", "exchanges")
        command = [sys.executable, "-c", CHILD, MODULE + module, str(path)]
        environment = {**os.environ, "PYTHONPATH": str(BUILD)}
        began = time.perf_counter()
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        try:
            result = json.loads(ran.stdout)
            cpu, megabytes = float(ran.stderr.split()[-2]), int(ran.stderr.split()[-1]) / 1024
        except (ValueError, IndexError):
            sys.exit(f"{module} broke: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        if result.get("failed"):
            sys.exit(f"{what}: {result['msg']}")
        took = Took(self._simulator.control("GET", "stats")["total"], seconds, cpu, megabytes)
        print(f"{what:<52}{seconds:6.1f} s{cpu:6.1f} s{took.requests:12}{megabytes:6.0f} MB", flush=True)
        return result, took

    def check(self, holds, sentence):
        if not holds:
            self.wrong.append(sentence)


def seed(bench):
    for kinds in ({"file_shares": SHARES}, OTHERS):
        bench.run("(made for it)", "configuration", configuration=structure("old", **kinds), max_in_flight=32)


def export(bench, luns):
    """At most one request per page and kind, and one per object that has details which no list shows."""
    result, took = bench.run(
        f"export of {luns} LUNs, {SHARES} shares, {sum(OTHERS.values())} others", "configuration_info"
    )
    found = result["configuration"]
    pages = sum(1 + len(entries) // PAGE for entries in found.values())
    of_svms = len(found["svms"])  # a list of access endpoints for each
    detailed = len(found["luns"]) + len(found["file_shares"]) + of_svms
    most = pages + of_svms + detailed
    bench.check(took.requests <= most, f"the export took {took.requests} requests; {most} suffice")
    bench.check(took.megabytes < MEMORY, f"the export took {took.megabytes:.0f} MB; the limit is {MEMORY}")
    return found


def plan(bench, found):
    """No request per object where lists suffice; compared with reading what a plan must know.

    No list shows who may reach a file share, so each is read by its key, by file_share_info as by a plan.
    """
    read = [bench.run(f"{module} {' '.join(options)}", module, **options)[1] for module, options in READING.items()]
    reading = Took(*map(sum, zip(*read, strict=True)))
    result, took = bench.run("a plan without changes over the same", "configuration", configuration=found)
    bench.check(result["outcome"] == "unchanged", "the plan has changes")
    print(f"  beside reading: {took.beside(reading)}")
    bench.check(took.seconds <= PLAN_LIMIT * reading.seconds, "the plan took too long beside reading")
    bench.check(took.requests < len(found["luns"]) / 10, f"the plan took {took.requests} requests")


def apply(bench):
    """New objects of several kinds beside the LUNs alone."""
    alone, took = bench.run("500 new LUNs by workloads", "workloads", luns=structure("one", luns=500)["luns"])
    kinds = {"luns": 500, "igroups": 20, "performance_service_levels": 5, "alerts": 10}
    whole, also = bench.run(
        "500 new LUNs, 20 igroups, 5 levels, 10 alerts", "configuration", configuration=structure("two", **kinds)
    )
    bench.check(whole["outcome"] == alone["outcome"] == "changed", "not all was created")
    print(f"  beside workloads: {also.beside(took)}")
    bench.check(also.seconds <= APPLY_LIMIT * took.seconds, "applying took too long beside workloads")
    bench.check(also.requests <= APPLY_LIMIT * took.requests, "applying took too many requests beside workloads")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--luns", type=int, default=10000)
    luns = parser.parse_args().luns
    with running("--job-seconds", "0", "--luns", str(luns)) as simulator:
        bench = Bench(simulator)
        seed(bench)
        found = export(bench, luns)
        plan(bench, copy.deepcopy(found))
        apply(bench)
    if bench.wrong:
        sys.exit("\n".join(bench.wrong))


if __name__ == "__main__":
    main()
