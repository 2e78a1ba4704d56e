# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Active Directory mappings of SVMs, which can be made but neither changed nor deleted (docs/facts/server.md, 5.14)."""

from __future__ import annotations

from ..calls import Answer, Call, Route, created, duplicate
from ..collection import Collection, names
from ..errors import Refusal
from ..keys import named_uuid
from ..paths import ACTIVE_DIRECTORY_MAPPINGS, CLUSTERS, SVMS, link, reference
from ..validation import READ, reference_shape, require, text

SHAPE = {
    "key": READ,
    "dns": text("create", shortest=1),
    "domain": text("create", shortest=1),
    "username": text("create", shortest=1),
    "password": text("create", shortest=1),
    "svm": reference_shape("create"),
}
COLLECTION = Collection(ACTIVE_DIRECTORY_MAPPINGS, names("svm.{key,uuid,name}"), page_size=None)


def create(call: Call) -> Answer:
    body = call.checked_body(SHAPE)
    require(body, "dns", "domain", "username", "password", "svm.key")
    svm = call.referred(SVMS, body["svm"]["key"], "svm.key")
    if call.world.record(CLUSTERS, svm["cluster"]["key"])["is_san_optimized"]:
        raise Refusal(400, "all_san_array", "An SVM of an All-SAN array cannot have a mapping.", "svm.key")
    if call.world.table(ACTIVE_DIRECTORY_MAPPINGS).find("svm.key", svm["key"]):
        raise duplicate(call.world, "svm.key", svm["name"])
    key = named_uuid(svm["key"], "active directory", body["domain"])
    record = {
        "key": key,
        "dns": body["dns"],
        "domain": body["domain"],
        "username": body["username"],
        "svm": reference(SVMS, svm),
        "_links": link(ACTIVE_DIRECTORY_MAPPINGS, key),
    }
    call.world.table(ACTIVE_DIRECTORY_MAPPINGS).put(record, at_once=True)
    return created(record)


ROUTES = [*COLLECTION.routes(), Route("POST", ACTIVE_DIRECTORY_MAPPINGS, create)]
