# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ONTAP says of the cluster, its aggregates and its SVMs; only to be read here."""

from __future__ import annotations

from ..calls import Answer
from ..paths import AGGREGATES, SVMS
from ..tables import Record
from .envelope import View
from .request import Api, Request, absent, short

CLUSTER = View("uuid name location contact version.full version.generation version.major version.minor")
AGGREGATE = View(
    "uuid name state create_time node.uuid node.name space.block_storage.size space.block_storage.used"
    " space.block_storage.available block_storage.primary.raid_type"
)
SVM = View(
    "uuid name state subtype language ipspace.uuid ipspace.name aggregates.uuid aggregates.name"
    " iscsi.enabled fcp.enabled nfs.enabled cifs.enabled nvme.enabled dns.domains dns.servers"
)
VERSION = View("node version", "node")


def _cluster(request: Request) -> Answer:
    return CLUSTER.one(request, request.cluster, "/api/cluster")


def _aggregates(request: Request) -> list[Record]:
    return [{**one, "node": short(one["node"])} for one in _of_cluster(request, AGGREGATES)]


def _svms(request: Request) -> list[Record]:
    found = [{**one, "aggregates": [short(a) for a in one["aggregates"]]} for one in _of_cluster(request, SVMS)]
    return [one for one in found if request.scope is None or one["key"] == request.scope["key"]]


def _of_cluster(request: Request, path: str) -> list[Record]:
    records = request.world.table(path).values()
    return [record for record in records if record["cluster"]["uuid"] == request.cluster["uuid"]]


def _one(request: Request, view: View, records: list[Record]) -> Answer:
    for record in records:
        if record["uuid"] == request.params["uuid"]:
            return view.one(request, record, f"/api/{request.text}")
    raise absent()


def _version(request: Request) -> Answer:
    """The private CLI passthrough, which answers in records whatever the command."""
    nodes = request.cluster["nodes"]
    full = request.cluster["version"]["full"]
    return VERSION.many(request, [{"node": node["name"], "version": full} for node in nodes], f"/api/{request.text}")


APIS = [
    Api("cluster", {"GET": _cluster}),
    Api("storage/aggregates", {"GET": lambda request: AGGREGATE.many(request, _aggregates(request), _href(request))}),
    Api("storage/aggregates/{uuid}", {"GET": lambda request: _one(request, AGGREGATE, _aggregates(request))}),
    Api("svm/svms", {"GET": lambda request: SVM.many(request, _svms(request), _href(request))}),
    Api("svm/svms/{uuid}", {"GET": lambda request: _one(request, SVM, _svms(request))}),
    Api("private/cli/version", {"GET": _version}),
]


def _href(request: Request) -> str:
    return f"/api/{request.text}"
