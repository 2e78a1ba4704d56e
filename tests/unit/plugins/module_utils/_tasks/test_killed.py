# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run of configuration that is killed at any request and done again leads where a whole one leads; nothing twice."""

from __future__ import annotations

import pytest

from tests.killing import MortalServer

WORKLOAD = {"svm": "svm1", "size": "10GiB", "performance_service_level": "Databases"}
SHARED = {**WORKLOAD, "os_type": "linux", "volume_name_tag": "shared"}
STRUCTURE = {
    "performance_service_levels": [
        {
            "name": "Databases",
            "absolute_min_iops": 500,
            "expected_iops_per_tb": 2000,
            "peak_iops_per_tb": 4000,
            "peak_iops_allocation_policy": "used_space",
            "latency_expected": 2,
        }
    ],
    "users": [{"name": "old", "state": "absent"}],
    "igroups": [{"name": "ig_new", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}],
    "luns": [
        {**SHARED, "name": "/vol/AIQUM_shared/a", "lun_maps": [{"igroup": "ig_new"}]},
        {**SHARED, "name": "/vol/AIQUM_shared/b", "operational_state": "offline"},
        {"name": "/vol/vol_lab/lun_lab01", "svm": "svm2", "state": "absent", "lun_maps": []},
    ],
    "file_shares": [{**WORKLOAD, "name": "share_new", "export_policy": {"rules": [{"clients": ["10.0.0.0/8"]}]}}],
    "alerts": [{"name": "Pager", "emails": ["a@example.com"], "event_severities": ["critical"]}],
}


def fresh(seconds):
    server = MortalServer()
    server.state.switches.set("job_seconds", seconds)
    server.state.switches.set("initial_job_state", "running")
    return server


@pytest.mark.parametrize("seconds", [0, 20])
def test_killed_at_any_request_and_done_again(seconds):
    """Jobs end at once, or go on while the client is dead."""
    server = fresh(seconds)
    assert server.apply(STRUCTURE)["outcome"] == "changed"
    number, wanted = server.count, server.export()
    points = [(at, heard) for at in range(1, number + 1) for heard in (False, True)]
    killed = 0
    for at, heard in points if seconds == 0 else points[1::9]:
        server = fresh(seconds)
        killed += server.apply(STRUCTURE, kill_at=at, heard=heard) is None
        again = server.apply(STRUCTURE)
        assert again["outcome"] in ("changed", "unchanged"), (at, heard, again["msg"])
        assert server.export() == wanted, (at, heard)
        assert server.created_twice() == [], (at, heard)
        assert server.apply(STRUCTURE)["outcome"] == "unchanged"
    assert killed > 20
