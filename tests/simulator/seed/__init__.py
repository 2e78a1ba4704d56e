# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data centre that every simulator starts with."""

from __future__ import annotations

from .. import resources
from ..world import World
from . import datacenter, users, workloads


def seed(world: World, luns: int = 0) -> None:
    """Fill a new World.

    The clusters come first, then what the resources bring along, then the workloads, which use both.

    :param luns: how many LUNs there are besides the few that have a story
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
