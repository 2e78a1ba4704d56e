# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A seeded world is a copy of one that is kept: as if it were seeded itself, and apart from the others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.clock import Clock
from tests.simulator.paths import LUNS, SVMS, USERS
from tests.simulator.seed import seed, seed_anew
from tests.simulator.state import all_switches
from tests.simulator.world import World

from .um import UM


def whole(world: World) -> dict[str, Any]:
    """All that seeding puts into a world."""
    tables = {path: list(world.table(path).values()) for path in world.tables()}
    shown = {path: list(world.table(path).shown.values()) for path in world.tables()}
    return {"tables": tables, "shown": shown, "notes": world.notes, "passwords": world.passwords}


@pytest.mark.parametrize("luns", [0, 600])
def test_the_copy_is_as_one_that_is_seeded_at_another_time(luns: int) -> None:
    copied, anew = World(all_switches()), World(all_switches(), Clock(lambda: 7.0, lambda: 86400.0))
    seed(copied, luns)
    seed_anew(anew, luns)
    assert whole(copied) == whole(anew)
    assert copied.keys.new_uuid() == anew.keys.new_uuid()
    assert [len(world.table(LUNS).find("svm.key", svm["key"])) for world in (copied, anew) for svm in found(world)] == (
        [4 + luns] * 2
    )


def found(world: World) -> list[dict[str, Any]]:
    return world.table(SVMS).find("name", "SVM1")


def test_what_happens_in_one_does_not_in_the_next() -> None:
    first, second = UM(), UM()
    before = whole(second.world)
    key = first.key(LUNS, "/vol/vol_esx/lun_spare")
    assert first.job("DELETE", f"{LUNS}/{key}")["status"] == "normal"
    assert first.ask("DELETE", f"{USERS}/storage")[0] == 200
    first.world.note(key)["kept"] = True
    first.world.passwords["admin"] = "another"
    assert whole(second.world) == before == whole(UM().world)
    assert whole(first.world) != before
    assert second.key(LUNS, "/vol/vol_esx/lun_spare") == key
