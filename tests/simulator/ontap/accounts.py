# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's user accounts: changed at once, and with a field that no GET shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..calls import Answer, ok
from ..errors import Refusal
from ..tables import Record
from ..validation import READ, flag, text
from .envelope import View
from .request import Api, Request, absent, short

TABLE = "/ontap/security/accounts"
PATH = "security/accounts"
VIEW = View(
    "owner.uuid owner.name name comment locked role.name applications",
    "name owner.uuid owner.name",
    path="owner.uuid name",
)
SHAPE: dict[str, Any] = {
    "name": text("create", shortest=3, longest=64),
    "owner": {"uuid": text("create"), "name": text("create")},
    "password": text(shortest=8),
    "comment": text(longest=128),
    "locked": flag(),
    "role": {"name": text()},
    "applications": [{"application": text(), "authentication_methods": [text()]}],
    "scope": READ,
}


def _shown(request: Request) -> list[Record]:
    return [one for one in request.world.table(TABLE).values() if one["cluster"] == request.cluster["uuid"]]


def _target(request: Request) -> Record:
    owner, name = request.params["owner"], request.params["name"]
    for account in _shown(request):
        if (account["owner"]["uuid"], account["name"]) == (owner, name):
            return account
    raise absent("name")


def _list(request: Request) -> Answer:
    return VIEW.many(request, _shown(request), f"/api/{PATH}")


def _read(request: Request) -> Answer:
    return VIEW.one(request, _target(request), f"/api/{request.text}")


def _create(request: Request) -> Answer:
    body = request.checked_body(SHAPE, "name", "applications", "password")
    owner = short(request.svm(body["owner"])) if body.get("owner") else short(request.cluster)
    key = f"{owner['uuid']}/{body['name']}"
    if request.world.table(TABLE).get(key):
        raise Refusal(409, "5636139", "The user account exists already.", "name")
    account = {"locked": False, "role": {"name": "readonly"}, **body, "owner": owner, "key": key}
    _store(request, account)
    return Answer(201, {}, {"Location": f"/api/{PATH}/{owner['uuid']}/{quote(body['name'], safe='')}"})


def _modify(request: Request) -> Answer:
    account = _target(request)
    _store(request, {**account, **request.checked_body(SHAPE)})
    return ok({})


def _store(request: Request, account: Record) -> None:
    kept = {name: value for name, value in account.items() if name != "password"}
    request.world.table(TABLE).put({**kept, "cluster": request.cluster["uuid"]})


def _delete(request: Request) -> Answer:
    request.world.table(TABLE).remove(_target(request)["key"])
    return ok({})


APIS = [
    Api(PATH, {"GET": _list, "POST": _create}),
    Api(f"{PATH}/{{owner}}/{{name}}", {"GET": _read, "PATCH": _modify, "DELETE": _delete}),
]
