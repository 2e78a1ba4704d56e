# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator in use: nothing that a report would call late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.paths import BACKUP_FILES, DATASOURCES
from tests.simulator.seed import recent
from tests.simulator.state import State

DAY = 24 * 60 * 60.0


@pytest.fixture
def world():
    """It is recent since its clock stands still."""
    world = State().world
    world.clock.stop()
    recent.keep_recent(world)
    return world


def polls(world):
    world.agenda.run_due()
    return [one["operation"]["last_success_time"] for one in world.table(DATASOURCES).values()]


def test_clusters_are_polled_every_quarter_of_an_hour(world):
    (started,) = set(polls(world))
    for minutes, polled in ((14, 0), (1, 15), (29, 30), (3 * 60, 3 * 60 + 30)):
        world.clock.forward(60.0 * minutes)
        (last,) = set(polls(world))
        after = datetime.fromisoformat(last) - datetime.fromisoformat(started)
        assert round(after.total_seconds()) == 60 * polled


def test_a_cluster_whose_discovery_failed_is_not_polled(world):
    table = world.table(DATASOURCES)
    failed, *_others = table.values()
    operation = {**failed["operation"], "state": "failed", "last_success_time": "long ago"}
    table.put({**failed, "operation": operation}, at_once=True)
    world.clock.forward(DAY)
    assert sorted(polls(world))[-1] == "long ago"
    assert len(set(polls(world))) == 2


def test_the_weekly_backup_was_made_when_it_was_due(world):
    now = world.clock.date(world.clock.seconds())
    *_seeded, newest = (datetime.fromisoformat(one["creation_time"]) for one in world.table(BACKUP_FILES).values())
    assert (newest.isoweekday(), newest.hour, newest.minute) == (7, 1, 15)
    assert timedelta(0) <= now - newest < timedelta(days=7)


@pytest.mark.parametrize("day", range(22, 30))
@pytest.mark.parametrize("hour", [0, 1, 23])
def test_the_last_time_that_a_backup_was_due(day, hour):
    state = State()
    now = datetime(2026, 11, day, hour, 20, tzinfo=UTC)
    state.world.clock.date = lambda _moment: now
    due = recent.last_due(state.world)
    assert (due.isoweekday(), due.hour, due.minute) == (7, 1, 15)
    assert timedelta(0) <= now - due < timedelta(days=7)


def test_a_reset_world_is_recent_again_and_others_are_not():
    state = State(recent=True)
    state.reset()
    assert polls(state.world)[0] > "2026-01-12T09:30:00.000+00:00"
    assert set(polls(State().world)) == {"2026-01-12T09:30:00.000+00:00"}
