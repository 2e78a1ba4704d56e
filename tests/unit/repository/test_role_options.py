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


@pytest.mark.parametrize("variable", HANDED_ON)
def test_provision_file_share(variable):
    path = ROOT / "roles" / "provision_file_share" / "meta" / "argument_specs.yml"
    options = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
    declared = options[f"provision_file_share_{variable}"]["options"]
    kept = {
        name: {part: value for part, value in option.items() if part != "description"}
        for name, option in declared.items()
    }
    assert kept == HANDED_ON[variable]


@pytest.mark.parametrize(("variable", "resource"), [("os_type", LUN), ("igroup_os_type", IGROUP)])
def test_provision_lun_has_the_operating_systems_of_the_modules(variable, resource):
    path = ROOT / "roles" / "provision_lun" / "meta" / "argument_specs.yml"
    options = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
    choices = options[f"provision_lun_{variable}"]["choices"]
    assert [choice for choice in choices if choice] == resource.arguments["os_type"]["choices"]
