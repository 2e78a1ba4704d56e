# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what, as the facts have it and as the switches say where they have nothing."""

from __future__ import annotations

import base64
import itertools

import pytest

from tests.simulator import paths
from tests.simulator.access import authenticate, authorize, may_change, may_read
from tests.simulator.errors import Refusal
from tests.simulator.resources.data_placement import BALANCE
from tests.simulator.seed.users import credentials
from tests.simulator.state import all_switches

from .um import UM

ROLES = ("administrator", "storage_administrator", "operator")
EVENT, ALERT, LUN = f"{paths.EVENTS}/k", f"{paths.ALERTS}/k", f"{paths.LUNS}/k"
# path, who may change it: by default all roles up to this one
BY_DEFAULT = {
    EVENT: "operator",
    ALERT: "storage_administrator",
    paths.SCRIPTS: "storage_administrator",
    LUN: "storage_administrator",
    paths.SVMS: "storage_administrator",
    paths.IGROUPS: "storage_administrator",
    paths.ACCESS_ENDPOINTS: "storage_administrator",
    paths.ACTIVE_DIRECTORY_MAPPINGS: "storage_administrator",
    paths.PLACEMENT: "storage_administrator",
    BALANCE: "storage_administrator",
    paths.DATASOURCES: "administrator",
    paths.BACKUP: "administrator",
    paths.BACKUP_SETTINGS: "administrator",
    paths.USERS: "administrator",
    f"{paths.USERS}/kim": "administrator",
    paths.PERFORMANCE_SERVICE_LEVELS: "administrator",
    paths.STORAGE_EFFICIENCY_POLICIES: "administrator",
    "/gateways/u/storage/volumes": "administrator",
}


def switched(**settings):
    switches = all_switches()
    switches.set_all(settings)
    return switches


@pytest.mark.parametrize(("path", "least"), BY_DEFAULT.items())
def test_by_default(path, least):
    allowed = [role for role in ROLES if may_change(all_switches(), role, path)]
    assert allowed == list(ROLES[: ROLES.index(least) + 1])


@pytest.mark.parametrize(
    ("switch", "value", "role", "changed"),
    [
        ("operators_change_events", False, "operator", {EVENT}),
        ("operators_place_data", True, "operator", {paths.PLACEMENT, BALANCE}),
        ("backup_settings_change", "any_role", "operator", {paths.BACKUP_SETTINGS}),
        ("backup_settings_change", "any_role", "storage_administrator", {paths.BACKUP_SETTINGS}),
        (
            "storage_administrators_change_storage",
            False,
            "storage_administrator",
            {LUN, paths.SVMS, paths.IGROUPS, paths.ACCESS_ENDPOINTS, paths.ACTIVE_DIRECTORY_MAPPINGS},
        ),
        ("storage_administrators_change_alerts", False, "storage_administrator", {ALERT, paths.SCRIPTS}),
        ("storage_administrators_change_datasources", True, "storage_administrator", {paths.DATASOURCES}),
        (
            "storage_administrators_change_policies",
            True,
            "storage_administrator",
            {paths.PERFORMANCE_SERVICE_LEVELS, paths.STORAGE_EFFICIENCY_POLICIES},
        ),
    ],
)
def test_a_switch_changes_what_it_names_and_nothing_else(switch, value, role, changed):
    def rights(switches):
        return {(one, path): may_change(switches, one, path) for one, path in itertools.product(ROLES, BY_DEFAULT)}

    before, after = rights(all_switches()), rights(switched(**{switch: value}))
    different = {place for place in before if before[place] != after[place]}
    assert {path for one, path in different if one == role} == changed
    assert {path for _role, path in different} == changed


def test_reading():
    for role, path in itertools.product(ROLES, (*BY_DEFAULT, paths.SYSTEM)):
        assert may_read(all_switches(), role, path)
        secret = path.startswith(("/admin", "/security"))
        assert may_read(switched(admin_reads="administrator"), role, path) == (role == "administrator" or not secret)


def test_a_refusal_is_403():
    um = UM()
    operator = um.world.table(paths.USERS).get("operator")
    authorize(um.world, operator, "GET", paths.LUNS)
    with pytest.raises(Refusal) as refusal:
        authorize(um.world, operator, "POST", paths.LUNS)
    assert refusal.value.status == 403


def login(um, name, password):
    """The status that a login gives."""
    header = "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
    try:
        authenticate(um.world, header)
    except Refusal as refusal:
        return refusal.status
    return 200


def test_wrong_passwords_lock_a_user_until_somebody_unlocks_it():
    um = UM(failed_logins_until_locked=3)
    right = credentials()["operator"]["password"]
    assert [login(um, "operator", "wrong") for _time in range(2)] == [401, 401]
    assert login(um, "operator", right) == 200
    assert [login(um, "operator", "wrong") for _time in range(3)] == [401, 401, 401]
    assert login(um, "operator", right) == 401
    assert um.get(f"{paths.USERS}/operator")["locked"] == "yes"
    assert um.ask("PATCH", f"{paths.USERS}/operator", {"locked": "no"})[0] == 200
    assert login(um, "operator", right) == 200
    assert login(um, "nobody", "wrong") == 401


def test_by_default_nobody_is_locked():
    um = UM()
    assert [login(um, "operator", "wrong") for _time in range(50)] == [401] * 50
    assert login(um, "operator", credentials()["operator"]["password"]) == 200
