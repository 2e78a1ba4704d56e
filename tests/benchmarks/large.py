# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of 100,000 LUNs, and one whose answer is larger than any that is read; neither holds it in memory."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.wire import Answer

LUNS = 100_000
CLUSTER = "70567416-8e4c-56d2-b19e-e65ec518ff72"
PATH = "/api/v2/storage-provider/luns"
PIECE = b" " * 2**20


def pages(request: Any) -> Answer:
    """A page of the list (docs/facts/server.md, 2.1 and 2.2)."""
    query = dict(parse_qsl(urlsplit(request.target).query))
    start = int(query.get("offset", 0))
    end = min(LUNS, start + int(query.get("max_records", 100)))
    body: dict[str, Any] = {"records": [_lun(number) for number in range(start, end)], "total_records": LUNS}
    body["_links"] = {"next": {"href": f"{PATH}?offset={end}&max_records=1000"}} if end < LUNS else {}
    return Answer.json(body)


def endless(request: Any) -> Any:
    """A list whose only record never ends."""

    def pieces() -> Any:
        yield b'{"records": ['
        while True:
            yield PIECE

    return Answer().streamed(pieces())


def _lun(number: int) -> dict[str, Any]:
    """As in docs/facts/server.md, 8.9."""
    svm, uuid, volume = f"svm{number % 50}", f"8c3d5f16-9293-4e8f-888b-{number:012}", f"v-{number // 4:08}"
    return {
        **_object("storage-provider/luns", "lun", uuid, f"/vol/vol_{number // 4}/lun_{number}"),
        "cluster": _object("datacenter/cluster/clusters", "cluster", CLUSTER, "cluster1"),
        "svm": _object("datacenter/svm/svms", "vserver", svm, svm),
        "volume": _object("datacenter/storage/volumes", "volume", volume, f"AIQUM_VOL_LUN_{number // 4}"),
        "assigned_performance_service_level": {
            "key": "7cfb58c1",
            "name": "Value",
            "peak_iops": 75,
            "expected_iops": 75,
        },
        "recommended_performance_service_level": {"key": None, "name": "Idle", "_links": {}},
        "assigned_storage_efficiency_policy": {"key": None, "name": "Unassigned", "_links": {}},
        "space": {"size": 2**30 + number * 2**20},
    }


def _object(path: str, kind: str, uuid: str, name: str) -> dict[str, Any]:
    key = f"{CLUSTER}:type={kind},uuid={uuid}"
    return {"key": key, "uuid": uuid, "name": name, "_links": {"self": {"href": f"/api/{path}/{key}"}}}
