# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API gateway: ONTAP's own REST API through UM (docs/facts/server.md, 6)."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from ..calls import Answer, Call, Route, ok
from ..errors import Refusal
from ..ontap import server
from ..ontap.request import Request, bad, named
from ..paths import CLUSTERS, SVMS
from ..query import Condition
from ..switches import Switch
from ..tables import Record

PATH = "/gateways"
FILTERS = ("uuid", "ip_address", "type", "name")
SWITCHES = (
    Switch(
        "api_gateway",
        "on",
        ("on", "off_404", "off_403", "off_empty"),
        "the feature of General > Feature Settings; off, it answers so, or lists no cluster (1.6)",
    ),
    *server.SWITCHES,
)


def list_clusters(call: Call) -> Answer:
    """The clusters that can be reached; no pages, and a self link that is a bare string.

    See docs/facts/server.md, 2.1 and 6.1.
    """
    _check_switch(call)
    on = call.world.switches["api_gateway"] == "on"
    shown = [_record(cluster) for cluster in call.world.table(CLUSTERS).shown.values()] if on else []
    conditions = [Condition(name, value) for name, value in call.query if name in FILTERS and value]
    found = [record for record in shown if all(condition.matches(record) for condition in conditions)]
    return ok({"records": found, "num_records": len(found), "_links": {"self": f"/api{PATH}"}})


def _record(cluster: Record) -> Record:
    return {
        "uuid": cluster["uuid"],
        "name": cluster["name"],
        "ip_address": cluster["management_ip"],
        "type": "ONTAP",
        "_links": {"self": {"href": f"/api{PATH}/{cluster['uuid']}"}},
    }


def _check_switch(call: Call) -> None:
    setting = call.world.switches["api_gateway"]
    if setting in ("off_404", "off_403"):
        raise Refusal(int(setting[-3:]), "gateway_off", "The API Gateway is not enabled.")


async def forward(call: Call) -> Answer:
    """What ONTAP answers, its links turned into links through the gateway (docs/facts/server.md, 6.5)."""
    _check_switch(call)
    world, uuid = call.world, call.params["uuid"]
    cluster = next((one for one in world.table(CLUSTERS).shown.values() if one["uuid"] == uuid), None)
    if cluster is None or world.switches["api_gateway"] != "on":
        raise Refusal(404, "not_found", "There is no such cluster.", "uuid")
    request = Request(
        world=world,
        cluster=cluster,
        method=call.method,
        path=[unquote(part) for part in call.params["path"].split("/")],
        query=call.query,
        body=call.body,
        scope=_scope(call, cluster),
        hal="hal+json" in call.headers.get("Accept", "application/json"),
        asked=call.path,
    )
    answer = await server.respond(request)
    headers = {name: _through(text, uuid) if name == "Location" else text for name, text in answer.headers.items()}
    return Answer(answer.status, rewritten(answer.body, uuid), headers)


def _scope(call: Call, cluster: Record) -> Record | None:
    """The SVM of the scope headers, of which the API document knows for GET and POST only.

    See docs/facts/server.md, 6.6.
    """
    wanted = {"uuid": call.headers.get("X-Dot-SVM-UUID"), "name": call.headers.get("X-Dot-SVM-Name")}
    if call.method not in ("GET", "HEAD", "POST") or not any(wanted.values()):
        return None
    svm = named(call.world, SVMS, cluster, wanted)
    if svm is None:
        raise bad(f'SVM "{wanted["name"] or wanted["uuid"]}" does not exist.', None, "2621462")
    return svm


def rewritten(body: Any, uuid: str) -> Any:
    if isinstance(body, list):
        return [rewritten(item, uuid) for item in body]
    if isinstance(body, dict):
        return {
            name: _through(value, uuid) if name == "href" and isinstance(value, str) else rewritten(value, uuid)
            for name, value in body.items()
        }
    return body


def _through(href: str, uuid: str) -> str:
    return f"/api{PATH}/{uuid}/{href.removeprefix('/api/')}" if href.startswith("/api/") else href


ROUTES = [Route("GET", PATH, list_clusters), Route("*", f"{PATH}/{{uuid}}/{{path*}}", forward)]
