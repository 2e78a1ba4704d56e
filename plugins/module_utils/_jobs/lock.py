# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on one machine take turns (docs/facts/job-contract.md, rule 13). Private to this collection."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator

try:
    import fcntl
    import pwd

    POSIX = True
except ImportError:
    POSIX = False

from .._base.deadline import Deadline
from .._base.errors import UMError

PAUSE = 0.05


class Turns:
    """The turns that runs of one user take on one machine with one server.

    A turn is the lock on a file, which exists while runs need it. The file holds the mark of the run that had the last
    turn.

    :param server: what identifies the server, however its name is spelt
    """

    def __init__(self, server: str, deadline: Deadline) -> None:
        self._name = hashlib.sha256(server.encode(errors="replace")).hexdigest()[:16] + ".lock"
        self._deadline = deadline
        self._mark = os.urandom(16)
        self._handle: int | None = None
        self._path = ""

    @contextlib.contextmanager
    def taken(self) -> Iterator[bool]:
        """Within, no other run of this user on this machine has its turn.

        :returns: whether the last turn was this run's, too, so that no other run made anything in between
        :raises UMError: the deadline passes before it is this run's turn, or there is no place for the file
        """
        if not POSIX:
            yield False
            return
        handle = self._wait_for_turn()
        try:
            yield self._sign(handle)
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Remove the file, unless another run needs it."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._is_current(self._handle):
                os.unlink(self._path)
        os.close(self._handle)
        self._handle = None

    def _wait_for_turn(self) -> int:
        """The handle of the file, locked."""
        began = self._deadline.now()
        while True:
            handle = self._try()
            if handle is not None:
                return handle
            if self._deadline.passed():
                raise UMError(
                    f"Another run on this machine has been creating something for {self._deadline.now() - began:.0f} s,"
                    f" and this one did not get its turn before wait_timeout passed ({self._path} is locked). Nothing"
                    " was sent; run the task again."
                )
            self._deadline.pause(PAUSE)

    def _try(self) -> int | None:
        """The handle of the file if the lock is free, else None."""
        if self._handle is None:
            self._handle = self._open()
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if self._is_current(self._handle):
            return self._handle
        os.close(self._handle)  # its last user has removed it
        self._handle = None
        return None

    def _open(self) -> int:
        """:raises UMError: there is no place for the file"""
        troubles = []
        for place in places():
            try:
                folder = _own_folder(place)
                self._path = os.path.join(folder, self._name)
                return os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            except OSError as error:
                troubles.append(str(error))
        raise UMError(
            "The file by which runs on this machine take turns to create something cannot be made; nothing was sent."
            f" Give the user a home directory that can be written to. {'; '.join(troubles)}."
        )

    def _is_current(self, handle: int) -> bool:
        """Whether the file that is locked is the one at its path."""
        try:
            there = os.stat(self._path, follow_symlinks=False)
        except FileNotFoundError:
            return False
        here = os.fstat(handle)
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)

    def _sign(self, handle: int) -> bool:
        """Leave the mark; whether it was there already."""
        before = os.pread(handle, len(self._mark), 0)
        os.pwrite(handle, self._mark, 0)
        return before == self._mark


def places() -> list[str]:
    """The folders that may hold the file: the same for all runs of a user, independent of the environment."""
    found = ["/dev/shm"]  # noqa: S108  where there is no home, as in some containers; the folder in it is the user's own
    with contextlib.suppress(KeyError):
        found.insert(0, pwd.getpwuid(os.geteuid()).pw_dir)
    return found


def _own_folder(place: str) -> str:
    """A folder that only this user can write to.

    :raises OSError: no folder exists that can be used, and none can be created
    """
    folder = os.path.join(place, f".aiqum-{os.geteuid()}")
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    found = os.lstat(folder)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise PermissionError(f"{folder} belongs to another user")
    return folder
