# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which signals end a run."""

from __future__ import annotations

import contextlib
import signal

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Interrupted
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.signals import SIGNALS, Signals


@pytest.fixture(params=SIGNALS)
def number(request):
    """A signal whose handler is restored after the test."""
    number = getattr(signal, request.param)
    before = signal.getsignal(number)
    yield number
    signal.signal(number, before)


@pytest.fixture
def caught(number):
    """Signals within ``caught``; the signal would end the process before and after."""
    signal.signal(number, signal.SIG_DFL)
    signals = Signals()
    with signals.caught():
        yield signals
    assert signal.getsignal(number) is signal.SIG_DFL


def wait(signals, number=None):
    """Wait; when a signal is given, it comes meanwhile. Whether the wait came to its end."""
    with contextlib.suppress(Interrupted), signals.waiting():
        if number:
            signal.raise_signal(number)
        return True
    return False


def test_a_signal_ends_a_wait(number, caught):
    assert wait(caught)
    with pytest.raises(Interrupted, match=signal.Signals(number).name), caught.waiting():
        signal.raise_signal(number)
    assert not wait(caught, number)


def test_a_signal_elsewhere_is_heeded_at_the_next_wait(number, caught):
    """Where nothing waits, a lock may be held, and the answer may need it."""
    assert wait(caught)
    signal.raise_signal(number)
    with pytest.raises(Interrupted, match=signal.Signals(number).name), caught.waiting():
        pytest.fail("it waited")


def test_a_signal_that_was_lost_is_heeded_at_the_next_wait(number, caught):
    """Python passes over what is raised in a destructor that it happens to run."""
    assert not wait(caught, number)
    assert not wait(caught)


def test_nothing_is_sent_after_a_signal(number, caught):
    signal.raise_signal(number)
    with pytest.raises(Interrupted), caught.held():
        pytest.fail("a change was sent")


def test_a_signal_while_a_change_is_on_its_way_waits_for_its_answer(number, caught):
    waits = []
    with pytest.raises(Interrupted), caught.held():
        waits += [wait(caught, number), wait(caught)]
    assert waits == [True, True]


def test_a_signal_while_the_answer_is_written_does_not_end_it(number, caught):
    caught.mute()
    assert wait(caught, number)
    with caught.held():
        assert wait(caught, number)
    assert wait(caught)


def test_a_signal_that_is_ignored_stays_so(number):
    """By nohup, for example, a whole playbook is told to outlive its terminal."""
    signal.signal(number, signal.SIG_IGN)
    with Signals().caught():
        signal.raise_signal(number)
    assert signal.getsignal(number) is signal.SIG_IGN
