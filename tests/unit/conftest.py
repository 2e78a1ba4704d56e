# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What unit tests run in: no network credentials of the user's, and examples that are the same in every run.

What hypothesis tries does not change from run to run, so that a change fails for what it does and for nothing else. To
look for new examples: ``make unit ARGS="--hypothesis-profile=search -k test_properties"``.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(pathlib.Path(__file__).resolve().parents[2] / ".build" / "hypothesis")
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", untimed, derandomize=True)
settings.register_profile("search", untimed, max_examples=1000)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _no_connection_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The modules read UM_* variables; those of whoever runs the tests must not decide their outcome."""
    for name in [name for name in os.environ if name.startswith("UM_") and name != "UM_OPENAPI"]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _seeded_records_stay() -> Iterator[None]:
    """All seeded worlds share their records, so a test must not change one in place."""
    yield
    from tests.simulator.seed import seed, seed_anew  # only here, since most tests do without it
    from tests.simulator.state import all_switches
    from tests.simulator.world import World

    shared, anew = World(all_switches()), World(all_switches())
    seed(shared)
    seed_anew(anew)
    for path in anew.tables():
        assert list(shared.table(path).values()) == list(anew.table(path).values()), path
