# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report: its words, its rows and what it says needs attention, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _report_parts as parts
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _report_server as server
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._report import is_reached, report
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._report_texts import (
    Limits,
    ago,
    field,
    how_full,
    plural,
    size,
    span,
    worst,
)

NOW = 1_767_225_600.0  # 2026-01-01
LIMITS = Limits(NOW)
C1, C2 = "u1:type=cluster,uuid=u1", "u2:type=cluster,uuid=u2"
GOOD = {"outcome": "unchanged"}
GIB = 2**30


def before(**unit):
    """A time of UM's so long before NOW."""
    import datetime

    moment = datetime.datetime.fromtimestamp(NOW, datetime.UTC) - datetime.timedelta(**unit)
    return moment.isoformat(timespec="milliseconds")


def um(name="berlin", **results):
    return {"name": name, "read": before(seconds=5), "system": {**GOOD, "system": {"version": "9.16"}}, **results}


def source(key=C1, **fields):
    polled = {"type": "health_poll", "state": "completed", "last_success_time": before(minutes=12)}
    return {
        "key": key,
        "name": "cluster1",
        "status": "normal",
        "cluster_health_status": "ok",
        "operation": polled,
        **fields,
    }


def aggregate(name, used, of=100, key=C1, state="online"):
    return {
        "name": name,
        "state": state,
        "cluster": {"key": key, "name": "cluster1"},
        "space": {"block_storage": {"used": used * GIB, "size": of * GIB}},
    }


def inventory(**lists):
    return {**GOOD, "datacenter": lists}


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "under a minute"),
        (59.9, "under a minute"),
        (60, "1 min"),
        (7199, "119 min"),
        (7200, "2 h"),
        (172799, "47 h"),
        (172800, "2 d"),
        (86400 * 2000, "2,000 d"),
    ],
)
def test_spans(seconds, text):
    assert span(seconds) == text


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (before(minutes=3), "3 min ago"),
        (before(minutes=-3), "under a minute ago"),
        (before(hours=-3), "3 h ahead of the clock here"),
        (None, "at an unknown time"),
        ("yesterday", "at an unknown time"),
    ],
)
def test_ages(time, text):
    assert ago(time, NOW) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 KiB"), (GIB, "1 GiB"), (1.5 * 2**40, "1.5 TiB"), (2**70, "1024 EiB")],
)
def test_sizes(count, text):
    assert size(count) == text


@pytest.mark.parametrize(
    ("used", "whole", "percent", "state"),
    [
        (0, 100, 0, "good"),
        (79.99, 100, 79, "good"),
        (80, 100, 80, "warning"),
        ("90", "100", 90, "critical"),
        (99.99, 100, 99, "critical"),
        (130, 100, 130, "critical"),
        (None, 100, None, "unknown"),
        (1, 0, None, "unknown"),
        (1, -5, None, "unknown"),
        ("much", 100, None, "unknown"),
    ],
)
def test_how_full(used, whole, percent, state):
    space = how_full(used, whole, LIMITS)
    assert (space["percent"], space["state"]) == (percent, state)


@given(st.floats(0, 1e30), st.floats(1, 1e30))
def test_a_space_that_is_not_full_is_never_said_to_be(used, whole):
    percent = how_full(used, whole, LIMITS)["percent"]
    assert percent is not None
    assert (percent >= 100) == (100.0 * used / whole >= 100)


def test_small_words():
    assert (plural(1, "Job"), plural(0, "Job"), plural(2000, "Job")) == ("1 Job", "0 Jobs", "2,000 Jobs")
    assert (worst(), worst("good", "critical", "warning")) == ("good", "critical")
    assert (field({"a": {"b": 1}}, "a.b"), field({"a": 3}, "a.b"), field(None, "a")) == (1, None, None)


@pytest.mark.parametrize(
    ("fields", "state", "says"),
    [
        ({}, "good", ["no trouble"]),
        ({"status": "warning"}, "warning", ["its status is warning"]),
        (
            {"status": "error", "status_message": "The cluster refuses the user admin."},
            "critical",
            ["its status is error: The cluster refuses the user admin"],
        ),
        ({"cluster_health_status": "warning"}, "warning", ["its health is warning"]),
        (
            {"cluster_health_status": "critical", "status": "warning"},
            "critical",
            ["its status is warning", "its health is critical"],
        ),
        (
            {"operation": {"type": "discovery", "state": "failed", "last_success_time": None}},
            "critical",
            ["its last discovery failed"],
        ),
        (
            {"operation": {"type": "health_poll", "last_success_time": before(hours=3)}},
            "warning",
            ["not polled for 3 h"],
        ),
        ({"operation": {"type": "discovery", "state": "in_progress"}}, "warning", ["its discovery is under way"]),
        ({"operation": None, "status": None, "cluster_health_status": None}, "good", ["no trouble"]),
    ],
)
def test_clusters_in_trouble(fields, state, says):
    (row,) = parts.clusters(um(datasources={**GOOD, "datasources": [source(**fields)]}), LIMITS)
    assert (row["state"], row["says"]) == (state, says)


def test_a_cluster_is_called_and_measured_by_what_is_known():
    """By its own figures, else by those of its aggregates; by its address before it was discovered."""
    found = um(
        datasources={**GOOD, "datasources": [source(), source(C2, name=None, address="10.0.0.2")]},
        inventory=inventory(
            clusters=[{"key": C1, "name": "cluster1", "storage_capacity": {"used": GIB, "total": 4 * GIB}}],
            aggregates=[aggregate("a", 10, key=C2), aggregate("b", 40, key=C2), aggregate("c", 100)],
        ),
    )
    rows = {row["name"]: row for row in parts.clusters(found, LIMITS)}
    assert {name: (row["space"]["percent"], row["space"]["size"]) for name, row in rows.items()} == {
        "cluster1": (25, "4 GiB"),
        "10.0.0.2": (25, "200 GiB"),
    }
    assert rows["cluster1"]["as_of"] == "polled 12 min ago"
    nothing = um(inventory=inventory(clusters=[{"key": C1, "name": "cluster1"}]))
    (row,) = parts.clusters(nothing, LIMITS)
    assert (row["space"]["percent"], row["as_of"]) == (None, "read under a minute ago")


def test_the_fullest_come_first_and_the_rest_is_counted():
    spaces = [
        aggregate("half", 50),
        aggregate("full", 95),
        aggregate("down", 1, state="offline"),
        aggregate("empty", 0),
    ]
    spaces += [aggregate("unknown", 5, of=0), aggregate("nearly", 85)]
    rows = parts.by_fullness(parts.aggregates(um(inventory=inventory(aggregates=spaces)), LIMITS))
    assert [row["name"] for row in rows] == ["full", "down", "nearly", "half", "empty", "unknown"]
    short = parts.shortened(rows, Limits(NOW, rows=3), "aggregate")
    assert (len(short["rows"]), short["rest"]) == (3, "and 3 other aggregates, none of them over 50 % full")
    assert parts.shortened(rows, Limits(NOW, rows=6), "aggregate")["rest"] == ""


def summary(count, unmanaged, **levels):
    """of each level: workloads, conforming, not conforming, unknown"""
    names = (
        "workload_count",
        "conformant_workload_count",
        "non_conformant_workload_count",
        "workload_with_unknown_status_count",
    )
    listed = [{"name": name, **dict(zip(names, counts, strict=True))} for name, counts in levels.items()]
    managed = {"unmanaged_workload_count": unmanaged, "performance_service_levels": listed}
    return {**GOOD, "summary": {"total_workload_count": count, "performance_service_level_summary": managed}}


def test_workloads_of_several_servers_are_added_by_level():
    ums = [
        um(workloads=summary(10, 3, Value=(5, "4", 0, 1), Performance=(2, 1, 1, 0), Unused=(0, 0, 0, 0))),
        um("paris", workloads=summary(7, 7, Value=(0, 0, 0, 0))),
        um("rome", workloads={"outcome": "failed", "msg": "no"}),
    ]
    found = parts.workloads(ums)
    assert found["total"] == {"count": 17, "conforming": 5, "not_conforming": 1, "unknown": 1, "unmanaged": 10}
    assert [(row["name"], row["count"]) for row in found["levels"]] == [("Performance", 2), ("Value", 5)]


def test_events_are_counted_over_all_servers():
    ums = [
        um(events={**GOOD, "summary": {"critical": 1, "warning": 2}}),
        um(events={**GOOD, "summary": {"critical": 4}}),
    ]
    assert [(row["severity"], row["count"]) for row in server.events(ums)][:3] == [
        ("critical", 5),
        ("error", 0),
        ("warning", 2),
    ]
    assert server.events([um(events={"outcome": "failed"})]) == []


def test_the_latest_events_of_all_servers():
    def event(name, **age):
        return {"name": name, "severity": "error", "history": [{"state": "new", "timestamp": before(**age)}]}

    ums = [um(latest={"events": [event("b", hours=2)]}), um(latest={"events": [event("a", minutes=1), {"name": "c"}]})]
    rows = server.newest_first(row for one in ums for row in server.latest_events(one, LIMITS))
    assert [(row["name"], row["ago"]) for row in rows] == [
        ("a", "1 min ago"),
        ("b", "2 h ago"),
        ("c", "at an unknown time"),
    ]


def test_jobs_that_ended_badly_lately():
    def job(key, outcome, **age):
        return {"key": key, "name": "Create LUN", "outcome": outcome, "complete_time": before(**age)}

    task = {"status": "error", "failure_reason": "No space.", "description": "Create a volume"}
    fine = {"status": "normal", "failure_reason": None}
    found = um(
        jobs={
            "jobs": [job("1", "failed", hours=1), job("2", "partial", days=6), job("3", "failed", days=8)],
            "records": [{"key": "1", "task_reports": [fine, task]}, {"key": "2", "task_reports": None}],
        }
    )
    rows = server.jobs(found, LIMITS)
    assert [(row["key"], row["outcome"], row["reasons"], row["ago"]) for row in rows] == [
        ("1", "failed", ["No space."], "60 min ago"),
        ("2", "ended in partial failures", [], "6 d ago"),
    ]


def backup_of(schedule, **age):
    settings = {"frequency": schedule, "day_of_week": "sunday", "hour": 1, "minute": 5}
    files = [{"name": "b.7z", "size": GIB, "creation_time": before(**age)}] if age else []
    return server.backup(um(backups={**GOOD, "backups": files}, backup_settings={"backup_settings": settings}), LIMITS)


@pytest.mark.parametrize(
    ("schedule", "age", "state", "says"),
    [
        ("daily", {"hours": 47}, "good", []),
        ("daily", {"days": 3}, "warning", ["the newest backup is 3 d old"]),
        ("daily", {"days": 9}, "critical", ["the newest backup is 9 d old"]),
        ("weekly", {"days": 7, "hours": 5}, "good", []),
        ("weekly", {"days": 9}, "warning", ["the newest backup is 9 d old"]),
        ("none", {"days": 1}, "warning", ["no backups are scheduled"]),
        ("none", {}, "critical", ["there is no backup", "no backups are scheduled"]),
        ("weekly", {}, "critical", ["there is no backup"]),
    ],
)
def test_backups_that_are_late(schedule, age, state, says):
    row = backup_of(schedule, **age)
    assert (row["state"], row["says"]) == (state, says)


def test_schedules_in_words():
    assert backup_of("weekly", days=1)["schedule"] == "weekly on Sunday at 01:05, by the clock of the server"
    assert backup_of("daily", days=1)["schedule"] == "daily at 01:05, by the clock of the server"
    assert (backup_of("none")["schedule"], backup_of(None)["schedule"]) == ("not scheduled", "unknown")
    assert server.backup(um(backups={"outcome": "failed"}), LIMITS) is None


@pytest.mark.parametrize(
    ("told", "state", "says"),
    [
        (
            {"outcome": "unchanged", "configuration": {"luns": [1, 2]}},
            "good",
            "all 2 objects are as the structure says",
        ),
        (
            {
                "outcome": "changed",
                "configuration": {"luns": [1, 2]},
                "diff": {"before": {}, "after": {"luns[0] a": {}}},
            },
            "warning",
            "1 of 2 objects differs from the structure",
        ),
        ({"outcome": "failed", "msg": "luns: no."}, "critical", "it was not compared with the structure: luns: no."),
    ],
)
def test_drift(told, state, says):
    assert server.drift_says(server.drift(um(drift=told))) == (state, says)


@pytest.mark.parametrize("told", [None, {"skipped": True, "changed": False}, "", {}])
def test_no_drift_without_a_structure(told):
    assert server.drift(um(drift=told)) is None


@pytest.mark.parametrize(
    ("system", "reached"),
    [
        (GOOD, True),
        ({"outcome": "failed", "error": {"status": 403}}, True),
        ({"outcome": "failed", "error": {"status": 404}}, True),
        ({"outcome": "failed", "error": {"status": 401}}, False),
        ({"outcome": "failed", "msg": "cannot be reached"}, False),
        ({}, False),
        (None, False),
    ],
)
def test_which_servers_are_read(system, reached):
    assert is_reached({"name": "x", "system": system}) == reached


def test_what_needs_attention_begins_with_the_worst():
    found = report(
        [
            um(
                datasources={**GOOD, "datasources": [source(status="error")]},
                inventory=inventory(clusters=[], aggregates=[aggregate("aggr1", 85), aggregate("aggr2", 99)]),
                events={**GOOD, "summary": {"critical": 1, "error": 0}},
                workloads=summary(3, 0, Value=(3, 2, 1, 0)),
                backups={**GOOD, "backups": []},
                drift={"outcome": "changed", "configuration": {"luns": [1]}, "diff": {"after": {"luns[0] a": {}}}},
            ),
            {"name": "rome", "system": {"outcome": "failed", "msg": "It is down."}},
            {"name": "oslo"},
        ],
        LIMITS,
    )
    assert found["unreached"] == [
        {"name": "rome", "message": "It is down."},
        {"name": "oslo", "message": "It was not asked."},
    ]
    assert [(one["state"], one["text"]) for one in found["attention"]["rows"]] == [
        ("critical", "there is no backup (schedule: unknown)"),
        ("critical", "cluster cluster1: its status is error"),
        ("critical", "aggregate aggr2 of cluster1 is 99 % full"),
        ("warning", "1 of 1 object differs from the structure"),
        ("warning", "aggregate aggr1 of cluster1 is 85 % full"),
        ("warning", "1 workload without what the service level promises"),
    ]
    values = {tile["label"]: (tile["value"], tile["state"]) for tile in found["tiles"]}
    assert values == {
        "Unified Managers read": ("1 of 3", "critical"),
        "cluster": ("1", "critical"),
        "of the capacity used": ("92 %", "critical"),
        "open critical events and errors": ("1", "critical"),
        "workloads do not conform": ("1", "warning"),
        "Jobs ended badly": ("0", "good"),
        "age of the newest backup": ("none", "critical"),
        "objects differ": ("1", "warning"),
    }


def test_attention_has_an_end():
    full = [aggregate(f"aggr{number:02}", 95) for number in range(30)]
    found = report([um(inventory=inventory(clusters=[], aggregates=full))], LIMITS)
    assert (len(found["attention"]["rows"]), found["attention"]["rest"]) == (12, "and 18 more, in the sections below")


NAMES = st.sampled_from(
    [
        *(
            "key",
            "name",
            "size",
            "used",
            "total",
            "space",
            "block_storage",
            "storage_capacity",
            "cluster",
            "svm",
            "state",
        ),
        *("status", "status_message", "operation", "last_success_time", "cluster_health_status", "services", "version"),
        *("clusters", "aggregates", "volumes", "luns", "history", "timestamp", "severity", "impact", "resource_name"),
        *(
            "complete_time",
            "outcome",
            "task_reports",
            "failure_reason",
            "creation_time",
            "frequency",
            "before",
            "after",
        ),
        *(
            "critical",
            "error",
            "total_workload_count",
            "performance_service_level_summary",
            "performance_service_levels",
        ),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
PARTS = {
    "datasources": ("datasources",),
    "inventory": ("datacenter",),
    "fullest": ("datacenter",),
    "workloads": ("summary",),
    "events": ("summary",),
    "latest": ("events",),
    "jobs": ("jobs", "records"),
    "backups": ("backups",),
    "backup_settings": ("backup_settings",),
    "drift": ("diff", "configuration"),
    "system": ("system",),
}


@st.composite
def strange(draw):
    """Results whose parts have shapes that nobody expects."""
    results = {"system": GOOD}
    for name, keys in PARTS.items():
        results[name] = {**GOOD, **{key: draw(JSON) for key in keys}} if draw(st.booleans()) else draw(JSON)
    return {"name": "berlin", "read": draw(JSON), **results}


@given(strange())
def test_strange_records_make_a_report_all_the_same(found):
    assert {"tiles", "attention", "ums", "clusters"} <= set(report([found], LIMITS))
