# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill runs of configuration at random moments, apply the same structure again, and judge where that leads.

    make soak-killed

Each round ends a run by ``kill -9``, lets one that is left alone come after it, and a third, which must have nothing to
do. What is there must be what was asked for, once. Then a round of the same kind takes it all away.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from tests import conftest as tree
from tests.simulator.launch import running

sys.path.insert(0, str(tree.BUILD))

from tests.benchmarks.configuration import alert, level
from tests.soak.runner import fork, kill, result_of, run_here

JOB_SECONDS = 0.2
REMOVABLE = ("performance_service_levels", "igroups", "luns", "file_shares", "alerts")
BY_SVM = ("igroups", "luns", "file_shares")


def structure(dice, number):
    """Objects of five kinds that refer to each other, whose names no other round has."""
    name, group = f"Level {number}", f"ig_{number}"
    workload = {"svm": "svm1", "size": "1GiB", "performance_service_level": name}
    lun = {**workload, "os_type": "linux"}
    shared = dice.random() < 0.5  # in one volume, which Unified Manager makes for the first of them
    if shared:
        lun["volume_name_tag"] = f"shared_{number}"
    folder = f"/vol/AIQUM_shared_{number}/" if shared else ""
    luns = [
        {
            **lun,
            "name": f"{folder}lun_{number}_{one}",
            "lun_maps": [{"igroup": group}] if dice.random() < 0.5 else [],
        }
        for one in range(dice.randint(1, 6))
    ]
    return {
        "performance_service_levels": [level(name)],
        "igroups": [{"name": group, "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}],
        "luns": luns,
        "file_shares": [{**workload, "name": f"share_{number}_{one}"} for one in range(dice.randint(0, 2))],
        "alerts": [alert(f"Alert {number}")],
    }


def absent(configuration):
    """The same objects, to be deleted."""
    removed = {}
    for kind, entries in configuration.items():
        removed[kind] = [
            {
                "name": entry["name"],
                "state": "absent",
                **({"svm": entry["svm"]} if kind in BY_SVM else {}),
                **({"lun_maps": []} if kind == "luns" else {}),
            }
            for entry in entries
        ]
    return removed


def names(configuration):
    """How often each (kind, name) is there; LUNs without the path that UM gives them."""
    return Counter(
        (kind, entry["name"].rpartition("/")[2]) for kind in REMOVABLE for entry in configuration.get(kind, ())
    )


class Rounds:
    """Kills and applies against one simulator.

    :ivar broken: sentences
    :ivar killed: how many runs were killed before their end
    :ivar writes: how many of them had sent at least one change
    """

    def __init__(self, simulator, seed):
        self._simulator = simulator
        self._dice = random.Random(seed)
        ready = simulator.ready
        self._common = {name: ready[name] for name in ("hostname", "port", "username", "password", "ca_path")}
        self.broken = []
        self.killed = self.writes = self.runs = 0

    def round(self, number):
        """A structure that is made, and taken away again."""
        desired = structure(self._dice, number)
        for wanted, there in ((desired, names(desired)), (absent(desired), Counter())):
            self._interrupted(wanted)
            for expected in (("changed", "unchanged"), ("unchanged",)):
                self._apply(wanted, expected, number)
            found = names(self._run("configuration_info", {"kinds": [*REMOVABLE]})["configuration"])
            ours = Counter({one: count for one, count in found.items() if one in names(desired)})
            if ours != there:
                self.broken.append(f"round {number}: {ours} is there, and {there} was asked for")

    def _interrupted(self, wanted):
        """A run that is killed after as much time as its whole could take, or a part of it."""
        before = self._simulator.control("GET", "stats")
        child = fork("configuration", self._options(wanted))
        time.sleep(self._dice.uniform(0.05, 3.0))
        kill(*child)
        self.killed += 1
        after = self._simulator.control("GET", "stats")
        self.writes += _writes(after) > _writes(before)

    def _apply(self, wanted, expected, number):
        result = result_of(*fork("configuration", self._options(wanted))).result
        self.runs += 1
        if result["outcome"] not in expected:
            self.broken.append(f"round {number}: it is {result['outcome']}: {result.get('msg')}")

    def _options(self, wanted):
        return {**self._common, "configuration": wanted, "max_in_flight": self._dice.choice((1, 4, 8))}

    def _run(self, module, options):
        return run_here(module, {**self._common, **options}).result


def _writes(stats):
    return sum(count for request, count in stats["requests"].items() if not request.startswith("GET"))


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m tests.soak.killed", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with running("--job-seconds", str(JOB_SECONDS)) as simulator:
        rounds = Rounds(simulator, options.seed)
        for number in range(options.rounds):
            rounds.round(number)
    sys.stdout.write(
        f"{rounds.killed} runs were killed, {rounds.writes} of them after their first change; {rounds.runs} came after"
        f" them, seed {options.seed}\npromises broken: {len(rounds.broken)}\n"
    )
    sys.stderr.writelines(f"{sentence}\n" for sentence in rounds.broken)
    return 1 if rounds.broken or not rounds.writes else 0


if __name__ == "__main__":
    sys.exit(main())
