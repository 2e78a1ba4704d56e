# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of ONTAP's REST API: paths, options, and which request, if any, follows from what is there."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import ontap
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.gateway_info import GATEWAYS
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.ontap import ONTAP, checked_path, looks
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts.ontap_bodies import (
    difference,
    fields_of,
    planned,
)

UUID = "9ec9c92d-1e3f-11e9-a3e2-00a0985badbb"
VOLUME = {
    "uuid": UUID,
    "name": "vol1",
    "size": 1024,
    "guarantee": {"honored": True, "type": "none"},
    "nas": {"export_policy": {"name": "default", "id": 1}},
    "aggregates": [{"name": "aggr1", "uuid": "a"}],
    "tags": ["a", "b"],
}


def desired(method="get", path="storage/volumes", **options):
    names = ("query", "body", "secret_body", "svm", "unless", "limit")
    defaults = {**dict.fromkeys(names), "cluster": "c1", "request_timeout": 30.0}
    return ONTAP.desired({**defaults, "method": method, "path": path, **options})


def refused(*arguments, **options):
    with pytest.raises(BadInput) as error:
        desired(*arguments, **options)
    return error.value.message


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("cluster", "cluster"),
        (f"storage/volumes/{UUID}", f"storage/volumes/{UUID}"),
        ("protocols/cifs/shares/u/my share", "protocols/cifs/shares/u/my%20share"),
        ("protocols/cifs/shares/u/c$", "protocols/cifs/shares/u/c$"),
        ("storage/volumes/u/files/dir%2Ffile", "storage/volumes/u/files/dir%2Ffile"),
        ("storage/volumes/u/files/a..b", "storage/volumes/u/files/a..b"),
        ("x/50%25", "x/50%25"),
        ("x/m\N{LATIN SMALL LETTER U WITH DIAERESIS}ller", "x/m%C3%BCller"),
        ("x/a&b;c", "x/a%26b%3Bc"),
    ],
)
def test_paths(given, sent):
    assert checked_path(given) == sent


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/storage/volumes",
        "//um.example.com/storage",
        "https://um.example.com/api/storage",
        "api/storage/volumes",
        "storage//volumes",
        "storage/volumes/",
        "storage/../../security",
        "..",
        "./cluster",
        "storage/%2e%2e/security",
        "storage/%2E%2E%2Fsecurity",
        "storage/%252e%252e/security",
        "storage/x%2F..%2Fy",
        "storage/volumes?name=x",
        "storage/volumes%3Fname=x",
        "storage/volumes#top",
        "storage\\volumes",
        "storage/vol%5c..",
        "storage/vol\numes",
        "storage/vol%0d%0aHost: x",
        "storage/%20",
    ],
)
def test_paths_that_could_lead_elsewhere(path):
    with pytest.raises(BadInput):
        checked_path(path)


@pytest.mark.parametrize(
    ("method", "options", "words"),
    [
        ("get", {"body": {}}, "body: valid only with method post and patch"),
        ("delete", {"secret_body": {"a": 1}}, "secret_body: valid only with"),
        ("patch", {"body": {"a": 1}, "svm": "svm1"}, "Name the SVM in the path or in the query"),
        ("delete", {"svm": "svm1"}, "svm: valid only with method get and post"),
        ("patch", {"body": {"a": 1}, "unless": {"a": 1}}, "unless: valid only with method post"),
        ("post", {"unless": {}}, "at least one filter"),
        ("post", {"unless": {"fields": "name"}}, "at least one filter"),
        ("post", {"limit": 3}, "limit: valid only with method get"),
        ("get", {"limit": 0}, "over 0"),
        ("patch", {}, "needs the fields"),
        ("patch", {"body": {}}, "needs the fields"),
        ("patch", {"body": {"svm.name": "a", "svm": {"name": "b"}}}, "is given twice"),
        ("patch", {"body": {"p": 1}, "secret_body": {"p": 2}}, "secret_body: p is in body as well"),
        ("get", {"query": {"svm": {"name": "x"}}}, "write it flat"),
        ("delete", {"query": {"name": ""}}, "query.name: the filter has no value"),
        ("patch", {"body": {"a": 1}, "query": {"name": None, "svm.name": "s"}}, "query.name: the filter has no value"),
        ("post", {"unless": {"name": " ", "svm.name": "s"}}, "unless.name: the filter has no value"),
        ("get", {"query": {"name": ["a", "b"]}}, "a|b"),
        ("get", {"query": {"return_timeout": 121}}, "0 to 120"),
        ("get", {"query": {"return_timeout": "soon"}}, "0 to 120"),
        ("delete", {"query": {"return_timeout": 25}}, "at most 24, or raise request_timeout"),
        ("get", {"svm": "svm\n1"}, "unprintable"),
        ("get", {"svm": "\N{SNOWMAN}"}, "give the UUID"),
        ("get", {"svm": f"{UUID}:type=volume,uuid={UUID}"}, "not that of an SVM"),
        ("get", {"cluster": " "}, "must not be empty"),
    ],
)
def test_options_that_do_not_go_together(method, options, words):
    assert words in refused(method, **options)


@pytest.mark.parametrize(
    ("svm", "header"),
    [
        ("svm1", {"X-Dot-SVM-Name": "svm1"}),
        (UUID, {"X-Dot-SVM-UUID": UUID}),
        (f"4c6bf721-1e3f-11e9-a3e2-00a0985badbb:type=vserver,uuid={UUID}", {"X-Dot-SVM-UUID": UUID}),
        (None, {}),
    ],
)
def test_the_scope(svm, header):
    assert desired(svm=svm)["headers"] == header


def test_a_held_answer_fits_into_the_request():
    assert desired("post", query={"return_timeout": 24})["hold"] == 24
    assert desired("post", query={"return_timeout": "120"}, request_timeout=150.0)["hold"] == 120
    assert desired("post")["hold"] is None


def test_lists_in_queries():
    assert desired(query={"fields": ["size", "name"], "order_by": ["name", "size desc"], "none": None})["query"] == {
        "fields": "size,name",
        "order_by": "name,size desc",
    }


@pytest.mark.parametrize(
    ("call", "queries"),
    [
        (desired("delete", query={"return_timeout": 5}), [{}]),
        (desired("delete", query={"name": "v"}), [{"name": "v"}, {}]),
        (desired("patch", body={"size": 1, "svm.name": "s"}), [{"fields": "size,svm.name"}, {}]),
        (
            desired("patch", body={"size": 1}, query={"force": True}),
            [{"force": True, "fields": "size"}, {"force": True}, {"fields": "size"}, {}],
        ),
        (desired("patch", body={"size": 1}, secret_body={"password": "x"}), [{"fields": "size,password"}, {}]),
        (desired("post", body={"name": "v"}, unless={"name": "v"}), [{"name": "v", "fields": "name"}, {"name": "v"}]),
        (desired("post", unless={"name": "v"}), [{"name": "v"}]),
    ],
)
def test_looks(call, queries):
    assert looks(call) == queries


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ({"size": 1024, "name": "vol1"}, {}, {}),
        ({"size": "1024"}, {}, {}),
        ({"size": 2048, "name": "vol1"}, {"size": 1024}, {"size": 2048}),
        ({"guarantee": {"honored": "true", "type": "none"}}, {}, {}),
        ({"guarantee": {"honored": 1}}, {"guarantee": {"honored": True}}, {"guarantee": {"honored": 1}}),
        (
            {"nas": {"export_policy": {"name": "web"}}},
            {"nas": {"export_policy": {"name": "default"}}},
            {"nas": {"export_policy": {"name": "web"}}},
        ),
        ({"aggregates": [{"name": "aggr1"}]}, {}, {}),
        ({"aggregates": []}, {"aggregates": VOLUME["aggregates"]}, {"aggregates": []}),
        ({"tags": ["b", "a"]}, {"tags": ["a", "b"]}, {"tags": ["b", "a"]}),
        ({"comment": None, "files": [], "text": "", "qos": {}}, {}, {}),
        ({"nas": None}, {"nas": VOLUME["nas"]}, {"nas": None}),
        ({"count": 0}, {"count": None}, {"count": 0}),
        ({"size": {"odd": 1}}, {"size": {"odd": None}}, {"size": {"odd": 1}}),
    ],
)
def test_only_what_differs(body, before, after):
    assert difference(VOLUME, body) == (before, after)


@pytest.mark.parametrize(
    ("call", "before", "planned"),
    [
        (desired("post", body={"name": "vol1"}), None, ("create", "POST", {"name": "vol1"})),
        (desired("post"), None, ("create", "POST", None)),
        (desired("post", body={"name": "vol1"}, unless={"name": "vol1"}), None, ("create", "POST", {"name": "vol1"})),
        (desired("post", body={"name": "vol1"}, unless={"name": "vol1"}), VOLUME, None),
        (desired("patch", body={"size": 1024}), VOLUME, None),
        (desired("patch", body={"size": 1, "name": "vol1"}), VOLUME, ("size", "PATCH", {"size": 1, "name": "vol1"})),
        (
            desired("patch", body={"nas.export_policy.name": "web"}, secret_body={"key": "x"}),
            VOLUME,
            ("nas, key", "PATCH", {"nas": {"export_policy": {"name": "web"}}, "key": "x"}),
        ),
        (desired("patch", query={"restore_to.snapshot.name": "s1"}), VOLUME, ("act", "PATCH", {})),
        (desired("delete"), VOLUME, ("delete", "DELETE", None)),
        (desired("delete"), None, None),
    ],
)
def test_plan(call, before, planned):
    operations = ONTAP.plan(before, call)
    assert [(one.purpose, one.verb, one.body) for one in operations] == ([planned] if planned else [])
    assert all(one.path == "storage/volumes" for one in operations)


def test_a_call_whose_parameter_acts_is_always_sent():
    (operation,) = ontap.plan(VOLUME, desired("patch", body={"size": 1024}), acts=True)
    assert (operation.purpose, operation.verb, operation.body) == ("act", "PATCH", {"size": 1024})


def test_nothing_to_change():
    with pytest.raises(BadInput, match="there is nothing in storage/volumes that fits"):
        ONTAP.plan(None, desired("patch", body={"size": 1}, query={"name": "v"}))


def test_what_is_predicted():
    seen = planned(VOLUME, {"size": "2048", "nas": {"path": "/v"}, "tags": None})
    assert seen["size"] == 2048
    assert seen["nas"] == {**VOLUME["nas"], "path": "/v"}
    assert "tags" not in seen
    assert VOLUME["size"] == 1024


def test_fields_fit_into_a_url():
    assert fields_of({"a": {"b": 1, "c": {}}, "d": [{"e": 1}]}) == ["a.b", "a.c", "d"]
    assert fields_of({"top": {f"a_long_name_number_{number}": 1 for number in range(200)}}) == ["top"]


@pytest.mark.parametrize(
    ("name", "query"),
    [("cluster1", {"name": "cluster1"}), (UUID, {"uuid": UUID}), (f"{UUID}:type=cluster,uuid={UUID}", {"uuid": UUID})],
)
def test_the_list_of_clusters(name, query):
    params = {"name": name, "ip_address": None}
    assert GATEWAYS.query(params) == query
    assert GATEWAYS.matches(params, {"name": "cluster1", "uuid": UUID})
    assert not GATEWAYS.matches(params, {"name": "Cluster1", "uuid": "other"})


def test_a_key_of_something_else_is_no_cluster():
    with pytest.raises(BadInput, match="not that of a cluster"):
        GATEWAYS.query({"name": f"{UUID}:type=volume,uuid={UUID}", "ip_address": None})
