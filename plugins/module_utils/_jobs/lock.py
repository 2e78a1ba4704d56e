# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on one machine take turns. Private to this collection."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator

try:
    import fcntl
except ImportError:  # not on POSIX
    fcntl = None

from .._base.deadline import Deadline

PATIENCE = 10.0  # seconds for the other's request to be answered
PAUSE = 0.05


@contextlib.contextmanager
def one_at_a_time(server: str, deadline: Deadline, mark: bytes = b"") -> Iterator[bool]:
    """Within, no other process of this user on this machine does the same; it is waited for, but not for long.

    Where no lock can be had, it does nothing: the look at the jobs then has to do.

    :param mark: who it is
    :returns: whether the last turn was one of the same mark, so that nobody made anything in between
    """
    handle, nobody_between = None, False
    try:
        handle = _opened(server)
        _locked(handle, deadline)
        nobody_between = handle is not None and _signed(handle, mark)
    except OSError:
        pass
    try:
        yield nobody_between
    finally:
        if handle is not None:
            os.close(handle)


def _opened(server: str) -> int | None:
    """A file of this user's own, made for this; another user, who can write there, too, must not choose it."""
    if fcntl is None:
        return None
    name = hashlib.sha256(server.encode(errors="replace")).hexdigest()[:16]
    path = os.path.join(tempfile.gettempdir(), f"aiqum-{os.getuid()}-{name}.lock")
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1:
        return handle
    os.close(handle)
    return None


def _locked(handle: int | None, deadline: Deadline) -> None:
    """:raises OSError: somebody else has it for longer than is waited"""
    end = deadline.now() + PATIENCE
    while handle is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if deadline.passed() or deadline.now() > end:
                raise
            deadline.pause(PAUSE)


def _signed(handle: int, mark: bytes) -> bool:
    """Leave the mark; whether it was there already."""
    before = os.pread(handle, len(mark), 0)
    os.pwrite(handle, mark, 0)
    return before == mark
