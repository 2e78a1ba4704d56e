# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which changes are new, and from when on to ask: tables, and a small server of which nothing is lost or repeated."""

from __future__ import annotations

import json
import math
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.times import iso_moment
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _events
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._events import Cursor, Naming, changes_of, shape

NOON = 1_800_000_000.0
OVERLAP = 300.0


def event(key, *steps, **fields):
    history = [{"state": state, "timestamp": iso_moment(when), "user": None, "cause": None} for state, when in steps]
    return {"key": key, "name": "Volume Space Full", "history": history, **fields}


def identities(changes):
    return [(change.key, change.state, change.moment) for change in changes]


def test_each_entry_of_the_history_is_a_change():
    record = event("e1", ("new", NOON), ("acknowledged", NOON + 5), ("resolved", NOON + 9))
    assert identities(changes_of(record, ("new", "resolved"))) == [("e1", "new", NOON), ("e1", "resolved", NOON + 9)]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"key": "e1"},
        {"key": "e1", "history": None},
        {"key": "e1", "history": "new"},
        {"key": "e1", "history": ["new", None]},
        {
            "key": "e1",
            "history": [{"state": "new"}, {"state": "new", "timestamp": "soon"}, {"timestamp": "2026-01-01"}],
        },
        {"key": None, "history": [{"state": "new", "timestamp": "2026-01-01"}]},
        {"key": "e1", "history": [{"state": {}, "timestamp": "2026-01-01"}]},
    ],
)
def test_what_cannot_be_told_apart_is_no_change(record):
    assert changes_of(record, ("new",)) == []


CLUSTER = {"key": "c1", "uuid": "uuid-c1", "name": "cluster1"}
SVM = {"key": "s1", "uuid": "uuid-s1", "name": "svm1"}


@pytest.mark.parametrize(
    ("svm_names", "cluster_names", "fields", "host"),
    [
        ("svm.cluster", "name", {"svm": SVM, "cluster": CLUSTER}, "svm1.cluster1"),
        ("svm.cluster.server", "name", {"svm": SVM, "cluster": CLUSTER}, "svm1.cluster1.berlin"),
        ("cluster.svm", "name", {"svm": SVM, "cluster": CLUSTER}, "cluster1.svm1"),
        ("uuid", "name", {"svm": SVM, "cluster": CLUSTER}, "uuid-s1"),
        ("svm", "name", {"svm": SVM, "cluster": None}, "svm1"),
        ("svm.cluster", "name", {"svm": None, "cluster": CLUSTER}, "cluster1"),
        ("svm.cluster", "name.server", {"cluster": CLUSTER}, "cluster1.berlin"),
        ("svm.cluster", "uuid", {"cluster": CLUSTER}, "uuid-c1"),
        ("svm.cluster", "name", {"cluster": {**CLUSTER, "name": "{{ c }}"}}, "__ c }}"),
        ("svm.cluster", "name", {"svm": None, "cluster": None}, None),
        ("svm.cluster", "name", {"svm": {"name": "svm1"}, "cluster": "cluster1"}, None),
    ],
)
def test_the_host_is_what_the_inventory_plugin_calls_it(svm_names, cluster_names, fields, host):
    (change,) = changes_of(event("e1", ("new", NOON), **fields), ("new",))
    shaped = shape(change, Naming(svm_names, cluster_names, "berlin"), "um.berlin.example.com")
    assert shaped.get("meta", {}).get("hosts") == host
    assert shaped["payload"]["change"]["state"] == "new"
    assert shaped["payload"]["um"] == {"name": "berlin", "hostname": "um.berlin.example.com"}
    assert {**shaped["payload"]} == {**change.record, "change": change.step, "um": shaped["payload"]["um"]}


def test_changes_come_oldest_first_and_once():
    cursor = Cursor(OVERLAP, None)
    records = [event("e2", ("new", NOON + 2)), event("e1", ("new", NOON + 1)), event("e2", ("new", NOON + 2))]
    changes = cursor.new(records, ("new",))
    assert [change.key for change in changes] == ["e1", "e2"]
    cursor.delivered(changes[0], NOON)
    assert [change.key for change in cursor.new(records, ("new",))] == ["e2"]


@pytest.mark.parametrize(("when", "found"), [(NOON - 0.001, 0), (NOON, 1), (NOON + 1, 1)])
def test_what_happened_before_the_start_is_not_delivered(when, found):
    assert len(Cursor(OVERLAP, NOON).new([event("e1", ("new", when))], ("new",))) == found
    assert len(Cursor.from_now(OVERLAP, NOON, 0.0).new([event("e1", ("new", when))], ("new",))) == found


def test_the_cursor_never_passes_the_newest_change_nor_the_overlap():
    cursor = Cursor(OVERLAP, NOON)
    for poll in range(5):  # nothing has happened
        cursor.advance(NOON + 1000 * poll, NOON + 1000 * poll)
    assert cursor.since == NOON - 0.001
    (change,) = cursor.new([event("e1", ("new", NOON + 4000))], ("new",))
    cursor.delivered(change, NOON + 4001)
    for _poll in range(2):
        cursor.advance(NOON + 4001, NOON + 4001)
    assert cursor.since == NOON + 4000 - OVERLAP
    for _poll in range(2):  # as long as the overlap nothing was new
        cursor.advance(NOON + 4301, NOON + 4301)
    assert cursor.since == NOON + 4000
    for _poll in range(2):
        cursor.advance(NOON + 90000, NOON + 90000)
    assert cursor.since == NOON + 4000


def test_a_part_that_was_read_is_read_once_more():
    cursor = Cursor(0.0, NOON)
    (change,) = cursor.new([event("e1", ("new", NOON + 10))], ("new",))
    cursor.delivered(change, NOON + 11)
    cursor.advance(NOON + 11, NOON + 11)
    assert cursor.since == NOON - 0.001
    cursor.advance(NOON + 12, NOON + 12)
    assert cursor.since == NOON + 10


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(_events, "MOST_REMEMBERED", 10)
    cursor = Cursor(OVERLAP, None)
    for number in range(100):
        when = NOON + 100 * number
        for change in cursor.new([event(f"e{number}", ("new", when))], ("new",)):
            cursor.delivered(change, when)
        cursor.advance(when, when)
    assert 10 <= len(cursor.as_dict()["seen"]) <= 16
    cursor.advance(NOON + 200_000, NOON + 200_000)
    assert [event for event in cursor.as_dict()["seen"] if not event.startswith("e99 ")] != []


def test_what_is_older_than_a_day_is_forgotten():
    cursor = Cursor(OVERLAP, None)
    for when in (NOON, NOON + 2 * 86400):
        for change in cursor.new([event(f"e{when}", ("new", when))], ("new",)):
            cursor.delivered(change, when)
        for _poll in range(2):
            cursor.advance(when, when)
    assert len(cursor.as_dict()["seen"]) == 1


class Happening(NamedTuple):
    """A change in the world.

    :ivar at: seconds since the beginning
    :ivar lag: seconds until the server shows it
    """

    at: float
    lag: float


class Server:
    """Shows changes late, by a clock that is set now and then.

    :param sets: (at, seconds that the clock is ahead from then on)
    """

    def __init__(self, happenings, sets):
        self._sets = sorted(sets)
        self._changes = [
            (event(f"e{number}", ("new", self.clock(one.at))), self.clock(one.at), one.at + one.lag)
            for number, one in enumerate(happenings)
        ]

    def clock(self, at):
        ahead = [0.0, *(seconds for since, seconds in self._sets if since <= at)][-1]
        return round(NOON + at + ahead, 3)

    def shown(self, at, since):
        return [
            record
            for record, when, visible in self._changes
            if visible <= at and (since is None or when > float(f"{since:.3f}"))
        ]


LONGEST = 1800.0
SECONDS = st.integers(0, int(LONGEST) * 1000).map(lambda milliseconds: milliseconds / 1000)
HAPPENINGS = st.lists(st.builds(Happening, SECONDS, st.integers(0, 290)), max_size=8)
AHEAD = st.sampled_from([-3000.0, -600.0, 0.0, 600.0, 3000.0])
# Off from the beginning, and set once: a clock that is set twice between two answers cannot be followed.
SETS = st.tuples(st.tuples(st.just(-1.0), AHEAD), st.tuples(SECONDS, AHEAD))
INTERVALS = st.integers(10, 120)
BREAKS = st.lists(st.tuples(SECONDS, st.integers(0, 2000)), max_size=2)


@given(HAPPENINGS, SETS, INTERVALS, BREAKS)
def test_every_change_is_delivered_exactly_once(happenings, sets, interval, breaks):
    """With lag, a clock that is set, polls that fail for a while, and a restart of the source before each poll."""
    server = Server(happenings, sets)
    cursor, delivered, at = Cursor.from_now(OVERLAP, server.clock(0.0), server.clock(0.0) - NOON), [], 0.0
    while at < LONGEST + 2000 + 2 * OVERLAP:
        at += interval
        if any(begin <= at < begin + seconds for begin, seconds in breaks):
            continue
        cursor = Cursor.from_dict(OVERLAP, cursor.as_dict())
        records = server.shown(at, cursor.since)
        told = math.floor(server.clock(at))  # a Date header counts whole seconds
        cursor.follow(told - (NOON + at), NOON + at)
        for change in cursor.new(records, ("new",)):
            delivered.append(change.key)
            cursor.delivered(change, NOON + at)
        cursor.advance(told, NOON + at)
    assert sorted(delivered) == sorted(f"e{number}" for number in range(len(happenings)))


def test_what_was_kept_is_as_it_was():
    cursor = Cursor.from_now(OVERLAP, NOON, 0.0)
    for change in cursor.new([event("e1", ("new", NOON + 1), ("resolved", NOON + 2))], ("new", "resolved")):
        cursor.delivered(change, NOON + 3)
    cursor.follow(-600.0, NOON + 2)
    cursor.advance(NOON + 3, NOON + 3)
    kept = cursor.as_dict()
    assert Cursor.from_dict(OVERLAP, json.loads(json.dumps(kept))).as_dict() == kept


@pytest.mark.parametrize("kept", [{}, {"since": "x"}, [], {**Cursor(1.0, 1.0).as_dict(), "seen": ["e1 new soon"]}])
def test_what_is_not_a_cursor(kept):
    with pytest.raises((KeyError, TypeError, ValueError)):
        Cursor.from_dict(OVERLAP, kept)
