# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of LUNs have in common."""

from __future__ import annotations

from tests.simulator import paths

from .um import results

LUNS = paths.LUNS


def body(um, svm_name="svm1", **changes):
    """The body of a creation; a change to None takes a field out."""
    wanted = {
        "name": "lun1",
        "space": {"size": 1024_000_000},
        "os_type": "linux",
        "performance_service_level": {"key": um.key(paths.PERFORMANCE_SERVICE_LEVELS, "Value")},
        "svm": {"key": um.key(paths.SVMS, svm_name)},
    }
    wanted.update(changes)
    return {name: value for name, value in wanted.items() if value is not None}


def igroup(um, name="ig_linux01", svm="svm1"):
    key = um.key(paths.SVMS, svm)
    return next(one["key"] for one in um.world.table(paths.IGROUPS).find("svm.key", key) if one["name"] == name)


def made(um, **changes):
    """The key of a new LUN."""
    return results(um.job("POST", LUNS, body(um, **changes)))["lunKey"]
