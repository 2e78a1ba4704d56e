# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance: metrics of one object over an interval, and analytics of all (docs/facts/server.md, 2.5 and 8.25).

The values are made up, the same for the same object and moment, and the summary is that of the samples.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from .. import performance
from ..calls import Answer, Call, Route, ok
from ..clock import timestamp
from ..collection import Collection, names
from ..errors import bad_value, not_found
from ..paths import (
    AGGREGATES,
    CLUSTERS,
    DATACENTER_LUNS,
    ETHERNET_PORTS,
    FC_INTERFACES,
    FC_PORTS,
    IP_INTERFACES,
    NODES,
    SVMS,
    VOLUMES,
    reference,
)
from ..query import Source
from ..tables import Rows
from ..world import World

Record = dict[str, Any]

OPERATIONS = ("read", "write", "other", "total")
DIRECTIONS = ("received", "transmitted", "total")
CAPACITY = (
    "used_percent",
    "free_percent",
    "available_iops_percent",
    "system_workload_percent",
    "user_workload_percent",
)


def _parts(metric: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{metric}.{part}" for part in parts)


TRAFFIC = (*_parts("iops", OPERATIONS), *_parts("latency", OPERATIONS), *_parts("throughput", OPERATIONS))
LOAD = (*TRAFFIC, *_parts("performance_capacity", CAPACITY), "utilization_percent")
PROTOCOLS = ("cifs", "fcp", "iscsi", "nfs", "nvmf")


class Measured(NamedTuple):
    """A sort of object whose performance is known.

    :ivar noun: how rows of analytics refer to it
    :ivar metrics: dotted names of what a sample holds
    :ivar rows: dotted names of what a row of analytics holds
    :ivar places: the further references in such a row, which are filters, too
    :ivar summed: name in a sample -> name in the summary, where they differ; None leaves it out
    :ivar shown_as: how metrics refer to it, where that differs
    """

    path: str
    noun: str
    metrics: tuple[str, ...]
    rows: tuple[str, ...]
    places: tuple[str, ...]
    summed: Callable[[str], str | None] = lambda name: name
    shown_as: str = ""


def _node_summary(name: str) -> str:
    return name.replace("iops.local.", "iops.local_iops.")


def _svm_summary(name: str) -> str | None:
    head, part = name.rpartition(".")[::2]
    if head.startswith("iops.") and not head.endswith("nvmf"):
        return f"{head}.iops" if part == "total" else None
    return name


def _only_totals(name: str) -> str | None:
    return name.partition(".")[0] if name.endswith(".total") else None


MEASURED = (
    Measured(CLUSTERS, "cluster", ("iops", "throughput"), ("iops", "throughput"), ()),
    Measured(
        NODES,
        "node",
        (*LOAD, *_parts("iops.local", OPERATIONS)),
        (
            "iops",
            "latency",
            "throughput",
            "performance_capacity.used_percent",
            "performance_capacity.available_iops_percent",
            "utilization_percent",
        ),
        ("cluster",),
        _node_summary,
    ),
    Measured(
        AGGREGATES,
        "aggregate",
        LOAD,
        (
            "iops",
            "latency",
            "throughput",
            "performance_capacity.used_percent",
            "performance_capacity.available_iops_percent",
            "utilization_percent",
        ),
        ("cluster", "node"),
    ),
    Measured(
        VOLUMES,
        "volume",
        (*TRAFFIC, "iops_per_tb", "cache_miss_ratio"),
        ("iops", "iops_per_tb", "latency", "throughput"),
        ("cluster", "svm"),
    ),
    Measured(DATACENTER_LUNS, "lun", TRAFFIC, ("iops", "latency", "throughput"), ("cluster", "svm", "volume")),
    Measured(
        SVMS,
        "svm",
        (*TRAFFIC, *(f"iops.{protocol}.{part}" for protocol in PROTOCOLS for part in OPERATIONS)),
        ("iops", "latency", "throughput"),
        ("cluster",),
        _svm_summary,
    ),
    Measured(
        ETHERNET_PORTS,
        "ethernet_port",
        (*_parts("bytes", DIRECTIONS), *_parts("error", DIRECTIONS), "utilization_percent"),
        ("throughput", "utilization_percent"),
        ("cluster", "node"),
    ),
    Measured(
        FC_PORTS,
        "fc_port",
        (*_parts("throughput", OPERATIONS), "utilization_percent"),
        ("throughput", "utilization_percent"),
        ("cluster", "node"),
    ),
    Measured(
        FC_INTERFACES,
        "fc_interface",
        TRAFFIC,
        ("iops", "latency", "throughput"),
        ("cluster", "svm"),
        _only_totals,
        "lif",
    ),
    Measured(
        IP_INTERFACES,
        "ip_interface",
        (*_parts("throughput", DIRECTIONS), *_parts("packets", DIRECTIONS), *_parts("error", DIRECTIONS)),
        ("iops", "latency", "throughput"),
        ("cluster", "svm"),
        shown_as="lif",
    ),
)


def _metrics(kind: Measured) -> Callable[[Call], Answer]:
    def read(call: Call) -> Answer:
        # as it is shown: of what UM has not acquired yet, it has no samples either
        record = call.world.table(kind.path).shown.get(call.params["key"])
        if record is None:
            raise not_found(kind.path.rpartition("/")[2])
        asked = call.parameters.get("interval") or "1h"
        interval = performance.INTERVALS.get(asked)
        if interval is None:
            raise bad_value("interval", f"interval is one of {', '.join(performance.INTERVALS)}.")
        step = datetime.timedelta(minutes=interval.minutes)
        end = _whole(call.world, interval.minutes)
        times = [end - step * (interval.samples - index) for index in range(interval.samples)]
        seconds = [time.timestamp() for time in times]
        values = {
            name: [performance.value(record["key"], name, kind.metrics, second) for second in seconds]
            for name in kind.metrics
        }
        return ok(
            {
                **_shown(kind, record),
                "start_time": timestamp(times[0]),
                "end_time": timestamp(end),
                "duration": interval.duration,
                "num_samples": interval.samples,
                "samples": [_sample(kind, values, index, time) for index, time in enumerate(times)],
                "summary": _summary(kind, values),
                "_links": {"self": {"href": f"/api{call.path}"}},
            }
        )

    return read


def _shown(kind: Measured, record: Record) -> Record:
    """The object; as ``lif`` without a link (docs/facts/server.md, 8.25)."""
    if kind.shown_as:
        return {kind.shown_as: {name: record[name] for name in ("key", "uuid", "name")}}
    return {kind.noun: reference(kind.path, record)}


def _sample(kind: Measured, values: dict[str, list[float]], index: int, time: datetime.datetime) -> Record:
    sample: Record = {"timestamp": timestamp(time)}
    for name, series in values.items():
        value: Any = series[index]
        if kind.noun == "volume" and name.startswith("iops."):
            value = performance.statistics([value])  # docs/facts/server.md, 8.25
        performance.put(sample, name, value)
    return sample


def _summary(kind: Measured, values: dict[str, list[float]]) -> Record:
    summary: Record = {}
    for name, series in values.items():
        shown = kind.summed(name)
        if shown:
            performance.put(summary, shown, performance.statistics(series))
    return summary


def _whole(world: World, minutes: int) -> datetime.datetime:
    """The last time at which a sample was complete."""
    now = world.clock.date(world.agenda.now())
    return now - datetime.timedelta(minutes=now.minute % minutes, seconds=now.second, microseconds=now.microsecond)


def _rows(kind: Measured) -> Callable[[Call], Source]:
    """One row for each object; none of the objects is called by a key of its own."""
    sources = {name: _source(kind, name) for name in kind.rows}

    def source(call: Call) -> Source:
        rows, end = Rows(), _whole(call.world, 5).timestamp()
        for record in call.world.table(kind.path).shown.values():
            row: Record = {"key": record["key"], kind.noun: reference(kind.path, record), "period": 72}
            row.update({place: _place(record, place) for place in kind.places if _place(record, place)})
            if kind.noun == "cluster":
                row["management_ip"] = record["management_ip"]
            for name, metric in sources.items():
                mean = performance.average(record["key"], metric, kind.metrics, end, *performance.ANALYSED)
                performance.put(row, name, mean)
            row["_links"] = {"self": {"href": f"/api{kind.path}/analytics"}}
            rows.put(row)
        return rows

    return source


def _source(kind: Measured, name: str) -> str:
    """The metric that a column of analytics is the mean of; a metric of its own where samples have none such."""
    candidates = (f"{name}.total", f"{name.replace('throughput', 'bytes')}.total")
    return next((metric for metric in candidates if metric in kind.metrics), name)


def _place(record: Record, place: str) -> Any:
    if place in record:
        return record[place]
    return record.get("location", {}).get(place)


def _analytics(kind: Measured) -> Collection:
    parts = " ".join(f"{name}.{{key,name,uuid}}" for name in dict.fromkeys((kind.noun, *kind.places)))
    own = " management_ip" if kind.noun == "cluster" else ""
    return Collection(
        f"{kind.path}/analytics",
        names(f"{' '.join(kind.rows)} {parts}{own}"),
        source=_rows(kind),
        view=lambda world, row: {name: value for name, value in row.items() if name != "key"},
    )


ROUTES = [
    route
    for kind in MEASURED
    for route in (
        Route("GET", f"{kind.path}/analytics", _analytics(kind).answer_list),
        Route("GET", f"{kind.path}/{{key}}/metrics", _metrics(kind)),
    )
]
