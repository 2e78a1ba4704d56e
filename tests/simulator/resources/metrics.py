# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance: metrics of one object over an interval, and analytics of all (wire facts 2.5 and 8.25).

The values are made up, the same for the same object and moment, and the summary is that of the samples.
"""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ..calls import Answer, Call, Route, ok
from ..clock import timestamp
from ..collection import Collection, names
from ..errors import Refusal
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

DAY = 288  # samples of five minutes
INTERVALS = {  # name: samples, minutes between them
    "1h": (12, 5),
    "12h": (144, 5),
    "1d": (DAY, 5),
    "2d": (2 * DAY, 5),
    "3d": (3 * DAY, 5),
    "15d": (360, 60),
    "1w": (168, 60),
    "1m": (720, 60),
    "2m": (1440, 60),
    "3m": (2160, 60),
    "6m": (4320, 60),
}
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
    head, _, part = name.rpartition(".")
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
        record = call.target(kind.path)
        interval = call.parameters.get("interval", "1h")
        if interval not in INTERVALS:
            raise Refusal(400, "bad_value", f"interval is one of {', '.join(INTERVALS)}.", "interval")
        count, minutes = INTERVALS[interval]
        step = datetime.timedelta(minutes=minutes)
        end = _whole(call.world, minutes)
        times = [end - step * (count - index) for index in range(count)]
        values = {name: [_value(record["key"], name, time) for time in times] for name in kind.metrics}
        samples = [_sample(kind, values, index, time) for index, time in enumerate(times)]
        return ok(
            {
                kind.shown_as or kind.noun: reference(kind.path, record),
                "start_time": timestamp(times[0]),
                "end_time": timestamp(end),
                "duration": "PT5M" if minutes == 5 else "PT1H",
                "num_samples": count,
                "samples": samples,
                "summary": _summary(kind, values),
                "_links": {"self": {"href": f"/api{call.path}"}},
            }
        )

    return read


def _sample(kind: Measured, values: dict[str, list[float]], index: int, time: datetime.datetime) -> Record:
    sample: Record = {"timestamp": timestamp(time)}
    for name, series in values.items():
        value: Any = series[index]
        if kind.noun == "volume" and name.startswith("iops."):
            value = _statistics([value])  # so the API document has it
        _put(sample, name, value)
    return sample


def _summary(kind: Measured, values: dict[str, list[float]]) -> Record:
    summary: Record = {}
    for name, series in values.items():
        shown = kind.summed(name)
        if shown:
            _put(summary, shown, _statistics(series))
    return summary


def _statistics(series: list[float]) -> Record:
    ordered = sorted(series)
    return {
        "min": ordered[0],
        "max": ordered[-1],
        "avg": round(sum(ordered) / len(ordered), 3),
        "95th_percentile": ordered[max(0, math.ceil(len(ordered) * 0.95) - 1)],
    }


def _put(record: Record, name: str, value: Any) -> None:
    *parents, last = name.split(".")
    for parent in parents:
        record = record.setdefault(parent, {})
    record[last] = value


def _value(key: str, metric: str, time: datetime.datetime) -> float:
    """Between 0 and 100, steady over the day, a little different at each moment."""
    digest = hashlib.sha256(f"{key} {metric}".encode()).digest()
    base = 10 + digest[0] / 4
    return round(base + 10 * math.sin(time.timestamp() / 7000 + digest[1]), 3)


def _whole(world: World, minutes: int) -> datetime.datetime:
    now = world.clock.date(world.agenda.now())
    return now - datetime.timedelta(minutes=now.minute % minutes, seconds=now.second, microseconds=now.microsecond)


def _rows(kind: Measured) -> Callable[[Call], Source]:
    """One row for each object; none of the objects is called by a key of its own."""

    def source(call: Call) -> Source:
        rows, time = Rows(), _whole(call.world, 5)
        for record in call.world.table(kind.path).shown.values():
            row: Record = {"key": record["key"], kind.noun: reference(kind.path, record), "period": 72}
            row.update({place: _place(record, place) for place in kind.places if _place(record, place)})
            if kind.noun == "cluster":
                row["management_ip"] = record["management_ip"]
            for name in kind.rows:
                _put(row, name, _value(record["key"], name, time))
            row["_links"] = {"self": {"href": f"/api{kind.path}/analytics"}}
            rows.put(row)
        return rows

    return source


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
        Route("GET", f"{kind.path}/analytics", _analytics(kind).list),
        Route("GET", f"{kind.path}/{{key}}/metrics", _metrics(kind)),
    )
]
