# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of ONTAP's REST API from options to result, over a transport that is a small ONTAP: one write at most."""

from __future__ import annotations

import signal

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    BadInput,
    Garbled,
    Interrupted,
    Lost,
    Refused,
    UMError,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.report import target_result
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.signals import Signals
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.poller import JobPoller
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import ontap as task
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import Accepted, Client
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.gateway import Gateway, find_cluster, is_absent
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.replies import Reply
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import pairs

from ..fakes import Clock

CLUSTER, TWIN = "4c6bf721-1e3f-11e9-a3e2-00a0985badbb", "5c6bf721-1e3f-11e9-a3e2-00a0985badbb"
BASE = f"/api/v2/gateways/{CLUSTER}/"
DATE = "Thu, 01 Jan 2026 10:00:00 GMT"
JOB = {"uuid": "j1", "description": "PATCH /api/storage/volumes/v1", "start_time": "2026-01-01T10:00:01+00:00"}
ENDED = {**JOB, "state": "success", "message": "success"}
FAILED = {**JOB, "state": "failure", "message": "No room.", "code": 12}


class Ontap:
    """One volume, ``v1``; a write does what ``on_write`` returns or raises, after it did its work if ``works``."""

    def __init__(self, clock, *jobs, on_write=None, works=True, job=None, read=None):
        self.deadline = clock.deadline(600)
        self.clock = clock
        self.volume = {"uuid": "v1", "name": "vol1", "size": 1}
        self.jobs = list(jobs)
        self.on_write = on_write if on_write is not None else Reply(202, {}, {"job": {"uuid": "j1"}})
        self.works = works
        self.job = job or ENDED
        self.more = read or {}
        self.sent = []
        self.read_paths = []

    def read(self, request):
        query = dict(pairs(request.query))
        below = request.path.removeprefix(BASE)
        self.read_paths.append((below, query, request.headers))
        return Reply(200, {"Date": DATE}, self._found(request.path, below, query))

    def _found(self, path, below, query):
        if path == "/api/v2/gateways":
            names = {CLUSTER: "cluster1", TWIN: "twin", TWIN.replace("5", "6"): "twin"}
            return {"records": [{"uuid": uuid, "name": name} for uuid, name in names.items()]}
        if below in self.more:
            answer = self.more[below](query) if callable(self.more[below]) else self.more[below]
            if isinstance(answer, Exception):
                raise answer
            return answer
        if below == "cluster/jobs":
            return {"records": self.jobs}
        if below == "storage/volumes":
            fits = self.volume and query.get("name") in (None, self.volume["name"])
            return {"records": [self.volume] if fits else []}
        if self.volume is None:
            raise Refused("gone", 404, "4")
        return self.volume

    def once(self, request):
        if self.job is None:
            raise Refused("gone", 404, "4")
        return Reply(200, {}, self.job)

    def write(self, request):
        method, path, query, body, _files, headers = request
        self.sent.append((method, path.removeprefix(BASE), dict(pairs(query)), body, headers))
        if self.works and method == "DELETE":
            self.volume = None
        elif self.works:
            self.volume = {**(self.volume or {"uuid": "v2"}), **(body or {})}
        if isinstance(self.on_write, Exception):
            raise self.on_write
        return self.on_write


class Host:
    """A task's options; its result comes from ``run``."""

    argument_spec = {}

    def __init__(self, method, check_mode=False, **options):
        path = "storage/volumes" if method == "post" else "storage/volumes/v1"
        names = ("query", "body", "secret_body", "svm", "unless", "limit")
        common = {"wait": True, "polling": "standard", "request_timeout": 30.0, "ignore_partial_failure": False}
        self.params = {
            **dict.fromkeys(names),
            **common,
            "cluster": "cluster1",
            "path": path,
            "method": method,
            **options,
        }
        self.check_mode = check_mode

    def run(self, ontap, signals=None):
        client = Client(ontap)
        call = task.Call(self)

        class Session:
            deadline = ontap.deadline
            poller = JobPoller(client, ontap.deadline, random_fraction=lambda: 0.0)

        Session.client = client
        try:
            assert call.work(Session, signals or Signals()) == {}
        except (UMError, Interrupted) as error:
            call.target.error = error
        result = {**target_result(call.target, self.check_mode, False), **call.answer}
        return {**result, "warnings": call.target.warnings}


def state(result):
    return result.get("failed", False), result["changed"], result["outcome"]


CHANGED, UNCHANGED, UNKNOWN = (False, True, "changed"), (False, False, "unchanged"), (True, False, "unknown")
GROW = {"body": {"size": 2}}
NEW = {"body": {"name": "vol2"}, "unless": {"name": "vol2"}}


def test_a_change_is_sent_once_and_its_job_waited_for():
    ontap = Ontap(Clock())
    result = Host("patch", **GROW).run(ontap)
    assert state(result) == CHANGED
    assert ontap.sent == [("PATCH", "storage/volumes/v1", {}, {"size": 2}, None)]
    assert result["jobs"][0]["key"] == "j1"
    assert result["records"] == [{"uuid": "v1", "name": "vol1", "size": 2}]
    assert (result["status_code"], result["response"]) == (202, {"job": {"uuid": "j1"}})
    assert result["diff"] == {"before": {"size": 1}, "after": {"size": 2}}


def test_a_signal_during_a_change_that_is_done_at_once():
    class Told(Ontap):
        def write(self, request):
            signals._handle(signal.SIGTERM, None)
            return super().write(request)

    signals = Signals()
    result = Host("patch", **GROW).run(Told(Clock(), on_write=Reply(200, {}, {})), signals)
    assert state(result) == (True, True, "interrupted")


@pytest.mark.parametrize(
    ("method", "options"),
    [("patch", {"body": {"size": "1"}}), ("post", {**NEW, "unless": {"name": "vol1"}})],
)
def test_what_is_so_already_is_not_sent(method, options):
    ontap = Ontap(Clock())
    result = Host(method, **options).run(ontap)
    assert (state(result), ontap.sent, result["status_code"]) == (UNCHANGED, [], None)
    assert [record["uuid"] for record in result["records"]] == ["v1"]


@pytest.mark.parametrize("where", ["look", "write"])
def test_what_is_not_there_is_not_deleted(where):
    ontap = Ontap(Clock(), on_write=Refused("gone", 404, "4") if where == "write" else None)
    if where == "look":
        ontap.volume = None
    result = Host("delete").run(ontap)
    assert (state(result), result["records"], len(ontap.sent)) == (UNCHANGED, [], int(where == "write"))


def test_a_path_that_ontap_does_not_have_is_no_success_of_delete():
    ontap = Ontap(Clock(), read={"storage/volumes/v1": Refused("API not found", 404, "3")})
    assert state(Host("delete").run(ontap)) == (True, False, "failed")
    assert is_absent(Refused("gone", 404, "4"))


@pytest.mark.parametrize(
    ("method", "options"), [("patch", GROW), ("delete", {}), ("post", NEW), ("post", {"body": {"name": "vol2"}})]
)
def test_check_mode_sends_nothing_and_says_the_same(method, options):
    predicted = Host(method, check_mode=True, **options).run(ontap := Ontap(Clock()))
    assert ontap.sent == []
    real = Host(method, **options).run(ontap)
    assert state(predicted) == state(real) == CHANGED
    assert predicted["diff"] == real["diff"]
    for record in real["records"]:
        assert predicted["records"][0].items() <= record.items()


def test_the_jobs_failure_is_told():
    result = Host("patch", **GROW).run(Ontap(Clock(), job=FAILED, works=False))
    assert state(result) == (True, True, "failed")
    assert "failed: No room (code 12)." in result["msg"]
    assert result["jobs"][0]["failures"] == [{"task": None, "description": None, "reason": "No room (code 12)"}]
    assert result["records"][0]["size"] == 1


def test_a_warning_of_the_job_is_passed_on():
    class Warns(Ontap):
        def once(self, request):
            self.job = ENDED if self.job["state"] == "warning" else {**JOB, "state": "warning"}
            return super().once(request)

    result = Host("patch", **GROW).run(Warns(Clock(), job=JOB | {"state": "running"}))
    assert state(result) == CHANGED
    assert result["warnings"] == [f"job j1 ({JOB['description']}) has warnings"]


def test_a_time_out_says_how_to_go_on():
    result = Host("patch", **GROW).run(Ontap(Clock(), job={**JOB, "state": "running"}))
    assert state(result) == (True, True, "timeout")
    assert f"job_wait with cluster: '{CLUSTER}' and keys: ['j1']" in result["msg"]


def test_nobody_waits():
    result = Host("patch", wait=False, **GROW).run(Ontap(Clock()))
    assert state(result) == (False, True, "submitted")
    assert (result["jobs"][0]["key"], result["jobs"][0]["polls"]) == ("j1", 0)


@pytest.mark.parametrize(("works", "expected"), [(True, CHANGED), (False, (True, True, "unknown"))])
def test_a_job_that_is_gone_leaves_the_object_to_be_looked_at(works, expected):
    ontap = Ontap(Clock(), works=works)
    ontap.job = None
    assert state(Host("patch", **GROW).run(ontap)) == expected


LOSSES = [Lost("reset"), *[Refused("oops", status) for status in (408, 500, 502, 503, 504)]]


@pytest.mark.parametrize("loss", LOSSES)
def test_after_a_loss_the_only_job_of_this_request_is_adopted(loss):
    others = [
        {**JOB, "uuid": "j2", "description": "PATCH /api/storage/volumes/v2"},
        {**JOB, "uuid": "j3", "description": "DELETE /api/storage/volumes/v1"},
        {**JOB, "uuid": "j4", "description": "PATCH /api/storage/volumes/v1/files/x"},
        {**JOB, "uuid": "j5", "start_time": "2026-01-01T09:59:50+00:00"},
    ]
    ontap = Ontap(Clock(), JOB, *others, on_write=loss)
    result = Host("patch", **GROW).run(ontap)
    assert (state(result), len(ontap.sent), result["status_code"]) == (CHANGED, 1, None)
    assert result["jobs"][0]["key"] == "j1"
    assert "nothing was sent twice" in result["warnings"][0]


def test_after_a_loss_an_adopted_job_must_have_done_it():
    result = Host("patch", **GROW).run(Ontap(Clock(), JOB, on_write=Lost("reset"), works=False))
    assert state(result) == (True, True, "unknown")
    assert result["jobs"][0]["outcome"] == "unknown"


@pytest.mark.parametrize(("method", "options"), [("patch", GROW), ("delete", {}), ("post", NEW)])
@pytest.mark.parametrize("works", [True, False])
def test_after_a_loss_without_a_job_the_object_decides(method, options, works):
    ontap = Ontap(Clock(), on_write=Lost("reset."), works=works)
    result = Host(method, **options).run(ontap)
    assert (state(result), len(ontap.sent)) == (CHANGED if works else UNKNOWN, 1)
    assert works or "Running the task again is safe" in result["msg"]


@pytest.mark.parametrize("jobs", [[], [{**JOB, "description": "POST /api/storage/volumes/v2"}]])
def test_after_a_loss_a_post_that_cannot_be_looked_for_stays_unknown(jobs):
    ontap = Ontap(Clock(), *jobs, on_write=Lost("reset."))
    result = Host("post", body={"name": "vol2"}).run(ontap)
    assert (result["failed"], result["outcome"], len(ontap.sent)) == (True, "unknown", 1)
    assert [job["key"] for job in result["jobs"]] == [job["uuid"] for job in jobs]
    assert jobs or "may do it twice" in result["msg"]


def test_a_refusal_is_final():
    ontap = Ontap(Clock(), on_write=Refused("no", 409, "1", "name"))
    result = Host("post", **NEW).run(ontap)
    assert (state(result), len(ontap.sent)) == ((True, False, "failed"), 1)
    assert result["error"] == {"status": 409, "code": "1", "target": "name", "message": "no"}


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, {}),
        ({"polling": "long"}, {"return_timeout": "24"}),
        ({"polling": "long", "request_timeout": 300.0}, {"return_timeout": "120"}),
        ({"polling": "long", "wait": False}, {}),
        ({"polling": "long", "query": {"return_timeout": 0}}, {"return_timeout": "0"}),
        ({"query": {"return_timeout": 7}}, {"return_timeout": "7"}),
        ({"polling": "long", "request_timeout": 1.0}, {}),
    ],
)
def test_how_long_ontap_may_hold_its_answer(options, sent):
    ontap = Ontap(Clock())
    Host("patch", **GROW, **options).run(ontap)
    assert ontap.sent[0][2] == sent


def test_a_held_answer_fits_into_what_is_left():
    clock = Clock()
    ontap = Ontap(clock)
    ontap.deadline = clock.deadline(10.0)
    Host("patch", query={"return_timeout": 20}, **GROW).run(ontap)
    assert ontap.sent[0][2] == {"return_timeout": "8"}


@pytest.mark.parametrize(("seconds", "polling", "warnings"), [(5.0, "long", 0), (0.5, "long", 0), (0.0, "standard", 1)])
def test_an_answer_that_ontap_held_for_a_while_counts_as_held(seconds, polling, warnings):
    class Slow(Ontap):
        def write(self, *arguments, **more):
            self.clock.time += seconds
            return super().write(*arguments, **more)

    result = Host("patch", **GROW, polling="long").run(Slow(Clock()))
    assert (result["jobs"][0]["polling"], len(result["warnings"])) == (polling, warnings)


def test_a_held_answer_with_a_job_is_the_end():
    body = {"job": {"uuid": "j1"}, "records": [{"uuid": "v2"}], "num_records": 1}
    location = {"Location": f"/api/gateways/{CLUSTER}/storage/volumes/v2"}
    ontap = Ontap(Clock(), on_write=Reply(201, location, body))
    result = Host("post", body={"name": "vol2"}).run(ontap)
    assert (state(result), result["status_code"]) == (CHANGED, 201)
    assert (result["jobs"][0]["outcome"], result["jobs"][0]["polls"]) == ("success", 0)
    assert (result["location"], result["records"]) == ("storage/volumes/v2", [{"uuid": "v2"}])


def test_a_change_without_a_job():
    result = Host("patch", **GROW).run(Ontap(Clock(), on_write=Reply(200, {}, None)))
    assert (state(result), result["jobs"], result["response"]) == (CHANGED, [], None)


def test_a_202_without_a_job_is_not_taken_for_success():
    """What the call was to do is looked for, as after a lost answer."""
    result = Host("patch", **GROW).run(Ontap(Clock(), on_write=Reply(202, {}, {})))
    assert state(result) == CHANGED
    result = Host("post", body={"name": "vol2"}).run(Ontap(Clock(), on_write=Reply(202, {}, {})))
    assert state(result) == (True, False, "unknown")


@pytest.mark.parametrize(
    ("method", "options", "words"),
    [
        ("delete", {"path": "storage/volumes"}, "is a collection"),
        ("patch", {"path": "storage/volumes", **GROW}, "is a collection"),
        ("patch", {"path": "storage/volumes", "query": {"name": "no"}, **GROW}, "there is nothing in storage/volumes"),
        ("delete", {"path": "many", "query": {"name": "v*"}}, "several objects in many fit"),
        ("delete", {"path": "empty"}, "answered with nothing"),
        ("delete", {"path": "many", "query": {"odd": 1}}, "Unexpected"),
        ("delete", {"path": "slow", "query": {"name": "v*"}}, "several objects in slow fit"),
    ],
)
def test_one_object_at_a_time(method, options, words):
    def many(query):
        return Refused("Unexpected", 400) if "odd" in query else {"records": [{"uuid": "1"}, {"uuid": "2"}]}

    ontap = Ontap(Clock(), read={"many": many, "empty": {}, "slow": Pages("/api/slow?start=1")})
    result = Host(method, **options).run(ontap)
    assert (state(result), ontap.sent) == ((True, False, "failed"), [])
    assert words in result["msg"]


def test_an_object_of_a_collection_by_filters():
    ontap = Ontap(Clock())
    result = Host("patch", path="storage/volumes", query={"name": "vol1"}, **GROW).run(ontap)
    assert (state(result), ontap.sent[0][1:3]) == (CHANGED, ("storage/volumes", {"name": "vol1"}))


def test_what_cannot_be_read_is_sent_always_and_what_is_no_filter_acts():
    def picky(query):
        return Refused("Unexpected", 400) if {"force", "fields"} & set(query) else {"uuid": "v1", "size": 2}

    for options in ({"body": {}, "secret_body": {"password": "x"}}, {"body": {"size": 2}, "query": {"force": True}}):
        ontap = Ontap(Clock(), read={"storage/volumes/v1": picky})
        assert state(Host("patch", **options).run(ontap)) == CHANGED
        assert len(ontap.sent) == 1
    again = Ontap(Clock(), read={"storage/volumes/v1": picky})
    assert state(Host("patch", body={"size": 2}).run(again)) == UNCHANGED


def test_the_scope_goes_with_get_and_post():
    ontap = Ontap(Clock())
    Host("post", svm="svm1", **NEW).run(ontap)
    scope = {"X-Dot-SVM-Name": "svm1"}
    assert ontap.sent[0][4] == scope
    assert [headers for path, query, headers in ontap.read_paths if path == "storage/volumes"] == [scope, scope]


class Pages:
    """A collection in pages, whose links may lead anywhere."""

    def __init__(self, *links):
        self.links = links

    def __call__(self, query):
        number = int(query.get("start", 0))
        link = self.links[number] if number < len(self.links) else None
        return {"records": [{"n": number}], "num_records": 1, "_links": {"next": {"href": link}} if link else {}}


@pytest.mark.parametrize(
    ("links", "limit", "numbers"),
    [
        ((), None, [0]),
        ((f"/api/gateways/{CLUSTER}/x?start=1", "/api/x?start=2&max_records=1"), None, [0, 1, 2]),
        (("https://elsewhere.example.com/api/admin?start=1",), None, [0, 1]),
        (("/api/x?start=1", "/api/x?start=2"), 2, [0, 1]),
        ((7,), None, [0]),
        (("/api/x",), None, [0]),
    ],
)
def test_pages(links, limit, numbers):
    ontap = Ontap(Clock(), read={"x": Pages(*links)})
    result = Host("get", path="x", limit=limit).run(ontap)
    assert [record["n"] for record in result["records"]] == numbers
    assert {path for path, query, headers in ontap.read_paths[1:]} == {"x"}
    assert state(result) == UNCHANGED
    assert result["response"] == {"num_records": len(numbers)}


def test_pages_that_lead_back_are_no_shorter_list():
    ontap = Ontap(Clock(), read={"x": Pages("/api/x?start=1", "/api/x?start=1")})
    with pytest.raises(Garbled, match="a next page that was read already"):
        Gateway(Client(ontap), CLUSTER, {}).get("x", pages=True)


def test_one_object_is_read_as_it_is():
    result = Host("get").run(Ontap(Clock()))
    assert result["records"] == [result["response"]] == [{"uuid": "v1", "name": "vol1", "size": 1}]
    empty = Host("get", path="x").run(Ontap(Clock(), read={"x": None}))
    assert (empty["records"], state(empty)) == ([], UNCHANGED)


@pytest.mark.parametrize("desired", ["cluster1", CLUSTER, CLUSTER.upper(), f"{CLUSTER}:type=cluster,uuid={CLUSTER}"])
def test_a_cluster_by_name_uuid_or_key(desired):
    assert find_cluster(Client(Ontap(Clock())), desired) == CLUSTER


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ("Cluster1", "the clusters that can be reached are cluster1, twin, twin"),
        ("twin", "2 clusters are named 'twin'"),
        (f"{CLUSTER}:type=volume,uuid={CLUSTER}", "not that of a cluster"),
        ("00000000-1e3f-11e9-a3e2-00a0985badbb", "cannot be reached through the API gateway"),
    ],
)
def test_clusters_that_cannot_be_meant(desired, words):
    with pytest.raises(BadInput, match=words):
        find_cluster(Client(Ontap(Clock())), desired)


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (None, None),
        (f"/api/gateways/{CLUSTER}/storage/volumes/v2", "storage/volumes/v2"),
        (f"https://um.example.com/api/v2/gateways/{CLUSTER}/storage/volumes/v2", "storage/volumes/v2"),
        ("https://cluster1/api/storage/volumes/v2", "storage/volumes/v2"),
        ("elsewhere", None),
    ],
)
def test_the_path_of_what_was_made(location, path):
    gateway = Gateway(Client(Ontap(Clock())), CLUSTER, {})
    assert gateway.location(Accepted(201, {}, None, location=location)) == path
