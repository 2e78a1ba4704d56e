# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a request to the handler of an ONTAP resource."""

from __future__ import annotations

import inspect

from ..calls import Answer
from ..errors import Refusal
from ..switches import Switch
from . import accounts, inventory, jobs, volumes
from .request import Api, Request

APIS = [*volumes.APIS, *jobs.APIS, *accounts.APIS, *inventory.APIS]
SWITCHES = (
    Switch("ontap_unknown_api", 404, (404, "empty"), "the answer to a path that this ONTAP does not have (6.8)"),
    *jobs.SWITCHES,
)


async def respond(request: Request) -> Answer:
    """:raises Refusal: with ONTAP's own code, a text of digits"""
    api = next((api for api in APIS if _fits(api, request)), None)
    if api is None:
        if request.world.switches["ontap_unknown_api"] == "empty":
            return Answer(200, {})
        raise Refusal(404, "3", "API not found", request.text)
    if request.method == "OPTIONS":
        return Answer(200, None, {"Allow": ", ".join([*api.handlers, "HEAD", "OPTIONS"])})
    handler = api.handlers.get("GET" if request.method == "HEAD" else request.method)
    if handler is None:
        raise Refusal(405, "3", f"Method {request.method} is not supported on {request.text}.")
    answer = handler(request)
    if inspect.isawaitable(answer):
        answer = await answer
    return answer._replace(body=None) if request.method == "HEAD" else answer


def _fits(api: Api, request: Request) -> bool:
    names = api.template.split("/")
    if len(names) != len(request.path):
        return False
    if not all(name.startswith("{") or name == part for name, part in zip(names, request.path, strict=True)):
        return False
    request.params = {name.strip("{}"): part for name, part in zip(names, request.path, strict=True) if name[0] == "{"}
    return True
