# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One exchange with a server that is wrong at the level of bytes: it ends in time, in bounded memory, and says why."""

from __future__ import annotations

import itertools
import json
import re
import tracemalloc

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    BadInput,
    Garbled,
    Lost,
    NotSent,
    TooLarge,
    UMError,
    Untrusted,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import lock
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import wire as wire_module
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.transport import Connection, Request, Transport
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.wire import Wire
from tests import inprocess
from tests.wire import Answer, Close, Hold, Reset, Trickle, bodies, by_path, in_turn, trickled
from tests.wire.answers import informational

from ..fakes import Clock

SHORT = 0.3  # seconds that a request may take here
SLOW = 0.02  # seconds between two bytes
EMPTY = Answer.json({"records": [], "num_records": 0, "total_records": 0})
LONG = Answer.json({"records": [], "filler": "x" * 5000})
GET = ("GET", "/api/v2/things")

PLAIN_HTTP = (b"HTTP/1.1 400 Bad Request\r\n\r\n", Close())


def client_of(server):
    options = server.options
    login = (options["username"].encode(), options["password"].encode())
    return Wire(f"https://{options['hostname']}:{options['port']}", login, options["ca_path"], {})


def exchange(server, seconds=30.0, **parts):
    client = client_of(server)
    try:
        return client.exchange(*GET, seconds, **parts)
    finally:
        client.close()


TRICKLES = {
    "status line": trickled(LONG.with_headers(("X", "y" * 500)).encode(), "status line", SLOW),
    "headers": trickled(LONG.with_headers(("X", "y" * 5000)).encode(), "headers", SLOW),
    "body": trickled(LONG.encode(), "body", SLOW),
    "chunks": trickled(LONG.encode("chunked"), "body", SLOW),
    "a body without length": trickled(LONG.encode("to the end"), "body", SLOW),
    "interim answers": (Trickle(informational(), SLOW, 100), EMPTY),
    "interim answers at full speed": informational(),
    "blanks at full speed": Answer().streamed(bodies.blank(None)),
    "silence": Hold(),
    "half a body": (LONG.encode()[:3000], Hold()),
}


@pytest.mark.parametrize("name", TRICKLES)
def test_no_answer_takes_longer_than_its_time(monkeypatch, wire, name):
    monkeypatch.setattr(wire_module, "LARGEST_ANSWER", 2**40)  # time alone ends it
    client = client_of(wire(in_turn(EMPTY, TRICKLES[name])))
    client.exchange(*GET, 30.0)  # the short time is not for connecting
    with pytest.raises(Lost, match=r"lost before an answer came: no complete answer in 0\.3 s"):
        client.exchange(*GET, SHORT)
    client.close()


@pytest.mark.parametrize("before_tls", [Hold(), Trickle(b"\x16\x03\x03\x3f\xff\x02" + b"x" * 9999, SLOW)])
def test_no_handshake_takes_longer_than_its_time(wire, before_tls):
    with pytest.raises(NotSent, match=r"cannot be reached: no TLS handshake in 0\.3 s"):
        exchange(wire(EMPTY, before_tls=before_tls), SHORT)


BOMBS = {
    "plain": lambda: Answer().streamed(bodies.blank(3 * 2**20)),
    "a length that says so": lambda: Answer().streamed(bodies.blank(3 * 2**20), "length", declared=3 * 2**20),
    "a length that is a lie": lambda: Answer().streamed(bodies.blank(3 * 2**20), "length", declared=2**40),
    "gzip": lambda: bodies.bomb(200 * 2**20),
    "deflate": lambda: bodies.bomb(200 * 2**20, "deflate"),
    "raw deflate": lambda: bodies.bomb(200 * 2**20, "raw deflate"),
    "gzip without end": lambda: bodies.bomb(None),
    "blanks without end": lambda: Answer().streamed(bodies.blank(None)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_answer_is_given_up_when_it_is_too_large(monkeypatch, wire, name):
    monkeypatch.setattr(wire_module, "LARGEST_ANSWER", 2**20)
    monkeypatch.setattr(wire_module, "LARGEST_HEAD", 2**16)
    server = wire(lambda request: BOMBS[name]())
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="larger than 1 MiB, which is more than these modules read"):
            exchange(server)
        server.wait_until_idle()
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
@pytest.mark.parametrize("every", [0, 0.001])
def test_packed_answers_are_unpacked(wire, encoding, every):
    packed = b"".join(bodies.compressed([LONG.body], encoding))
    answer = Answer(200, packed).with_headers(("Content-Encoding", encoding.rpartition(" ")[2]))
    reply = trickled(answer.encode(), "body", every) if every else answer
    assert exchange(wire(reply)).content == LONG.body


def test_packed_answers_in_several_members(wire):
    packed = b"".join(itertools.chain(bodies.compressed([b'{"a":']), bodies.compressed([b" 1}"])))
    answer = Answer(200, packed + b"\0\0").with_headers(("Content-Encoding", "gzip"))
    assert exchange(wire(answer)).content == b'{"a": 1}'


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("br", b"{}"),
        ("gzip, gzip", b"{}"),
        ("gzip", b"{}"),
        ("gzip", b"\x1f\x8b"),
        ("gzip", b"".join(bodies.compressed([LONG.body]))[:-9]),
        ("deflate", b"\x78\x9c\xff\xff"),
    ],
)
def test_what_cannot_be_unpacked_is_garbage(wire, encoding, content):
    with pytest.raises(Garbled, match="cannot be unpacked") as error:
        exchange(wire(Answer(202, content).with_headers(("Content-Encoding", encoding))))
    assert error.value.status == 202


def test_two_answers_at_once_do_not_become_the_answers_to_two_requests(wire):
    """The second would be taken for the answer to the next request."""
    large = Answer.json({"n": 1, "filler": "x" * 60000})
    server = wire(in_turn(large.encode() + large.encode(), Answer.json({"n": 2})))
    client = client_of(server)
    try:
        assert [json.loads(client.exchange(*GET, 30.0).content)["n"] for dummy in range(2)] == [1, 2]
    finally:
        client.close()


def test_an_interim_answer_is_not_an_answer(wire):
    server = wire(in_turn((b"HTTP/1.1 103 Early Hints\r\n\r\n", LONG), EMPTY))
    client = client_of(server)
    try:
        with pytest.raises(Lost, match="answered with HTTP 103"):
            client.exchange(*GET, 30.0)
        assert client.exchange(*GET, 30.0).content == EMPTY.body
    finally:
        client.close()


@pytest.mark.parametrize(
    "reply",
    [
        (LONG.encode(declared=10**6), Close()),
        (LONG.encode()[:3000], Close(orderly=False)),
        (LONG.encode()[:3000], Reset()),
        Reset(),
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X" * 70000 + b": y\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    ],
)
def test_half_answers_are_lost(wire, reply):
    with pytest.raises(Lost):
        exchange(wire((reply, Close()) if isinstance(reply, bytes) else reply))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"certificate": "expired"}, "has expired. Renew it in Unified Manager"),
        ({"certificate": "wrong_host"}, "Set hostname to a name in the certificate"),
        ({"certificate": "other_ca"}, "Give the CA that issued it with ca_path"),
        ({"certificate": "self_signed"}, "Give the CA that issued it with ca_path"),
        ({"wants_certificate": True}, "refuses the connection .* It may ask for a client certificate"),
        ({"before_tls": PLAIN_HTTP}, "does not speak TLS .* Give the HTTPS port of Unified Manager with port"),
    ],
)
def test_what_is_wrong_with_tls_is_said(wire, options, words):
    with pytest.raises(Untrusted, match=words):
        exchange(wire(EMPTY, **options))


def refused(monkeypatch, hostname, **environment):
    """The message for a port that does not accept connections."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    options = {"hostname": hostname, "port": DEAD_PORT, "username": "admin", "password": "s3same", "wait_timeout": 1}
    return inprocess.run("system_info", options)["msg"]


DEAD_PORT = 1  # of the system, and not in use


@pytest.mark.parametrize(
    ("hostname", "url"),
    [("127.0.0.1", "https://127.0.0.1:1"), ("::1", "https://[::1]:1"), ("localhost", "https://localhost:1")],
)
def test_what_cannot_be_reached_is_told_in_the_words_of_the_system(monkeypatch, hostname, url):
    message = refused(monkeypatch, hostname)
    assert re.fullmatch(re.escape(url) + r" cannot be reached: [A-Z][a-z ]+\.", message), message


def test_a_dead_proxy_is_named_without_its_password(monkeypatch):
    message = refused(monkeypatch, "um.example.com", HTTPS_PROXY=f"http://kim:sesame@127.0.0.1:{DEAD_PORT}")
    assert message == (
        "https://um.example.com:1 cannot be reached, because the proxy http://127.0.0.1:1 cannot be used: Connection"
        " refused. The environment names it (HTTPS_PROXY or ALL_PROXY); NO_PROXY lists hosts that are reached without"
        " one."
    )


def test_two_spellings_of_a_host_share_one_lock(monkeypatch, tmp_path, wire):
    """And another server, told by its certificate, has another."""
    monkeypatch.setattr(lock, "places", lambda: [str(tmp_path)])
    options, other = wire(EMPTY).options, wire(EMPTY).options
    turns = {
        name: lock.Turns(known(hostname, given), Clock().deadline(1))
        for name, hostname, given in (
            ("address", "127.0.0.1", options),
            ("name", "localhost", options),
            ("capitals", "LOCALHOST", options),
            ("other", "127.0.0.1", other),
        )
    }
    with turns["address"].taken():
        for name in ("name", "capitals"):
            with pytest.raises(UMError, match="did not get its turn"), turns[name].taken():
                pass
        with turns["other"].taken():
            pass


def known(hostname, options):
    """What identifies a server once it has answered."""
    login = (options["username"], options["password"])
    transport = Transport(Connection(hostname, options["port"], *login, options["ca_path"], 30.0), Deadline(60))
    transport.read(Request("GET", "/api/v2/things"))
    transport.close()
    return transport.server


def test_a_module_ends_in_time_when_the_answer_trickles(wire):
    server = wire(by_path({"^GET ": trickled(LONG.encode(), "body", SLOW)}))
    options = {**server.options, "name": "db01", "svm": "svm1", "wait_timeout": 3, "request_timeout": 3}
    result = inprocess.run("lun", {**options, "state": "absent"})
    assert (result["failed"], result["changed"], result["jobs"]) == (True, False, [])
    assert "no complete answer in 3 s" in result["msg"]


def test_the_adapter_sends_nothing_again_by_itself():
    """What may be sent again is decided by the transport alone; the adapter would repeat a write."""
    adapter = Wire("https://um.example.com", (b"u", b"p"), True, {})._session.get_adapter("https://um.example.com")
    assert (adapter.max_retries.total, adapter.max_retries.read) == (0, False)


@pytest.mark.parametrize(
    "spoilt",
    [
        bodies.nested(1_000_000),
        bodies.with_field({"key": "k"}, "x", bodies.nested(600)),
        bodies.with_field({"key": "k"}, "x", bodies.NOT_A_NUMBER),
        bodies.with_field({"key": "k"}, "x", bodies.LONG_NUMBER),
    ],
)
def test_what_cannot_be_parsed_or_shown_is_garbage_which_a_wait_outlives(wire, spoilt):
    done = Answer.json({"key": "k", "state": "completed", "status": "normal"})
    server = wire(in_turn(Answer(200, spoilt), Answer(200, spoilt), done))
    result = inprocess.run("job_wait", {**server.options, "keys": ["k"]}, share=0.1)
    assert (result.get("failed", False), result["outcome"]) == (False, "unchanged")
    assert (result["jobs"][0]["polls"], result["jobs"][0]["poll_errors"]) == (3, 2)


def test_half_of_a_pair_is_shown_as_a_replacement(wire):
    job = {"key": "k", "name": "Create \ud800 \U0001f600", "state": "completed", "status": "normal"}
    server = wire(Answer(200, b"\xef\xbb\xbf" + Answer.json(job).body))
    result = inprocess.run("job_wait", {**server.options, "keys": ["k"]}, share=0.1)
    assert result["jobs"][0]["name"] == "Create \ufffd \U0001f600"


def test_a_secret_is_masked_before_a_line_is_cut(wire):
    secret = "Wire-Secret-1-that-is-rather-long"
    server = wire(Answer(400, b"x" * 105 + secret.encode()), login={"username": "admin", "password": secret})
    result = inprocess.run("lun_info", server.options)
    assert "Wire-Secret" not in str(result)
    assert "*****" in result["msg"]


def test_503_with_retry_after_to_the_end_is_a_refusal(wire):
    busy = Answer.json({"error": {"message": "busy"}}, 503).with_headers(("Retry-After", "1"))
    server = wire(by_path({"^GET .*/kim": Answer.json({}, 404), "^GET ": EMPTY, "^POST ": busy}))
    wanted = {"name": "kim", "authentication_type": "local_user", "role": "operator", "email": "k@example.com"}
    result = inprocess.run(
        "user", {**server.options, **wanted, "user_password": "x-y-z-1", "wait_timeout": 3}, share=0.1
    )
    posts = [request for request in server.requests if request.method == "POST"]
    assert (result["failed"], result["changed"], result["outcome"]) == (True, False, "failed")
    assert f"It was sent {len(posts)} times; Unified Manager did not carry it out." in result["msg"]


def test_the_most_that_an_answer_may_hold():
    assert (wire_module.LARGEST_ANSWER, wire_module.LARGEST_HEAD) == (256 * 2**20, 2**20)


@pytest.mark.parametrize("certificate", ["other_ca", "wrong_host", "expired"])
def test_any_certificate_will_do_where_none_is_verified(wire, certificate):
    server = wire(EMPTY, certificate=certificate)
    options = server.options
    client = Wire(f"https://{options['hostname']}:{options['port']}", (b"", b""), False, {})
    assert client.exchange(*GET, 30.0).status == 200
    client.close()


@pytest.mark.parametrize(
    ("proxy", "error", "words"),
    [
        ("http://127.0.0.1:1", NotSent, "because the proxy http://127.0.0.1:1 cannot be used"),
        ("http://user:Secret1@127.0.0.1:1", NotSent, "because the proxy http://127.0.0.1:1 cannot be used"),
        ("what://127.0.0.1:1", BadInput, "The proxy that the environment names .* cannot be used; write it like"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(monkeypatch, proxy, error, words):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(error, match=words):
        Wire("https://um.example.com", (b"", b""), True, {}).exchange(*GET, 30.0)


def test_a_server_that_cannot_be_asked_is_named(monkeypatch):
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    with pytest.raises(BadInput, match="https://um:x cannot be asked"):
        Wire("https://um:x", (b"", b""), True, {}).exchange(*GET, 30.0)
