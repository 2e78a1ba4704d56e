# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A diagnosis finds every switch of the simulator that a read can reveal; the guide names the others."""

from __future__ import annotations

import random
import re

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import diagnosis_info
from tests.guides import RST
from tests.local import LocalServer
from tests.simulator import profile
from tests.simulator.seed.users import credentials
from tests.simulator.state import all_switches

READABLE = {
    "filter_case": ("insensitive", "sensitive"),
    "unknown_parameters": ("ignore", "refuse"),
    "user_passwords": ("hidden", "shown"),
    "api_gateway": ("on", "off_404", "off_403", "off_empty"),
    "ontap_unknown_api": (404, "empty"),
    "ontap_initial_state": ("queued", "running", "paused"),
    "ontap_job_error": ("both", "message", "error"),
    "ontap_descriptions": ("request", "words"),
    "release": ("9.7", "9.9", "9.10", "9.14.1", "9.16", "9.18P2"),
    "volume_prefix": ("AIQUM_", "NSLM_"),
    "unknown_page_size": (2, 3, 5),
    "event_duplicates": ("none", "pages", "twice"),
    "error_codes": ("words", "numbers", "absent"),
    "admin_reads": ("any_role", "administrator"),
    "body_of_403": ("empty", "error", "html"),
    "discovery_seconds": (2, 30),
    "job_dialect": ("document", "guide"),
    "job_names": ("words", "codes"),
    "job_seconds": (3, 20),
    "initial_job_state": ("running", "queued", "waiting"),
    "parent_ends_before_children": (True, False),
    "complete_time_while_running": ("absent", "null"),
    "empty_job_results": ("empty", "absent"),
    "job_links": ("raw", "encoded"),
    "job_filter_by_keys": (True, False),
    "polling_long": ("ignored", "refused", "held", "held_with_last_modified"),
}
AT_THE_DOOR = {"body_of_401", "database_user_status"}  # shown by a login that is refused
OF_THE_GATEWAY = ("ontap_unknown_api", "ontap_initial_state", "ontap_job_error", "ontap_descriptions")
NEW = {"svm": "svm1", "size": "10GiB", "os_type": "linux", "performance_service_level": "Value", "wait": False}
VOLUME = {"svm.name": "svm1", "aggregates": [{"name": "aggr1"}], "size": 1073741824}
LONG = 1000.0  # seconds


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(diagnosis_info, "_below_http", lambda diagnosis, session: None)
    return LocalServer()


def with_something_to_see(server, settings):
    """A server of these settings, on which every sort of Job has just begun or ended, and a cluster was discovered."""
    server.reset()
    world = server.state.world
    world.clock.stop()
    server.state.switches.set_all({**settings, "api_gateway": "on", "polling_long": "ignored"})
    run(server, "lun", {"name": "db01", **NEW})
    datasource = {"address": "10.10.0.10", "cluster_username": "admin", "cluster_password": "x", "wait": False}
    run(server, "datasource", datasource)
    world.outcomes.add({"failures": ["No space left."], "method": "POST", "path": "gateways"})
    volume(server, "vol_failed")
    world.clock.forward(LONG)
    world.outcomes.add({"seconds": 1.0, "children": [{"name": "Spawned Job", "seconds": 10 * LONG}]})
    run(server, "lun", {"name": "db02", **NEW})
    world.clock.forward(LONG)
    server.state.switches.set("job_seconds", LONG)
    run(server, "lun", {"name": "db03", **NEW})
    volume(server, "vol_begun")
    server.state.switches.set_all({name: settings[name] for name in ("api_gateway", "polling_long")})
    server.sent.clear()


def run(server, module, options):
    result = server.run(module, options)
    assert not result.get("failed"), result
    return result


def volume(server, name):
    options = {"cluster": "cluster1", "path": "storage/volumes", "method": "post", "body": {**VOLUME, "name": name}}
    unless = {"name": name, "svm.name": "svm1"}
    run(server, "ontap", {**options, "unless": unless, "wait": False})


def login(user):
    return {"username": user, "password": credentials()[user]["password"]}


def revealed(settings, user):
    """Those of the settings that this user's reads can show."""
    hidden = set()
    if settings["api_gateway"] != "on":
        hidden.update(OF_THE_GATEWAY)  # there is no gateway to ask
    if settings["ontap_initial_state"] == "running":
        hidden.add("ontap_initial_state")  # as every job of ONTAP that runs
    refused = settings["admin_reads"] == "administrator" and user != "admin"
    if refused:
        hidden.update(("user_passwords", "discovery_seconds"))
    else:
        hidden.add("body_of_403")
    if user == "admin":
        hidden.add("admin_reads")
    return {name: value for name, value in settings.items() if name not in hidden}


def test_every_switch_that_a_read_reveals_is_named(server):
    chosen = random.Random(20)
    for number in range(200):
        settings = {name: chosen.choice(values) for name, values in READABLE.items()}
        user = ("admin", "operator", "admin", "storage")[number % 4]
        with_something_to_see(server, settings)
        found = run(server, "diagnosis_info", login(user))["profile"]["switches"]
        assert found == revealed(settings, user), number
        assert server.writes == []
        assert len(server.sent) <= 35


def test_every_switch_is_found_or_named_in_the_guide():
    text = (RST / "guide_diagnosis.rst").read_text(encoding="utf-8")
    table = text.partition("What the diagnosis cannot find out\n")[2]
    named = [name for cell in re.findall(r"^   \* - (``.+)$", table, re.MULTILINE) for name in re.findall(r"\w+", cell)]
    assert sorted([*named, *READABLE, *AT_THE_DOOR]) == sorted(all_switches().as_dict())


@pytest.mark.parametrize("form", ["empty", "error", "html"])
def test_a_login_that_is_refused_shows_its_body(server, form):
    server.state.switches.set("body_of_401", form)
    found = run(server, "diagnosis_info", {"password": "guessed"})["profile"]["switches"]
    assert found == {"body_of_401": form}
    assert len(server.sent) == 1


def test_a_database_user_who_is_refused_with_403_is_known(server):
    server.state.switches.set("database_user_status", 403)
    result = run(server, "diagnosis_info", login("reports"))
    assert result["profile"]["switches"] == {"body_of_403": "empty", "database_user_status": 403}


def test_the_simulator_takes_all_of_it_back(server):
    chosen = random.Random(21)
    settings = {name: chosen.choice(values) for name, values in READABLE.items()} | {"api_gateway": "on"}
    with_something_to_see(server, settings)
    found = run(server, "diagnosis_info", {})["profile"]
    switches = all_switches()
    profile.apply(found, switches)
    assert {name: switches[name] for name in found["switches"]} == found["switches"]
