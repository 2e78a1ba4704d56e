# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Performance Service Level: its options, and which request leads there (docs/facts/server.md, 5.15).

Changed at once, without a job. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.errors import BadInput
from .._base.lenient import dictionary, number
from .._model import kinds
from .._model.desired import fields, given, require_for_creation
from .._model.resource import STATE, Operation, Params, Record, Resource
from .parts import policies, renaming

TITLE = kinds.PERFORMANCE_SERVICE_LEVEL.title
COLLECTION = kinds.PERFORMANCE_SERVICE_LEVEL.collection
RESERVED = (
    "Prime",
    "Extreme",
    "Performance",
    "Value",
    "Unassigned",
    "Learning",
    "Idle",
    "Default",
    "None",
)
LARGEST_MINIMUM = 75000  # of absolute_min_iops
IOPS = ("absolute_min_iops", "expected_iops_per_tb", "peak_iops_per_tb", "peak_iops_allocation_policy")
SETTINGS = ("description", *IOPS, "latency_expected")
ARGUMENTS = {
    **renaming.NAMES,
    "description": {"type": "str"},
    "absolute_min_iops": {"type": "int"},
    "expected_iops_per_tb": {"type": "int"},
    "peak_iops_per_tb": {"type": "int"},
    "peak_iops_allocation_policy": {"type": "str", "choices": ["used_space", "allocated_space"]},
    "latency_expected": {"type": "float"},
    **STATE,
}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    renaming.check_names(desired, TITLE)
    for name in ("expected_iops_per_tb", "peak_iops_per_tb"):
        if not 0 < desired.get(name, 1) < 2**63:
            raise BadInput(f"{name}: {desired[name]} is not a number of IOPS over 0.")
    if not 0 < desired.get("latency_expected", 1) < float("inf"):
        raise BadInput(f"latency_expected: {desired['latency_expected']} is not a number of milliseconds over 0.")
    return desired


def current(record: Record) -> Record:
    iops, latency = dictionary(record.get("iops")), dictionary(record.get("latency"))
    return {
        **fields(record, ("name", "description", "system_defined", "workload_count")),
        **{name: number(iops.get(name)) for name in IOPS},
        "peak_iops_allocation_policy": iops.get("peak_iops_allocation_policy") or None,
        "latency_expected": number(latency.get("expected")),
    }


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    return policies.plan(before, desired, TITLE, RESERVED, SETTINGS, _creation, _body)


def _creation(desired: Record) -> Operation:
    require_for_creation(TITLE, desired["name"], desired, *(*IOPS, "latency_expected"))
    settings = {option: desired[option] for option in SETTINGS if option in desired}
    return Operation.create({"name": desired["name"], **_body(settings)}, {"name": desired["name"], **settings})


def _check_limits(settings: Record) -> None:
    """The limits of a level (docs/facts/server.md, 5.15).

    :raises BadInput: one is not kept
    """
    least, latency = settings["absolute_min_iops"], settings["latency_expected"]
    if not 1000 / latency <= least <= LARGEST_MINIMUM:
        raise BadInput(
            f"absolute_min_iops: {least} is out of range; with a latency of {latency:g} ms it goes"
            f" from {1000 / latency:g} to {LARGEST_MINIMUM}."
        )
    expected, peak = settings["expected_iops_per_tb"], settings["peak_iops_per_tb"]
    if peak < expected:
        raise BadInput(f"peak_iops_per_tb: {peak} is less than expected_iops_per_tb, which is {expected}.")


def _body(settings: Record) -> Record:
    """The settings in UM's shape.

    :raises BadInput: a limit is not kept
    """
    _check_limits(settings)
    body: Record = {"iops": {name: settings[name] for name in IOPS if settings.get(name) is not None}}
    if settings.get("description") is not None:
        body["description"] = settings["description"]
    body["latency"] = {"expected": settings["latency_expected"]}
    return body


LEVEL = Resource(
    noun="performance_service_level",
    title=TITLE,
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=lambda desired: renaming.find(COLLECTION, desired),
    current=current,
    plan=plan,
    planned=policies.planned,
    describe=lambda record: policies.describe(current(record), SETTINGS),
)
LEVELS = policies.listing("performance_service_levels", COLLECTION)
