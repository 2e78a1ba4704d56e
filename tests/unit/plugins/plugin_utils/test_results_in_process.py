# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A result of the work within Ansible is what a module's would be, and is not copied as a whole on its way."""

from __future__ import annotations

import datetime
import json

import pytest
from ansible.module_utils.common.parameters import remove_values
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.times import as_text
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils import _in_process

SECRET = "s3cret"


class Tagged(str):
    """Text that knows where it came from."""


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.just(Tagged("x"))
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_is_as_after_its_way_through_json(value):
    plain = _in_process._plain(value)
    assert plain == json.loads(json.dumps(as_text(value), default=str))
    assert "Tagged" not in {type(one).__name__ for one in leaves(plain)}


def leaves(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(leaf for one in inner for leaf in leaves(one))]


def finished(monkeypatch, result, noted=remove_values):
    monkeypatch.setattr(_in_process, "remove_values", noted)
    spec = {"password": {"type": "str", "no_log": True}}
    host = _in_process.ActionHost({"password": SECRET}, False, lambda text: None, argument_spec=spec)
    with pytest.raises(_in_process.Finished) as end:
        host.finish(result)
    return end.value.result


def test_secrets_and_references_to_one_object_are_gone(monkeypatch):
    svm = {"name": f"svm {SECRET}", "made": datetime.date(2026, 1, 31)}
    result = finished(monkeypatch, {"luns": [{"svm": svm}, {"svm": svm}], "changed": False, "msg": SECRET})
    first, second = (lun["svm"] for lun in result["luns"])
    assert first == second == {"name": "svm ********", "made": "2026-01-31"}
    assert first is not second
    assert SECRET not in json.dumps(result)


def test_a_list_is_looked_through_record_by_record(monkeypatch):
    records = [{"name": f"n{number}"} for number in range(5)]
    seen = []

    def noted(value, secrets):
        seen.append(value)
        return remove_values(value, secrets)

    assert finished(monkeypatch, {"luns": records}, noted)["luns"] is records
    assert not any(isinstance(one, dict) and "luns" in one for one in seen)
    assert not any(one is records for one in seen)
