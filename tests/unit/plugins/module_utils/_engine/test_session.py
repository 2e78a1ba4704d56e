# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which signals end a run."""

from __future__ import annotations

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


def test_a_signal_ends_the_run_once(number):
    signals = Signals()
    signal.signal(number, signal.SIG_DFL)
    with signals.caught():
        with pytest.raises(Interrupted, match=signal.Signals(number).name):
            signal.raise_signal(number)
        signal.raise_signal(number)
    assert signal.getsignal(number) is signal.SIG_DFL


def test_a_signal_while_the_answer_is_written_does_not_end_it(number):
    signals = Signals()
    signal.signal(number, signal.SIG_DFL)
    with signals.caught():
        signals.mute()
        signal.raise_signal(number)
        with signals.held():
            signal.raise_signal(number)
        signals.raise_pending()


def test_a_signal_that_is_ignored_stays_so(number):
    """By nohup, for example, a whole playbook is told to outlive its terminal."""
    signal.signal(number, signal.SIG_IGN)
    with Signals().caught():
        signal.raise_signal(number)
    assert signal.getsignal(number) is signal.SIG_IGN
