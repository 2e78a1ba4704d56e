# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server on real sockets: what a client receives, and that nothing of the server stays behind."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest
import requests

from tests.wire import After, Answer, Close, Do, Hold, Reset, Trickle, bodies, by_path, in_turn, serving, trickled
from tests.wire.answers import informational

ANSWER = Answer.json({"a": 1})
ASKED = b"GET /api/x HTTP/1.1\r\nHost: um\r\n\r\n"


def get(server, path="/api/x", **options):
    with requests.Session() as session:
        session.trust_env = False
        url = f"https://{server.options['hostname']}:{server.options['port']}{path}"
        return session.request(
            options.pop("method", "GET"), url, verify=server.options["ca_path"], timeout=30, **options
        )


def connected(server):
    context = ssl.create_default_context(cafile=server.options["ca_path"])
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF  # some Pythons would take a cut for an orderly end
    raw = socket.create_connection((server.options["hostname"], server.options["port"]), timeout=30)
    return context.wrap_socket(raw, server_hostname=server.options["hostname"])


def received(client, size):
    data = b""
    while len(data) < size and (piece := client.recv(65536)):
        data += piece
    return data


def test_one_reply_for_all_requests_on_one_connection(wire):
    server = wire(ANSWER)
    with requests.Session() as session:
        session.trust_env = False
        session.verify = server.options["ca_path"]
        for number in range(3):
            url = f"https://127.0.0.1:{server.options['port']}/api/{number}"
            assert session.post(url, json={"n": number}, timeout=30).json() == {"a": 1}
    assert [(one.number, one.connection, one.method, one.target) for one in server.requests] == [
        (1, 1, "POST", "/api/0"),
        (2, 1, "POST", "/api/1"),
        (3, 1, "POST", "/api/2"),
    ]
    assert server.requests[2].json() == {"n": 2}
    assert server.connections == 1
    assert server.sent == 3 * len(ANSWER.encode())


def test_the_environment_is_that_of_the_modules(wire):
    server = wire(ANSWER, login={"username": "u", "password": "p"})
    assert (server.environment["UM_USERNAME"], server.environment["UM_PASSWORD"]) == ("u", "p")
    assert server.environment["UM_PORT"] == str(server.options["port"])


def test_scripts_by_turn_and_by_path(wire):
    first, rest = Answer.json([], 503), Answer.json([1])
    server = wire(by_path({"^GET /api/turns": in_turn(first, lambda request: rest)}))
    assert [get(server, "/api/turns").status_code for _time in range(3)] == [503, 200, 200]
    assert get(server, "/api/else").status_code == 404


@pytest.mark.parametrize("part", ["status line", "headers", "body"])
def test_single_bytes_arrive_one_by_one(wire, part):
    server = wire(trickled(ANSWER.encode(), part, every=0.0))
    with connected(server) as client:
        client.sendall(ASKED)
        assert received(client, len(ANSWER.encode())) == ANSWER.encode()


def test_a_trickle_without_end_ends_with_the_client(wire):
    server = wire(Trickle(informational(), every=0.001))
    with connected(server) as client:
        client.sendall(ASKED)
        assert received(client, 500).startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100")
    server.wait_until_idle()


def test_a_body_without_end_ends_with_the_client(wire):
    server = wire(Answer().streamed(bodies.blank(None)))
    with connected(server) as client:
        client.sendall(ASKED)
        assert len(received(client, 5_000_000)) >= 5_000_000
    server.wait_until_idle()
    assert server.sent >= 5_000_000


def test_a_bomb_is_unpacked_by_the_client(wire):
    answer = get(wire(bodies.bomb(1_000_000)))
    assert answer.json() == {"records": [], "num_records": 0}
    assert len(answer.content) == 1_000_000


def test_a_body_shorter_than_declared(wire):
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        get(wire((ANSWER.encode(declared=100), Close())))


def test_a_body_longer_than_declared_leaves_garbage_for_the_next_answer(wire):
    server = wire(ANSWER.encode(declared=3))
    with connected(server) as client:
        client.sendall(ASKED)
        assert received(client, len(ANSWER.encode(declared=3))).endswith(ANSWER.body)


def test_an_answer_twice(wire):
    server = wire(ANSWER.encode() * 2)
    with connected(server) as client:
        client.sendall(ASKED)
        assert received(client, 2 * len(ANSWER.encode())) == ANSWER.encode() * 2


def test_a_reset_and_an_orderly_end(wire):
    with connected(wire(Reset())) as client:
        client.sendall(ASKED)
        with pytest.raises(ConnectionResetError):
            socket.socket.recv(client, 1)  # below TLS, which makes an end of file of it in older Pythons
    with connected(wire(Close())) as client:
        client.sendall(ASKED)
        assert client.recv(1) == b""
    with connected(wire(Close(orderly=False))) as client:
        client.suppress_ragged_eofs = False
        client.sendall(ASKED)
        with pytest.raises(ssl.SSLError, match="EOF"):  # a class of its own only in newer Pythons
            client.recv(1)


def test_silence_lasts_until_the_client_hangs_up(wire):
    server = wire(lambda request: (ANSWER.encode()[:20], Hold()))
    with connected(server) as client:
        client.sendall(ASKED)
        assert received(client, 20) == ANSWER.encode()[:20]
    server.wait_until_idle()


def test_late_work_is_done_after_further_requests(wire):
    order, lost = [], (Reset(), After(2), Do(lambda: order.append("work")))

    def script(request):
        order.append(request.target)
        return lost if request.method == "POST" else ANSWER

    server = wire(script)
    with pytest.raises(requests.exceptions.ConnectionError):
        get(server, "/api/1", method="POST")
    get(server, "/api/2")
    assert "work" not in order
    get(server, "/api/3")
    server.wait_until_idle()
    assert order[:2] == ["/api/1", "/api/2"]
    assert sorted(order[2:]) == ["/api/3", "work"]


def test_work_is_done_although_the_client_has_gone(wire):
    done = threading.Event()
    server = wire((Hold(), ANSWER, Do(done.set)))
    with connected(server) as client:
        client.sendall(ASKED)
        server.wait_for_requests(1)
    assert done.wait(30)
    assert server.sent == 0


def test_plain_text_and_silence_in_place_of_tls(wire):
    with pytest.raises(requests.exceptions.SSLError):
        get(wire(ANSWER, before_tls=(ANSWER, Close())))
    port = wire(ANSWER, before_tls=Reset()).options["port"]
    with pytest.raises(ConnectionResetError), socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.recv(1)
    plain = wire(ANSWER, certificate=None)
    with socket.create_connection(("127.0.0.1", plain.options["port"]), timeout=30) as client:
        client.sendall(ASKED)
        assert received(client, 15) == ANSWER.encode()


@pytest.mark.parametrize("kind", ["expired", "wrong_host", "self_signed", "other_ca"])
def test_certificates_that_do_not_verify(wire, kind):
    with pytest.raises(requests.exceptions.SSLError):
        get(wire(ANSWER, certificate=kind))


def test_stopping_ends_all_that_goes_on_and_frees_the_port():
    with serving(Answer().streamed(bodies.blank(None))) as server:
        busy, idle = connected(server), connected(server)
        busy.sendall(ASKED)
        server.wait_for_requests(1)
    with busy, idle:
        assert not [one for one in threading.enumerate() if one.name.startswith("wire server")]
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", server.options["port"]), timeout=30)


def test_an_error_in_a_script_is_raised_where_the_test_sees_it():
    def script(request):
        raise LookupError("nothing for " + request.target)

    with pytest.raises(LookupError, match="nothing for /api/x"), serving(script) as server:  # noqa: PT012 - leaving raises
        with pytest.raises(requests.exceptions.ConnectionError):
            get(server)
        server.wait_until_idle()
