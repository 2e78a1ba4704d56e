# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data centre that every simulator starts with."""

from __future__ import annotations

import functools

from .. import resources
from ..switches import Switches
from ..world import World
from . import datacenter, users, workloads


def seed(world: World, luns: int = 0) -> None:
    """Fill a new World.

    :param luns: how many LUNs there are besides the few that have a story
    """
    world.take_over(_seeded(luns))


@functools.lru_cache(maxsize=2)
def _seeded(luns: int) -> World:
    """A world that was seeded, of which others are made: neither switches nor the clock have a part in it."""
    world = World(Switches(()))  # it has none that could be read
    seed_anew(world, luns)
    return world


def seed_anew(world: World, luns: int = 0) -> None:
    """Fill a new World record by record.

    The clusters come first, then what the resources bring along, then the workloads, which use both.
    """
    users.seed(world)
    datacenter.seed(world)
    for module in resources.modules():
        if hasattr(module, "seed"):
            module.seed(world)
    workloads.seed(world)
    workloads.add_many(world, luns)
    for module in resources.modules():
        if hasattr(module, "seed_late"):
            module.seed_late(world)
    world.finish_seeding()
