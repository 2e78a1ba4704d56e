# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""``from_name`` means the same in every module that has it: a name or a key, of one that has yet to get its name."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import (
    alert,
    igroup,
    performance_service_level,
    storage_efficiency_policy,
    svm,
)

C = "11111111-2222-3333-4444-555555555555"
NOUNS = {
    "alert": (alert.ALERT, C),
    "igroup": (igroup.IGROUP, f"{C}:type=igroup,uuid={C}"),
    "performance_service_level": (performance_service_level.LEVEL, C),
    "storage_efficiency_policy": (storage_efficiency_policy.POLICY, C),
    "svm": (svm.SVM, f"{C}:type=vserver,uuid={C}"),
}


@pytest.fixture(params=NOUNS)
def resource(request):
    return NOUNS[request.param][0]


@pytest.fixture
def key(resource):
    return NOUNS[resource.noun][1]


def desired(resource, **options):
    given = {name: spec.get("default") for name, spec in resource.arguments.items()}
    return resource.desired({**given, "name": "new", **options})


def test_from_name_is_looked_for_by_name_where_the_new_name_is_not_found(resource):
    finding = resource.find(desired(resource, from_name="old"))
    assert (finding.query, finding.otherwise.query) == ({"name": "new"}, {"name": "old"})
    assert [finding.otherwise.matches({"name": name}) for name in ("old", "Old", "new")] == [True, False, False]


def test_from_name_is_looked_for_by_key(resource, key):
    otherwise = resource.find(desired(resource, from_name=key)).otherwise
    assert (otherwise.collection, otherwise.query) == (resource.collection, {"key": key})
    assert otherwise.matches({"name": "old", "key": key})
    assert not otherwise.matches({"name": "old", "key": C.replace("1", "2")})


def test_what_shall_be_absent_is_not_renamed(resource):
    assert resource.find(desired(resource, from_name="old", state="absent")).otherwise is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"from_name": "old"}, "'new' nor"),
        ({"from_name": " "}, "from_name: a name must not be empty"),
        ({"from_name": f"{C}:type=cluster,uuid={C}"}, "is a key, but not that of"),
        ({"name": f"{C}:type=cluster,uuid={C}"}, "is a key, but not that of"),
        ({"name": "KEY", "from_name": "old"}, "name: beside from_name it is the new name"),
        ({"name": "KEY"}, "has the key"),
    ],
)
def test_refusals(resource, key, options, words):
    given = {name: key if value == "KEY" else value for name, value in options.items()}
    with pytest.raises(BadInput) as caught:
        resource.plan(None, desired(resource, **given))
    assert words in caught.value.message
