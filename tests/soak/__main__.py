# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive modules through random faults, judge every run, and print what was injected and what came out.

    make soak

LUNs, file shares, SVMs, access endpoints, igroups and workloads; whole modules in one process, or in several at once,
over TLS sockets, against the simulator. A run's own pauses are cut short; the seed fixes wishes and faults. It stops at
``--seconds``, whatever is left.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict

import requests

from tests import conftest as tree
from tests.simulator.launch import running

sys.path.insert(0, str(tree.BUILD))

from tests.inprocess import HurriedClock
from tests.inprocess import run as run_module
from tests.soak import faults, wishes
from tests.soak.judge import OUTCOMES, Run, violations

JOB_SECONDS = 0.05
SHARE_OF_PAUSES = 0.04
WAIT_TIMEOUT = 30.0  # seconds of the run's clock
QUIET = 15.0
SLACK = 8.0  # seconds that a busy machine makes of a request; a run's pauses are sped up, the machine is not


class Soak:
    """A simulator under fire.

    :ivar table: {injection: Counter of outcomes}
    :ivar broken: sentences about runs that broke a promise
    """

    def __init__(self, simulator, seed):
        self.simulator = simulator
        self.dice = random.Random(seed)
        self.table = defaultdict(Counter)
        self.writes = Counter()
        self.broken = []
        self.adopted = self.unnamed = self.runs = 0
        self._seen = 0
        self._known = set()
        self._api = requests.Session()
        self._api.trust_env = False
        self._api.auth = (simulator.ready["username"], simulator.ready["password"])
        self._api.verify = simulator.ready["ca_path"]
        self._neighbours = 0

    def step(self):
        """One run, from a wish to a verdict."""
        wish = wishes.draw(self.dice, self._world())
        injections = faults.draw(self.dice)
        if any(one.event == "administrator" for one in injections):
            wish = wish._replace(foreign=("os_type",))
        wait = self.dice.random() >= 0.08
        lag = max(one.lag for one in injections)
        self.simulator.control("POST", "switches", {"readback_lag": lag, "acquisition_delay": lag})
        before = self._world()
        foreign = {self._meet_a_neighbour() for injection in injections if injection.neighbour}
        foreign |= self._run_before(wish, injections)
        self.simulator.control("POST", "faults", [fault for one in injections for fault in one.faults])
        self.simulator.control("POST", "outcomes", [outcome for one in injections for outcome in one.outcomes])
        events = faults.Events(
            self.simulator, injections, wish.options.get("name") if wish.module == "igroup" else None
        )
        events.begin()
        results = self._run(wish, injections, wait)
        events.over()
        self.simulator.control("DELETE", "faults")
        self.simulator.control("DELETE", "outcomes")
        own = self._exchanges_of_all()
        jobs = self._quiet()
        time.sleep(min(lag, 0.4))
        if lag > 1:
            time.sleep(lag)
        started = ({*jobs} | _named(own)) - self._known - foreign
        self._known |= started | foreign
        after = self._world()
        self._wait_for_jobs(results)
        longest = WAIT_TIMEOUT + self._common(injections)["request_timeout"] + SLACK
        for result, seconds in results:
            judged = Run(wish, injections, result, before, after, own, started, seconds, longest)
            self._count(judged)
            found = violations(judged, self._api.auth[1], len(results) > 1)
            for text in [*found, *map(repr, events.trouble)]:
                names = " and ".join(one.name for one in injections)
                self.broken.append(f"run {self.runs}, {wish}, {names}: {text}\n    {result}")

    def _run(self, wish, injections, wait):
        """The results, each with the seconds that its run took."""
        options = {**wish.options, **self._common(injections), "wait": wait}
        count = max(one.together for one in injections)
        if count == 1:
            return [_run_one(wish.module, options)]
        children = [_fork(wish.module, options) for dummy in range(count)]
        return [_result_of(*child) for child in children]

    def _wait_for_jobs(self, results):
        """Let job_wait go on where a run has stopped waiting: by now all its jobs have ended, or are forgotten."""
        for result, _seconds in results:
            keys = [job["key"] for job in result.get("jobs", ()) if not job["finished"]]
            if not keys:
                continue
            waited, _took = _run_one("job_wait", {**self._common(()), "keys": keys})
            left = [job["key"] for job in waited.get("jobs", ()) if job["outcome"] in ("submitted", "timeout")]
            if left or len(waited.get("jobs", ())) != len(keys):
                self.broken.append(f"run {self.runs}: job_wait does not see the end of {left or keys}\n    {waited}")

    def _run_before(self, wish, injections):
        """Runs of the same wish that were left to themselves; the keys of their jobs."""
        for one in injections:
            if one.before == "submitted":
                _run_one(wish.module, {**wish.options, **self._common(()), "wait": False})
            elif one.before == "killed":
                pid, reader = _fork(wish.module, {**wish.options, **self._common(())})
                time.sleep(one.moment)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                os.close(reader)
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
        result = run_module(
            "lun", {**options, "os_type": "linux", "performance_service_level": "Value", "wait": False}, share=0.0
        )
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
        """Wait until no job runs; the keys of the last ones."""
        records = []

        def ended():
            answer = self._api.get(f"{self.simulator.ready['url']}/api/v2/management-server/jobs", timeout=10)
            records[:] = answer.json()["records"]
            return all(record["state"] in ("completed", "aborted") for record in records)

        _wait_until(ended, "a job of the simulator never ends")
        self._exchanges()
        return [record["key"] for record in records if not record.get("parent_job_key")]

    def _world(self):
        """All objects of the kinds that are wished, each with its table."""
        return [
            {**record, "table": table}
            for table in wishes.TABLES.values()
            for record in self.simulator.control("GET", f"world?table={table}")["records"]
        ]

    def _count(self, run):
        self.runs += 1
        outcome = run.result["outcome"]
        for injection in run.injections:
            self.table[injection.name][outcome] += 1
        self.writes.update(exchange["method"] for exchange in run.exchanges if exchange["method"] != "GET")
        self.adopted += any("nothing was sent twice" in text for text in run.result.get("warnings", ()))
        self.unnamed += bool(run.started - {job["key"] for job in run.result.get("jobs", ())})


def _run_one(module, options):
    clock = HurriedClock(SHARE_OF_PAUSES)
    began = clock.now()
    try:
        result = run_module(module, options, clock=clock)
    except Exception as error:
        result = {"failed": True, "changed": False, "outcome": "exception", "msg": f"Traceback: {error!r}"}
    return result, clock.now() - began


def _fork(module, options):
    """A run in a process of its own: its id, and where its result can be read."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(reader)
            with os.fdopen(writer, "w", encoding="utf-8") as pipe:
                json.dump(_run_one(module, options), pipe)
        finally:
            os._exit(0)
    os.close(writer)
    return pid, reader


def _result_of(pid, reader):
    with os.fdopen(reader, encoding="utf-8") as pipe:
        result, seconds = json.load(pipe)
    os.waitpid(pid, 0)
    return result, seconds


def _wait_until(done, complaint):
    end = time.monotonic() + QUIET
    while not done():
        if time.monotonic() > end:
            raise AssertionError(complaint)
        time.sleep(0.02)


def _named(exchanges):
    """The keys of jobs in answers to writes."""
    bodies = [one["response"] for one in exchanges if one["method"] != "GET" and isinstance(one["response"], dict)]
    return {body["job"]["key"] for body in bodies if isinstance(body.get("job"), dict)}


def _row(name, runs, cells):
    """Columns are as wide as the outcomes' names, so that a page of the documentation holds them."""
    return f"{name:<38}{runs:>5}" + "".join(f"{cells.get(outcome) or '.':>{len(outcome) + 1}}" for outcome in OUTCOMES)


def show(soak, seconds, seed):
    """The table, and what was found."""
    lines = [_row("injected", "runs", {outcome: outcome for outcome in OUTCOMES})]
    for name, outcomes in sorted(soak.table.items()):
        lines.append(_row(name, sum(outcomes.values()), outcomes))
    total = sum(soak.table.values(), Counter())
    lines.append(_row("all", sum(total.values()), total))
    lines += [
        "",
        f"{soak.runs} runs in {seconds:.0f} s, seed {seed}; writes that reached the server: {dict(soak.writes)}",
        f"lost answers whose job or effect was found again: {soak.adopted}",
        f"runs with a job that nobody could name, because its answer was spoiled: {soak.unnamed}",
        f"promises broken: {len(soak.broken)}",
        *soak.broken,
    ]
    sys.stdout.write("\n".join(lines) + "\n")


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
    show(soak, time.monotonic() - began, options.seed)
    return 1 if soak.broken or soak.runs == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
