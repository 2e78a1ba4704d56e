# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lives of objects, from nothing to nothing, under every switch of the simulator in every setting.

    make lifecycles

What is unknown about the real server is a switch of the simulator; the modules are right in every position. Each task
is run twice, and the second run changes nothing; at the end the server has what it had before. Prints a table (switch,
setting, tasks, result), and fails if anything in it is not ok. Nothing is really waited for: the pauses of the modules
move the clock of the server.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import tests.conftest

sys.path.insert(0, str(tests.conftest.BUILD))

from tests import inprocess
from tests.local import LocalServer

ROOT = pathlib.Path(__file__).resolve().parents[1]
# A switch that is a number or a text has no list of settings; one without an entry here is an error.
SETTINGS: dict[str, tuple[Any, ...]] = {
    "release": ("9.7", "9.8", "9.9", "9.12", "9.18P2"),
    "job_seconds": (0, 30),
    "acquisition_delay": (20, 120),
    "readback_lag": (2, 20),
    "job_retention": (1, 60),
    "longest_hold": (1, 5),
    "unknown_page_size": (1, 3),
    "rate_limit": (2, 10),
    "discovery_seconds": (0, 30),
    "discovery_lag": (5,),
    "event_lag": (5,),
    "failed_logins_until_locked": (3,),
}
LONG = {"polling_long", "longest_hold"}  # they only matter where polling: long is asked for
BESIDE = {"longest_hold": {"polling_long": "held"}, "rate_limit_retry_after": {"rate_limit": 10}}  # what a switch needs
OFF = "storage_management"
STORAGE_PROVIDER = {"lun", "file_share", "access_endpoint", "workloads"}  # what cannot be changed when it is off

VALUE = {"size": "10GiB", "performance_service_level": "Value"}
LUN = {"name": "life_lun", "svm": "svm1"}
SHARE = {"name": "life_share", "svm": "svm_nas"}
SVM = {"name": "life_svm", "cluster": "cluster1"}
ENDPOINT = {"name": "life_lif", "svm": "svm_nosan"}
IGROUP = {"name": "life_ig", "svm": "svm1"}
PLACE = {"data_protocols": ["iscsi"], "netmask": "24", "gateway": "10.20.30.1"}
RULES = {"rules": [{"clients": ["10.0.0.0/8"], "ro_rule": ["sys"], "rw_rule": ["sys"]}]}
BOTH = [{"name": "life_1", "os_type": "linux"}, {"name": "life_2", "os_type": "linux"}]
SHARES = [{"name": "life_3", "type": "rw"}]
OF_SVM1 = {"svm": "svm1", **VALUE}


class Task(NamedTuple):
    """One task of a life; it changes something when it is run for the first time."""

    module: str
    options: dict[str, Any]


LIVES: dict[str, list[Task]] = {
    "igroup": [
        Task("igroup", {**IGROUP, "os_type": "linux", "protocol": "iscsi", "initiators": ["iqn.a", "iqn.b"]}),
        Task("igroup", {**IGROUP, "os_type": "windows", "initiators": ["iqn.c"]}),
        Task("igroup", {**IGROUP, "state": "absent"}),
    ],
    "lun": [
        Task("lun", {**LUN, **VALUE, "os_type": "linux", "lun_maps": [{"igroup": "ig_linux01"}]}),
        Task("lun", {**LUN, "size": "11GiB", "performance_service_level": "Performance", "lun_maps": []}),
        Task("lun", {**LUN, "operational_state": "offline"}),
        Task("lun", {**LUN, "state": "absent"}),
    ],
    "file_share": [
        Task("file_share", {**SHARE, **VALUE, "storage_efficiency_policy": "High"}),
        Task("file_share", {**SHARE, "size": "11GiB", "export_policy": RULES}),
        Task("file_share", {**SHARE, "state": "absent"}),
    ],
    "svm": [
        Task("svm", {**SVM, "aggregates": ["aggr1"], "nfs": True, "iscsi": True}),
        Task("svm", {**SVM, "snapshot_policy": "none", "admin_state": "stopped"}),
        Task("svm", {**SVM, "state": "absent"}),
    ],
    "access_endpoint": [
        Task("access_endpoint", {**ENDPOINT, **PLACE, "address": "10.20.30.41"}),
        Task("access_endpoint", {**ENDPOINT, "address": "10.20.30.42"}),
        Task("access_endpoint", {**ENDPOINT, "state": "absent"}),
    ],
    "workloads": [
        Task("workloads", {"defaults": OF_SVM1, "luns": BOTH, "file_shares": SHARES}),
        Task("workloads", {"defaults": {**OF_SVM1, "size": "12GiB"}, "luns": BOTH, "file_shares": SHARES}),
        Task("workloads", {"defaults": {"svm": "svm1", "state": "absent"}, "luns": BOTH, "file_shares": SHARES}),
    ],
}
INVENTORY = {
    "lun_info": "luns",
    "file_share_info": "file_shares",
    "svm_info": "svms",
    "access_endpoint_info": "access_endpoints",
    "igroup_info": "igroups",
}
SETTLED = 3600.0  # seconds after which the server shows everything


class Position(NamedTuple):
    """A switch and how it is set; without a switch, all are as they are by default."""

    switch: str
    setting: Any


class Result(NamedTuple):
    """What became of the lives in one position.

    :ivar tasks: how many were run
    :ivar wrong: what is not ok, in sentences
    """

    position: Position
    tasks: int
    wrong: list[str]


class Clock:
    """The server's own, which stands still but for the pauses of the modules."""

    def __init__(self, server: LocalServer) -> None:
        self._clock = server.state.world.clock
        self._clock.stop()

    def now(self) -> float:
        return self._clock.seconds()

    def sleep(self, seconds: float) -> None:
        self._clock.forward(seconds)


def positions(server: LocalServer) -> Iterator[Position]:
    """The defaults, and each switch in each setting that is not its default.

    :raises KeyError: SETTINGS lacks a switch
    """
    yield Position("-", "as by default")
    for switch in server.state.switches.declared():
        for setting in switch.choices or SETTINGS[switch.name]:
            if setting != switch.default:
                yield Position(switch.name, setting)


def live(server: LocalServer, position: Position) -> Result:
    """Run all lives on a new world."""
    server.reset()
    server.state.switches.set("job_seconds", 3)
    if position.switch != "-":
        server.state.switches.set_all({**BESIDE.get(position.switch, {}), position.switch: position.setting})
    clock = Clock(server)
    common = {"polling": "long"} if position.switch in LONG else {}
    before = inventory(server, clock)
    wrong, count = [], 0
    for noun, tasks in LIVES.items():
        for number, task in enumerate(tasks, 1):
            for again in (False, True):
                count += 1
                result = run(server, task, {} if noun == "igroup" else common, clock)
                if not is_right(noun, task, position, result, again):
                    wrong.append(f"{noun}, task {number}{', again' if again else ''}: {told(result)}")
    clock.sleep(SETTLED)
    after = inventory(server, clock)
    wrong += [f"{kind}: {after[kind]} instead of {before[kind]}" for kind in before if after[kind] != before[kind]]
    return Result(position, count, wrong)


def is_right(noun: str, task: Task, position: Position, result: dict[str, Any], again: bool) -> bool:
    """Whether a task ended as it must."""
    if position.switch == OFF and noun in STORAGE_PROVIDER:
        # There is nothing, and nothing is made: to delete it is done, all else is refused.
        refused = result["outcome"] == "failed" and bool(result.get("msg")) and not result["changed"]
        return refused or result["outcome"] == "unchanged"
    if again and position.switch == "acquisition_delay" and "operational_state" in task.options:
        # It is compared with UM's inventory, which does not show the change yet, as the module's page says.
        return result["outcome"] in ("changed", "unchanged")
    expected = ("unchanged", False) if again else ("changed", True)
    return (result["outcome"], result["changed"]) == expected and not result.get("failed")


def told(result: dict[str, Any]) -> str:
    return f"{result.get('outcome')}: {result.get('msg') or result.get('warnings')}"


def run(server: LocalServer, task: Task, common: dict[str, Any], clock: Clock) -> dict[str, Any]:
    with server.reached():
        options = {**server.options, **common, **task.options}
        result: dict[str, Any] = inprocess.run(task.module, options, clock=clock)
    return result


def inventory(server: LocalServer, clock: Clock) -> dict[str, list[str]]:
    """The names of all objects, by kind."""
    return {
        plural: sorted(str(one["name"]) for one in run(server, Task(module, {}), {}, clock)[plural])
        for module, plural in INVENTORY.items()
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lifecycles", description="See the top of this file.")
    parser.add_argument("switches", nargs="*", help="only these; without any, all of them")
    wanted = parser.parse_args(arguments).switches
    server = LocalServer()
    failed = 0
    print(f"{'switch':<42}{'setting':<26}{'tasks':>5}  result")
    for position in positions(server):
        if wanted and position.switch not in wanted:
            continue
        result = live(server, position)
        failed += bool(result.wrong)
        print(
            f"{position.switch:<42}{position.setting!s:<26}{result.tasks:>5}  {'ok' if not result.wrong else 'FAILED'}"
        )
        for sentence in result.wrong:
            print(f"    {sentence}")
        sys.stdout.flush()
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
