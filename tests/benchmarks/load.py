# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Much at once: 1,000 jobs in one job_wait, 10,000 and 100,000 records in pages, answers of 5 MB and without end.

    make load

Real module processes, and the work as the action plugins do it within Ansible, over TLS. Peak memory is what the system
says of the process at its end; beyond the limit of a line this program fails.
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

from tests.benchmarks import large
from tests.simulator.launch import running
from tests.wire import serving

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
LIMIT, LIMIT_OF_MANY, LIMIT_OF_TOO_MUCH = 150, 400, 600  # MiB
JOBS = 1000
LUNS = 10000
REPORT = 5_000_000  # bytes


class Measured:
    """What runs took.

    :ivar over: sentences about runs that took more memory than they may
    """

    def __init__(self):
        self.over = []
        print(f"{'':<46}{'time':>10}{'sent':>19}{'peak memory':>13}{'result':>11}")

    def run(self, what, module, options, sent, limit=LIMIT, how="module"):
        """Run a module in a process of its own and print a line about it; its result.

        :param sent: () -> how many requests the server got
        """
        path = BUILD / "load-arguments.json"
        path.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": options}), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{BUILD}"}
        began = time.monotonic()
        command = [sys.executable, "-m", "tests.benchmarks.child", how, module, str(path)]
        ran = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        try:
            result = json.loads(ran.stdout)
            megabytes = float(ran.stderr.split()[-1])
        except (ValueError, IndexError):
            sys.exit(f"{module} broke: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        print(
            f"{what:<46}{seconds:8.1f} s{sent():10} requests{megabytes:9.0f} MiB{len(ran.stdout) / 1e6:8.1f} MB",
            flush=True,
        )
        if megabytes > limit:
            self.over.append(f"{what}: {megabytes:.0f} MiB, more than {limit}")
        return result


class Load:
    """A simulator, and modules that are run against it."""

    def __init__(self, simulator, measured):
        self.simulator = simulator
        self.measured = measured
        self.api = requests.Session()
        self.api.trust_env = False
        self.api.auth = (simulator.ready["username"], simulator.ready["password"])
        self.api.verify = simulator.ready["ca_path"]
        self.base = f"{simulator.ready['url']}/api/v2"

    def run(self, what, module, **options):
        """Run a module and print a line about it; its result."""
        ready = self.simulator.ready
        given = {**{name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}, **options}
        self.simulator.control("DELETE", "exchanges")
        return self.measured.run(what, module, given, lambda: self.simulator.control("GET", "stats")["total"])

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


def read_much(measured):
    """How many records were read of 100,000 in each way, and what is said of an answer without end."""
    read, said = [], []
    for how in ("module", "in-process"):
        with serving(large.pages) as server:
            what = f"{large.LUNS} LUNs, {how}"
            result = measured.run(what, "lun_info", server.options, lambda: len(server.requests), LIMIT_OF_MANY, how)
            read.append(len(result["luns"]))
        with serving(large.endless) as server:
            what = f"an answer without end, {how}"
            result = measured.run(
                what, "lun_info", server.options, lambda: len(server.requests), LIMIT_OF_TOO_MUCH, how
            )
            said.append(result["msg"])
    return read, said


def main():
    BUILD.mkdir(exist_ok=True)
    measured = Measured()
    with running("--job-seconds", "20", "--luns", str(LUNS)) as simulator:
        load = Load(simulator, measured)
        load.run("one LUN looked up (for comparison)", "lun_info", name="lun_ora01", svm="svm1")
        keys = load.start_jobs(JOBS)
        result = load.run(f"{JOBS} jobs of 20 s, one job_wait", "job_wait", keys=keys)
        ended = sum(job["succeeded"] is True for job in result["jobs"])
        result = load.run(f"{LUNS} LUNs, read in pages", "lun_info")
        read = len(result["luns"])
        key = load.start_a_job_with_a_report(REPORT)
        result = load.run("a job with a task report of 5 MB", "job_wait", keys=[key])
        reason = len(result["jobs"][0]["failures"][0]["reason"])
    many, said = read_much(measured)
    print(f"{ended} of {JOBS} jobs succeeded; {read} records; a reason of {reason} characters")
    wrong = ended != JOBS or reason < REPORT - 1 or read < LUNS or set(many) != {large.LUNS}
    if wrong or not all("is larger than" in text for text in said) or measured.over:
        sys.exit("\n".join(["not as it should be", *measured.over, *said]))


if __name__ == "__main__":
    main()
