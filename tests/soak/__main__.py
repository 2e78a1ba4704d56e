# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive LUNs and igroups through random faults, judge every run, and print what was injected and what came out.

    make soak

Whole modules in one process, over TLS sockets, against the simulator. A run's own pauses are cut short; the seed fixes
wishes and faults. It stops at ``--seconds``, whatever is left.
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

from tests.inprocess import run as run_module
from tests.soak import faults, wishes
from tests.soak.judge import OUTCOMES, Run, violations

JOB_SECONDS = 0.05
SHARE_OF_PAUSES = 0.04
WAIT_TIMEOUT = 30.0  # seconds of the run's clock
QUIET = 15.0


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
        wish = wishes.draw(self.dice, self._records(wishes.LUNS))
        injections = faults.draw(self.dice)
        wait = self.dice.random() >= 0.08
        before = self._records(wish.table)
        foreign = {self._meet_a_neighbour() for injection in injections if injection.neighbour}
        self.simulator.control("POST", "faults", [fault for one in injections for fault in one.faults])
        self.simulator.control("POST", "outcomes", [outcome for one in injections for outcome in one.outcomes])
        events = faults.Events(self.simulator, injections)
        events.begin()
        options = {**wish.options, **self._common(injections), "wait": wait}
        try:
            result = run_module(wish.module, options, share=SHARE_OF_PAUSES)
        except Exception as error:
            result = {"failed": True, "changed": False, "outcome": "exception", "msg": f"Traceback: {error!r}"}
        events.over()
        self.simulator.control("DELETE", "faults")
        self.simulator.control("DELETE", "outcomes")
        own = self._exchanges_of_all()
        jobs = self._quiet()
        started = ({*jobs} | _named(own)) - self._known - foreign
        self._known |= started | foreign
        judged = Run(wish, injections, result, before, self._records(wish.table), own, started)
        self._count(judged)
        for text in [*violations(judged, self._api.auth[1]), *map(repr, events.trouble)]:
            names = " and ".join(one.name for one in injections)
            self.broken.append(f"run {self.runs}, {wish}, {names}: {text}\n    {result}")

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

    def _records(self, table):
        return self.simulator.control("GET", f"world?table={table}")["records"]

    def _count(self, run):
        self.runs += 1
        outcome = run.result["outcome"]
        for injection in run.injections:
            self.table[injection.name][outcome] += 1
        self.writes.update(exchange["method"] for exchange in run.exchanges if exchange["method"] != "GET")
        self.adopted += any("nothing was sent twice" in text for text in run.result.get("warnings", ()))
        self.unnamed += bool(run.started - {job["key"] for job in run.result.get("jobs", ())})


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
