# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics, analytics, workloads and capabilities in the simulator.

See docs/facts/server.md, 2.5, 5.17 and 8.22 to 8.25.
"""

from __future__ import annotations

import datetime
import statistics

import pytest

from tests.simulator import paths, performance
from tests.simulator.resources.metrics import MEASURED
from tests.simulator.resources.workloads import CAPABILITIES, SUMMARY, WORKLOADS

from .um import UM, as_filter

BY_NOUN = {kind.noun: kind for kind in MEASURED}
MEASURED_BY_NOUN = pytest.mark.parametrize("kind", MEASURED, ids=BY_NOUN)


def first(um, kind):
    return um.get(kind.path)["records"][0]


def leaves(record, name=""):
    if not isinstance(record, dict) or "95th_percentile" in record:
        return {name: record}
    return {k: v for part, inner in record.items() for k, v in leaves(inner, f"{name}.{part}".strip(".")).items()}


@MEASURED_BY_NOUN
def test_the_summary_is_that_of_the_samples(kind):
    um = UM()
    metrics = um.get(f"{kind.path}/{first(um, kind)['key']}/metrics")
    assert (metrics["num_samples"], len(metrics["samples"]), metrics["duration"]) == (12, 12, "PT5M")
    samples = [leaves(sample) for sample in metrics["samples"]]
    assert set(samples[0]) == {"timestamp", *kind.metrics}
    shown = {kind.summed(name): name for name in kind.metrics if kind.summed(name)}
    summary = leaves(metrics["summary"])
    assert set(summary) == set(shown)
    for name, found in summary.items():
        series = [one[shown[name]] for one in samples]
        series = [one["avg"] if isinstance(one, dict) else one for one in series]
        assert (found["min"], found["max"]) == (min(series), max(series))
        assert found["avg"] == pytest.approx(statistics.fmean(series), abs=0.001)
        assert found["min"] >= 0


@MEASURED_BY_NOUN
def test_analytics_are_the_mean_of_three_days(kind):
    um = UM()
    found = um.get(f"{kind.path}/analytics")
    assert found["total_records"] == um.get(kind.path)["total_records"] == len(found["records"]) > 0
    row = found["records"][0]
    assert (row["period"], row["_links"]) == (72, {"self": {"href": f"/api{kind.path}/analytics"}})
    assert not {"key", "uuid", "name"} & set(row)
    means = leaves(um.get(f"{kind.path}/{row[kind.noun]['key']}/metrics?interval=3d")["summary"])
    columns = {name: means.get(name) or means.get(f"{name}.total") for name in kind.rows}
    known = {name: mean for name, mean in columns.items() if mean}
    assert known or kind.noun == "ethernet_port"
    for name, mean in known.items():
        assert leaves(row)[name] == pytest.approx(mean["avg"], abs=0.002), name


@MEASURED_BY_NOUN
def test_rows_are_filtered_and_sorted_by_what_they_hold(kind):
    um, path = UM(), f"{kind.path}/analytics"
    rows = um.get(f"{path}?order_by=throughput desc")["records"]
    values = [row["throughput"] for row in rows]
    assert values == sorted(values, reverse=True)
    for noun in (kind.noun, *kind.places):
        wanted = next(row[noun] for row in rows if noun in row)
        meant = [row[kind.noun]["key"] for row in rows if row.get(noun) == wanted]
        found = um.get(f"{path}?{noun}.key={as_filter(wanted['key'])}&order_by=throughput desc")["records"]
        assert [row[kind.noun]["key"] for row in found] == meant
    assert len(um.get(f"{path}?throughput=>{values[0] - 0.0005}")["records"]) == values.count(values[0])
    assert um.get(f"{path}?max_records=1")["num_records"] == 1


@pytest.mark.parametrize("name", performance.INTERVALS)
def test_intervals(name):
    um, kind = UM(), BY_NOUN["cluster"]
    interval = performance.INTERVALS[name]
    metrics = um.get(f"{kind.path}/{first(um, kind)['key']}/metrics?interval={name}")
    times = [datetime.datetime.fromisoformat(sample["timestamp"]) for sample in metrics["samples"]]
    assert len(times) == metrics["num_samples"] == interval.samples
    assert {after - before for before, after in zip(times, times[1:], strict=False)} == {
        datetime.timedelta(minutes=interval.minutes)
    }
    assert metrics["start_time"] == metrics["samples"][0]["timestamp"]
    assert datetime.datetime.fromisoformat(metrics["end_time"]) - times[-1] == times[1] - times[0]
    assert metrics["duration"] == {5: "PT5M", 60: "PT1H"}[interval.minutes]


def test_values_are_the_same_in_every_run_and_go_on_with_time():
    um, path = UM(), f"{paths.VOLUMES}/{{}}/metrics"
    path = path.format(um.key(paths.VOLUMES, "vol_db"))
    before = um.get(path)
    assert before == UM().get(path)
    um.pass_time(300)
    after = um.get(path)
    assert after["samples"][:-1] == before["samples"][1:]
    assert after["samples"][-1]["timestamp"] == before["end_time"]


def test_totals_and_rests_follow_from_the_parts():
    um = UM()
    sample = um.get(f"{paths.NODES}/{first(um, BY_NOUN['node'])['key']}/metrics")["samples"][0]
    for metric in (sample["iops"], sample["iops"]["local"], sample["throughput"]):
        assert metric["total"] == pytest.approx(metric["read"] + metric["write"] + metric["other"])
    parts = [sample["latency"][part] for part in ("read", "write", "other")]
    assert min(parts) <= sample["latency"]["total"] <= max(parts)
    capacity = sample["performance_capacity"]
    assert capacity["used_percent"] + capacity["free_percent"] == pytest.approx(100)
    workloads = capacity["system_workload_percent"] + capacity["user_workload_percent"]
    assert workloads == pytest.approx(capacity["used_percent"], abs=0.002)


@MEASURED_BY_NOUN
def test_what_is_refused_and_what_is_empty(kind):
    um = UM()
    key = first(um, kind)["key"]
    assert um.refused("GET", f"{kind.path}/{key}/metrics?interval=4h") == (400, "interval")
    assert um.refused("POST", f"{kind.path}/analytics")[0] == 405
    for record in list(um.world.table(kind.path).values()):
        um.world.table(kind.path).remove(record["key"], at_once=True)
    assert um.refused("GET", f"{kind.path}/{key}/metrics") == (404, "key")
    assert um.get(f"{kind.path}/analytics")["records"] == []


def test_what_is_not_acquired_yet_has_no_samples():
    um = UM(acquisition_delay=60)
    record = first(um, BY_NOUN["volume"])
    key = f"{record['key']}0"
    um.world.table(paths.VOLUMES).put({**record, "key": key})
    assert um.refused("GET", f"{paths.VOLUMES}/{key}/metrics") == (404, "key")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("type=file_share", {"vol_home", "vol_projects"}),
        ("name=*/lun_ora01&svm.name=svm1", {"/vol/vol_db/lun_ora01"}),
        ("query=ORA01&volume.name=vol_db&cluster.name=cluster1", {"/vol/vol_db/lun_ora01"}),
        ("type=unknown", set()),
    ],
)
def test_workloads_are_luns_and_file_shares(query, names):
    found = UM().get(f"{WORKLOADS}?{query}")["records"]
    assert {one["name"] for one in found} == names


def test_the_summary_counts_the_workloads():
    um = UM()
    workloads, found = um.get(WORKLOADS)["records"], um.get(SUMMARY)
    managed = [one for one in workloads if one["assigned_performance_service_level"]["key"]]
    levels = found["performance_service_level_summary"]
    assert found["total_workload_count"] == len(workloads)
    assert levels["managed_workload_count"] == len(managed)
    assert levels["managed_workload_count"] + levels["unmanaged_workload_count"] == len(workloads)
    assert sum(one["workload_count"] for one in levels["performance_service_levels"]) == len(managed)
    for one in workloads:
        level = one["assigned_performance_service_level"]
        assert (one["conformance_status"] == "unassigned") == (level["key"] is None) == (level["_links"] == {})
        if level["key"]:
            assert um.get(level["_links"]["self"]["href"].removeprefix("/api"))["name"] == level["name"]


def test_capabilities_are_those_of_the_aggregates():
    um = UM()
    found = um.get(CAPABILITIES)["records"]
    assert {one["key"] for one in found} == {one["key"] for one in um.get(paths.AGGREGATES)["records"]}
    for one in found:
        assert um.get(one["_links"]["self"]["href"].removeprefix("/api")) == one
    names = [one["name"] for one in um.get(f"{CAPABILITIES}?cluster.name=cluster1&order_by=name desc")["records"]]
    assert names == sorted(names, reverse=True) != []
    assert um.refused("GET", f"{CAPABILITIES}/nothing")[0] == 404
