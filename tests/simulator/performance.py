# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up performance: a value for each object, metric and second, and what follows from it. Pure.

Every metric is a slow wave, the same in every run. What is made of other metrics is computed from them: a total is the
sum of its parts, what is free is the rest of what is used. The mean of many samples has a formula of its own, so that
analytics of thousands of objects cost no time and still are the mean of the samples that metrics show.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

PERIOD = 7000.0  # seconds for one radian of the wave
SWING = 10.0
SYSTEM_SHARE = 0.1  # of the used performance capacity
ANALYSED = (864, 300)  # analytics: the samples of 72 hours, and the seconds between them


class Interval(NamedTuple):
    samples: int
    minutes: int  # between two samples

    @property
    def duration(self) -> str:
        return "PT5M" if self.minutes == 5 else "PT1H"


INTERVALS = {
    "1h": Interval(12, 5),
    "12h": Interval(144, 5),
    "1d": Interval(288, 5),
    "2d": Interval(576, 5),
    "3d": Interval(864, 5),
    "15d": Interval(360, 60),
    "1w": Interval(168, 60),
    "1m": Interval(720, 60),
    "2m": Interval(1440, 60),
    "3m": Interval(2160, 60),
    "6m": Interval(4320, 60),
}


class Made(NamedTuple):
    """A metric as ``constant`` + the sum of weight * wave."""

    constant: float
    waves: tuple[tuple[float, str], ...]


@functools.lru_cache(maxsize=1024)
def made_of(metric: str, known: Sequence[str]) -> Made:
    """What a metric is computed from.

    :param known: the dotted names of all metrics of such an object
    """
    head, last = metric.rpartition(".")[::2]
    if last == "total":
        parts = [name for name in known if name.rpartition(".")[0] == head and name != metric]
        # a total of latencies is not their sum: it is taken as their mean
        weight = 1 / len(parts) if head == "latency" else 1.0
        return Made(0.0, tuple((weight, part) for part in parts))
    used = f"{head}.used_percent"
    shares = {"free_percent": (100.0, -1.0), "system_workload_percent": (0.0, SYSTEM_SHARE)}
    shares["user_workload_percent"] = (0.0, 1 - SYSTEM_SHARE)
    if last in shares and used in known:
        constant, weight = shares[last]
        return Made(constant, ((weight, used),))
    return Made(0.0, ((1.0, metric),))


@functools.lru_cache(maxsize=1 << 17)
def _wave(key: str, metric: str) -> tuple[float, float]:
    """Its middle, 10 to 74, and its phase."""
    digest = hashlib.sha256(f"{key} {metric}".encode()).digest()
    return 10 + digest[0] / 4, float(digest[1])


def value(key: str, metric: str, known: Sequence[str], second: float) -> float:
    """The value of one sample; never below 0."""
    made = made_of(metric, known)
    return round(made.constant + sum(weight * _at(key, name, second) for weight, name in made.waves), 3)


def average(key: str, metric: str, known: Sequence[str], end: float, samples: int, step: float) -> float:
    """The mean of the samples that came before ``end``, to a thousandth."""
    made = made_of(metric, known)
    mean = sum(weight * _mean(key, name, end, samples, step) for weight, name in made.waves)
    return round(made.constant + mean, 3)


def _at(key: str, metric: str, second: float) -> float:
    middle, phase = _wave(key, metric)
    return round(middle + SWING * math.sin(second / PERIOD + phase), 3)


def _mean(key: str, metric: str, end: float, samples: int, step: float) -> float:
    middle, phase = _wave(key, metric)
    half = step / PERIOD / 2
    first = (end - samples * step) / PERIOD + phase
    waves = math.sin(samples * half) / math.sin(half) * math.sin(first + (samples - 1) * half)
    return middle + SWING * waves / samples


def statistics(series: Iterable[float]) -> dict[str, float]:
    """What a summary says of the values of all samples (docs/facts/server.md, 8.25)."""
    ordered = sorted(series)
    return {
        "min": ordered[0],
        "max": ordered[-1],
        "avg": round(sum(ordered) / len(ordered), 3),
        "95th_percentile": ordered[max(0, math.ceil(len(ordered) * 0.95) - 1)],
    }


def put(record: dict[str, Any], name: str, content: Any) -> None:
    """Set a dotted name in a nested record."""
    *parents, last = name.split(".")
    for parent in parents:
        record = record.setdefault(parent, {})
    record[last] = content
