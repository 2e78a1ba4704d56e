# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many targets at once: which lists are read, and what is refused before anything is sent."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.names import path_of
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.planner import Planner
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.progress import Progress
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import ARGUMENTS, LUN

from ..fakes import Clock

LUNS, INVENTORY, SVMS = "/storage-provider/luns", "/datacenter/storage/luns", "/datacenter/svm/svms"
LEVELS = "/storage-provider/performance-service-levels"
VOLUMES = "/datacenter/storage/volumes"
NEW = {"svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
CLUSTER = "11111111-1111-1111-1111-111111111111"


def key(kind, number):
    return f"{CLUSTER}:type={kind},uuid=00000000-0000-0000-0000-{number:012}"


class Server:
    """Lists and records; ``asked`` has every GET in order."""

    def __init__(self, count):
        svm = {"key": key("vserver", 1), "name": "svm1"}
        luns = [
            {"key": key("lun", n), "name": f"/vol/v/l{n}", "svm": svm, "space": {"size": 1 << 30}} for n in range(count)
        ]
        self.lists = {
            LUNS: luns,
            INVENTORY: [{"key": lun["key"], "name": lun["name"], "os_type": "linux"} for lun in luns],
            SVMS: [svm],
            VOLUMES: [],
            LEVELS: [{"key": "k1", "name": "Value"}],
        }
        self.asked = []

    def server_time(self):
        return None

    def records(self, collection, query=None, limit=None):
        self.asked.append((collection, dict(query or {})))
        return iter(self.lists[collection])

    def get(self, path, query=None):
        self.asked.append((path, {}))
        for record in self.lists[INVENTORY]:
            if path.endswith(path_of("", record["key"])):
                return record
        raise Refused("HTTP 404", 404)


def targets(*given):
    return [Target(LUN, {**dict.fromkeys(ARGUMENTS), "state": "present", **one}) for one in given]


def prepare(server, *given):
    made = targets(*given)
    Planner(server).prepare(made)
    return made


SHARED = {"svm.name": "svm1"}


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ([{"name": "l0", "svm": "svm1"}, {"name": "l1", "svm": "svm1"}], [(LUNS, SHARED)]),
        ([{"name": "l0", "svm": "svm1"}, {"name": "l1"}], [(LUNS, {})]),
        ([{"name": "l0", "svm": "svm1"}], [(LUNS, {"name": "*/l0", **SHARED})]),
        (
            [{"name": f"l{n}", "svm": "svm1", "os_type": "linux"} for n in range(3)],
            [(LUNS, SHARED), (INVENTORY, SHARED)],
        ),
        (
            [{"name": "l0", "svm": "svm1", "os_type": "linux"}, {"name": "l1", "svm": "svm1"}],
            [(LUNS, SHARED), (path_of(LUNS, key("lun", 0)), {})],
        ),
        (
            [{"name": f"x{n}", **NEW} for n in range(3)],
            [(LUNS, SHARED), (LEVELS, {"name": "Value"}), (SVMS, {"name": "svm1"})],
        ),
    ],
)
def test_one_list_for_all(given, asked):
    server = Server(5)
    prepared = prepare(server, *given)
    assert [target.error for target in prepared] == [None] * len(given)
    assert sorted(server.asked, key=str) == sorted(asked, key=str)


def test_an_error_is_told_by_its_own_item_alone():
    server = Server(1)
    prepared = prepare(
        server, {"name": "a", **NEW, "performance_service_level": "None such"}, {"name": "b", **NEW}, {"name": "c"}
    )
    assert [target.error is None for target in prepared] == [False, True, False]
    assert [path for path, _query in server.asked].count(LEVELS) == 1


@pytest.mark.parametrize(
    ("one", "other", "refused"),
    [
        ({"svm": "svm1"}, {"svm": "svm1"}, True),
        ({"svm": "svm1"}, {}, True),
        ({"svm": "svm1"}, {"svm": key("vserver", 1)}, True),
        ({"svm": "svm1"}, {"svm": "svm2"}, False),
        ({"volume": "v1"}, {"volume": "v2"}, False),
    ],
)
def test_wishes_for_one_object_are_refused(one, other, refused):
    server = Server(0)
    given = [{**NEW, "svm": None, "name": "x", **place} for place in (one, other)]
    if refused:
        with pytest.raises(BadInput, match="more than once"):
            prepare(server, *given)
        assert server.asked == []
    else:
        prepare(server, *given)


def test_a_name_and_a_key_of_one_object_are_refused():
    server = Server(2)
    server.get = lambda path, query=None: server.lists[LUNS][0]
    with pytest.raises(BadInput, match="more than once"):
        prepare(server, {"name": "l0"}, {"name": key("lun", 0)}, {"name": "l1"})


def test_progress_repeats_itself_only_after_a_silence():
    clock, told = Clock(), []
    progress = Progress(told.append, clock.now)
    watch = Watch("k", clock.now(), "LUN 'a'")
    progress.moved(watch)
    for _look in range(7):
        clock.time += 5
        progress.looked([watch])
    assert told == ["LUN 'a': not seen yet, 0 s", "LUN 'a': not seen yet, 30 s"]


def test_progress_counts_many():
    clock, told = Clock(), []
    progress = Progress(told.append, clock.now)
    progress.expect(4)
    watches = [Watch(name, clock.now()) for name in "abcd"]
    for outcome, watch in zip(("success", "failed", "success", "success"), watches):
        progress.moved(watch)
        watch.end(outcome, clock.now())
        clock.time += 0.6
        progress.moved(watch)
    assert told[-1] == "[####################] 4 of 4 jobs ended, 1 failed, 0 run, 2 s"
    assert len(told) == 3
