# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the poller looks at a job, and how late it notices the end, beside fixed gaps of 1 s and 5 s.

    make bench

On a fake clock: nothing is waited for, and the figures are the same on every machine. Each line is over 100 jobs whose
lengths are spread by 10 % around the one named; a look takes 50 ms.
"""

from __future__ import annotations

import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / ".build"))

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.poller import JobPoller
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

LENGTHS = (0.3, 1, 3, 10, 30, 60, 120, 300, 600)
JOBS = 100
LOOK = 0.05


class Server:
    """A clock, and one job that ends at a moment of it."""

    def __init__(self, length):
        self.time = 0.0
        self.length = length
        self.looks = 0

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += seconds

    def look(self, path, query=None):
        self.looks += 1
        self.time += LOOK
        ended = self.time - LOOK >= self.length
        return {"state": "completed" if ended else "running", "status": "normal"}


def ours(length, randomness):
    server = Server(length)
    poller = JobPoller(server, Deadline(7200, server.now, server.sleep), random_fraction=randomness.random)
    poller.wait_for_all([Watch("key", 0.0)])
    return server.looks, server.time - length


def fixed(gap):
    def wait(length, randomness):
        server = Server(length)
        while server.look("")["state"] == "running":
            server.sleep(gap)
        return server.looks, server.time - length

    return wait


def measure(wait, length):
    """(polls, mean lateness, largest lateness) in looks and seconds."""
    randomness = random.Random(length)
    measured = [wait(length * randomness.uniform(0.9, 1.1), randomness) for dummy in range(JOBS)]
    looks, late = zip(*measured)
    return sum(looks) / JOBS, sum(late) / JOBS, max(late)


def main():
    columns = {"the poller": ours, "every 1 s": fixed(1), "every 5 s": fixed(5)}
    print("polls, mean lateness, largest lateness (s)")
    print("  job (s)" + "".join(f"{name:>24}" for name in columns))
    for length in LENGTHS:
        cells = [measure(wait, length) for wait in columns.values()]
        print(f"{length:9}" + "".join(f"{polls:10.1f}{mean:7.2f}{most:7.2f}" for polls, mean, most in cells))


if __name__ == "__main__":
    main()
