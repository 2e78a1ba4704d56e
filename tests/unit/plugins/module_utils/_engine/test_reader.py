# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the object of a target is read."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    BadInput,
    JobUnusable,
    Missing,
    Refused,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.lookup import Promised
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.reader import Reader
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Finding
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUP

LISTED = Finding(collection="/things", matches=lambda record: record["name"] == "a")
BY_KEY = Finding(key="k/1")
A, B = {"key": "ka", "name": "a"}, {"key": "kb", "name": "b"}
SVM2 = {"name": "svm2", "key": "s2"}


class Server:
    """One list for all collections, and objects by their paths; ``asked`` has each GET."""

    def __init__(self, *listed, **objects):
        self.listed = listed
        self.objects = {f"/things/{key.replace('_', '%2F')}": record for key, record in objects.items()}
        self.asked = []

    def records(self, collection, query=None, limit=None):
        self.asked.append(collection)
        return iter(self.listed)

    def get(self, path, query=None):
        self.asked.append(path)
        if path not in self.objects:
            raise Refused("HTTP 404", 404)
        return self.objects[path]


def target(finding, state="present", **fields):
    desired = fields.pop("desired", {})
    resource = IGROUP._replace(collection="/things", inventory=None, find=lambda desired: finding, **fields)
    made = Target(resource, {"name": "a"})
    made.desired = {"state": state, **desired}
    return made


def completed(record, desired, get):
    return {**record, "whole": get("/things")}


@pytest.mark.parametrize(
    ("server", "finding", "record", "asked"),
    [
        (Server(A, B), LISTED, A, ["/things"]),
        (Server(B), LISTED, None, ["/things"]),
        (Server(A, A), LISTED._replace(together=True), {"records": [A, A]}, ["/things"]),
        (Server(k_1=B), BY_KEY, B, ["/things/k%2F1"]),
        (Server(), BY_KEY, None, ["/things/k%2F1"]),
        (Server(settings=B), Finding(path="/things/settings"), B, ["/things/settings"]),
    ],
)
def test_by_its_key_or_from_a_list(server, finding, record, asked):
    server.asked.clear()
    made = target(finding)
    assert Reader(server).read(made) == record
    assert server.asked == asked
    assert made.key == (record.get("key") if record else None)


@pytest.mark.parametrize(
    ("server", "finding", "whole", "asked"),
    [
        (Server(A, ka={"size": 1}), LISTED, {"size": 1}, ["/things", "/things/ka"]),
        (Server(A), LISTED, {}, ["/things", "/things/ka"]),
        (Server(k_1=A), BY_KEY, A, ["/things/k%2F1"]),  # what was read by its key is not read again
    ],
)
def test_what_a_list_lacks_is_read_by_the_key(server, finding, whole, asked):
    server.asked.clear()
    assert Reader(server).read(target(finding, complete=completed)) == {**A, "whole": whole}
    assert server.asked == asked


@pytest.mark.parametrize(
    ("finding", "record", "asked"),
    [
        (BY_KEY, {"whole": 1}, ["/things/k%2F1"]),
        (BY_KEY._replace(name="a"), {"key": "k/1", "name": "a"}, []),
        (BY_KEY._replace(name="a", key="k2"), None, []),
    ],
)
def test_what_a_list_has_shown_is_not_read_by_its_key_where_it_would_show_the_same(finding, record, asked):
    server = Server(k_1={"whole": 1})
    reader = Reader(server)
    reader.lookup.list_cache.put("/things", [{"key": "k/1", "name": "a"}])
    assert reader.read(target(finding, key_of=lambda record: "k/1")) == record
    assert server.asked == asked


@pytest.mark.parametrize(
    ("error", "state", "raised"),
    [
        (Promised("svm: not there yet."), "present", False),
        (Promised("svm: not there yet."), "absent", False),
        (Missing("svm: there is none."), "absent", False),
        (Missing("svm: there is none."), "present", True),
    ],
)
def test_a_scope_that_does_not_exist(monkeypatch, error, state, raised):
    reader = Reader(Server())

    def record(*given):
        raise error

    monkeypatch.setattr(reader.lookup, "record", record)
    if not raised:
        assert reader.read(target(LISTED, state)) is None
        return
    with pytest.raises(Missing, match="there is none"):
        reader.read(target(LISTED, state))


def test_a_key_of_an_object_elsewhere_is_refused():
    server = Server(k_1={**A, "svm": SVM2})
    assert Reader(server).read(target(BY_KEY, desired={"svm": "svm2"}))["svm"] == SVM2
    with pytest.raises(BadInput, match="svm: the igroup is in 'svm2', not in 'svm1'"):
        Reader(server).read(target(BY_KEY, desired={"svm": "svm1"}))


@pytest.mark.parametrize(
    ("finding", "key", "path", "asked"),
    [
        (LISTED, "k/2", "/things/k%2F2", []),
        (LISTED, None, "/things/ka", ["/things"]),
        (BY_KEY, None, "/things/k%2F1", []),
        (Finding(path="/settings"), None, "/settings", []),
    ],
)
def test_where_it_is_changed(finding, key, path, asked):
    server = Server(A, B)
    made = target(finding)
    made.key = key
    assert (Reader(server).path(made), server.asked) == (path, asked)


def test_what_was_made_and_is_not_listed_cannot_be_changed():
    with pytest.raises(JobUnusable, match="cannot be found"):
        Reader(Server(B)).path(target(LISTED))
    assert Reader(Server(B)).read_again(target(LISTED)) is None


@pytest.mark.parametrize(
    ("listed_only", "record", "asked"),
    [(True, A, ["/things"]), (False, {"whole": 1}, ["/things", "/things/ka"])],
)
def test_after_a_change_it_is_read_by_its_key_where_there_is_such_a_get(listed_only, record, asked):
    server = Server(A, ka={"whole": 1})
    assert Reader(server).read_again(target(LISTED, listed_only=listed_only)) == record
    assert server.asked == asked


def test_whether_the_server_shows_a_key():
    reader = Reader(Server(ka=A))
    assert (reader.exists(target(LISTED).resource, "ka"), reader.exists(target(LISTED).resource, "kb")) == (True, False)
