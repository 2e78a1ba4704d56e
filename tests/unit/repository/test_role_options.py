# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a role hands on to a module as it is, the role declares as the module does."""

from __future__ import annotations

import pathlib

import pytest
import yaml

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUP
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.parts import export_rules

ROOT = pathlib.Path(__file__).resolve().parents[3]
HANDED_ON = {
    "rules": export_rules.RULE,
    "acl": export_rules.ARGUMENTS["acl"]["options"],
}
# role: its list, and the part of an entry that is needed
LISTS = {
    "provision_lun": ("luns", "name"),
    "provision_file_share": ("shares", "name"),
    "prepare_svm": ("svms", "name"),
    "onboard_cluster": ("clusters", "address"),
}


def options_of(role):
    path = ROOT / "roles" / role / "meta" / "argument_specs.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]


def declared_alike(option):
    return {part: value for part, value in option.items() if part not in ("description", "default", "required")}


@pytest.mark.parametrize("role", LISTS)
def test_an_entry_of_a_list_takes_what_the_variables_take(role):
    options = {name.removeprefix(f"{role}_"): option for name, option in options_of(role).items()}
    listed, needed = LISTS[role]
    entry = options.pop(listed)["options"]
    options.pop("wait_timeout")
    assert {name: declared_alike(option) for name, option in entry.items()} == {
        name: declared_alike(option) for name, option in options.items()
    }
    assert [name for name, option in entry.items() if option.get("required")] == [needed]
    assert {option["description"] for option in entry.values()} == {f"As {role}_{name}." for name in entry}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")), ids=lambda path: path.parts[-3]
)
def test_the_page_of_a_role_begins_with_main(path):
    """antsibull-docs sorts entry points by their names."""
    assert min(yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]) == "main"


@pytest.mark.parametrize("variable", HANDED_ON)
def test_provision_file_share(variable):
    declared = options_of("provision_file_share")[f"provision_file_share_{variable}"]["options"]
    kept = {
        name: {part: value for part, value in option.items() if part != "description"}
        for name, option in declared.items()
    }
    assert kept == HANDED_ON[variable]


@pytest.mark.parametrize(("variable", "resource"), [("os_type", LUN), ("igroup_os_type", IGROUP)])
def test_provision_lun_has_the_operating_systems_of_the_modules(variable, resource):
    choices = options_of("provision_lun")[f"provision_lun_{variable}"]["choices"]
    assert [choice for choice in choices if choice] == resource.arguments["os_type"]["choices"]
