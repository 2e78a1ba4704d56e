# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""In every position of the switches the simulator answers: nothing of it depends on how another one is set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulator import paths
from tests.simulator.state import all_switches

from .um import JOB_SECONDS, UM

RELEASES = ("9.7", "9.9", "9.10", "9.12", "9.18P2")
READABLE = ("/storage-provider/workloads", "/storage-provider/workloads-summary", paths.SYSTEM, "/gateways")
DECLARED = all_switches().describe()


def positions(switch):
    if switch["choices"]:
        return st.sampled_from(switch["choices"])
    return st.sampled_from(RELEASES) if switch["pattern"] else st.sampled_from((0, 1, 2.5))


SETTINGS = st.fixed_dictionaries({}, optional={switch["name"]: positions(switch) for switch in DECLARED})


def read_everything(um):
    """Every list; the only statuses are those of what a release lacks, needs a parameter, or has switched off."""
    tables = [path for path in um.world.tables() if not path.startswith("/ontap")]
    for path in (*tables, *READABLE):
        assert um.ask("GET", path)[0] in (200, 400, 403, 404), path


@settings(max_examples=20)
@given(SETTINGS)
def test_any_position(chosen):
    um = UM(**{**chosen, "polling_long": "ignored"})
    svm, cluster = um.key(paths.SVMS, "svm1"), um.key(paths.CLUSTERS, "cluster1")
    level = um.key(paths.PERFORMANCE_SERVICE_LEVELS, "Value")
    lun = {
        "name": "x",
        "space": {"size": 1 << 30},
        "os_type": "linux",
        "performance_service_level": {"key": level},
        "svm": {"key": svm},
    }
    read_everything(um)
    assert um.ask("POST", paths.LUNS, lun)[0] == 202
    assert um.ask("POST", paths.SVMS, {"name": "n", "cluster": {"key": cluster}})[0] == 202
    um.pass_time(2 * JOB_SECONDS)
    read_everything(um)
    um.ask("DELETE", f"{paths.SVMS}/{svm}?force=true")
    um.ask("DELETE", f"{paths.DATASOURCES}/{cluster}")
    um.pass_time(10 * JOB_SECONDS)
    read_everything(um)
    assert um.world.table(paths.CLUSTERS).get(cluster) is None


@pytest.mark.parametrize("switch", DECLARED, ids=lambda switch: switch["name"])
def test_a_switch_takes_its_choices_as_text_and_refuses_others(switch):
    switches = all_switches()
    for choice in switch["choices"] or (switch["default"],):
        switches.set(switch["name"], str(choice))
        assert switches[switch["name"]] == choice
    with pytest.raises(ValueError, match=switch["name"]):
        switches.set(switch["name"], "no such thing")
