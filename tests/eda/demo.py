# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A nearly full LUN grows by itself, once, and its event is acknowledged: ``make eda-demo``."""

from __future__ import annotations

import pathlib
import sys
import tempfile
from typing import Any

from tests.simulator.launch import Simulator, running

from .rulebook import Rulebook, started

EVENTS = "/management-server/events"
LUNS = "/storage-provider/luns"
LUN = "lun_ora01"
PATH = f"/vol/vol_db/{LUN}"
GIB = 2**30


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def record(simulator: Simulator, table: str, **fields: Any) -> dict[str, Any]:
    """The one record of a table with these fields, lag or not."""
    records = simulator.control("GET", f"world?table={table}")["records"]
    (found,) = [one for one in records if all(str(one[name]).endswith(value) for name, value in fields.items())]
    return found


def show(folder: pathlib.Path) -> int:
    """0 where everything was as expected."""
    inventory = folder / "um.yml"
    inventory.write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    with running("--job-seconds", "1") as simulator:
        say(f"A simulated Unified Manager listens at {simulator.ready['url']}.")
        book = Rulebook(
            "aiqum.unified_manager.respond",
            simulator.ready,
            folder,
            str(inventory),
            um_interval=1,
            um_state_file=str(folder / "state.json"),
            um_grow_limit="500GiB",
        )
        with started(book):
            say("ansible-rulebook starts with the rulebook aiqum.unified_manager.respond.")
            book.wait_for("first polls", lambda: len(polls(simulator)) >= 3)
            return follow(simulator, book)


def polls(simulator: Simulator) -> list[dict[str, Any]]:
    exchanges = simulator.control("GET", "exchanges")["exchanges"]
    return [one for one in exchanges if one["path"].partition("?")[0].endswith(EVENTS)]


def follow(simulator: Simulator, book: Rulebook) -> int:
    before = record(simulator, LUNS, name=LUN)["space"]["size"]
    simulator.control("POST", "world", {"action": "use_space", "lun": PATH, "percent": 96})
    description = {"name": "LUN Space Nearly Full", "resource_type": "lun", "resource": PATH}
    (event,) = simulator.control("POST", "events", description)["events"]
    say(f"{LUN} of {before / GIB:g} GiB is filled to 96 %, and Unified Manager raises {event['name']!r}.")
    book.wait_for("resolution", lambda: states(simulator, event["key"])[-1] == "resolved")
    seen = len(polls(simulator))
    book.wait_for("more polls", lambda: len(polls(simulator)) >= seen + 3)
    after = record(simulator, LUNS, name=LUN)["space"]["size"]
    jobs = [job["name"] for job in simulator.control("GET", "jobs")["jobs"]]
    say(f"{LUN} has {after / GIB:g} GiB now, by {len(jobs)} Job ({', '.join(jobs)}).")
    for step in record(simulator, EVENTS, key=event["key"])["history"]:
        say(f"The event was {step['state']} at {step['timestamp']}, by {step['user'] or 'Unified Manager'}.")
    as_expected = (
        after == before * 1.2
        and len(jobs) == 1
        and states(simulator, event["key"]) == ["new", "acknowledged", "resolved"]
    )
    say("The LUN grew by 20 % once, and its event is acknowledged." if as_expected else f"Not so:\n{book.output}")
    return 0 if as_expected else 1


def states(simulator: Simulator, key: str) -> list[str]:
    return [step["state"] for step in record(simulator, EVENTS, key=key)["history"]]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="um-eda-") as folder:
        return show(pathlib.Path(folder))


if __name__ == "__main__":
    sys.exit(main())
