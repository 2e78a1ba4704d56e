# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came later, on the oldest release, which lacks it: the task says which release is needed."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.releases import came_with
from tests.declarations import MODULES, collections

OLDEST = "9.7"


def later(module):
    """[(options, the release that they need)] of a module, for what came after the first release."""
    return [(options, came_with(path)[1]) for options, path in collections(module) if came_with(path)]


LATER = {module: later(module) for module in MODULES if later(module)}


def test_there_are_such_modules():
    assert {"alert", "alert_info", "alert_script", "alert_script_info", "event", "metrics_info"} <= LATER.keys()


@pytest.mark.parametrize("module", LATER)
def test_the_release_that_is_needed_is_named(um, play, module):
    um.set(release=OLDEST)
    tasks = [{f"aiqum.unified_manager.{module}": options} for options, _release in LATER[module]]
    ran = play(*tasks)
    for result, (options, release) in zip(ran.results, LATER[module], strict=True):
        assert (result["failed"], result["changed"], result["outcome"]) == (True, False, "failed"), options
        assert f"needs UM {release} or newer; this is {OLDEST}." in result["msg"]
    refused = 1 if module == "event" else 0  # the list shows events, and only a change asks for a single one
    assert len(um.writes()) == refused
