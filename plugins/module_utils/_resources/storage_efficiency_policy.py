# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Storage Efficiency Policy: its options, and which request leads there (docs/facts/server.md, 5.16).

Changed at once, without a job. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.lenient import boolean
from .._model import kinds
from .._model.desired import fields, given
from .._model.resource import STATE, Operation, Params, Record, Resource
from .parts import policies, renaming

TITLE = kinds.STORAGE_EFFICIENCY_POLICY.title
COLLECTION = kinds.STORAGE_EFFICIENCY_POLICY.collection
RESERVED = ("High", "Low", "Unassigned", "Learning", "Idle", "Default", "None")
MODES = ["inline", "background", "none"]
SETTINGS = ("description", "compression", "deduplication", "space_thin_provisioned")
ARGUMENTS = {
    **renaming.NAMES,
    "description": {"type": "str"},
    "compression": {"type": "str", "choices": MODES},
    "deduplication": {"type": "str", "choices": MODES},
    "space_thin_provisioned": {"type": "bool"},
    **STATE,
}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    renaming.check_names(desired, TITLE)
    return desired


def current(record: Record) -> Record:
    shown = fields(record, ("name", *SETTINGS, "system_defined", "workload_count"))
    return {**shown, "space_thin_provisioned": boolean(record.get("space_thin_provisioned"))}


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    return policies.plan(before, desired, TITLE, RESERVED, SETTINGS, _creation, _body)


def _creation(desired: Record) -> Operation:
    body = {name: desired[name] for name in ("name", *SETTINGS) if name in desired}
    return Operation.create(body, body)


def _body(settings: Record) -> Record:
    return {name: value for name, value in settings.items() if value is not None}


POLICY = Resource(
    noun="storage_efficiency_policy",
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
POLICIES = policies.listing("storage_efficiency_policies", COLLECTION)
