# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of options that cannot be taken."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.redact import MASK
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.validation import check

SPEC = {
    "name": {"type": "str", "required": True},
    "limit": {"type": "int", "default": 3, "aliases": ["most"]},
    "protocols": {"type": "list", "elements": "str", "choices": ["nfs", "smb"]},
    "hosts": {"type": "list", "elements": "str"},
    "maps": {"type": "list", "elements": "raw"},
    "users": {
        "type": "list",
        "elements": "dict",
        "mutually_exclusive": [("uid", "login")],
        "options": {
            "uid": {"type": "int"},
            "login": {"type": "str", "required": True},
            "secret": {"type": "str", "no_log": True},
        },
    },
    "dns": {"type": "dict", "options": {"servers": {"type": "list", "elements": "str", "required": True}}},
}
RULES = {"required_one_of": [("hosts", "maps")]}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"dns": 5}, "dns: 5 is not a dictionary; write its options below it: servers."),
        ({"dns": {"servers": True}}, "dns.servers: true is not a list; write each entry on its own line after '- '."),
        ({"dns": {}}, "dns.servers is required; give it a value."),
        ({"limit": float("inf")}, "limit: inf is not a whole number; write it like 10."),
        ({"most": "x"}, "most: 'x' is not a whole number; write it like 10."),
        ({"lmit": 5}, "lmit: this option does not exist; did you mean limit?"),
        ({"zzz": 5}, "zzz: this option does not exist; the options are dns, hosts, limit, maps, most, name, "),
        ({"protocols": "nfs, iscsi"}, "protocols, entry 2: 'iscsi' is not one of its values; give nfs or smb."),
        ({"hosts": "a,,b"}, "hosts: entry 2 is empty; remove it, or write [] for no entries."),
        ({"hosts": ["a", None]}, "hosts: entry 2 is empty; remove it, or write [] for no entries."),
        ({"hosts": [["a"]]}, "hosts, entry 1: ['a'] is not a text; write one text."),
        ({"name": None}, "name is required; give it a value."),
        ({"hosts": None}, "hosts or maps is required; give one of them."),
        ({"users": [{"uid": 1, "login": "x"}]}, "users, entry 1, uid and users, entry 1, login exclude each other; "),
        (
            {"users": [{"login": "x", "secret": ["s3same"]}]},
            "users, entry 1, secret: the value (not shown here) is not",
        ),
        ({"name": " n"}, "name: ' n' begins or ends with a blank; remove it."),
        ({"name": "n\n"}, "name: 'n\\n' begins or ends with a blank; remove it."),
        ({"users": [{"login": "x "}]}, "users, entry 1, login: 'x ' begins or ends with a blank; remove it."),
        ({"users": ["s3same"]}, "users, entry 1: the value (not shown here) is not a dictionary; "),
        (
            {"users": [{"login": "x", "secret": "s3same"}], "limit": "s3same, 1"},
            "limit: '********, 1' is not a whole number; ",
        ),
    ],
    ids=str,
)
def test_sentences(given, wrong):
    checked = check(SPEC, RULES, {"name": "n", "hosts": ["a"], **given})
    assert checked.wrong.startswith(wrong)
    assert "s3same" not in checked.wrong


@pytest.mark.parametrize("given", [{"name": " {{ x }} "}, {"users": [{"login": "x", "secret": " s "}]}])
def test_blanks_that_belong_there(given):
    assert check(SPEC, RULES, {"name": "n", "hosts": ["a"], **given}).wrong == ""


def test_the_first_of_many():
    checked = check(SPEC, RULES, {**{f"a{number}": 1 for number in range(9)}})
    assert checked.wrong.endswith(" (+8 more)")


@pytest.mark.parametrize(
    ("given", "params"),
    [
        ({"protocols": "nfs, smb"}, {"protocols": ["nfs", "smb"]}),
        ({"hosts": " a , b "}, {"hosts": ["a", "b"]}),
        ({"hosts": [" a ", 5]}, {"hosts": ["a", "5"]}),
        ({"maps": ["a ", {"key": " v "}]}, {"maps": ["a", {"key": " v "}]}),
        ({"dns": {"servers": "1.1.1.1, 2.2.2.2"}}, {"dns": {"servers": ["1.1.1.1", "2.2.2.2"]}}),
        ({"dns": "servers=1.1.1.1"}, {"dns": {"servers": ["1.1.1.1"]}}),
        ({"limit": None}, {"limit": 3}),
        ({"most": "7"}, {"limit": 7}),
        ({"hosts": 5}, {"hosts": ["5"]}),
    ],
    ids=str,
)
def test_what_is_meant_is_taken(given, params):
    checked = check(SPEC, RULES, {"name": "n", "hosts": ["a"], **given})
    assert checked.wrong == ""
    assert {name: checked.params[name] for name in params} == params


def test_what_only_ansible_core_finds_is_told_without_secrets(monkeypatch):
    monkeypatch.setenv("UM_PORT", "many")
    spec = {**options.CONNECTION, "password": {"type": "str", "no_log": True}}
    assert check(spec, {}, {}).wrong == "port: 'many' is not a whole number; write it like 10."
    rules = {"required_if": [("password", "s3same", ["hostname", "username"])]}
    monkeypatch.delenv("UM_PORT")
    assert check(spec, rules, {"password": "s3same"}).wrong.startswith("password is ******** but all of the following")


def test_what_cannot_be_taken_is_shown_without_what_may_be_a_secret():
    given = {
        "name": "n",
        "passwrod": "s3same",
        "hosts": ["a", 5],
        "users": [{"login": "x", "secret": True, "sceret": "s3same"}, {"login": "y"}],
        "dns": {"servers": ["1.1.1.1"], "serverz": "s3same"},
    }
    assert check(SPEC, RULES, given).params == {
        "name": "n",
        "passwrod": MASK,
        "hosts": ["a", 5],
        "users": [{"login": "x", "secret": MASK, "sceret": MASK}, {"login": "y"}],
        "dns": {"servers": ["1.1.1.1"], "serverz": MASK},
    }


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("limit", "argument 'limit' is of type"),
        ("protocols", "value of protocols must be one or more of"),
        ("dns", "unable to evaluate string as dictionary"),
    ],
)
def test_templates_are_left_to_ansible_core(option, words):
    """ansible-lint passes over its errors where a value is a template, and knows them by these words."""
    assert words in check(SPEC, RULES, {"name": "n", "hosts": ["a"], option: "{{ it, them }}"}).wrong
