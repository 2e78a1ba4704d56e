# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the control API can replace as a whole: the world, and whether it may be written to."""

from __future__ import annotations

from . import access, replies, resources
from .seed import seed
from .seed.recent import keep_recent
from .switches import GENERAL, Switches
from .world import World


def all_switches() -> Switches:
    """All that are declared anywhere, as they are by default."""
    declared = [switch for module in resources.modules() for switch in getattr(module, "SWITCHES", ())]
    return Switches([*GENERAL, *access.SWITCHES, *replies.SWITCHES, *declared])


class State:
    """The present world.

    :param luns: how many LUNs are added to those of the seed
    :param recent: whether clusters are polled and backups are made, instead of showing the dates of the seed
    :ivar world: all records and jobs
    :ivar writes_forbidden: every request but reads is answered 403
    """

    def __init__(self, luns: int = 0, recent: bool = False) -> None:
        self.switches = all_switches()
        self._luns = luns
        self._recent = recent
        self.writes_forbidden = False
        self.world = self._new_world()

    def reset(self) -> None:
        """A new world and the switches as at the start."""
        self.switches.reset()
        self.writes_forbidden = False
        self.world.jobs.lose_all()
        self.world = self._new_world()

    def _new_world(self) -> World:
        world = World(self.switches)
        seed(world, self._luns)
        if self._recent:
            keep_recent(world)
        return world
