# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive modules through random faults, judge every run, and print what was injected and what came out.

    make soak

LUNs, file shares, SVMs, access endpoints, igroups, workloads and job_wait; whole modules in one process, or in several
at once, over TLS sockets, against the simulator. A run's own pauses are cut short; the seed fixes tasks and faults. It
stops at ``--seconds``, whatever is left.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter, defaultdict

import requests

from tests import conftest as tree
from tests.simulator.launch import running

sys.path.insert(0, str(tree.BUILD))

from tests.inprocess import declaration
from tests.soak import desired_states, faults
from tests.soak.judge import Run, is_write, violations
from tests.soak.runner import fork, kill, result_of, run_here
from tests.soak.table import WARM, show

JOB_SECONDS = 0.05
WAIT_TIMEOUT = 45.0  # seconds of the run's clock: more than the grace for a job that is not shown
QUIET = 300.0  # seconds after which something is stuck, on a busy machine, too
SLACK = 120.0  # seconds that a busy machine makes of a request; a run's pauses are sped up, the machine is not
MOST_GROWTH = 60.0  # MiB


class Soak:
    """A simulator under fire.

    :ivar table: {injection: Counter of outcomes}
    :ivar broken: sentences about runs that broke a promise
    :ivar peak: MiB, the most that a process took, and ``warm`` what it took in the first runs
    """

    def __init__(self, simulator, seed):
        self.simulator = simulator
        self.dice = random.Random(seed)
        self.table = defaultdict(Counter)
        self.writes = Counter()
        self.broken = []
        self.adopted = self.unnamed = self.runs = 0
        self.peak = self.warm = 0.0
        self._seen = 0
        self._known = set()
        self._api = requests.Session()
        self._api.trust_env = False
        self._api.auth = (simulator.ready["username"], simulator.ready["password"])
        self._api.verify = simulator.ready["ca_path"]
        self._neighbours = 0

    def step(self):
        """One run, from a desired state to a verdict."""
        injections = faults.draw(self.dice)
        desired = self._desired(injections)
        wait = self.dice.random() >= 0.08
        lag = max(one.lag for one in injections)
        self.simulator.control("POST", "switches", {"readback_lag": lag, "acquisition_delay": lag})
        before = self._world()
        others = self._others(desired, injections, before)
        foreign = {self._meet_a_neighbour() for injection in injections if injection.neighbour}
        foreign |= self._run_before(desired, injections)
        self.simulator.control("POST", "faults", [fault for one in injections for fault in one.faults])
        self.simulator.control("POST", "outcomes", [outcome for one in injections for outcome in one.outcomes])
        events = faults.Events(self.simulator, injections, lambda: desired_states.foreign_edit(desired, self._world()))
        events.begin()
        runs = self._run(others, injections, wait)
        events.over()
        self.simulator.control("DELETE", "faults")
        self.simulator.control("DELETE", "outcomes")
        own = self._exchanges_of_all()
        jobs = self._quiet()
        time.sleep(lag)
        started = ({*jobs} | _named(own)) - self._known - foreign
        self._known |= started | foreign
        after = self._world()
        self._wait_for_jobs(runs, jobs)
        longest = WAIT_TIMEOUT + self._common(injections)["request_timeout"] + SLACK
        together = [(one, ended.result) for one, ended in zip(others, runs, strict=True)]
        for one, ended in zip(others, runs, strict=True):
            judged = Run(one, injections, ended.result, before, after, own, started, ended, longest, jobs, together)
            self._count(judged)
            for text in [*violations(judged, self._api.auth[1]), *map(repr, events.trouble)]:
                names = " and ".join(one.name for one in injections)
                self._break(f"run {self.runs}, {one}, {names}: {text}\n    {ended}")

    def _desired(self, injections):
        records = self._world()
        if any(one.sick for one in injections) and self.dice.random() < 0.7:
            desired = desired_states.draw_workloads(self.dice, records)
        else:
            desired = desired_states.draw(self.dice, records)
        if any(one.event == "administrator" for one in injections):
            desired = desired._replace(foreign=desired_states.FOREIGN_OPTIONS)
        if desired.module == "job_wait":
            return desired._replace(options={"keys": self._submit(desired.options["submit"])})
        return desired

    def _submit(self, luns):
        """Let jobs begin that somebody else waits for; their keys."""
        common = {**self._common(()), "wait": False}
        result = run_here("workloads", {**common, "luns": luns}).result
        self._exchanges_of_all()
        keys = [job["key"] for job in result["jobs"]] or [self._meet_a_neighbour()]
        self._known |= {*keys}
        return keys

    def _others(self, desired, injections, records):
        """The desired states of all runs that begin at once."""
        count = max(one.together for one in injections)
        if any(one.overlapping for one in injections):
            return [desired, *(desired_states.overlapping(self.dice, desired, records) for dummy in range(count - 1))]
        return [desired] * count

    def _run(self, others, injections, wait):
        """How each run has ended."""
        common = {**self._common(injections), "wait": wait}
        if len(others) == 1:
            return [run_here(others[0].module, _with(others[0], common))]
        children = [fork(one.module, _with(one, common)) for one in others]
        return [result_of(*child) for child in children]

    def _wait_for_jobs(self, runs, known):
        """Let job_wait go on where a run has stopped waiting: by now all its jobs have ended, or are forgotten."""
        for ended in runs:
            keys = [job["key"] for job in ended.result.get("jobs", ()) if not job["finished"] and job["key"] in known]
            if not keys:
                continue
            waited = run_here("job_wait", {**self._common(()), "keys": keys}).result
            left = [job["key"] for job in waited.get("jobs", ()) if job["outcome"] in ("submitted", "timeout")]
            if left or len(waited.get("jobs", ())) != len(keys):
                self._break(f"run {self.runs}: job_wait does not see the end of {left or keys}\n    {waited}")

    def _break(self, sentence):
        self.broken.append(sentence)
        sys.stderr.write(f"{sentence}\n")

    def _run_before(self, desired, injections):
        """Runs of the same desired state that were left to themselves; the keys of their jobs."""
        for one in injections:
            if one.before == "submitted":
                run_here(desired.module, _with(desired, {**self._common(()), "wait": False}))
            elif one.before == "timed out":
                self.simulator.control("POST", "outcomes", {"seconds": 1.0})
                run_here(desired.module, _with(desired, {**self._common(()), "wait_timeout": 2}))
                self.simulator.control("DELETE", "outcomes")
            elif one.before == "killed":
                child = fork(desired.module, _with(desired, self._common(())))
                time.sleep(one.moment)
                kill(*child)
        if not any(one.before for one in injections):
            return set()
        self._exchanges_of_all()
        return {job["key"] for job in self.simulator.control("GET", "jobs")["jobs"]} - self._known

    def _common(self, injections):
        ready = self.simulator.ready
        slow = any(fault["kind"] == "delay" for one in injections for fault in one.faults)
        return {
            **{name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")},
            "request_timeout": 0.4 if slow else 10.0,
            "wait_timeout": WAIT_TIMEOUT,
            "poll_interval": 1.0,
        }

    def _meet_a_neighbour(self):
        """Start somebody else's job, and return its key."""
        self._neighbours += 1
        options = {**self._common(()), "name": f"neighbour{self._neighbours}", "svm": "svm2", "size": "1GiB"}
        options.update(os_type="linux", performance_service_level="Value", wait=False)
        result = run_here("lun", options).result
        self._exchanges()
        return result["jobs"][0]["key"]

    def _exchanges(self):
        found = self.simulator.control("GET", f"exchanges?since={self._seen}")["exchanges"]
        self._seen = max([self._seen, *(exchange["number"] for exchange in found)])
        return found

    def _exchanges_of_all(self):
        """Those of the run, with the one that it gave up and the server has not answered yet."""

        def answered():
            return not self.simulator.control("GET", f"exchanges?since={self._seen}")["under_way"]

        _wait_until(answered, "a request to the simulator never ends")
        return self._exchanges()

    def _quiet(self):
        """Wait until no job runs; {key: (state, status)} of the last ones."""
        records = []

        def ended():
            answer = self._api.get(
                f"{self.simulator.ready['url']}/api/v2/management-server/jobs", params={"max_records": 200}, timeout=60
            )
            records[:] = answer.json()["records"]
            return all(record["state"] in ("completed", "aborted") for record in records)

        _wait_until(ended, "a job of the simulator never ends")
        self.simulator.control("DELETE", "exchanges")  # these looks, each with 200 jobs, would count as a run's memory
        return {one["key"]: (one["state"], one["status"]) for one in records if not one.get("parent_job_key")}

    def _world(self):
        """All objects of the kinds that tasks ask for, each with its table."""
        return [
            {**record, "table": table}
            for table in desired_states.TABLES.values()
            for record in self.simulator.control("GET", f"world?table={table}")["records"]
        ]

    def _count(self, run):
        self.runs += 1
        outcome = run.result["outcome"]
        for injection in run.injections:
            self.table[injection.name][outcome] += 1
        self.writes.update(exchange["method"] for exchange in filter(is_write, run.exchanges))
        self.adopted += any("nothing was sent twice" in text for text in run.result.get("warnings", ()))
        self.unnamed += bool(run.started - {job["key"] for job in run.result.get("jobs", ())})
        self.peak = max(self.peak, run.ended.peak)
        if self.runs <= WARM:
            self.warm = self.peak

    def judge_memory(self):
        """It must not grow with the number of runs."""
        if self.peak > self.warm + MOST_GROWTH:
            self.broken.append(f"memory grew from {self.warm:.0f} to {self.peak:.0f} MiB")


def _with(desired, common):
    """The options of a run, of the common ones those that its module has."""
    spec = declaration(desired.module)["argument_spec"]
    return {**{name: value for name, value in common.items() if name in spec}, **desired.options}


def _wait_until(done, complaint):
    end = time.monotonic() + QUIET
    while not done():
        if time.monotonic() > end:
            raise AssertionError(complaint)
        time.sleep(0.02)


def _named(exchanges):
    """The keys of jobs in answers to writes."""
    bodies = [one["response"] for one in filter(is_write, exchanges) if isinstance(one["response"], dict)]
    return {body["job"]["key"] for body in bodies if isinstance(body.get("job"), dict)}


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900.0, help="stop after so long, whatever is left")
    options = parser.parse_args(arguments)
    # A signal that comes after its run has ended must not end the soak.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    began = time.monotonic()
    with running("--job-seconds", str(JOB_SECONDS)) as simulator:
        soak = Soak(simulator, options.seed)
        while soak.runs < options.runs and time.monotonic() - began < options.seconds:
            soak.step()
    soak.judge_memory()
    show(soak, time.monotonic() - began, options.seed)
    return 1 if soak.broken or soak.runs == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
