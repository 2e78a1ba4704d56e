# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same tasks in Ansible's worker and as modules: the same results to the letter."""

from __future__ import annotations

import datetime
import os
import pathlib
import re
import signal
import subprocess
from urllib.parse import unquote

import pytest
import yaml

from .conftest import NEW, lun
from .forked import BIN
from .test_signals import wait_until_a_job_is_looked_at

pytestmark = [pytest.mark.ansible_core, pytest.mark.own_way]

POST = {"method": "POST", "path": "/storage-provider/luns"}
CHANGES_EACH_TIME = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]+:-[0-9a-f]+:[0-9a-f]+:-[0-9a-f]+"
    r"|_\d{13}|\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?|\b\d+(\.\d+)? s\b"
)
COUNTED = ("elapsed", "polls", "submit_time", "complete_time")


def same_each_time(value):
    """A result without keys and times."""
    if isinstance(value, dict):
        return {name: same_each_time(part) for name, part in value.items() if name not in COUNTED}
    if isinstance(value, list):
        return [same_each_time(part) for part in value]
    return CHANGES_EACH_TIME.sub("~", value) if isinstance(value, str) else value


DATE = datetime.datetime(2026, 1, 1, 10, 0, tzinfo=datetime.timezone.utc)
TASKS = [
    lun(name="db01", **NEW, check_mode=True),
    lun(name="db01", **NEW, diff=True),
    lun(name="db01", **NEW, time_out=30, wait_timeout=30),
    lun(name="db01", svm="svm1", size="20GiB", performance_service_level="Performance"),
    lun(name="db01", svm="svm1", size="1GiB"),
    lun(name="db01", svm="no such", size="1GiB", state="present"),
    lun(name="db02", **{**NEW, "os_type": "plan9"}),
    lun(name="db02", color="red", **NEW),
    lun(svm="svm1"),
    lun(name="db02", **NEW, port="many"),
    lun(name="db02", **NEW, wait=False),
    lun(name="db03", **NEW, validate_certs=False),
    lun(name="db01", svm="svm1", environment={"UM_PASSWORD": "wrong"}),
    lun(name="db01", svm="svm1", password="Netapp1!", hostname="{{ 'Netapp1!' }}"),
    {"aiqum.unified_manager.lun_info": {"name": "db01"}},
    {"aiqum.unified_manager.lun_info": {"limit": 0}},
    {"aiqum.unified_manager.igroup": {"name": "ig9", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}},
    {"aiqum.unified_manager.workloads": {"defaults": {"svm": "svm1", "state": "absent"}, "luns": [{"name": "db01"}]}},
    {"aiqum.unified_manager.job_wait": {"keys": ["none:-1:1:-1"], "wait_timeout": 1}},
    {"aiqum.unified_manager.ontap": {"cluster": "cluster1", "path": "cluster"}},
]

WRONG = [
    lun(name=["db02"], **NEW),
    lun(name="db02", **NEW, wait_timeout=float("inf")),
    lun(name="db02", **NEW, passwrd="Netapp1!", port=None, cluster=None),
    {"aiqum.unified_manager.file_share": {"name": "fs9", "svm": "svm1", "export_policy": True}},
    {"aiqum.unified_manager.svm": {"name": "svm9", "cluster": "cluster1", "dns": 5}},
    {"aiqum.unified_manager.svm": {"name": "svm9", "cluster": "cluster1", "cifs": "sesame"}},
    {"aiqum.unified_manager.svm": {"name": "svm9", "cluster": "cluster1", "data_protocols": "nfs, iscsi, smb"}},
    {"aiqum.unified_manager.lun_info": {"limit": float("inf")}},
    {"aiqum.unified_manager.access_endpoint": {"lun": "a", "file_share": "b"}},
    {"aiqum.unified_manager.workloads": {"luns": {"name": "db02"}}},
    {"aiqum.unified_manager.event": {"keys": ["1"]}},
]


def run_twice(um, play, tasks, prepare=lambda: None, **keywords):
    """The play in process and as modules, each on a fresh server."""
    for in_process in ("true", "false"):
        um.control("POST", "reset")
        prepare()
        yield play(*tasks, UM_IN_PROCESS=in_process, **keywords)


@pytest.mark.both_ways
@pytest.mark.parametrize("options", [(), ("--check", "--diff")], ids=["real", "check"])
def test_the_same_results(um, play, options):
    here, there = run_twice(um, play, TASKS, options=options)
    for task, one, other in zip(TASKS, here.results, there.results):
        assert same_each_time(one) == same_each_time(other), task


@pytest.mark.both_ways
def test_the_same_sentences(um, play):
    """Options that cannot be taken; a play of its own, since as modules each task takes a process."""
    here, there = run_twice(um, play, WRONG)
    for task, one, other in zip(WRONG, here.results, there.results):
        assert one["outcome"] == "failed", task
        assert same_each_time(one) == same_each_time(other), task


@pytest.mark.both_ways
def test_the_same_failures(um, play):
    def prepare():
        um.outcome(**POST, status="error", failures=["No room for Netapp1!."])
        um.outcome(**POST, status="partial_failures", failures=["Not mapped."])
        um.outcome(**POST, status="warning", warnings=["Rather full."])

    tasks = [lun(name=name, **NEW) for name in ("one", "two", "three")]
    here, there = run_twice(um, play, tasks, prepare)
    assert [result["outcome"] for result in here.results] == ["failed", "partial", "changed"], here.output
    for one, other in zip(here.results, there.results):
        assert same_each_time(one) == same_each_time(other)
    assert "Netapp1!" not in here.output + str(here.results)


@pytest.mark.both_ways
@pytest.mark.parametrize(
    "options",
    [
        {"history": {"after": DATE, "state": "acknowledged"}},
        {"filters": {"history.timestamp": DATE, "history.state": "acknowledged"}},
    ],
    ids=str,
)
def test_the_same_dates(um, play, options):
    """YAML makes a date of what is not quoted."""
    sent = []
    for ran in run_twice(um, play, [{"aiqum.unified_manager.event_info": options}]):
        assert not ran.results[0]["failed"], ran.output
        exchanges = um.control("GET", "exchanges")["exchanges"]
        sent.append([unquote(one["path"]) for one in exchanges if "/events" in one["path"]])
    assert sent[0] == sent[1]
    assert "2026-01-01T10:00:00" in sent[0][0]


def test_a_person_sees_how_far_it_is(um, play):
    task = lun(name="db01", **NEW)
    many = {"aiqum.unified_manager.workloads": {"defaults": NEW, "luns": [{"name": "a"}, {"name": "b"}]}}
    ran = play(task, many, UM_IN_PROCESS="true")
    assert re.search(r"^\[localhost\] LUN 'db01': Create LUN, completed, \d of \d tasks, \d s$", ran.output, re.M)
    assert re.search(r"^\[localhost\] \[#{20}\] 2 of 2 jobs ended, 0 run, \d s$", ran.output, re.M)
    assert "jobs ended" not in ran.stdout  # callbacks write JSON there
    um.control("POST", "reset")
    assert "Create LUN," not in play(task, UM_IN_PROCESS="true", UM_PROGRESS="false").output
    um.control("POST", "reset")
    assert "Create LUN," not in play({**task, "vars": {"um_in_process": False}}).output


def end_the_worker(um, environment, tmp_path, number, **keywords):
    """What the controller prints when its worker gets a signal while a LUN's job runs."""
    um.set(job_seconds=60)
    playbook = tmp_path / "site.yml"
    task = {**lun(name="db01", **NEW), "register": "result", "ignore_errors": True, **keywords}
    tell = {"ansible.builtin.debug": {"msg": "{{ result.outcome }} {{ result.jobs | length }} {{ result.msg }}"}}
    book = [{"hosts": "localhost", "gather_facts": False, "tasks": [task, tell]}]
    playbook.write_text(yaml.safe_dump(book), encoding="utf-8")
    command = [str(BIN / "ansible-playbook"), str(playbook)]
    environment = {**environment, "UM_IN_PROCESS": "true"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_until_a_job_is_looked_at(um, process)
    worker = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="utf-8").split()[-1]
    os.kill(int(worker), number)
    output = process.communicate(timeout=60)[0]
    assert process.returncode == 0, output
    return output


def test_a_signal_ends_it_with_the_key(um, environment, tmp_path):
    """Row 18 of the failure matrix, for the worker that Ansible forks."""
    output = end_the_worker(um, environment, tmp_path, signal.SIGTERM)
    assert re.search(r"interrupted 1 .*Interrupted by SIGTERM", output), output


def test_the_timeout_of_a_task_keeps_the_key(um, environment, tmp_path):
    """Ansible's keyword ends a module without a result, by an alarm, which is raised here before its time."""
    output = end_the_worker(um, environment, tmp_path, signal.SIGALRM, timeout=600)
    key = um.control("GET", "jobs")["jobs"][0]["key"]
    assert re.search(rf"interrupted 1 .*{key}", output), output
