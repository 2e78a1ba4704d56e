# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies that no client expects: huge, compressed a thousandfold, nested a million deep, not quite text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from .answers import Answer

BLOCK = 64 * 1024
GZIP, DEFLATE, RAW_DEFLATE = "gzip", "deflate", "raw deflate"
_WINDOWS = {GZIP: 31, DEFLATE: 15, RAW_DEFLATE: -15}


def blank(
    size: int | None, around: tuple[bytes, bytes] = (b'{"records": [', b'], "num_records": 0}')
) -> Iterator[bytes]:
    """A valid JSON document of so many bytes, nearly all of them blanks; endless with None. Made while it is sent."""
    before, after = around
    yield before
    left = None if size is None else size - len(before) - len(after)
    while left is None or left > 0:
        block = BLOCK if left is None else min(BLOCK, left)
        yield b" " * block
        left = None if left is None else left - block
    yield after


def records(number: int, record: dict[str, Any] | None = None) -> Iterator[bytes]:
    """The JSON of a list with so many records, made while it is sent; each has a key of its own."""
    yield b'{"records": ['
    for index in range(number):
        one = {"key": f"key-{index}", "name": f"name-{index}", **(record or {})}
        yield (", " if index else "").encode() + json.dumps(one).encode()
    yield b'], "num_records": %d, "total_records": %d}' % (number, number)


def compressed(pieces: Iterable[bytes], encoding: str = GZIP) -> Iterator[bytes]:
    """The pieces in one of the compressions that HTTP knows; 1 MB of blanks becomes 1 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _WINDOWS[encoding])
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()


def bomb(size: int | None, encoding: str = GZIP, layers: int = 1) -> Iterator[bytes]:
    """A whole answer whose body unpacks to so many bytes of valid JSON, endless with None.

    :param layers: how often it is packed; each is named in Content-Encoding
    """
    pieces: Iterable[bytes] = blank(size)
    for _layer in range(layers):
        pieces = compressed(pieces, encoding)
    name = DEFLATE if encoding == RAW_DEFLATE else encoding
    return Answer().with_headers(("Content-Encoding", ", ".join([name] * layers))).streamed(pieces)


def nested(depth: int, inmost: Any = None, shape: str = "array") -> bytes:
    """JSON with so many arrays, or objects, within each other."""
    opening, closing = (b"[", b"]") if shape == "array" else (b'{"a":', b"}")
    return opening * depth + json.dumps(inmost).encode() + closing * depth


def with_field(record: dict[str, Any], name: str, value: bytes) -> bytes:
    """The JSON of a record with one more field, whose value is given as JSON already."""
    return json.dumps({**record, name: "\0"}).encode().replace(rb'"\u0000"', value)


LONE_SURROGATE = rb'"\ud800"'
INVALID_UTF8 = b'"\xff\xfe\xed\xa0\x80"'
NOT_A_NUMBER = b"NaN"
LONG_NUMBER = b"1" * 5000
