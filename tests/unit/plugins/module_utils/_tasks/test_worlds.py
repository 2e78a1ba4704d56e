# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The laws of the structure, in random worlds: applying an export changes nothing, and makes an empty UM equal."""

from __future__ import annotations

import copy

import pytest

from tests.emptied import Emptied, empty
from tests.local import LocalServer
from tests.worlds import Worlds

NUMBER = 200
TOGETHER = 25  # so that two cores share the work
SECRETS = {
    "users": {"user_password": "Secret-1"},
    "alert_scripts": {"content": "#!/bin/sh"},
    "datasources": {"cluster_password": "Secret-2", "accept_certificate": True},
    "active_directory_mappings": {"domain_password": "Secret-3"},
}
LACKING = ("user_password", "content", "cluster_password", "domain_password")


@pytest.fixture
def server():
    server = LocalServer()
    server.state.switches.set("discovery_seconds", 0)
    return server


def export(server):
    result = server.run("configuration_info", {})
    assert not result.get("failed"), result["msg"]
    return result


def apply(server, structure, check_mode=False, **options):
    return server.run("configuration", {"configuration": copy.deepcopy(structure), **options}, check_mode)


def with_secrets(structure):
    """What a play adds from its vault. A user of a directory has no password."""
    return {
        kind: [
            {**entry, **(SECRETS.get(kind, {}) if kind != "users" or "update_password" in entry else {})}
            for entry in entries
        ]
        for kind, entries in structure.items()
    }


def rebuild(server, structure, how, is_planned):
    """Apply a structure to an empty UM: it is planned so, if asked for, and done without a warning."""
    if how is Emptied.NEW:
        clusters = apply(server, {"datasources": structure["datasources"]})
        assert clusters["outcome"] in ("changed", "unchanged"), clusters["msg"]
    planned = apply(server, structure, check_mode=True)["diff"] if is_planned else None
    done = apply(server, structure)
    assert done["outcome"] in ("changed", "unchanged"), done["msg"]
    assert done["warnings"] == []
    assert planned in (None, done["diff"])


@pytest.mark.parametrize("first", range(0, NUMBER, TOGETHER))
def test_an_export_changes_nothing_and_makes_an_empty_um_equal(server, first):
    for number in range(first, first + TOGETHER):
        server.state.switches.set("datasource_certificate", ("optional", "needed")[number % 2])
        world = Worlds(number, refused=False).fill(server.state)
        before = export(server)["configuration"]
        assert apply(server, before, check_mode=True)["outcome"] == "unchanged", number
        how = list(Emptied)[number % len(Emptied)]
        empty(world, how)
        rebuild(server, with_secrets(before), how, is_planned=number % 4 == 0)
        assert export(server)["configuration"] == before, (number, how)


def test_names_that_no_option_takes_are_told_by_key_or_left_out_with_the_reason(server):
    by_key = left_out = 0
    for number in range(60):
        Worlds(number).fill(server.state)
        exported = export(server)
        result = apply(server, exported["configuration"], check_mode=True)
        assert result["outcome"] == "unchanged", (number, result.get("msg"))
        by_key += sum("told by its key" in remark for remark in exported["remarks"])
        left_out += len(exported["not_exported"])
        assert all(entry["reason"].endswith(".") for entry in exported["not_exported"])
    assert by_key > 0
    assert left_out > 0
