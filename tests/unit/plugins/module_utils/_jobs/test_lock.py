# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on one machine take turns: for as long as the deadline allows, by one file, which goes with its last user."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import lock
from tests import conftest as tree

from ..fakes import Clock

PLACES = lock.places  # the tests have a place of their own


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    monkeypatch.setattr(lock, "places", lambda: [str(tmp_path)])
    return tmp_path


def files(place):
    return [path for path in place.rglob("*") if not path.is_dir()]


def turns(clock, seconds=600, server="um"):
    return lock.Turns(server, clock.deadline(seconds))


def test_a_turn_is_waited_for_until_the_deadline():
    clock = Clock()
    with turns(clock).taken():
        with turns(clock, server="another").taken():
            assert clock.sleeps == []
        refused = pytest.raises(UMError, match=r"did not get its turn .* Nothing was sent")
        with refused as error, turns(clock, 45).taken():
            pass
    assert (error.value.outcome, round(sum(clock.sleeps)), max(clock.sleeps)) == ("failed", 45, 0.05)


def test_a_turn_that_becomes_free_is_taken():
    clock = Clock()
    holder = turns(clock).taken()
    holder.__enter__()

    def sleep(seconds):
        clock.time += seconds
        if clock.time > 1025:
            holder.__exit__(None, None, None)

    clock.sleep = sleep
    with turns(clock, 45).taken():
        assert 1025 <= clock.time < 1026


def test_the_mark_of_the_last_run_tells_whether_anybody_came_between():
    one, other = turns(Clock()), turns(Clock())
    seen = []
    for turn in (one, one, other, other, one):
        with turn.taken() as nobody_between:
            seen.append(nobody_between)
    assert seen == [False, True, False, True, False]


def test_the_file_goes_with_its_last_user(place):
    one, other = turns(Clock()), turns(Clock())
    for turn in (one, other):
        with turn.taken():
            assert len(files(place)) == 1
    one.close()
    assert files(place) == []
    with other.taken() as nobody_between:  # by another file now, so that it cannot know
        assert not nobody_between
        with pytest.raises(UMError), turns(Clock(), 1).taken():
            pass
    other.close()
    assert files(place) == []


def test_a_file_that_is_needed_stays(place):
    clock = Clock()
    one, other = turns(clock), turns(clock, 1)
    with one.taken():
        with pytest.raises(UMError), other.taken():
            pass
        other.close()
        assert len(files(place)) == 1
        with pytest.raises(UMError), turns(clock, 1).taken():
            pass


def test_what_a_killed_run_leaves_is_used_and_removed(place):
    (path,) = [place / f".aiqum-{os.geteuid()}"]
    path.mkdir()
    one = turns(Clock())
    (path / one._name).write_bytes(b"the mark of a run that was killed")
    with one.taken() as nobody_between:
        assert not nobody_between
    one.close()
    assert files(place) == []


def test_without_a_place_nothing_is_sent(monkeypatch):
    monkeypatch.setattr(lock, "places", lambda: ["/nowhere", "/proc"])
    with pytest.raises(UMError, match=r"cannot be made; nothing was sent.*/nowhere"), turns(Clock()).taken():
        pass


def test_a_folder_of_another_user_is_no_place(monkeypatch, place, tmp_path_factory):
    second = tmp_path_factory.mktemp("second")
    monkeypatch.setattr(lock, "places", lambda: [str(place), str(second)])
    (place / f".aiqum-{os.geteuid()}").symlink_to(second)
    with turns(Clock()).taken():
        assert [path.parent.parent for path in files(second)] == [second]


def test_the_home_comes_before_the_memory_of_the_machine():
    home = pwd.getpwuid(os.geteuid()).pw_dir
    assert PLACES() == [home, "/dev/shm"]


def test_a_link_in_the_place_of_the_file_is_not_followed(place, tmp_path_factory):
    precious = tmp_path_factory.mktemp("precious") / "file"
    precious.write_text("text", encoding="utf-8")
    folder = place / f".aiqum-{os.geteuid()}"
    folder.mkdir()
    turn = turns(Clock())
    (folder / turn._name).symlink_to(precious)
    with pytest.raises(UMError, match="cannot be made"), turn.taken():
        pass
    assert precious.read_text(encoding="utf-8") == "text"


HOLD = """
import sys, time
sys.path.insert(0, sys.argv[1])
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.deadline import Deadline
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs import lock
lock.places = lambda: [sys.argv[2]]
with lock.Turns("um", Deadline(60)).taken():
    print("taken", flush=True)
    sys.stdin.read()
"""


def test_another_process_with_another_environment_has_the_same_turns(place):
    command = [sys.executable, "-c", HOLD, str(tree.BUILD), str(place)]
    environment = {**os.environ, "TMPDIR": "/nowhere", "HOME": "/nowhere"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout.readline() == b"taken\n"
        with pytest.raises(UMError), turns(Clock(), 1).taken():
            pass
        process.stdin.close()
        process.wait(timeout=30)
    with turns(Clock(), 1).taken():
        pass
