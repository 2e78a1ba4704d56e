# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""LUNs as UM provisions them (docs/facts/server.md, 5.11 and 8.9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import policies, storage
from ..calls import Answer, Call, Route, duplicate
from ..collection import Collection, names
from ..errors import Refusal, bad_value
from ..jobs import Job, Task
from ..paths import AGGREGATES, FILE_SHARES, IGROUPS, LUNS, SVMS, VOLUMES
from ..switches import Switch
from ..tables import value_at
from ..validation import READ, number, reference_shape, require, text
from . import lun_records, lun_tasks

SWITCHES = (
    Switch("volume_prefix", "AIQUM_", ("AIQUM_", "NSLM_"), "names of container volumes (9.9)"),
    Switch("lun_delete_unmaps", True, (True, False), "whether UM unmaps a LUN before it deletes it (9.9)"),
    Switch("lifless_mapping", "partial_failures", ("partial_failures", "error"), "mapping without a SAN LIF (9.2)"),
    Switch(
        "last_lun_deletes_volume",
        "own",
        ("own", "any_provisioned"),
        "which volumes go with their last LUN: those that UM made, or all on which it made LUNs (5.11)",
    ),
)
OS_TYPES = (
    "aix",
    "hpux",
    "hyper_v",
    "linux",
    "netware",
    "openvms",
    "solaris",
    "solaris_efi",
    "vmware",
    "windows",
    "windows_2008",
    "windows_gpt",
    "xen",
)
SHAPE = {
    "key": READ,
    "uuid": READ,
    "name": text("create", shortest=1, longest=255),
    "cluster": READ,
    "svm": reference_shape("create"),
    "volume": {**reference_shape("create"), "name_tag": text("create", longest=storage.LONGEST_VOLUME_NAME - 6)},
    "aggregate": {"key": text("create")},
    "os_type": text("create", one_of=OS_TYPES),
    "space": {"size": number(minimum=1)},
    "lun_maps": [
        {
            "igroup": reference_shape(),
            "logical_unit_number": number(minimum=0, maximum=lun_tasks.HIGHEST_NUMBER),
        }
    ],
    "operational_state": text("modify", one_of=("online", "offline")),
    "performance_service_level": {"key": text()},
    "storage_efficiency_policy": {"key": text()},
    "assigned_performance_service_level": READ,
    "assigned_storage_efficiency_policy": READ,
    "recommended_performance_service_level": READ,
}
COLLECTION = Collection(
    LUNS,
    names(
        "key assigned_performance_service_level.{name,key,expected_iops,peak_iops}"
        " assigned_storage_efficiency_policy.{name,key}"
        " recommended_performance_service_level.{name,key,expected_iops,peak_iops} cluster.{name,key,uuid} name uuid"
        " svm.{uuid,name,key} volume.{uuid,name,key} space.size"
    ),
    contains=("name", "svm.name", "volume.name", "cluster.name"),
    list_view=lun_records.list_view,
)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "name", "space.size", "performance_service_level.key", "os_type", ("svm.key", "volume.key"))
    if "/" in body["name"]:
        raise bad_value("name", "The name of a LUN must not have a slash.")
    policies.check_keys(call, body)
    volume = call.referred(VOLUMES, value_at(body, "volume.key"), "volume.key")
    if volume is not None:
        _check_volume(call, volume, body["name"])
        svm_key = volume["svm"]["key"]
    else:
        svm_key = call.referred(SVMS, body["svm"]["key"], "svm.key")["key"]
        _check_aggregate(call, value_at(body, "aggregate.key"), svm_key)
    _check_maps(call, body.get("lun_maps", ()), svm_key)
    work = lun_tasks.Creation(call.world, body)
    return call.submit("Create LUN", "provision_lun_create", work.tasks())


def modify(call: Call) -> Answer:
    lun = call.target(LUNS)
    body = call.checked_body(SHAPE)
    if len(body) > 1:
        raise Refusal(400, "one_property", "You can only update one property at a time.", sorted(body)[1])
    policies.check_keys(call, body)
    for block in ("performance_service_level", "storage_efficiency_policy", "space"):
        if block in body:
            require(body, f"{block}.{'size' if block == 'space' else 'key'}")
    _check_maps(call, body.get("lun_maps", ()), lun["svm"]["key"])
    size = value_at(body, "space.size")
    if size is not None and storage.whole_mebibytes(size) < lun["space"]["size"]:
        raise bad_value("space.size", "The size of a LUN cannot be decreased.")
    what = next(iter(body), "nothing")
    task = Task(
        "provision_lun_modify",
        f"Change {what} of LUN {lun['name']}",
        _reporting(call, lambda: lun_tasks.change(call.world, lun["key"], body)),
    )
    return call.submit("Modify LUN", "provision_lun_modify", [task])


def delete(call: Call) -> Answer:
    lun = call.target(LUNS)
    world, key = call.world, lun["key"]
    tasks = []
    if world.switches["lun_delete_unmaps"]:
        description = f"Unmap LUN {lun['name']}"
        tasks.append(Task("provision_lun_unmap", description, lambda job: lun_tasks.unmap(world, key)))
    tasks.append(
        Task(
            "provision_lun_delete",
            f"Delete LUN {lun['name']}",
            _reporting(call, lambda: lun_tasks.delete(world, key)),
        )
    )
    return call.submit("Delete LUN", "provision_lun_delete", tasks)


def _reporting(call: Call, action: Callable[[], None]) -> Callable[[Job], None]:
    """The action as the work of a task that reports the LUN's key, if such jobs have results.

    See docs/facts/server.md, 9.2.
    """

    def work(job: Job) -> None:
        action()
        if call.world.switches["job_results_of_changes"] == "key":
            job.results["lunKey"] = call.params["key"]

    return work


def _check_volume(call: Call, volume: dict[str, Any], name: str) -> None:
    if call.world.table(FILE_SHARES).get(volume["key"]) is not None:
        raise bad_value("volume.key", f"The volume {volume['name']} is a file share.")
    if lun_tasks.lun_named(call.world, volume, name):
        raise duplicate(call.world, "name", name)


def _check_aggregate(call: Call, key: str | None, svm_key: str) -> None:
    aggregate = call.referred(AGGREGATES, key, "aggregate.key")
    if aggregate is not None and aggregate["cluster"]["key"] != call.world.record(SVMS, svm_key)["cluster"]["key"]:
        raise bad_value("aggregate.key", f"The aggregate {aggregate['name']} is on another cluster than the SVM.")


def _check_maps(call: Call, maps: Any, svm_key: str) -> None:
    keys = [value_at(entry, "igroup.key") for entry in maps]
    if len(set(keys)) < len(keys):
        raise bad_value("lun_maps.igroup.key", "A LUN can be mapped to an initiator group only once.")
    for entry in maps:
        require(entry, "igroup.key")
        igroup = call.referred(IGROUPS, entry["igroup"]["key"], "lun_maps.igroup.key")
        if igroup["svm"]["key"] != svm_key:
            raise bad_value("lun_maps.igroup.key", f"The initiator group {igroup['name']} belongs to another SVM.")


ROUTES = [
    *COLLECTION.routes(),
    Route("POST", LUNS, create),
    Route("PATCH", f"{LUNS}/{{key}}", modify),
    Route("DELETE", f"{LUNS}/{{key}}", delete),
]
