# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole UM is exported as the options of its modules: stable, without secrets, and nothing to do afterwards."""

from __future__ import annotations

import json

import pytest
import yaml
from jinja2 import Template

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.configuration import SECTIONS
from tests.local import LocalServer
from tests.simulator.seed.users import credentials


@pytest.fixture
def server():
    return LocalServer()


def export(server, **options):
    result = server.run("configuration_info", options)
    assert not result.get("failed"), result["msg"]
    return result


def test_what_was_exported_changes_nothing(server):
    configuration = export(server)["configuration"]
    assert list(configuration) == list(SECTIONS)
    different = []
    for name, entries in configuration.items():
        for entry in entries:
            again = server.run(SECTIONS[name].resource.noun, entry, check_mode=True)
            if again["outcome"] != "unchanged":
                different.append((name, entry, again.get("msg"), again["diff"]))
    assert different == []
    assert server.writes == []


def test_two_exports_are_equal_to_the_byte(server):
    first, second = (yaml.safe_dump(export(server)["configuration"], sort_keys=False) for _number in range(2))
    assert first == second
    assert "&id" not in first


def test_what_the_system_defines_is_left_out_unless_asked_for(server):
    kinds = ["performance_service_levels", "storage_efficiency_policies", "users"]
    without, whole = (export(server, kinds=kinds, system_defined=wanted)["configuration"] for wanted in (False, True))
    assert without["performance_service_levels"] == []
    assert {entry["name"] for entry in whole["performance_service_levels"]} >= {"Extreme Performance", "Value"}
    assert len(whole["users"]) == len(without["users"]) + 1


@pytest.mark.parametrize(
    ("value", "defined"),
    [(True, True), ("true", True), (False, False), ("false", False), (None, False), ("", False)],
)
def test_who_defined_a_level_is_told_by_booleans_and_by_words(value, defined):
    assert SECTIONS["performance_service_levels"].system_defined({"system_defined": value}) is defined


def test_secrets_are_never_exported_and_placeholders_name_variables(server):
    plain, marked = (export(server, placeholders=wanted) for wanted in (False, True))
    secrets = {user["password"] for user in credentials().values()}
    assert [secret for secret in secrets if secret in json.dumps([plain, marked])] == []
    assert all("user_password" not in user for user in plain["configuration"]["users"])
    assert {user["user_password"] for user in marked["configuration"]["users"]} >= {
        "{{ vault_um_users_operator_user_password | default(omit) }}"
    }
    assert any("user_password" in remark for remark in plain["remarks"])


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({"svm": "svm1"}, ["svms", "access_endpoints", "active_directory_mappings", "igroups", "luns", "file_shares"]),
        ({"svm": "svm_shared", "cluster": "cluster2", "kinds": ["svms", "igroups"]}, ["svms", "igroups"]),
        ({"kinds": ["alerts"]}, ["alerts"]),
    ],
)
def test_it_is_limited(server, options, kinds):
    configuration = export(server, **options)["configuration"]
    assert list(configuration) == kinds
    for name, entries in configuration.items():
        for entry in entries:
            place = {
                "svm": entry.get("svm", entry["name"] if name == "svms" else None),
                "cluster": entry.get("cluster"),
            }
            assert all(place[limit] == options[limit] for limit in ("svm", "cluster") if limit in options), entry
    assert any(configuration.values())


@pytest.mark.parametrize("kind", ["access_endpoints", "luns", "igroups"])
def test_a_limit_leaves_out_nothing_else(server, kind):
    whole, limited = (export(server, kinds=[kind], **limit)["configuration"][kind] for limit in ({}, {"svm": "svm1"}))
    assert limited == [entry for entry in whole if entry["svm"] == "svm1"] != []


def test_a_kind_that_lies_nowhere_cannot_be_limited(server):
    result = server.run("configuration_info", {"kinds": ["users"], "svm": "svm1"})
    assert (result["outcome"], "users" in result["msg"]) == ("failed", True)


def test_one_request_for_each_list_and_for_each_object_that_no_list_shows_whole(server):
    result = export(server)["configuration"]
    detailed = sum(len(result[name]) for name, section in SECTIONS.items() if section.resource.detailed)
    of_svms = len(result["svms"])  # their access endpoints, in a list for each of them
    assert len(server.sent) == len(SECTIONS) - 1 + of_svms + detailed
    assert server.writes == []


@pytest.mark.parametrize("name", ["{{ vault_um_users_operator_user_password }}", "a {% raw %}", "{#", "{{{", "}}", "{"])
def test_a_text_that_looks_like_a_template_leads_to_itself(server, name):
    """Whoever may name an alert in UM must not read the vault of those who apply the file."""
    alert = {"name": name, "emails": ["a@example.com"], "event_severities": ["critical"]}
    assert server.run("alert", alert)["outcome"] == "changed"
    plain, template = (
        export(server, kinds=["alerts"], placeholders=wanted)["configuration"]["alerts"] for wanted in (False, True)
    )
    secrets = {"vault_um_users_operator_user_password": "Secret-1"}
    rendered = [Template(entry["name"]).render(secrets) for entry in template]
    assert rendered == [entry["name"] for entry in plain]
    assert name in rendered
