# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clusters that UM manages: added at once, discovered later (docs/facts/server.md, 5.3, 8.1 and 8.2)."""

from __future__ import annotations

import hashlib
from typing import Any

from .. import clusters
from ..calls import Answer, Call, Route, created, duplicate, ok
from ..errors import Refusal, bad_value
from ..keys import named_uuid, object_key
from ..paths import CLUSTERS, DATASOURCES, link
from ..seed.datacenter import CREATED, VERSION
from ..switches import Switch
from ..validation import READ, number, require, text
from ..world import World

CERTIFICATE = "/admin/datasource-certificate"
WRONG_PASSWORD = "wrong"  # of an ONTAP account; every other one is right
SWITCHES = (
    Switch("discovery_seconds", 1.0, (), "how long the discovery or the removal of a cluster takes (5.3)"),
    Switch("discovery_lag", 0.0, (), "seconds until a cluster shows that it is discovered anew after a PATCH (5.3)"),
    Switch("datasource_credentials", "discovery", ("discovery", "refused"), "where wrong ones are noticed (9.7)"),
    Switch("datasource_certificate", "optional", ("optional", "needed"), "whether it must be accepted before (9.7)"),
)
READ_ONLY = (
    "key",
    "id",
    "name",
    "cluster_object_id",
    "cluster_health_status",
    "status",
    "status_message",
    "operation",
    "is_metro_cluster",
    "maintenance_window",
    "managed_workload_percent",
    "mutual_tls_status",
    "raw_capacity",
)
SHAPE = {
    **dict.fromkeys(READ_ONLY, READ),
    "address": text("create", shortest=1),
    "port": number("create", minimum=1, maximum=65535),
    "protocol": text("create", one_of=("https",), any_case=True),
    "username": text(shortest=1),
    "password": text(shortest=1),
}


def read(call: Call) -> Answer:
    """The list, whose envelope has no total (docs/facts/server.md, 2.1)."""
    records = list(call.world.table(DATASOURCES).shown.values())
    links = {"self": {"href": f"/api{DATASOURCES}"}}
    return ok({"records": records, "num_records": len(records), "_links": links})


def certificate(call: Call) -> Answer:
    """A GET with a side effect: from now on UM trusts the certificate."""
    address, port = call.parameters.get("address"), call.parameters.get("port")
    for name, value in (("address", address), ("port", port)):
        if not value:
            raise Refusal(400, "missing_parameter", f"The parameter {name} is needed.", name)
    call.world.note(f"certificate {address}:{port}")["trusted"] = True
    digest = hashlib.sha256(str(address).encode()).hexdigest().upper()
    return ok(
        {
            "issued_to": address,
            "issuer": f"C=US, CN={address}",
            "valid_from": "2025-01-01T00:00:00.000+00:00",
            "valid_to": "2035-01-01T00:00:00.000+00:00",
            "is_valid": True,
            "is_self_signed": True,
            "is_valid_hostname": True,
            "fingerprint": {"md5": _pairs(digest[:32]), "sha1": _pairs(digest[:40])},
            "pem_formatted_string": f"-----BEGIN CERTIFICATE-----\n{digest}\n-----END CERTIFICATE-----",
            "detail_certificate_string": f"Certificate of {address}",
            "_links": {"self": {"href": f"/api{CERTIFICATE}?address={address}&port={port}"}},
        }
    )


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "address", "port", "username", "password", "protocol")
    world = call.world
    if any(one["address"] == body["address"] for one in world.table(DATASOURCES).values()):
        raise duplicate(world, "address", body["address"])
    trusted = world.note(f"certificate {body['address']}:{body['port']}").get("trusted")
    if world.switches["datasource_certificate"] == "needed" and not trusted:
        raise bad_value("address", "The certificate of the cluster is not trusted.")
    _check_credentials(call, body)
    uuid = named_uuid("cluster at", body["address"])
    key = clusters.past(world, body["address"]).get("key") or object_key(uuid, "cluster", uuid=uuid)
    number = max((one["id"] for one in world.table(DATASOURCES).values()), default=0) + 1
    record = _record(key, number, None, body["address"], body["port"], body["username"])
    record["operation"] = _operation(world, "discovery", "in_progress")
    world.table(DATASOURCES).put(record, at_once=True)
    good = body["password"] != WRONG_PASSWORD
    world.agenda.after(world.switches["discovery_seconds"], lambda: _discover(world, key, good))
    return created(record)


def modify(call: Call) -> Answer:
    record = dict(call.target(DATASOURCES))
    body = call.checked_body(SHAPE)
    _check_credentials(call, body)
    record["username"] = body.get("username", record["username"])
    world, key = call.world, record["key"]
    good = body.get("password") != WRONG_PASSWORD

    def begin() -> None:
        shown = {**record, "operation": _operation(world, "discovery", "in_progress")}
        world.table(DATASOURCES).put(shown, at_once=True)
        world.agenda.after(world.switches["discovery_seconds"], lambda: _discover(world, key, good))

    world.table(DATASOURCES).put(record, at_once=True)
    if world.switches["discovery_lag"]:
        world.agenda.after(world.switches["discovery_lag"], begin)
    else:
        begin()
    return ok(call.target(DATASOURCES))


def delete(call: Call) -> Answer:
    record = dict(call.target(DATASOURCES))
    world, key = call.world, record["key"]
    record["operation"] = _operation(world, "deletion", "in_progress")
    world.table(DATASOURCES).put(record, at_once=True)

    def vanish() -> None:
        world.table(DATASOURCES).remove(key, at_once=True)
        clusters.forget(world, record)

    world.agenda.after(world.switches["discovery_seconds"], vanish)
    return ok()


def _check_credentials(call: Call, body: dict[str, Any]) -> None:
    if body.get("password") == WRONG_PASSWORD and call.world.switches["datasource_credentials"] == "refused":
        raise bad_value("password", f"The cluster refuses the user {body.get('username')}.")


def _discover(world: World, key: str, good: bool) -> None:
    record = world.table(DATASOURCES).edit_if_there(key)
    if record is None or record["operation"]["type"] == "deletion":
        return
    record["operation"] = {**record["operation"], **_ended(world, good)}
    if good:
        name = record["name"] or clusters.past(world, record["address"]).get("name") or f"cluster-{record['id']}"
        record.update(name=name, status="normal", status_message=None, cluster_health_status="ok")
        clusters.recall(world, record["address"])
        if world.table(CLUSTERS).get(key) is None:
            world.table(CLUSTERS).put(_cluster(record))
    else:
        record.update(status="error", status_message=f"The cluster refuses the user {record['username']}.")
    world.table(DATASOURCES).put(record, at_once=True)


def _operation(world: World, kind: str, state: str) -> dict[str, Any]:
    return {"type": kind, "state": state, "start_time": world.now(), "end_time": None}


def _ended(world: World, good: bool) -> dict[str, Any]:
    now = world.now()
    last = {"last_success_time": now} if good else {"last_failure_time": now}
    return {"state": "completed" if good else "failed", "end_time": now, **last}


def _record(key: str, number: int, name: str | None, address: str, port: int, username: str) -> dict[str, Any]:
    return {
        "key": key,
        "id": number,
        "cluster_object_id": 1000 + number,
        "name": name,
        "address": address,
        "port": port,
        "protocol": "https",
        "username": username,
        "status": "normal",
        "status_message": None,
        "cluster_health_status": "ok",
        "is_metro_cluster": False,
        "mutual_tls_status": "not configured",
        "managed_workload_percent": 0,
        "raw_capacity": 1099511627776,
        "maintenance_window": None,
        "_links": link(DATASOURCES, key),
    }


def _cluster(record: dict[str, Any]) -> dict[str, Any]:
    """What discovery finds: a cluster without anything on it."""
    uuid = record["key"].rpartition("=")[2]
    return {
        "key": record["key"],
        "uuid": uuid,
        "name": record["name"],
        "contact": None,
        "location": None,
        "management_ip": record["address"],
        "version": VERSION,
        "isSanOptimized": False,
        "is_san_optimized": False,
        "nodes": [],
        "_links": link(CLUSTERS, record["key"]),
    }


def _pairs(digits: str) -> str:
    return ":".join(digits[i : i + 2] for i in range(0, len(digits), 2))


def seed_late(world: World) -> None:
    """The clusters of the inventory were added before."""
    for count, cluster in enumerate(list(world.table(CLUSTERS).values()), 1):
        record = _record(cluster["key"], count, cluster["name"], cluster["management_ip"], 443, "admin")
        record["operation"] = {
            "type": "health_poll",
            "state": "completed",
            "start_time": CREATED,
            "end_time": CREATED,
            "last_success_time": CREATED,
        }
        world.table(DATASOURCES).put(record)


ROUTES = [
    Route("GET", CERTIFICATE, certificate),
    Route("GET", DATASOURCES, read),
    Route("GET", f"{DATASOURCES}/{{key}}", lambda call: ok(call.target(DATASOURCES))),
    Route("POST", DATASOURCES, create),
    Route("PATCH", f"{DATASOURCES}/{{key}}", modify),
    Route("DELETE", f"{DATASOURCES}/{{key}}", delete),
]
