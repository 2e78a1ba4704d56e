# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that modules share, and those of the connection."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import options

OWN = {"name": {"type": "str"}}
POLLS = {"poll_interval", "polling", "ignore_partial_failure"}


@pytest.mark.parametrize(
    ("keywords", "further"),
    [
        (options.for_changing(OWN, {}), {"wait", *POLLS}),
        (options.for_changing(OWN, {}, takes_time=False), set()),
        (options.for_waiting(OWN), POLLS),
        (options.for_reading(OWN, {}), set()),
    ],
)
def test_each_module_runs_in_check_mode_and_has_the_options_that_serve_it(keywords, further):
    assert keywords["supports_check_mode"] is True
    assert set(keywords["argument_spec"]) == {"name", *options.CONNECTION, *further}


@pytest.mark.parametrize("make", [options.for_changing, options.for_reading])
def test_rules_are_handed_on(make):
    assert make(OWN, {"required_one_of": [["name"]]})["required_one_of"] == [["name"]]


def test_plugins_have_the_same_options_as_modules():
    given = {"hostname": "um", "port": "8443", "time_out": 5, "name": 7}
    params = options.plugin_params(OWN, given)
    assert (params["port"], params["wait_timeout"], params["name"], params["validate_certs"]) == (8443, 5.0, "7", True)
    assert "name" not in options.connection_params({"hostname": "um"})


@pytest.mark.parametrize(
    ("given", "words"),
    [({"port": "many"}, "port: 'many' is not a whole number"), ({"nmae": "a"}, "nmae: this option does not exist")],
    ids=str,
)
def test_plugins_refuse_what_modules_refuse(given, words):
    with pytest.raises(BadInput, match=words):
        options.plugin_params(OWN, given)
    with pytest.raises(BadInput, match=words):
        options.connection_params(given)
