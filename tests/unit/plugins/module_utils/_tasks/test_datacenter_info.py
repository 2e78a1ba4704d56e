# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests it costs to read the inventory, and what they ask."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlencode

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import session
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import datacenter_info
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.replies import Reply
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import pairs

VOLUMES = "/datacenter/storage/volumes"
C = "70567416-8e4c-56d2-b19e-e65ec518ff72"


class Server:
    """Ten thousand records in every collection, in pages as the server caps them; ``asked`` lists the requests."""

    def __init__(self, records=10000, default=100, most=1000):
        self.records, self.default, self.most = records, default, most
        self.asked = []

    def __call__(self, connection, deadline, conceal=None):
        self.deadline = deadline
        return self

    def read(self, request):
        path, link = request.path.partition("?")[::2]
        parameters = dict(parse_qsl(link)) or dict(pairs(request.query))
        self.asked.append((path.removeprefix("/api/v2").removeprefix("/api"), parameters))
        if ":type=" in unquote(path):
            return self._one(unquote(path.rpartition("/")[2]))
        size = min(int(parameters.get("max_records", self.default)), self.most)
        start = int(parameters.get("offset", 0))
        numbers = range(start, min(start + size, self.records))
        links = {"self": {"href": path}}
        if start + size < self.records:
            further = urlencode({**parameters, "max_records": size, "offset": start + size})
            links["next"] = {"href": f"{path.replace('/v2', '')}?{further}"}
        page = {"records": [{"key": str(number)} for number in numbers], "_links": links}
        return Reply(200, {}, page)

    def _one(self, key):
        if key.endswith("gone"):
            raise Refused("not there", 404)
        return Reply(200, {}, {"key": key})

    def close(self):
        pass


class Host:
    def __init__(self, **params):
        self.argument_spec = options.for_reading(datacenter_info.ARGUMENTS, {})["argument_spec"]
        given = {"hostname": "um.invalid", "username": "admin", "password": "sesame-open", **params}
        self.params = {name: given.get(name, option.get("default")) for name, option in self.argument_spec.items()}
        self.check_mode = False

    def warn(self, text):
        raise AssertionError(text)

    def progress(self, text):
        raise AssertionError(text)

    def finish(self, result):
        self.result = result


@pytest.fixture
def survey(monkeypatch):
    def run(server, **params):
        monkeypatch.setattr(session, "Transport", server)
        host = Host(**params)
        datacenter_info.survey(host)
        return host.result

    return run


def test_ten_thousand_volumes_cost_ten_gets(survey):
    server = Server()
    result = survey(server, subsets=["volumes"], svm="svm1", order_by="name")
    assert [one["key"] for one in result["datacenter"]["volumes"]] == [str(number) for number in range(10000)]
    asked = {"svm.name": "svm1", "order_by": "name", "max_records": "1000"}
    offsets = [{}, *({"offset": str(number * 1000)} for number in range(1, 10))]
    assert server.asked == [(VOLUMES, {**asked, **offset}) for offset in offsets]
    assert (result["changed"], result["outcome"]) == (False, "unchanged")


@pytest.mark.parametrize(
    ("limit", "records", "gets"),
    [(1, 1, 1), (1000, 1000, 1), (1001, 1001, 2), (2500, 2500, 3), (20000, 10000, 10)],
)
def test_a_limit_costs_no_page_more_than_it_needs(survey, limit, records, gets):
    server = Server()
    result = survey(server, subsets=["volumes"], limit=limit)
    assert (len(result["datacenter"]["volumes"]), len(server.asked)) == (records, gets)


def test_parts_and_keys_cost_one_get_each(survey):
    server = Server(records=0)
    keys = [f"{C}:type=lun,uuid={name}" for name in ("a", "gone")] + [f"{C}:type=cluster,uuid={C}"]
    result = survey(server, subsets=["nodes", "luns"], keys=keys)
    assert result["datacenter"] == {"nodes": [], "luns": [{"key": keys[0]}], "clusters": [{"key": keys[2]}]}
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    "params",
    [
        {"subsets": ["nodes"], "keys": ["svm1"]},
        {"subsets": ["nodes"], "limit": 0},
        {},
        {"subsets": ["luns"], "svm": ""},
        {"subsets": ["luns", "igroups"], "fullest": 3},
    ],
)
def test_nothing_is_asked_where_something_is_wrong(survey, params):
    server = Server()
    result = survey(server, **{"subsets": [], "keys": [], **params})
    assert (result["failed"], result["outcome"], server.asked) == (True, "failed", [])
    assert result["msg"]


def test_the_fullest_volumes_come_from_all_pages(survey):
    class Filling(Server):
        """The object of each number uses so many bytes of 10,000."""

        def read(self, request):
            reply = super().read(request)
            for record in reply.body["records"]:
                record["space"] = {"size": 10000, "used": int(record["key"]) * 7 % 10000}
            return reply

    server = Filling()
    result = survey(server, subsets=["volumes", "luns"], fullest=3)
    for found in result["datacenter"].values():
        assert [one["space"]["used"] for one in found] == [9999, 9998, 9997]
    assert len(server.asked) == 20
