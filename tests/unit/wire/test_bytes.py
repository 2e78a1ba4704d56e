# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers, bodies and pages as bytes, without a server."""

from __future__ import annotations

import gzip
import itertools
import json
import zlib

import pytest

from tests.wire import Answer, Request, bodies, pages
from tests.wire.answers import CHUNKED, TO_THE_END, informational, split
from tests.wire.request import Malformed, Reader
from tests.wire.steps import Trickle, trickled

ANSWER = Answer.json({"a": 1}, 201)


def request(target="/api/x"):
    return Request(1, 1, "GET", target, {})


def unchunked(data):
    body = b""
    while True:
        size, _line, data = data.partition(b"\r\n")
        if not int(size, 16):
            return body
        body, data = body + data[: int(size, 16)], data[int(size, 16) + 2 :]


def test_an_answer_has_its_true_length_or_a_claimed_one():
    assert ANSWER.encode() == (
        b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"a": 1}'
    )
    assert b"Content-Length: 99\r\n" in ANSWER.encode(declared=99)


def test_other_framings():
    _line, head, body = split(ANSWER.encode(CHUNKED))
    assert b"Transfer-Encoding: chunked" in head
    assert unchunked(body) == ANSWER.body
    _line, head, body = split(ANSWER.encode(TO_THE_END))
    assert b"Length" not in head
    assert body == ANSWER.body


def test_a_part_is_trickled_and_nothing_is_lost():
    whole = ANSWER.encode()
    for part in ("status line", "headers", "body"):
        steps = trickled(whole, part, every=1.0)
        assert [type(step) for step in steps].count(Trickle) == 1
        assert b"".join(step.data if isinstance(step, Trickle) else step for step in steps) == whole
    with pytest.raises(ValueError, match="one of"):
        trickled(whole, "tail", every=1.0)


def test_interim_answers():
    assert list(informational(times=2)) == [b"HTTP/1.1 100 Continue\r\n\r\n"] * 2
    assert len(list(itertools.islice(informational(102), 1000))) == 1000


@pytest.mark.parametrize("size", [100, 65536, 200_001])
def test_a_blank_document_is_json_of_the_size(size):
    document = b"".join(bodies.blank(size))
    assert len(document) == size
    assert json.loads(document) == {"records": [], "num_records": 0}


def test_a_blank_document_without_end():
    assert sum(len(piece) for piece in itertools.islice(bodies.blank(None), 101)) > 100 * bodies.BLOCK


def test_many_records():
    document = json.loads(b"".join(bodies.records(3, {"size": 1})))
    assert document["records"][2] == {"key": "key-2", "name": "name-2", "size": 1}
    assert document["num_records"] == document["total_records"] == 3


@pytest.mark.parametrize(
    ("encoding", "unpack"),
    [
        (bodies.GZIP, gzip.decompress),
        (bodies.DEFLATE, zlib.decompress),
        (bodies.RAW_DEFLATE, lambda data: zlib.decompress(data, -15)),
    ],
)
def test_a_bomb_is_small_and_unpacks_to_its_size(encoding, unpack):
    encoded = b"".join(bodies.bomb(10_000_000, encoding))
    assert len(encoded) < 20_000
    _line, head, body = split(encoded)
    assert f"Content-Encoding: {encoding.removeprefix('raw ')}\r\n".encode() in head
    assert len(unpack(unchunked(body))) == 10_000_000


def test_a_bomb_in_layers_is_smaller():
    encoded = b"".join(bodies.bomb(10_000_000, layers=2))
    assert len(encoded) < 2_000
    _line, head, body = split(encoded)
    assert b"Content-Encoding: gzip, gzip\r\n" in head
    assert len(gzip.decompress(gzip.decompress(unchunked(body)))) == 10_000_000


def test_nesting():
    assert json.loads(bodies.nested(3, 7)) == [[[7]]]
    assert json.loads(bodies.nested(2, "x", "object")) == {"a": {"a": "x"}}
    assert len(bodies.nested(1_000_000)) == 2_000_004


def test_a_field_whose_value_no_encoder_would_write():
    record = json.loads(bodies.with_field({"key": "k"}, "name", bodies.LONE_SURROGATE))
    assert record == {"key": "k", "name": "\ud800"}
    with pytest.raises(UnicodeDecodeError):
        bodies.with_field({"key": "k"}, "name", bodies.INVALID_UTF8).decode()
    assert json.loads(bodies.with_field({}, "deep", bodies.nested(600)))["deep"]


def follow(script, limit=50):
    """The keys of a list's records, and how many pages were asked for until the end or the limit."""
    target, keys = "/api/x", []
    for asked in range(1, limit + 1):
        body = json.loads(script(request(target)).body)
        keys += [record["key"] for record in body["records"]]
        target = body["_links"].get("next", {}).get("href")
        if target is None:
            return keys, asked
    return keys, limit


def test_pages_that_advance_for_ever_have_new_records():
    keys, asked = follow(pages.advancing(size=2))
    assert asked == 50
    assert len(set(keys)) == 100


def test_pages_that_repeat_have_the_same_records_behind_new_links():
    keys, asked = follow(pages.repeating())
    assert asked == 50
    assert set(keys) == {"key-0"}


def test_empty_pages_go_on():
    assert follow(pages.empty()) == ([], 50)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_pages_in_a_circle(length):
    keys, asked = follow(pages.circling(length))
    assert asked == 50
    assert keys[: length + 1] == [f"key-{place % length}" for place in range(length + 1)]


def test_a_link_elsewhere_is_as_written():
    body = json.loads(pages.elsewhere("https://other.invalid/api/x")(request()).body)
    assert body["_links"]["next"]["href"] == "https://other.invalid/api/x"


def test_fewer_records_than_promised():
    body = json.loads(pages.incomplete(4, 9)(request()).body)
    assert (len(body["records"]), body["total_records"], "next" in body["_links"]) == (4, 9, False)


def reader(*pieces):
    waiting = [*pieces]
    return Reader(lambda: waiting.pop(0) if waiting else b"")


def test_requests_are_read_one_after_the_other():
    one = reader(b"POST /a?b=%20 HTTP/1.1\r\nContent-", b"Length: 2\r\nX: y\r\n\r\n{", b"}GET /c HTTP/1.1\r\n\r\n")
    method, target, headers, body = one.read()
    asked = Request(1, 1, method, target, headers, body)
    assert (asked.method, asked.path, asked.query, asked.json()) == ("POST", "/a", {"b": " "}, {})
    assert asked.headers["x"] == "y"
    assert one.read()[:2] == ("GET", "/c")
    assert one.read() is None


def test_a_request_that_is_cut_off_is_none():
    assert reader(b"POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\n{").read() is None


def test_what_is_no_request_is_told():
    with pytest.raises(Malformed):
        reader(b"hello\r\n\r\n").read()
    with pytest.raises(Malformed):
        reader(b"x" * 100_000).read()
