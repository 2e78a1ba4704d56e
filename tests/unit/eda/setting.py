# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An event source on a clock that only moves when a test says so, and a simulated Unified Manager in this process."""

from __future__ import annotations

import collections

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import NotSent
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._event_options import options_of
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._event_reading import Follower
from tests.local import LocalServer
from tests.simulator import event_control

NOON = 1_800_000_000.0  # the time of day when the clock begins
EVENTS = "/management-server/events"


class Setting:
    """A server, and the source that follows it.

    :ivar delivered: the events that came out of the source, in order
    :ivar lines: what it told people
    :ivar raised: the keys of all events that a test raised
    """

    def __init__(self, **options):
        self.seconds = 0.0
        self.server = LocalServer()
        clock = self.server.state.world.clock
        clock.seconds, clock._start, clock._start_of_day = lambda: self.seconds, 0.0, NOON
        self.options = {"interval": 30, **options}
        self.delivered, self.lines, self.raised = [], [], []
        self.start()

    def start(self):
        """A new source, as after a restart."""
        own = {name: value for name, value in self.options.items() if value is not None}
        self.follower = Follower(
            options_of({**self.server.options, **own}),
            self.delivered.append,
            self.lines.append,
            now=lambda: NOON + self.seconds,
            clock=lambda: self.seconds,
            pause=self._pass,
        )

    def _pass(self, seconds):
        self.seconds += seconds

    def poll(self, times=1):
        for _time in range(times):
            self.seconds += self.options["interval"]
            with self.server.reached():
                self.follower.poll()

    def happen(self, **description):
        """Raise events; a second later is the earliest that the next thing happens."""
        world = self.server.state.world
        world.agenda.run_due()
        self.raised += [one["key"] for one in event_control.raise_events(world, {"name": "Made up", **description})]
        self.seconds += 1

    def move(self, **description):
        world = self.server.state.world
        world.agenda.run_due()
        event_control.move_events(world, description)
        self.seconds += 1

    def set_clock(self, offset):
        self.server.state.world.clock.offset = offset

    def stop_server(self):
        def refuse(method, path):
            raise NotSent("um.example.com cannot be reached: connection refused.")

        self.server.instead = refuse

    def start_server(self):
        self.server.instead = lambda method, path: None

    @property
    def keys(self):
        return [event["payload"]["key"] for event in self.delivered]

    def check(self):
        """Each event that was raised came once, and nothing else."""
        counted = collections.Counter(self.keys)
        assert counted == collections.Counter(self.raised)
