# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists leave a module record by record, and as Ansible alone would write them."""

from __future__ import annotations

import json

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.parameters import remove_values
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import ansible_module, long_lists
from ansible_collections.aiqum.unified_manager.plugins.plugin_utils._in_process import ActionHost, Finished
from tests import inprocess

SECRET = "s3cret"
TEXTS = st.text(max_size=6) | st.sampled_from([SECRET, f"a{SECRET}b", "~", "^^"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(VALUES, max_size=5)


def written(result, secrets, size):
    """The text of a result whose lists of more than ``size`` entries are taken out and put back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_lists, "LONG", size)

        def mask(value):
            return remove_values(value, secrets)

        short, lists = long_lists.taken_out(result, mask)
        pieces = []
        long_lists.write("\n" + json.dumps(mask(short)), lists, mask, pieces.append)
        return "".join(pieces), lists


@given(st.dictionaries(st.sampled_from(["luns", "msg", "diff", "jobs"]), RECORDS | VALUES), st.sets(TEXTS, max_size=2))
def test_the_text_is_the_one_that_ansible_writes(result, secrets):
    secrets = secrets - {""}
    text, _lists = written(result, secrets, 1)
    assert text == "\n" + json.dumps(remove_values(result, secrets))


def test_a_list_is_taken_out_only_where_it_is_long_and_its_mark_is_no_secret():
    result = {"luns": [1, 2, 3], "jobs": [1], "msg": "x"}
    assert [*written(result, [], 2)[1].values()] == [[1, 2, 3]]
    assert written(result, [], 3)[1] == {}
    assert written(result, [*long_lists.SIGNS], 2)[1] == {}


@pytest.mark.parametrize(("count", "brief"), [(1000, False), (1001, True)])
def test_of_a_thousand_entries_all_are_repeated(count, brief):
    entries = [{"name": "a"}] * count
    assert long_lists.brief({"luns": entries}) == {"luns": f"({count} entries)" if brief else entries}
    short, lists = long_lists.taken_out({"luns": entries}, lambda value: value)
    assert (short["luns"] == entries, len(lists)) == (not brief, int(brief))


def test_nothing_is_copied_as_a_whole():
    """Only one record at a time is looked through, and written before the next one."""
    records = [{"name": f"n{number}", "secret": SECRET} for number in range(5)]
    events = []

    def mask(value):
        events.append("mask")
        return remove_values(value, [SECRET])

    long_lists.write('{"luns": "~~"}', {"~~": records}, mask, lambda piece: events.append("write"))
    assert events == ["write", *["mask", "write"] * 5, "write", "write"]


def test_of_the_options_a_result_repeats_no_long_list(monkeypatch, capsys):
    groups = [{"name": f"g{number}", "svm": "svm1"} for number in range(long_lists.LONG + 1)]
    connection = {"hostname": "um", "username": "admin", "password": SECRET}
    options = {**connection, "configuration": {"igroups": groups, "luns": []}}
    monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    declared = inprocess.declaration("configuration")
    with pytest.raises(SystemExit):
        ansible_module.ModuleHost(**declared).finish({"changed": False})
    results = [json.loads(capsys.readouterr().out)]
    with pytest.raises(Finished) as finished:
        ActionHost(options, False, print, **declared).finish({"changed": False})
    results.append(finished.value.result)
    # From ansible-core 2.21 on, it is the controller that adds the options to a module's result.
    shown = [result["invocation"]["module_args"] for result in results if "invocation" in result]
    assert len(shown) == (2 if "invocation" in results[0] else 1)
    for repeated in shown:
        assert repeated["configuration"]["igroups"] == f"({len(groups)} entries)"
        assert repeated["configuration"]["luns"] == []
        assert repeated["hostname"] == "um"
    assert [result["changed"] for result in results] == [False, False]


@pytest.mark.parametrize("failed", [True, False])
@pytest.mark.parametrize("count", [3, 2000])
def test_a_module_writes_one_line_of_json(monkeypatch, capsys, failed, count):
    options = {"hostname": "um", "username": "admin", "password": SECRET}
    monkeypatch.setattr(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": options}).encode())
    monkeypatch.setattr(basic, "_ANSIBLE_PROFILE", "legacy", raising=False)
    module = ansible_module.ModuleHost(**inprocess.declaration("lun_info"))
    records = [{"name": f"x{SECRET}", "number": number} for number in range(count)]
    with pytest.raises(SystemExit):
        module.finish({"luns": records, "changed": False, **({"failed": True, "msg": "no"} if failed else {})})
    text = capsys.readouterr().out
    result = json.loads(text)
    assert [one["number"] for one in result["luns"]] == [*range(count)]
    assert result.get("failed", False) == failed
    assert result["changed"] is False
    assert SECRET not in text
