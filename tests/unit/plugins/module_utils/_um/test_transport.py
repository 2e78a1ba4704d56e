# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is tried again, when, and how often; and what answers mean. The wire itself is tested against the simulator."""

from __future__ import annotations

import contextlib

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    BadInput,
    Garbled,
    JobUnusable,
    Lost,
    NotSent,
    OutOfTime,
    Refused,
    Untrusted,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.names import path_of
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import Client
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.replies import Reply, judge, parsed
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import (
    Connection,
    Request,
    Transport,
    pairs,
)
from tests.wire import Answer

from ..fakes import START, Clock

CONNECTION = Connection("um", 443, "user", "secret", True, 30.0)


class Wire(Transport):
    """A transport whose single requests are answered from a script; the last entry is repeated."""

    def __init__(self, *script, seconds=600.0):
        self.clock = Clock()
        super().__init__(CONNECTION, self.clock.deadline(seconds))
        self.script = list(script)
        self.sent = []

    def once(self, request):
        self.sent.append((request.method, request.path, pairs(request.query)))
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


OK = Reply(200, {}, {})
GET, POST = Request("GET", "/x"), Request("POST", "/x", body={})


def refused(status, retry_after=None):
    return Refused(f"HTTP {status}", status, retry_after=retry_after)


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (NotSent("refused"), 4),
        (Garbled("HTML", 200), 3),
        (Lost("reset"), 7),
        *[(refused(status), 7) for status in (408, 425, 429, 500, 502, 503, 504)],
        *[(refused(status), 1) for status in (301, 400, 401, 403, 404, 405, 409, 501)],
        (Untrusted("certificate"), 1),
    ],
)
def test_reads_are_tried_again(error, times):
    wire = Wire(error)
    with pytest.raises(type(error)):
        wire.read(GET)
    assert len(wire.sent) == times


def test_reads_pause_longer_and_longer():
    wire = Wire(*[refused(500)] * 6, OK)
    assert wire.read(GET) == OK
    assert wire.clock.sleeps == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0]


def test_no_pause_goes_past_the_deadline():
    wire = Wire(refused(503, retry_after=30), seconds=20)
    with pytest.raises(Refused):
        wire.read(GET)
    assert (wire.clock.sleeps, len(wire.sent)) == ([], 1)


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (NotSent("refused"), 4),
        (Lost("reset"), 1),
        (Garbled("HTML", 202), 1),
        (Untrusted("certificate"), 1),
        *[(refused(status), 1) for status in (400, 401, 403, 404, 408, 409, 500, 502, 503, 504)],
    ],
)
def test_writes_are_sent_once_unless_they_never_arrived(error, times):
    wire = Wire(error)
    with pytest.raises(type(error)):
        wire.write(POST)
    assert len(wire.sent) == times


@pytest.mark.parametrize("error", [refused(429), refused(429, 3.0), refused(503, 3.0)])
def test_writes_that_were_not_run_are_sent_again_as_told(error):
    wire = Wire(error, error, OK)
    assert wire.write(POST) == OK
    assert wire.clock.sleeps == ([3.0, 3.0] if error.retry_after else [0.5, 1.0])


def test_a_retry_after_of_nothing_makes_no_storm():
    wire = Wire(refused(429, 0.0), seconds=60)
    with pytest.raises(Refused):
        wire.write(POST)
    assert wire.clock.sleeps == [0.5, 1.0, 2.0, 4.0, *[8.0] * 6]


@pytest.mark.parametrize(
    ("status", "headers", "content", "message", "code", "target", "retry_after"),
    [
        (
            400,
            {},
            '{"error": {"code": "7", "message": "no", "target": "name"}}',
            "HTTP 400: no (code 7) (target name).",
            "7",
            "name",
            None,
        ),
        (400, {}, '{"error": {"message": "no"}}', "HTTP 400: no.", None, None, None),
        (500, {}, "<html>\n<h1>Oops</h1>", "HTTP 500: '<html>'.", None, None, None),
        (401, {}, "", "HTTP 401: no reason given. Check username and password.", None, None, None),
        (503, {"Retry-After": "7"}, "[]", "HTTP 503: '[]'.", None, None, 7.0),
        (
            302,
            {"Location": "https://evil/"},
            "",
            "HTTP 302: it redirects to https://evil/, which is not followed.",
            None,
            None,
            None,
        ),
        (
            429,
            {"Retry-After": "Thu, 01 Jan 2026 10:00:09 GMT", "Date": "Thu, 01 Jan 2026 10:00:00 GMT"},
            "",
            "HTTP 429: no reason given. Too many requests.",
            None,
            None,
            9.0,
        ),
        (429, {}, "", "HTTP 429", None, None, None),
        (429, {"Retry-After": "soon"}, "", "HTTP 429", None, None, 0.0),
        (503, {"Retry-After": "1.5"}, "", "HTTP 503", None, None, 1.5),
        (503, {"Retry-After": "-1"}, "", "HTTP 503", None, None, 0.0),
        (503, {"Retry-After": ""}, "", "HTTP 503", None, None, 0.0),
        (429, {"Retry-After": "\x1c7"}, "", "HTTP 429", None, None, 7.0),
        (429, {"Retry-After": "\u00b2"}, "", "HTTP 429", None, None, 0.0),
    ],
)
def test_refusals(status, headers, content, message, code, target, retry_after):
    with pytest.raises(Refused) as error:
        judge("GET", "/x", status, headers, content)
    assert message in error.value.message
    assert (error.value.status, error.value.code, error.value.target) == (status, code, target)
    assert error.value.retry_after == retry_after


@pytest.mark.parametrize("content", ["<html>", '{"a":', "\x00"])
def test_what_is_not_json(content):
    with pytest.raises(Garbled, match="HTTP 200 and something that is not JSON"):
        judge("GET", "/x", 200, {}, content)


def page(records, following=None):
    links = {"self": {"href": "/api/x"}, **({"next": {"href": following}} if following else {})}
    return Reply(200, {}, {"records": records, "num_records": len(records), "_links": links})


def test_pages_are_followed_as_they_are():
    wire = Wire(
        page([{"n": 1}], "/api/things?offset=1&max_records=1"),
        page([{"n": 2}], "/api/things?offset=2"),
        page([{"n": 3}]),
    )
    assert [record["n"] for record in Client(wire).records("/things", {"name": "a b"})] == [1, 2, 3]
    assert wire.sent == [
        ("GET", "/api/v2/things", [("name", "a b"), ("max_records", "1000")]),
        ("GET", "/api/things?offset=1&max_records=1", []),
        ("GET", "/api/things?offset=2", []),
    ]


@pytest.mark.parametrize(("retry_after", "times"), [(3600, 1), (60, 7), (0, 7)])
def test_a_run_without_a_deadline_ends_nevertheless(retry_after, times):
    """Modules that read have none, and data_placement asks by POST."""
    for ask in (lambda wire: wire.read(GET), lambda wire: wire.write(POST)):
        wire = Wire(refused(429, retry_after=retry_after), seconds=None)
        with pytest.raises(Refused):
            ask(wire)
        assert len(wire.sent) == times


def test_what_is_sent_again_keeps_its_query():
    reading = Wire(refused(500), page([{"n": 1}]))
    list(Client(reading).records("/things", {"name": "a"}))
    assert reading.sent == [("GET", "/api/v2/things", [("name", "a"), ("max_records", "1000")])] * 2
    writing = Wire(refused(429), OK)
    Client(writing).write(Request("PATCH", "/things", {"return_timeout": 0}, {}))
    assert writing.sent == [("PATCH", "/api/v2/things", [("return_timeout", "0")])] * 2


def test_a_limit_stops_the_pages():
    wire = Wire(page([{"n": 1}, {"n": 2}], "/api/things?offset=2"))
    assert len(list(Client(wire).records("/things", limit=2))) == 2
    assert len(wire.sent) == 1


def test_the_next_page_is_read_on_the_same_host():
    wire = Wire(page([{"n": 1}], "https://other:8443/api/things?offset=1"), page([{"n": 2}], ""))
    assert [record["n"] for record in Client(wire).records("/things")] == [1, 2]
    assert wire.sent[1] == ("GET", "/api/things?offset=1", [])


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (7, "a next page at 7, which cannot be read"),
        ("/elsewhere", "a next page at '/elsewhere'"),
        ("/api/things?offset=1", "the same page twice"),
    ],
)
def test_a_list_that_cannot_be_read_to_its_end_is_no_shorter_list(link, words):
    wire = Wire(page([{"n": 1}], link))
    with pytest.raises(Garbled, match=words):
        list(Client(wire).records("/things"))


@pytest.mark.parametrize("body", [[], "text", 3, None, {"records": 3}, {"records": [1]}, {}])
def test_a_list_that_is_none(body):
    with pytest.raises(Garbled):
        list(Client(Wire(Reply(200, {}, body))).records("/things"))


@pytest.mark.parametrize("body", [None, {}, [], "x", {"job": None}, {"job": {"key": ""}}, {"job": []}])
def test_a_202_must_name_its_job(body):
    with pytest.raises(JobUnusable):
        Client(Wire(Reply(202, {}, body))).write(POST)


def test_answers_to_writes():
    assert Client(Wire(Reply(202, {}, {"job": {"key": "k"}}))).write(POST).job_key == "k"
    assert Client(Wire(Reply(201, {}, {"key": "x"}))).write(POST).job_key is None
    assert Client(Wire(Reply(202, {}, [{"key": "a"}]))).write(POST, job_due=False).body == [{"key": "a"}]


@pytest.mark.parametrize("key", ["..", ".", ""])
def test_no_key_reaches_another_path(key):
    with pytest.raises(BadInput, match="not a key"):
        path_of("/things", key)


def test_keys_are_quoted_once():
    assert path_of("/luns", "a:type=lun,uuid=b/%2F") == "/luns/a%3Atype%3Dlun%2Cuuid%3Db%2F%252F"


DATED = {"Date": "Thu, 01 Jan 2026 10:00:00 GMT"}


@pytest.mark.parametrize("ask", [lambda one: one.get("/x"), lambda one: one.look("/x"), lambda one: one.reply("/x")])
def test_every_answer_tells_the_servers_clock(ask):
    wire = Wire(Reply(200, DATED, {}))
    client = Client(wire)
    assert client.server_time() is None
    ask(client)
    wire.clock.time += 5
    assert client.server_time() == 1767261605.0


@pytest.mark.parametrize(("status", "asked"), [(404, 2), (403, 1)])
@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.get("/management-server/alerts"),
        lambda one: one.write(Request("POST", "/management-server/alerts")),
    ],
    ids=["read", "write"],
)
def test_only_a_404_makes_the_release_be_asked_for(ask, status, asked):
    wire = Wire(refused(status), Reply(200, {}, {"version": "9.9"}))
    with pytest.raises(Exception, match="needs" if status == 404 else "HTTP 403"):
        ask(Client(wire))
    assert len(wire.sent) == asked


@pytest.mark.parametrize(("nest", "known"), [(10, True), (100_000, False)])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_what_is_nested_too_deeply_is_garbage(nest, known, opening, closing):
    content = f'{{"x": {opening * nest}1{closing * nest}}}'
    if known:
        assert "x" in judge(GET.method, GET.path, 200, {}, content).body
    else:
        with pytest.raises(Garbled):
            judge(GET.method, GET.path, 200, {}, content)


def test_only_one_read_begins_after_the_deadline():
    wire = Wire(OK, seconds=10)
    wire.clock.sleep(10)
    assert wire.read(GET) == OK
    for late in (lambda: wire.read(GET), lambda: wire.write(POST)):
        with pytest.raises(OutOfTime, match=r"wait_timeout passed before (GET|POST) /x was sent\."):
            late()
    assert len(wire.sent) == 1


@pytest.mark.parametrize(("body", "data"), [(None, ""), ({"a": "\u00e4"}, '{"a": "\\u00e4"}')])
def test_a_body_is_sent_as_json_and_none_is_sent_where_there_is_none(wire, body, data):
    server = wire(Answer.json({}))
    options = server.options
    connection = CONNECTION._replace(hostname=options["hostname"], port=options["port"], verify=options["ca_path"])
    Transport(connection, Clock().deadline(30)).once(Request("POST", "/api/v2/x", body=body))
    assert [sent.body.decode() for sent in server.requests] == [data]


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_answer_is_a_reply_without_a_body(content):
    assert judge("POST", "/x", 201, {"Location": "/y"}, content) == Reply(201, {"Location": "/y"}, None)


@pytest.mark.parametrize("content", ["NaN", '{"a": [Infinity]}', '{"a": -Infinity}'])
def test_what_is_no_number_in_json_is_refused(content):
    with pytest.raises(ValueError, match=r"(NaN|Infinity) is not JSON"):
        parsed(content)


@pytest.mark.parametrize(("levels", "shown"), [(90, True), (600, False), (10**6, False)])
def test_what_processes_of_results_cannot_follow_is_garbage(levels, shown):
    """Python reads 600 levels; redaction and what Ansible does with a result stop somewhere beyond."""
    text = '{"a":' * levels + "1" + "}" * levels
    with contextlib.nullcontext() if shown else pytest.raises(Garbled):
        judge("GET", "/x", 200, {}, text)


@pytest.mark.parametrize("number", ["1e999", "-1E+400", f"{'9' * 400}.5"])
def test_a_number_that_would_be_infinite_is_refused(number):
    """Python reads it as infinity, and writes that as what is no JSON."""
    with pytest.raises(ValueError, match="too large a number"):
        parsed(f'{{"records": [{{"size": {number}}}]}}')
    with pytest.raises(Garbled):
        judge("GET", "/x", 200, {}, f"[{number}]")


@pytest.mark.parametrize(("status", "expected"), [(202, JobUnusable), (200, Lost), (404, Lost)])
def test_an_answer_to_a_write_that_cannot_be_read(status, expected):
    with pytest.raises(expected):
        Client(Wire(Garbled("HTML", status))).write(POST)


def test_the_jobs_that_were_accepted_are_remembered():
    client = Client(Wire(Reply(202, {}, {"job": {"key": "1:2:3:-4"}})))
    assert client.write(POST).job_key == "1:2:3:-4"
    assert client.accepted == ["1:2:3:-4"]


def test_equal_objects_in_many_records_are_kept_once():
    records = [{"key": str(number), "svm": {"name": "svm1", "key": "k"}} for number in range(3)]
    first, *others = Client(Wire(page(records))).records("/things")
    assert all(one["svm"] is first["svm"] for one in others)


class Slow:
    """A wire on which every request takes all the time that it is given, by the run's clock."""

    def __init__(self, clock):
        self._clock = clock
        self.certificate = None

    def exchange(self, method, path, seconds, **_parts):
        self._clock.time += seconds
        raise Lost("no complete answer")


@pytest.mark.parametrize("request_timeout", [2.0, 30.0])
@pytest.mark.parametrize("begun", [0.0, 9.0, 9.99, 10.0, 11.0])
def test_all_late_requests_together_take_no_longer_than_one(monkeypatch, begun, request_timeout):
    clock = Clock()
    transport = Transport(CONNECTION._replace(request_timeout=request_timeout), clock.deadline(10.0))
    monkeypatch.setattr(transport, "_wire", Slow(clock))
    clock.time += begun
    for _number in range(9):
        with pytest.raises((Lost, NotSent)):
            transport.once(GET)
    assert clock.time <= START + 1e-6 + 10.0 + max(request_timeout, begun - 10.0)
