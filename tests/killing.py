# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that end as if killed, at a request of choice, against a server in this process whose time is the run's own."""

from __future__ import annotations

import copy
from collections import Counter

from tests.local import LocalServer


class Killed(BaseException):
    """No code of the module comes to anything any more."""


class MortalServer(LocalServer):
    """A server whose clients can be killed.

    :ivar kill_at: the number of the request, from 1, at which the client is killed; None lets it live
    :ivar heard: whether the request still reaches the server
    :ivar count: the requests of this client so far
    """

    def __init__(self):
        super().__init__()
        self.kill_at = None
        self.heard = False
        self.count = 0

    def answer(self, local, request):
        self.count += 1
        if self.kill_at is None or self.count < self.kill_at:
            return super().answer(local, request)
        if self.count == self.kill_at and self.heard:
            super().answer(local, request)
        raise Killed

    def apply(self, structure, kill_at=None, heard=False, **options):
        """The result of ``configuration``; None when it was killed.

        :param kill_at: at which request it is killed, ``heard`` by the server or not
        """
        self.kill_at, self.heard, self.count = kill_at, heard, 0
        self._stop_clock()
        given = {"configuration": copy.deepcopy(structure), **options}
        try:
            return self.run("configuration", given)
        except Killed:
            return None
        finally:
            self.kill_at = None

    def _stop_clock(self):
        """On a whole second, so that what runs see of it is the same each time."""
        clock = self.state.world.clock
        clock.stop()
        clock.forward(1 - clock.date(clock.seconds()).microsecond / 1e6)

    def export(self):
        """What is there."""
        return self.run("configuration_info", {})["configuration"]

    def created_twice(self):
        """The objects that were asked for more than once, as (path, name): each POST was accepted."""
        accepted = [sent for sent in self.writes if sent.method == "POST" and sent.status in (200, 201, 202)]
        counts = Counter((sent.path, sent.content) for sent in accepted)
        return [made for made, count in counts.items() if count > 1]
