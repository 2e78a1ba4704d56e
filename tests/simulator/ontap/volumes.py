# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's volumes, which are UM's: made, changed and deleted by jobs."""

from __future__ import annotations

from typing import Any

from .. import storage
from ..calls import Answer
from ..jobs import TaskFailure
from ..paths import AGGREGATES, LUNS, VOLUMES, reference
from ..resources import lun_records
from ..tables import Record
from ..validation import READ, number, text
from . import jobs
from .envelope import View, pick
from .request import Api, Request, absent, bad, named, short

LEAST_SIZE = 20 * storage.MIB
LONGEST_COMMENT = 1023
VIEW = View(
    "uuid name size state style type comment create_time language svm.uuid svm.name aggregates.uuid aggregates.name"
    " space.size space.used space.available nas.path nas.export_policy.name tiering.policy autosize.mode"
    " autosize.maximum",
    costly="autosize.mode autosize.maximum",
)
PLACE = {"uuid": text("create"), "name": text("create")}
SHAPE: dict[str, Any] = {
    "uuid": READ,
    "name": text(shortest=1, longest=storage.LONGEST_VOLUME_NAME),
    "size": number(minimum=LEAST_SIZE),
    "state": text(one_of=("online", "offline")),
    "comment": text(longest=LONGEST_COMMENT, nullable=True),
    "svm": PLACE,
    "aggregates": [PLACE],
    "nas": {"path": text(), "export_policy": {"name": text()}},
    "tiering": {"policy": text(one_of=("none", "auto", "snapshot_only", "all"))},
    "autosize": {"mode": text(one_of=("off", "grow", "grow_shrink")), "maximum": number(minimum=LEAST_SIZE)},
    "space": READ,
    "create_time": READ,
}
ONLY_ONTAP = ("comment", "nas")  # what UM does not show
AS_UM = ("state", "tiering", "autosize")


def view(request: Request, volume: Record) -> Record:
    """ONTAP's record of a volume."""
    record = {name: volume[name] for name in ("uuid", "name", "style", "type", "create_time", "language", *AS_UM)}
    record.update(size=volume["space"]["size"], space=dict(volume["space"]), svm=short(volume["svm"]))
    record["aggregates"] = [short(one) for one in volume["aggregates"]]
    record["nas"] = {"export_policy": {"name": "default"}}
    for name, value in request.world.notes.get(volume["key"], {}).get("ontap", {}).items():
        record[name] = {**record.get(name, {}), **value} if isinstance(value, dict) else value
    return record


def _shown(request: Request) -> list[Record]:
    scope = request.scope
    return [
        volume
        for volume in request.world.table(VOLUMES).values()
        if volume["cluster"]["uuid"] == request.cluster["uuid"]
        and (scope is None or volume["svm"]["key"] == scope["key"])
    ]


def _targets(request: Request) -> list[Record]:
    """The volume of the path, or those of a collection that the query chooses."""
    shown = _shown(request)
    if "uuid" in request.params:
        found = [volume for volume in shown if volume["uuid"] == request.params["uuid"]]
    else:
        filters, records = VIEW.fitting(request, [view(request, volume) for volume in shown])
        if not filters:
            raise bad("A query is needed to change several objects.")
        uuids = {record["uuid"] for record in records}
        found = [volume for volume in shown if volume["uuid"] in uuids]
    if not found:
        raise absent()
    return found


def _list(request: Request) -> Answer:
    return VIEW.many(request, [view(request, volume) for volume in _shown(request)], "/api/storage/volumes")


def _read(request: Request) -> Answer:
    volume = _targets(request)[0]
    return VIEW.one(request, view(request, volume), f"/api/storage/volumes/{volume['uuid']}")


async def _create(request: Request) -> Answer:
    body = request.checked_body(SHAPE, "name", "aggregates")
    request.hold()
    world, svm = request.world, request.svm(body.get("svm"))
    aggregate = named(world, AGGREGATES, request.cluster, body["aggregates"][0])
    if aggregate is None:
        raise bad("The aggregate does not exist.", "aggregates.name", "918236")
    uuid, size = world.keys.new_uuid(), body.get("size", LEAST_SIZE)

    def work() -> None:
        if storage.volume_named(world, svm["key"], body["name"]):
            raise TaskFailure(f'Duplicate volume name "{body["name"]}" in SVM "{svm["name"]}".')
        storage.take_space(world, aggregate["key"], size)
        volume = storage.volume_record(world, svm, aggregate, body["name"], uuid, size)
        world.table(VOLUMES).put(_changed(request, volume, body))

    path = f"storage/volumes/{uuid}"
    job = jobs.submit(request, f"Create {body['name']}", work, path)
    return await jobs.answer(request, job, 201, {"Location": f"/api/{path}"}, [{"uuid": uuid, "name": body["name"]}])


async def _modify(request: Request) -> Answer:
    volumes = _targets(request)
    body = request.checked_body(SHAPE)
    request.hold()

    def work() -> None:
        for volume in volumes:
            _modify_now(request, volume["key"], body)

    job = jobs.submit(request, f"Change {volumes[0]['name']}", work, request.text)
    return await jobs.answer(request, job, 200, {}, [pick(view(request, one), ["uuid", "name"]) for one in volumes])


def _modify_now(request: Request, key: str, body: Record) -> None:
    world = request.world
    volume = world.table(VOLUMES).edit_if_there(key)
    if volume is None:
        raise TaskFailure("The volume does not exist any more.")
    name = body["name"] if "name" in body else volume["name"]
    if name != volume["name"] and storage.volume_named(world, volume["svm"]["key"], name):
        raise TaskFailure(f'Duplicate volume name "{name}" in SVM "{volume["svm"]["name"]}".')
    space, size = volume["space"], body.get("size", volume["space"]["size"])
    if size < space["used"]:
        raise TaskFailure(f"The volume uses {space['used']} bytes, so it cannot shrink to {size} bytes.")
    storage.take_space(world, volume["aggregates"][0]["key"], size - space["size"])
    space.update(size=size, available=size - space["used"])
    volume["name"] = name
    world.table(VOLUMES).put(_changed(request, volume, body))
    for lun in world.table(LUNS).find("volume.key", key):
        renamed = {**lun, "volume": reference(VOLUMES, volume)}
        renamed["name"] = f"/vol/{name}/{lun['name'].rpartition('/')[2]}"
        lun_records.store(world, renamed)


def _changed(request: Request, volume: Record, body: Record) -> Record:
    """The volume with what UM shows of the body; the rest is noted."""
    note = request.world.note(volume["key"]).setdefault("ontap", {})
    for name in ONLY_ONTAP:
        if name in body:
            note[name] = {**note.get(name, {}), **body[name]} if isinstance(body[name], dict) else body[name]
    for name in AS_UM:
        if name in body:
            volume[name] = {**volume[name], **body[name]} if isinstance(body[name], dict) else body[name]
    return volume


async def _delete(request: Request) -> Answer:
    volumes, world = _targets(request), request.world
    request.hold()

    def work() -> None:
        for volume in volumes:
            luns = world.table(LUNS).find("volume.key", volume["key"])
            if luns:
                raise TaskFailure(f'The volume "{volume["name"]}" has {len(luns)} LUNs, so it cannot be deleted.')
            storage.delete_volume(world, volume["key"])

    job = jobs.submit(request, f"Delete {volumes[0]['name']}", work, request.text)
    return await jobs.answer(request, job, 200, {}, [])


APIS = [
    Api("storage/volumes", {"GET": _list, "POST": _create, "PATCH": _modify, "DELETE": _delete}),
    Api("storage/volumes/{uuid}", {"GET": _read, "PATCH": _modify, "DELETE": _delete}),
]
