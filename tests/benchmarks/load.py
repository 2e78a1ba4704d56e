# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Much at once: 1,000 jobs in one job_wait, 10,000 records in pages, a job with a task report of 5 MB.

    make load

Real module processes, without Ansible around them, against the simulator over TLS. Peak memory is what the system says
of the process when it has ended; it must stay below 150 MB, or this program fails.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

import requests

from tests.simulator.launch import running

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
MODULE = "ansible_collections.aiqum.unified_manager.plugins.modules."
LIMIT = 150  # MB
JOBS = 1000
LUNS = 10000
REPORT = 5_000_000  # bytes
# Runs the module as a program, and says afterwards what it took; ru_maxrss counts kB on Linux.
CHILD = """
import resource, runpy, sys
sys.argv = ["module", sys.argv[2]]
try:
    runpy.run_module(__import__("os").environ["UM_LOAD_MODULE"], run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


class Load:
    """A simulator, and modules that are run against it.

    :ivar peak: MB, of the largest process
    """

    def __init__(self, simulator):
        self.simulator = simulator
        self.peak = 0.0
        self.api = requests.Session()
        self.api.trust_env = False
        self.api.auth = (simulator.ready["username"], simulator.ready["password"])
        self.api.verify = simulator.ready["ca_path"]
        self.base = f"{simulator.ready['url']}/api/v2"

    def run(self, what, module, **options):
        """Run a module and print a line about it; its result."""
        ready = self.simulator.ready
        given = {**{name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}, **options}
        environment = {**os.environ, "PYTHONPATH": str(BUILD), "UM_LOAD_MODULE": MODULE + module}
        self.simulator.control("DELETE", "exchanges")
        began = time.monotonic()
        arguments = json.dumps({"ANSIBLE_MODULE_ARGS": given})
        path = BUILD / "load-arguments.json"
        path.write_text(arguments, encoding="utf-8")
        command = [sys.executable, "-c", CHILD, "module", str(path)]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        try:
            result = json.loads(ran.stdout)
            megabytes = int(ran.stderr.split()[-1]) / 1024
        except (ValueError, IndexError):
            sys.exit(f"{module} broke: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        requests_sent = self.simulator.control("GET", "stats")["total"]
        self.peak = max(self.peak, megabytes)
        print(
            f"{what:<46}{seconds:8.1f} s{requests_sent:10} requests{megabytes:10.0f} MB{len(ran.stdout) / 1e6:8.1f} MB"
        )
        return result

    def start_jobs(self, count):
        """So many jobs: changes of the size of a LUN, each after the other."""
        lun = self.api.get(f"{self.base}/storage-provider/luns", params={"name": "*/lun_ora01"}, timeout=30).json()
        path = f"{self.base}/storage-provider/luns/{requests.utils.quote(lun['records'][0]['key'], safe='')}"
        size = lun["records"][0]["space"]["size"]

        def start(number):
            answer = self.api.patch(path, json={"space": {"size": size}}, timeout=60)
            return answer.json()["job"]["key"]

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            return list(pool.map(start, range(count)))

    def start_a_job_with_a_report(self, size):
        """One job whose failed task has a reason of so many bytes."""
        reason = ("The aggregate has no space for this. " * (size // 37 + 1))[:size].rstrip()
        self.simulator.control("POST", "outcomes", {"status": "error", "failures": [reason], "seconds": 0.1})
        return self.start_jobs(1)[0]


def main():
    BUILD.mkdir(exist_ok=True)
    with running("--job-seconds", "20", "--luns", str(LUNS)) as simulator:
        load = Load(simulator)
        print(f"{'':<46}{'time':>10}{'sent':>19}{'peak memory':>13}{'result':>11}")
        load.run("one LUN looked up (for comparison)", "lun_info", name="lun_ora01", svm="svm1")
        keys = load.start_jobs(JOBS)
        result = load.run(f"{JOBS} jobs of 20 s, one job_wait", "job_wait", keys=keys)
        ended = sum(job["succeeded"] is True for job in result["jobs"])
        result = load.run(f"{LUNS} LUNs, read in pages", "lun_info")
        read = len(result["luns"])
        key = load.start_a_job_with_a_report(REPORT)
        result = load.run("a job with a task report of 5 MB", "job_wait", keys=[key])
        reason = len(result["jobs"][0]["failures"][0]["reason"])
    print(f"{ended} of {JOBS} jobs succeeded; {read} records; a reason of {reason} characters; peak {load.peak:.0f} MB")
    if ended != JOBS or reason < REPORT - 1 or read < LUNS or load.peak > LIMIT:
        sys.exit(f"not as it should be, or over {LIMIT} MB")


if __name__ == "__main__":
    main()
