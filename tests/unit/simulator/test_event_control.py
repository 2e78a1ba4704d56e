# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Events on request: raised, moved on, late, and listed twice; and space that fills up."""

from __future__ import annotations

import pytest

from tests.simulator import edits, paths
from tests.simulator.event_control import move_events, raise_events
from tests.simulator.paths import EVENTS

from .um import UM, as_filter


def listed(um, query=""):
    return um.get(f"{EVENTS}?{query}&max_records=1000")["records"]


def all_pages(um, size):
    """The keys of all pages, and the totals that the pages told."""
    keys, totals, target = [], set(), f"{EVENTS}?max_records={size}"
    while target:
        body = um.get(target)
        keys += [event["key"] for event in body["records"]]
        totals.add(body["total_records"])
        target = body["_links"].get("next", {}).get("href", "").removeprefix("/api")
    return keys, totals


def test_an_event_is_what_was_asked_for():
    um = UM()
    wanted = {
        "name": "LUN Offline",
        "severity": "critical",
        "area": "availability",
        "level": "incident",
        "group": "none",
    }
    (raised,) = raise_events(um.world, {**wanted, "resource_type": "lun", "resource": "/vol/vol_db/lun_ora01"})
    event = um.get(f"{EVENTS}/{raised['key']}")
    assert (event["name"], event["severity"], event["current_state"]) == ("LUN Offline", "critical", "new")
    assert event["impact"]["resource_type"] == "lun"
    assert event["impact"]["resource_uuid"] == um.key(paths.LUNS, "/vol/vol_db/lun_ora01").rpartition("=")[2]
    assert (event["svm"]["name"], event["cluster"]["name"], event["node"]) == ("svm1", "cluster1", None)
    assert event["history"] == [{"state": "new", "timestamp": raised["timestamp"], "user": None, "cause": None}]
    assert raised["timestamp"] == "2026-01-01T00:00:00.000+00:00"
    assert listed(um, "severity=critical&current_state=new")[0]["key"] == raised["key"]


@pytest.mark.parametrize("kind", ["volume", "lun", "aggregate", "vserver", "cluster", "cluster_node"])
def test_every_sort_of_object(kind):
    um = UM()
    (raised,) = raise_events(um.world, {"resource_type": kind})
    event = um.get(f"{EVENTS}/{raised['key']}")
    assert event["impact"]["resource_type"] == kind
    assert event["cluster"]["key"]
    assert (event["node"] is not None) == (kind == "cluster_node")


def test_several_alike_and_by_name_and_cluster():
    um = UM()
    raised = raise_events(um.world, {"times": 5000, "resource": "vol_shared", "cluster": "cluster2"})
    assert len({one["key"] for one in raised}) == 5000
    page = um.get(f"{EVENTS}?name={as_filter('Volume Space Nearly Full')}&cluster.name=cluster2&max_records=1000")
    assert (page["num_records"], page["total_records"]) == (1000, 5000)


@pytest.mark.parametrize(
    ("description", "complaint"),
    [
        ({"severity": "bad"}, "severity is one of normal, information"),
        ({"resource_type": "moon"}, "resource_type is one of aggregate"),
        ({"resource": "vol_shared"}, "2 objects are volume 'vol_shared'; it must be one"),
        ({"resource": "vol_shared", "cluster": "cluster3"}, "0 objects are volume 'vol_shared' on cluster3"),
        ({"times": 0}, "times is at least 1"),
        ({"age": -1}, "age is not negative"),
        ({"colour": "red"}, "an event has no colour"),
        ({"times": "2"}, "times of an event is a whole number"),
        ("event", "an event is a mapping"),
    ],
)
def test_what_is_no_event(description, complaint):
    um = UM()
    before = listed(um)
    with pytest.raises(ValueError, match=complaint):
        raise_events(um.world, description)
    assert listed(um) == before


def test_an_event_is_shown_late_though_it_happened_earlier():
    um = UM(event_lag=10)
    (raised,) = raise_events(um.world, {})
    um.pass_time(9.0)
    assert um.ask("GET", f"{EVENTS}/{raised['key']}")[0] == 404
    assert um.ask("PATCH", f"{EVENTS}/{raised['key']}", {"current_state": "acknowledged"})[0] == 404
    um.pass_time(1.0)
    assert um.get(f"{EVENTS}/{raised['key']}")["history"][0]["timestamp"] == "2026-01-01T00:00:00.000+00:00"
    (at_once,) = raise_events(um.world, {"visible_after": 0, "age": 60})
    assert um.get(f"{EVENTS}/{at_once['key']}")["history"][0]["timestamp"] == "2025-12-31T23:59:10.000+00:00"


def test_the_clock_of_the_server_is_that_of_its_events():
    um = UM()
    um.clock.offset = -600.0
    assert raise_events(um.world, {})[0]["timestamp"] == "2025-12-31T23:50:00.000+00:00"


def test_states_are_late_too_and_keep_their_order():
    um = UM(event_lag=10)
    (raised,) = raise_events(um.world, {"visible_after": 0})
    move_events(um.world, {"state": "acknowledged", "key": raised["key"], "user": "kim"})
    um.pass_time(5.0)
    move_events(um.world, {"state": "obsolete", "key": raised["key"], "cause": "system_resolved"})
    seen = []
    for _second in range(16):
        seen.append(um.get(f"{EVENTS}/{raised['key']}")["current_state"])
        um.pass_time(1.0)
    assert seen == ["new"] * 5 + ["acknowledged"] * 5 + ["obsolete"] * 6
    history = um.get(f"{EVENTS}/{raised['key']}")["history"]
    assert [(step["state"], step["user"], step["cause"]) for step in history] == [
        ("new", None, None),
        ("acknowledged", "kim", None),
        ("obsolete", None, "system_resolved"),
    ]


def test_what_is_late_does_not_undo_what_a_user_did_meanwhile():
    um = UM()
    (raised,) = raise_events(um.world, {})
    move_events(um.world, {"state": "acknowledged", "key": raised["key"], "visible_after": 10})
    status, event = um.ask("PATCH", f"{EVENTS}/{raised['key']}", {"current_state": "resolved"})
    assert (status, event["current_state"]) == (200, "resolved")
    um.pass_time(20.0)
    assert um.get(f"{EVENTS}/{raised['key']}")["current_state"] == "resolved"


def test_events_move_on_by_name_or_all():
    um = UM()
    by_name = move_events(um.world, {"state": "resolved", "name": "Volume Space Full"})
    assert [event["current_state"] for event in listed(um, "name=Volume+Space+Full")] == ["resolved"]
    assert len(by_name) == 1
    assert move_events(um.world, {"state": "resolved", "name": "Volume Space Full"}) == []
    move_events(um.world, {"state": "obsolete"})
    assert {event["current_state"] for event in listed(um)} == {"obsolete"}
    for wrong in ({"state": "closed"}, {"state": "resolved", "key": "x"}, {"state": "resolved", "name": "x"}, {}):
        with pytest.raises(ValueError, match=r"state|event"):
            move_events(um.world, wrong)


@pytest.mark.parametrize(("size", "repeated"), [(3, 4), (9, 1), (10, 0), (1000, 0)])
def test_pages_that_overlap(size, repeated):
    um = UM(event_duplicates="pages")
    raise_events(um.world, {"times": 10 - len(listed(um))})
    keys, totals = all_pages(um, size)
    assert len(set(keys)) == 10
    assert len(keys) == 10 + repeated
    assert totals == {len(keys)}
    assert all(keys[place] == keys[place - 1] for place in range(size, len(keys), size))


def test_events_that_are_listed_twice():
    um = UM(event_duplicates="twice")
    number = len(set(all_pages(um, 1000)[0]))
    for size in (2, 3, 1000):
        keys, totals = all_pages(um, size)
        assert (len(keys), len(set(keys)), totals) == (2 * number, number, {2 * number})


@pytest.mark.parametrize(
    ("edit", "table", "used"),
    [
        ({"volume": "vol_home", "percent": 95}, paths.VOLUMES, 0.95),
        ({"volume": "vol_home", "used": 800 << 30}, paths.VOLUMES, 1.0),
        ({"lun": "/vol/vol_db/lun_ora01", "percent": 50.5}, paths.DATACENTER_LUNS, 0.505),
    ],
)
def test_space_that_is_used(edit, table, used):
    um = UM()
    record = edits.apply(um.world, {"action": "use_space", **edit})
    shown = um.get(f"{table}/{record['key']}")["space"]
    assert shown["used"] == int(shown["size"] * used)
    assert shown.get("available", shown["size"] - shown["used"]) == shown["size"] - shown["used"]
    (workload,) = um.get(f"/storage-provider/workloads?key={as_filter(record['key'])}")["records"]
    assert workload["space"]["used"] == shown["used"]


@pytest.mark.parametrize("wrong", [{"used": -1}, {"percent": 101}, {"used": 1 << 60}])
def test_space_that_cannot_be_used(wrong):
    with pytest.raises(ValueError, match="at most"):
        edits.apply(UM().world, {"action": "use_space", "volume": "vol_home", **wrong})


def test_growth_makes_room():
    um = UM()
    edits.apply(um.world, {"action": "use_space", "volume": "vol_home", "percent": 100})
    key = um.key(paths.FILE_SHARES, "vol_home")
    job = um.job("PATCH", f"{paths.FILE_SHARES}/{key}", {"space": {"size": 900 << 30}})
    assert job["status"] == "normal"
    space = um.get(f"{paths.VOLUMES}/{key}")["space"]
    assert (space["size"], space["used"], space["available"]) == (900 << 30, 800 << 30, 100 << 30)
    lun = um.key(paths.LUNS, "/vol/vol_db/lun_ora01")
    edits.apply(um.world, {"action": "use_space", "lun": lun, "percent": 90})
    um.job("PATCH", f"{paths.LUNS}/{lun}", {"space": {"size": 200 << 30}})
    assert um.get(f"{paths.DATACENTER_LUNS}/{lun}")["space"] == {"size": 200 << 30, "used": 90 << 30}
