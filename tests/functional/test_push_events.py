# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that lets Unified Manager post its events: a script with its settings, and an alert that runs it."""

from __future__ import annotations

import runpy

import pytest

from .conftest import ROOT

pytestmark = pytest.mark.ansible_core
TOKEN = "sesame-0pen"
PLAYBOOK = ROOT / "playbooks" / "push_events.yml"


@pytest.fixture
def push(ansible_playbook, environment, tmp_path):
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n'\"\\\n", encoding="utf-8")

    def run(*variables, **more):
        arguments = [part for variable in variables for part in ("-e", variable)]
        return ansible_playbook(["-vvv", *arguments, PLAYBOOK], {**environment, **more})

    return run


def test_the_script_is_uploaded_with_its_settings_and_run_for_events(um, here, push, tmp_path):
    given = ("um_push_url=https://eda.example.com:5000/um", f"um_push_ca_path={tmp_path / 'ca.pem'}")
    for _time in range(2):
        ran = push(*given, UM_PUSH_TOKEN=TOKEN)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert TOKEN not in ran.stdout + ran.stderr
    assert [method for method, _path in um.writes()] == ["POST", "POST"]
    uploaded = tmp_path / "post_event.py"
    uploaded.write_text(um.control("GET", "scripts")["scripts"]["post_event.py"], encoding="utf-8")
    assert uploaded.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n# SPDX-FileCopyrightText")
    assert runpy.run_path(str(uploaded))["SETTINGS"] == {
        "url": "https://eda.example.com:5000/um",
        "token": TOKEN,
        "ca": "-----BEGIN CERTIFICATE-----\n'\"\\",
        "hostname": um.environment["UM_HOSTNAME"],
        "name": um.environment["UM_HOSTNAME"],
    }
    (alert,) = here({"aiqum.unified_manager.alert_info": {}}).results[0]["alerts"][-1:]
    assert alert["action"]["script"]["name"] == "post_event.py"


@pytest.mark.parametrize(
    ("variables", "token"),
    [((), TOKEN), (("um_push_url=http://eda.example.com/",), TOKEN), (("um_push_url=https://eda.example.com/",), "")],
)
def test_what_is_missing_is_told_before_anything_is_sent(um, push, variables, token):
    ran = push(*variables, UM_PUSH_TOKEN=token)
    assert ran.returncode != 0
    assert "nothing was changed" in ran.stdout
    assert um.requests() == []
