# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates, a workflow, a cancelled job and an inventory update, as AWX runs them and sees them."""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys

import ansible_runner
import pytest

from tests.guides import RST, blocks
from tests.pages import Page
from tools.mirror import mirror

from .injection import read, survey
from .surveys import variables_of

LUNS = "/storage-provider/luns"


def answered(template, **answers):
    """The extra variables of a launch: those of the template, what a person typed, and the survey's other defaults."""
    planned = read(f"job_templates/{template}.yml")
    variables, wrong = variables_of(survey(planned)["spec"], answers)
    assert wrong == []
    return {**planned.get("extra_vars", {}), **variables}


def lun(**answers):
    new = {"lun_size": "10GiB", "lun_os_type": "linux", "lun_performance_service_level": "Value"}
    return answered("provision_lun", **{"lun_name": "db01", "lun_svm": "svm1", **new, **answers})


LOOK = re.compile(r"/management-server/jobs(/|\?key=)")  # at jobs that are known, not for those of others


def looks_at_a_job(um):
    return any(LOOK.search(one["path"]) for one in um.control("GET", "exchanges")["exchanges"])


def there(um, name):
    """How many LUNs of this name there are."""
    records = um.control("GET", f"world?table={LUNS}")["records"]
    return [record["name"].rpartition("/")[2] for record in records].count(name)


def test_a_lun_is_provisioned_and_is_there_the_next_time(um, launch):
    um.forbid_writes()
    planned = launch("provision_lun", lun(), check=True)
    assert um.forbid_writes(False)["forbidden_writes"] == 0
    first = launch("provision_lun", lun())
    second = launch("provision_lun", answered("provision_lun", lun_name="db01", lun_svm="svm1"))
    assert [job.status for job in (planned, first, second)] == ["successful"] * 3, first.stdout
    assert [job.outcomes("lun") for job in (planned, first, second)] == [
        [("runner_on_ok", "changed")],
        [("runner_on_ok", "changed")],
        [("runner_on_ok", "unchanged")],
    ]
    keys = [job["key"] for job in first.results("lun")[0]["jobs"]]
    assert first.artifacts() == {"um_job_keys": keys, "um_outcome": "changed"}
    assert second.artifacts() == {"um_job_keys": [], "um_outcome": "unchanged"}


def test_a_partial_and_a_failed_job(um, launch):
    partial = launch("provision_lun", lun(lun_svm="svm_nosan", lun_igroup="ig_linux01"))
    assert (partial.status, partial.outcomes("lun")) == ("failed", [("runner_on_failed", "partial")])
    assert partial.results("lun")[0]["changed"]
    keys = [job["key"] for job in partial.results("lun")[0]["jobs"]]
    assert partial.artifacts() == {"um_job_keys": keys, "um_outcome": "partial"}
    um.outcome(path=LUNS, method="POST", status="error", failures=[{"task": 0, "reason": "The array is on fire."}])
    failed = launch("provision_lun", lun())
    assert (failed.status, failed.outcomes("lun")) == ("failed", [("runner_on_failed", "failed")])
    assert "The array is on fire." in failed.stdout


def test_the_workflow_waits_in_a_node_of_its_own(um, launch):
    submit, wait = read("workflows/provision_lun.yml")["nodes"]
    um.set(job_seconds=2)
    submitted = launch("provision_lun", lun(**submit["extra_data"]))
    assert (submitted.status, submitted.outcomes("lun")) == ("successful", [("runner_on_ok", "submitted")])
    assert [job["finished"] for job in submitted.results("lun")[0]["jobs"]] == [False]
    waited = launch("wait_for_jobs", {**answered("wait_for_jobs", **wait["extra_data"]), **submitted.artifacts()})
    assert waited.status == "successful", waited.stdout
    assert [(job["key"], job["outcome"]) for job in waited.results("job_wait")[0]["jobs"]] == [
        (submitted.artifacts()["um_job_keys"][0], "success")
    ]
    assert there(um, "db01") == 1
    assert waited.artifacts() == {**submitted.artifacts(), "um_outcome": "unchanged"}
    nothing = launch("wait_for_jobs", {**answered("wait_for_jobs"), "um_job_keys": []})
    assert (nothing.status, nothing.results("job_wait")) == ("successful", [])
    assert nothing.artifacts() == {"um_job_keys": [], "um_outcome": "unchanged"}


def test_waiting_for_nothing_is_an_error_where_a_person_asked_for_it(launch):
    waited = launch("wait_for_jobs", answered("wait_for_jobs", um_job_keys=" "))
    assert (waited.status, waited.results("job_wait")) == ("failed", [])
    assert "give the key of at least one Job" in waited.stdout


def test_a_cancelled_job_leaves_no_result_and_ums_job_goes_on(um, launch):
    """The runner kills a cancelled job at once, so that no module can answer; what it did is found by running again."""
    um.set(job_seconds=1)
    um.control("POST", "clock", {"stopped": True})
    cancelled = launch("provision_lun", lun(um_wait_timeout=10), cancel=lambda: looks_at_a_job(um))
    assert (cancelled.status, cancelled.rc) == ("canceled", 254)
    told = [event["event"] for event in cancelled.events if event["event"] != "verbose"]  # a line of progress
    assert told[-1] == "runner_on_start"
    assert cancelled.results("lun") == []
    posts = [one for one in um.control("GET", "exchanges")["exchanges"] if one["method"] == "POST"]
    assert posts[0]["response"]["job"]["key"] in cancelled.stdout  # so that it can be waited for
    um.control("POST", "clock", {"forward": 1})
    assert there(um, "db01") == 1
    assert launch("provision_lun", lun()).outcomes("lun") == [("runner_on_ok", "unchanged")]


def test_a_cancelled_wait_is_launched_again(um, launch):
    um.set(job_seconds=3)
    um.control("POST", "clock", {"stopped": True})
    submitted = launch("provision_lun", lun(um_wait="false"))
    um.forget_requests()
    keys = "\n".join(submitted.artifacts()["um_job_keys"])
    survey = answered("wait_for_jobs", um_job_keys=keys, um_wait_timeout=10)
    assert launch("wait_for_jobs", survey, cancel=lambda: looks_at_a_job(um)).status == "canceled"
    um.control("POST", "clock", {"forward": 3})
    again = launch("wait_for_jobs", survey)
    assert [job["outcome"] for job in again.results("job_wait")[0]["jobs"]] == ["success"]


def test_a_job_that_waits_is_silent_only_on_request_or_in_a_process_of_its_own(um, launch):
    lines = re.compile(r"\[localhost\] LUN 'db0\d': ")
    assert lines.search(launch("provision_lun", lun()).stdout)
    for name, switch in (("db02", "um_progress"), ("db03", "um_in_process")):
        silent = launch("provision_lun", {**lun(lun_name=name), switch: False})
        assert (silent.status, lines.search(silent.stdout)) == ("successful", None)


def test_awxs_time_limit_tells_nothing_and_the_modules_tells_the_key(um, launch):
    um.set(job_seconds=20)
    cut = launch("provision_lun", lun(um_wait_timeout=10), settings={"job_timeout": 3})
    assert (cut.status, cut.results("lun")) == ("timeout", [])
    told = launch("provision_lun", {**lun(lun_name="db02"), "um_wait_timeout": 1}, settings={"job_timeout": 30})
    assert (told.status, told.outcomes("lun")) == ("failed", [("runner_on_failed", "timeout")])
    assert told.artifacts()["um_job_keys"][0] in told.results("lun")[0]["msg"]


def test_deleting_asks_for_the_name_twice(um, launch):
    launch("provision_lun", lun(lun_igroup="ig_linux01"))
    survey = answered("delete_lun", lun_name="db01", lun_name_again="db01", lun_svm="svm1", lun_unmap="true")
    assert launch("delete_lun", {**survey, "lun_name_again": "db02"}).status == "failed"
    assert there(um, "db01") == 1
    sure = {**survey, "lun_name_again": "db01"}
    um.forbid_writes()
    assert launch("delete_lun", sure, check=True).status == "successful"
    assert um.forbid_writes(False)["forbidden_writes"] == 0
    deleted = launch("delete_lun", sure)
    assert deleted.status == "successful", deleted.stdout
    assert there(um, "db01") == 0
    keys = [job["key"] for result in deleted.results("lun") for job in result["jobs"]]
    assert deleted.artifacts() == {"um_job_keys": keys, "um_outcome": "changed"}
    for unmap in ("true", "false"):
        gone = launch("delete_lun", {**sure, "lun_unmap": unmap})
        assert (gone.status, gone.outcomes("lun")) == ("successful", [("runner_on_ok", "unchanged")]), gone.stdout
        assert gone.artifacts() == {"um_job_keys": [], "um_outcome": "unchanged"}


ROLES = {
    "onboard_cluster": {"address": "10.10.9.10", "username": "admin", "password": "S3cret-p"},
    "prepare_svm": {
        "svm_aggregates": "aggr1\naggr2",
        "svm_access_endpoints": "- {name: e1, data_protocols: [nfs], address: 10.20.41.11, netmask: '24'}",
        "name": "svm_new",
        "cluster": "cluster1",
    },
    "provision_mapped_lun": {
        "name": "db01",
        "svm": "svm1",
        "size": "1GiB",
        "performance_service_level": "Value",
        "igroup": "ig_db01",
        "lun_initiators": "iqn.one\niqn.two",
    },
    "provision_file_share": {
        "name": "fs01",
        "svm": "svm_nas",
        "size": "1GiB",
        "performance_service_level": "Value",
        "share_rules": "- {clients: [10.0.0.0/8], ro_rule: [sys], rw_rule: [sys]}",
    },
    "retire_workload": {"name": "lun_ora01", "svm": "svm1", "confirm": "lun_ora01"},
}


def test_a_full_workload_grows_by_its_job_template(um, launch):
    for one in um.control("GET", "world?table=/datacenter/storage/volumes")["records"]:
        if one["name"] == "vol_home":
            fields = {"space": {**one["space"], "used": one["space"]["size"] * 95 // 100}}
            edit = {"action": "merge", "table": "/datacenter/storage/volumes", "key": one["key"], "fields": fields}
            um.control("POST", "world", edit)
    answers = {"name": "vol_home", "svm": "svm_nas", "limit": "2TiB", "percent": 50}
    named = {f"grow_workload_{name}": value for name, value in answers.items()}
    grown = launch("run_role", answered("grow_workload", **named))
    assert (grown.status, grown.artifacts()["um_outcome"]) == ("successful", "changed"), grown.stdout
    again = launch("run_role", answered("grow_workload", **named))
    assert (again.status, again.artifacts()["um_outcome"]) == ("successful", "unchanged"), again.stdout


@pytest.mark.parametrize("template", ROLES)
def test_a_role_by_its_job_template(um, launch, template):
    um.set(discovery_seconds=0.2)
    role = read(f"job_templates/{template}.yml")["extra_vars"]["um_role"]
    answers = {
        name if name.startswith(("svm_", "share_", "lun_")) else f"{role}_{name}": value
        for name, value in ROLES[template].items()
    }
    done = launch("run_role", answered(template, **answers))
    assert done.status == "successful", done.stdout
    assert done.artifacts()["um_outcome"] == "changed"
    again = launch("run_role", answered(template, **answers))
    assert (again.status, again.artifacts()) == ("successful", {"um_job_keys": [], "um_outcome": "unchanged"})


def test_a_role_that_fails_leaves_its_job_to_the_next_node(um, launch):
    um.outcome(path=LUNS, method="DELETE", status="error", failures=[{"task": 0, "reason": "The array is on fire."}])
    answers = {f"retire_workload_{name}": value for name, value in ROLES["retire_workload"].items()}
    failed = launch("run_role", answered("retire_workload", **answers))
    keys = [job["key"] for result in failed.results("lun") for job in result["jobs"]]
    assert failed.status == "failed"
    assert len(keys) > 1  # the LUN is unmapped and taken offline first
    assert failed.artifacts() == {"um_job_keys": keys, "um_outcome": "failed"}


def test_a_configuration_is_exported_planned_applied_and_watched(um, launch, tmp_path):
    um.forbid_writes()
    exported = launch("export", answered("export_configuration", um_placeholders="false", um_kinds="alerts,igroups"))
    assert exported.status == "successful", exported.stdout
    configuration = exported.artifacts()["um_configuration"]
    assert list(configuration) == ["igroups", "alerts"]
    assert "  name: Everything critical" in exported.stdout
    configuration["alerts"][0]["enabled"] = False
    path = tmp_path / "um.yml"
    path.write_text(json.dumps(configuration), encoding="utf-8")
    drift = launch("drift", answered("watch_drift", um_configuration_path=str(path)))
    assert drift.status == "failed"
    (differs,) = drift.artifacts()["um_drift"]
    assert differs["after"] == {"alerts[0] Everything critical": {"enabled": False}}
    planned = launch("apply", answered("apply_configuration", um_configuration_path=str(path)), check=True)
    assert (planned.status, '"enabled": false' in planned.stdout) == ("successful", True), planned.stdout
    assert um.forbid_writes(False)["forbidden_writes"] == 0
    applied, again = (
        launch("apply", answered("apply_configuration", um_configuration_path=str(path))) for _number in range(2)
    )
    assert [job.artifacts()["um_outcome"] for job in (applied, again)] == ["changed", "unchanged"]
    watched = launch("drift", answered("watch_drift", um_configuration_path=str(path)))
    assert watched.status == "successful", watched.stdout


def test_pruning_is_limited_by_the_survey(um, launch, tmp_path):
    path = tmp_path / "um.yml"
    path.write_text("igroups: []", encoding="utf-8")
    answers = {"um_configuration_path": str(path), "um_prune": "igroups", "um_max_deletions": 5}
    refused = launch("apply", answered("apply_configuration", **answers))
    assert (refused.status, refused.artifacts()["um_outcome"]) == ("failed", "failed")
    assert "max_deletions: 21 objects" in refused.stdout


def test_a_diagnosis_by_its_job_template(um, launch):
    um.forbid_writes()
    done = launch("diagnose", answered("diagnose", um_show_profile="true"))
    assert done.status == "successful", done.stdout
    assert len(done.results("diagnosis_info")[0]["checks"]) > 20


def test_a_report_by_its_job_template_is_handed_on(um, launch):
    um.forbid_writes()
    done = launch("report", answered("report"))
    assert done.status == "successful", done.stdout
    artifacts = done.artifacts()
    assert artifacts["um_report"]["unreached"] == []
    assert artifacts["um_report"]["attention"]
    assert Page(artifacts["um_report_html"]).faults == []


def test_a_wrong_password_and_none_is_shown(um, answers, launch):
    password = answers["password"]
    good = launch("provision_lun", lun())
    answers["password"] = "wrong-Password9"
    bad = launch("provision_lun", lun())
    assert (good.status, bad.status) == ("successful", "failed")
    assert "401" in bad.results("lun")[0]["msg"]
    for job in (good, bad):
        told = json.dumps(job.events) + job.stdout
        assert password not in told
        assert "wrong-Password9" not in told


def test_an_inventory_update(um, private_data):
    """AWX runs ansible-inventory with the credential's environment; the configuration lies in the project."""
    directory = private_data({})
    (directory / "project" / "um.yml").write_text("plugin: aiqum.unified_manager.um\n", encoding="utf-8")
    listed, errors = ansible_runner.get_inventory(
        action="list",
        inventories=[str(directory / "project" / "um.yml")],
        response_format="json",
        private_data_dir=str(directory),
        quiet=True,
    )
    assert errors == ""
    assert sorted(listed["um_clusters"]["hosts"]) == ["cluster1", "cluster2", "cluster3"]


def test_the_guides_job_by_hand(um, tmp_path):
    """Its lines as they stand, in a checkout; then its last command again, as it says."""
    (lines,) = [block for block in blocks(RST / "guide_awx.rst", "shell") if "ansible-runner run" in block]
    (command,) = [line for line in lines.splitlines() if line.startswith("ansible-runner run")]
    ready = um.simulator.ready
    names = ("hostname", "port", "username", "password", "ca_path")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "UM_"))},
        **{f"UM_{name.upper()}": str(ready[name]) for name in names},
        "PATH": f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    mirror(tmp_path / "checkout")

    def run(text):
        ran = subprocess.run(
            ["sh", "-e", "-c", text],
            cwd=tmp_path / "checkout",
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    artifacts = tmp_path / "checkout" / ".build" / "job" / "artifacts"

    def outcome(job):
        events = (artifacts / job / "job_events").glob("*.json")
        said = [json.loads(path.read_text(encoding="utf-8"))["event_data"] for path in events]
        return [event["artifact_data"]["um_outcome"] for event in said if event.get("artifact_data")]

    assert run(lines).splitlines()[-1] == "successful"
    assert (there(um, "db01"), outcome("first")) == (1, ["changed"])
    run(command.replace("first", "second"))
    run(command.replace("first", "third") + " --cmdline=--check")
    assert (outcome("second"), outcome("third")) == (["unchanged"], ["unchanged"])
    assert ready["password"] in (artifacts / "first" / "command").read_text(encoding="utf-8")
