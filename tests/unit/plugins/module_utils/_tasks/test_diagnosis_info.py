# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A diagnosis finds every switch of the simulator that a read can reveal."""

from __future__ import annotations

import random

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import diagnosis_info
from tests.local import LocalServer

READABLE = {
    "filter_case": ("insensitive", "sensitive"),
    "unknown_parameters": ("ignore", "refuse"),
    "user_passwords": ("hidden", "shown"),
    "api_gateway": ("on", "off_404", "off_403", "off_empty"),
    "ontap_unknown_api": ("404", "empty"),
    "release": ("9.7", "9.9", "9.10", "9.14.1", "9.16", "9.18P2"),
    "volume_prefix": ("AIQUM_", "NSLM_"),
    "job_dialect": ("document", "guide"),
    "complete_time_while_running": ("absent", "null"),
    "empty_job_results": ("empty", "absent"),
    "job_links": ("raw", "encoded"),
    "job_filter_by_keys": (True, False),
    "polling_long": ("ignored", "refused"),
}
NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value"}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(diagnosis_info, "_below_http", lambda diagnosis, session: None)
    return LocalServer()


def with_jobs(server, settings):
    """A server of these settings, with one Job that ended and two that run."""
    server.reset()
    server.state.switches.set_all(settings)
    server.run("lun", {"name": "db01", **NEW})
    server.state.switches.set("job_seconds", 600)
    for name in ("db02", "db03"):
        server.run("lun", {"name": name, "wait": False, **NEW})
    server.sent.clear()


def test_every_switch_that_a_read_reveals_is_named(server):
    chosen = random.Random(20)
    for _number in range(200):
        settings = {name: chosen.choice(values) for name, values in READABLE.items()}
        with_jobs(server, settings)
        found = server.run("diagnosis_info", {})["profile"]["switches"]
        expected = dict(settings)
        if settings["api_gateway"] != "on":
            del expected["ontap_unknown_api"]  # there is no gateway to ask
        assert found == expected
        assert server.writes == []
