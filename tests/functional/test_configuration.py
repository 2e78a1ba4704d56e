# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Unified Manager goes into a file and back by the playbooks of the collection."""

from __future__ import annotations

import pytest
import yaml

from .conftest import ROOT

pytestmark = pytest.mark.ansible_core


@pytest.fixture
def run(ansible_playbook, environment, tmp_path):
    """Run a playbook of the collection with extra variables, in a folder of its own."""

    def play(name, *options, **variables):
        extra = [argument for item in variables.items() for argument in ("-e", "{}={}".format(*item))]
        return ansible_playbook([*options, *extra, ROOT / "playbooks" / f"{name}.yml"], environment)

    return play


def test_a_brownfield_um_comes_under_git(um, run, tmp_path):
    whole, parts = tmp_path / "um.yml", tmp_path / "um"
    um.forbid_writes()
    for path, split in ((whole, "false"), (parts, "true")):
        exported = run("export", um_export_path=path, um_export_split=split, um_placeholders="false")
        assert exported.returncode == 0, exported.stdout
    configuration = yaml.safe_load(whole.read_text(encoding="utf-8"))
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in parts.iterdir()]
    assert {kind: entries for part in read for kind, entries in part.items()} == configuration
    for path in (whole, parts):
        applied = run("apply", um_configuration_path=path)
        assert (applied.returncode, "changed=0" in applied.stdout) == (0, True), applied.stdout
    assert um.writes() == []


def test_a_change_is_reviewed_applied_and_watched(um, run, tmp_path):
    path, page, drift = tmp_path / "um.yml", tmp_path / "drift.html", tmp_path / "drift.yml"
    assert run("export", um_export_path=path, um_placeholders="false").returncode == 0
    configuration = yaml.safe_load(path.read_text(encoding="utf-8"))
    configuration["alerts"][0]["enabled"] = False
    configuration["alerts"].append({"name": "<New>", "emails": ["a@example.com"], "event_severities": ["critical"]})
    path.write_text(yaml.safe_dump(configuration), encoding="utf-8")
    um.forget_requests()
    um.forbid_writes()
    planned = run("apply", "--check", "--diff", um_configuration_path=path)
    assert '"enabled": false' in planned.stdout
    watched = run("drift", um_configuration_path=path, um_drift_page=page, um_drift_path=drift, um_fail_on_drift="true")
    assert (watched.returncode, "2 of 84 objects differ" in watched.stdout) == (2, True), watched.stdout
    assert um.writes() == []
    (told,) = yaml.safe_load(drift.read_text(encoding="utf-8"))
    assert list(told["after"]) == ["alerts[0] Everything critical", "alerts[1] <New>"]
    html = page.read_text(encoding="utf-8")
    assert "&lt;New&gt;" in html
    assert "<New>" not in html
    assert [word for word in ("http://", "https://", "<script", "url(") if word in html] == []
    um.forbid_writes(False)
    assert run("apply", um_configuration_path=path).returncode == 0
    again = run("drift", um_configuration_path=path, um_fail_on_drift="true")
    assert again.returncode == 0, again.stdout
    assert [method for method, _path in um.writes()] == ["PATCH", "POST"]


def test_prune_keeps_what_is_named_and_what_the_system_defined(um, here):
    level = {
        "absolute_min_iops": 500,
        "expected_iops_per_tb": 2000,
        "peak_iops_per_tb": 4000,
        "peak_iops_allocation_policy": "used_space",
        "latency_expected": 2,
    }
    levels = [{"name": name, **level} for name in ("Databases", "Archive", "Tape")]

    def task(levels, **options):
        return {
            "aiqum.unified_manager.configuration": {"configuration": {"performance_service_levels": levels}, **options}
        }

    prune = {"prune": ["performance_service_levels"]}
    here(task(levels))
    um.forget_requests()
    refused, pruned, again = here(
        task(levels[:1], max_deletions=1, **prune), task(levels[:1], **prune), task(levels[:1], **prune)
    ).results
    assert (refused["outcome"], refused["changed"]) == ("failed", False)
    assert "max_deletions: 2 objects would be deleted, more than 1" in refused["msg"]
    assert (pruned["outcome"], again["outcome"]) == ("changed", "unchanged"), pruned
    entries = pruned["configuration"]["performance_service_levels"]
    assert {entry["name"] for entry in entries if entry["changed"]} == {"Archive", "Tape"}
    assert [method for method, _path in um.writes()] == ["DELETE"] * 2


def test_it_is_predicted_done_and_found_done(um, play):
    structure = {
        "igroups": [{"name": "ig_new", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}],
        "luns": [
            {
                "name": "db01",
                "svm": "svm1",
                "size": "10GiB",
                "os_type": "linux",
                "performance_service_level": "Value",
                "lun_maps": [{"igroup": "ig_new"}],
            }
        ],
    }
    task = {"aiqum.unified_manager.configuration": {"configuration": structure}}
    um.forbid_writes()
    predicted = play(task, options=["--check", "--diff"]).results[0]
    um.forbid_writes(False)
    real, again = play(task, task, options=["--diff"]).results
    assert (predicted["outcome"], predicted["jobs"]) == ("changed", [])
    assert predicted["diff"] == real["diff"]
    assert (real["outcome"], len(real["jobs"]), again["outcome"]) == ("changed", 1, "unchanged")
