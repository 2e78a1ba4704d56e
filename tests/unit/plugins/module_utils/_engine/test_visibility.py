# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a change is looked for that the server shows late, and when not any more."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.visibility import VisibilityWait

MISSING = "the LUN is not shown yet"


class Server:
    """What looks find, one after the other, the last one for ever; each look takes some seconds."""

    def __init__(self, *found, takes=0.0):
        self.now = 100.0
        self.looks = []
        self._found = list(found)
        self._takes = takes

    def look(self):
        self.looks.append(self.now - 100.0)
        self.now += self._takes
        found = self._found.pop(0) if len(self._found) > 1 else self._found[0]
        if isinstance(found, UMError):
            raise found
        return found

    def wait(self, seconds=None, longest=900.0):
        return VisibilityWait(self.look, Deadline(seconds, lambda: self.now), longest)


def test_what_is_shown_at_once_ends_with_the_first_look():
    server = Server(None)
    assert server.wait().ends() is True
    assert server.looks == [0.0]


def test_nothing_is_looked_for_before_it_is_due():
    server = Server(MISSING)
    wait = server.wait()
    assert [wait.ends(), wait.ends()] == [False, False]
    assert (server.looks, wait.due, wait.missing) == ([0.0], 100.5, MISSING)


def test_looks_become_rarer():
    server = Server(MISSING)
    wait = server.wait()
    while server.now < 300.0:
        assert wait.ends() is False
        server.now = wait.due
    gaps = [round(after - before, 6) for before, after in zip(server.looks, server.looks[1:])]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == (0.5, 10.0)


def test_a_look_that_fails_is_no_end_and_is_forgotten_after_a_good_one():
    server = Server(UMError("The server is busy."), None)
    wait = server.wait()
    assert wait.ends() is False
    assert str(wait.trouble) == "The server is busy."
    server.now = wait.due
    assert wait.ends() is True
    assert (wait.trouble, wait.missing) == (None, None)


@pytest.mark.parametrize(("seconds", "longest"), [(60.0, 900.0), (None, 60.0)])
def test_it_looks_a_last_time_when_it_is_over(seconds, longest):
    server = Server(MISSING)
    wait = server.wait(seconds, longest)
    assert wait.ends() is False
    server.now += 60.0
    wait.due = server.now + 1.0
    assert wait.ends() is True
    assert (server.looks, wait.missing) == ([0.0, 60.0], MISSING)


def test_it_ends_when_its_time_passes_during_a_look():
    server = Server(MISSING, takes=61.0)
    assert server.wait(longest=60.0).ends() is True
