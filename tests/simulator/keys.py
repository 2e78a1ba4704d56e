# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of the vendor's form (docs/facts/server.md, 4.2 and 7), and UUIDs that are the same in every run."""

from __future__ import annotations

import random
import uuid

NAMESPACE = uuid.UUID("6f1c0b1e-9c55-5f0e-8f6b-0d1f5a7c2e11")


def named_uuid(*names: str) -> str:
    """The UUID of a seeded object, made of its names."""
    return str(uuid.uuid5(NAMESPACE, "/".join(names)))


def object_key(cluster_uuid: str, kind: str, **attributes: str) -> str:
    """``<cluster>:type=<kind>,<attribute>=<value>...``, as the objects of the inventory have it."""
    return f"{cluster_uuid}:type={kind}" + "".join(f",{name}={value}" for name, value in attributes.items())


def uuid_of(key: str) -> str:
    """The last value of an object key."""
    return key.rpartition("=")[2]


def cluster_of(key: str) -> str:
    """The cluster UUID that an object key begins with."""
    return key.partition(":")[0]


class KeyMaker:
    """Makes the UUIDs of new objects and the keys of jobs and tasks; the same sequence in every run."""

    def __init__(self, seed: int = 2026) -> None:
        self._random = random.Random(seed)
        self._host = f"{self._random.getrandbits(64):016x}"
        self._unique = _signed_hex(self._random.getrandbits(32), 32)
        self._count = -0x8000

    def new_uuid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def job_stem(self, milliseconds: int) -> str:
        """The three fields that a job and its tasks share: host, number, hex milliseconds since 1970."""
        return f"{self._host}:{self._unique}:{milliseconds:x}"

    def job_key(self, stem: str) -> str:
        """A key of a job or a task: the stem and a signed counter that climbs from -8000."""
        key = f"{stem}:{_plain_hex(self._count)}"
        self._count = self._count + 1 if self._count < 0x7FFF else -0x8000
        return key


def _signed_hex(bits: int, width: int) -> str:
    return _plain_hex(bits - (1 << width) if bits >> (width - 1) else bits)


def _plain_hex(number: int) -> str:
    return f"-{-number:x}" if number < 0 else f"{number:x}"
