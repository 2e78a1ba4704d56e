# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the event source takes: ``make bench-eda``, or a part of it: ``make bench-eda ARGS="alone idle"``.

- alone: the source without ansible-rulebook; 5,000 events at once, seconds and peak memory
- under_a_rulebook: from an event to the start of its action, and 5,000 events at once
- idle: requests in ten intervals in which nothing happens
"""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import re
import resource
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests.simulator.launch import Simulator, running

from .demo import polls, say
from .rulebook import ROOT, Rulebook, connection, started

BURST = 5000
SAMPLES = 10
INTERVAL = 1
PARTS = ("alone", "under_a_rulebook", "idle")
SOURCE = ROOT / "extensions" / "eda" / "plugins" / "event_source" / "events.py"
RULE = {
    "name": "Say what came",
    "condition": 'event.payload.name == "Made up"',
    "action": {"debug": {"msg": "CAME {{ event.payload.key }} END"}},
}


def happen(simulator: Simulator, times: int = 1) -> list[str]:
    raised = simulator.control("POST", "events", {"name": "Made up", "resource": "vol_home", "times": times})
    return [one["key"] for one in raised["events"]]


async def take(state_file: str) -> None:
    """The source alone: waits for a line, then for the burst; prints seconds and peak memory."""
    queue: asyncio.Queue[Any] = asyncio.Queue(1)
    main = runpy.run_path(str(SOURCE))["main"]
    task = asyncio.create_task(main(queue, {"name": "Made up", "start": "all", "state_file": state_file}))
    began = time.perf_counter()
    keys = {(await queue.get())["payload"]["key"] for _event in range(BURST)}
    seconds = time.perf_counter() - began
    task.cancel()
    await asyncio.wait([task])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"events": len(keys), "seconds": seconds, "cpu": time.process_time(), "peak": peak}))


def alone(simulator: Simulator, folder: pathlib.Path) -> None:
    happen(simulator, BURST)
    command = [sys.executable, "-m", "tests.eda.bench", "--take", str(folder / "alone.json")]
    settings = {"ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".build"), **connection(simulator.ready)}
    ended = subprocess.run(
        command, env={**os.environ, **settings}, cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(ended.stdout)
    say(
        f"alone: {found['events']} events in {found['seconds']:.1f} s, of which it computes {found['cpu']:.1f} s;"
        f" peak memory {found['peak']:.0f} MB"
    )


def under_a_rulebook(simulator: Simulator, folder: pathlib.Path) -> None:
    source = {"name": "um", "aiqum.unified_manager.events": {"interval": INTERVAL, "name": "Made up"}}
    book = [{"name": "Events", "hosts": "all", "sources": [source], "rules": [RULE]}]
    (folder / "rulebook.yml").write_text(json.dumps(book), encoding="utf-8")
    run = Rulebook(str(folder / "rulebook.yml"), simulator.ready, folder)

    def came() -> set[str]:
        return set(re.findall(r"CAME (\S+) END", run.output))

    with started(run):
        run.wait_for("first polls", lambda: len(polls(simulator)) >= 3)
        lags = []
        for number in range(SAMPLES):
            time.sleep(0.37 * (number % 3))  # at another moment of the interval each time
            began = time.perf_counter()
            (key,) = happen(simulator)
            run.wait_for("event", lambda key=key: key in came())
            lags.append(time.perf_counter() - began)
        say(
            f"rulebook: from an event to its action {max(lags):.2f} s at most, {statistics.median(lags):.2f} s in the"
            f" median, with an interval of {INTERVAL} s"
        )
        began = time.perf_counter()
        keys = set(happen(simulator, BURST))
        run.wait_for("burst", lambda: came() >= keys)
        say(f"rulebook: {BURST} events at once, the last action after {time.perf_counter() - began:.1f} s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    say(f"rulebook: ansible-rulebook, Java and the simulators computed {used.ru_utime + used.ru_stime:.1f} s in all")


def idle(simulator: Simulator, folder: pathlib.Path) -> None:
    source = {"name": "um", "aiqum.unified_manager.events": {"interval": 2, "name": "Made up"}}
    book = [{"name": "Events", "hosts": "all", "sources": [source], "rules": [RULE]}]
    (folder / "rulebook.yml").write_text(json.dumps(book), encoding="utf-8")
    run = Rulebook(str(folder / "rulebook.yml"), simulator.ready, folder)
    simulator.control("POST", "reset")
    with started(run):
        run.wait_for("first polls", lambda: len(polls(simulator)) >= 3)
        simulator.control("DELETE", "exchanges")
        time.sleep(10 * 2)
        say(f"idle: {len(simulator.control('GET', 'exchanges')['exchanges'])} requests in 10 intervals")


def main() -> int:
    if sys.argv[1:2] == ["--take"]:
        asyncio.run(take(sys.argv[2]))
        return 0
    with tempfile.TemporaryDirectory(prefix="um-eda-") as name:
        for part in [part for part in (alone, under_a_rulebook, idle) if part.__name__ in (sys.argv[1:] or PARTS)]:
            folder = pathlib.Path(name, part.__name__)
            folder.mkdir()
            with running("--job-seconds", "0.1") as simulator:
                part(simulator, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
