# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What UM can change is in the structure, or stands in the guide's table with the reason why not."""

from __future__ import annotations

import re

from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.configuration import REMOVABLE, SECTIONS
from tests.conftest import ROOT
from tests.simulator import resources

GUIDE = ROOT / "docs" / "docsite" / "rst" / "guide_configuration.rst"
# The way of an object, or of a call of ONTAP, below its collection.
BELOW = re.compile(r"/\{.*")


def writes():
    """(method, collection) of all that changes something."""
    routes = [route for module in resources.modules() for route in getattr(module, "ROUTES", ())]
    return {(route.method, BELOW.sub("", route.template)) for route in routes if route.method not in ("GET", "HEAD")}


def test_every_operation_is_that_of_a_section_or_stands_in_the_table():
    sections = {section.resource.collection for section in SECTIONS.values()}
    left_out = {f"{method} {collection}" for method, collection in writes() if collection not in sections}
    table = set(re.findall(r"``((?:POST|PATCH|DELETE|\*) [^`]+)``", GUIDE.read_text(encoding="utf-8")))
    assert left_out == table


def test_what_can_be_deleted_can_be_pruned():
    deleted = {collection for method, collection in writes() if method == "DELETE"}
    sections = {name: section.resource.collection for name, section in SECTIONS.items()}
    assert {name for name, collection in sections.items() if collection in deleted} == set(REMOVABLE)


def test_the_table_names_modules_that_there_are():
    named = set(re.findall(r"module ``(\w+)``", GUIDE.read_text(encoding="utf-8")))
    assert named
    assert [name for name in named if not (ROOT / "plugins" / "modules" / f"{name}.py").exists()] == []
