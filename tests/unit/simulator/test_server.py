# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server as a process: HTTPS, users, jobs, faults on real sockets, the control API, and a clean end."""

from __future__ import annotations

import json
import pathlib
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.simulator import launch, paths

JOB_SECONDS = 0.05
SYSTEM = paths.SYSTEM


class Client:
    """Requests to the API as the administrator, and to the control API."""

    def __init__(self, simulator):
        self.ready = simulator.ready
        self.control = simulator.control
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = self.ready["ca_path"]
        self.session.auth = (self.ready["username"], self.ready["password"])

    def ask(self, method, path, body=None, base="/api", **options):
        return self.session.request(method, f"{self.ready['url']}{base}{path}", json=body, timeout=30, **options)

    def get(self, path, **parameters):
        return self.ask("GET", path, params=parameters).json()

    def finished(self, answer):
        """The job of an answer once it has ended."""
        while True:
            job = self.get(f"{paths.JOBS}/{answer.json()['job']['key']}")
            if job["state"] == "completed":
                return job

    def lun(self, name="lun1"):
        return {
            "name": name,
            "space": {"size": 1 << 30},
            "os_type": "linux",
            "performance_service_level": {"key": self.get(paths.PERFORMANCE_SERVICE_LEVELS)["records"][0]["key"]},
            "svm": {"key": self.get(paths.SVMS, name="svm1")["records"][0]["key"]},
        }


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    record = tmp_path_factory.mktemp("record") / "exchanges.jsonl"
    with launch.running("--job-seconds", str(JOB_SECONDS), "--record", str(record)) as running:
        running.record = record
        yield running


@pytest.fixture
def um(simulator):
    simulator.control("POST", "reset")
    client = Client(simulator)
    with client.session:
        yield client


def test_both_base_paths_and_the_headers(um):
    plain, versioned = um.ask("GET", SYSTEM), um.ask("GET", SYSTEM, base="/api/v2")
    assert plain.json() == versioned.json()
    assert plain.json()["_links"]["self"]["href"] == f"/api{SYSTEM}"
    assert plain.headers["Server"] == "NetApp Application Server"
    assert plain.headers["Content-Type"] == "application/json"
    assert plain.headers["Date"].endswith("GMT")


def test_refusals(um):
    assert um.ask("GET", "/no/such").status_code == 404
    assert um.ask("GET", "/no/such", base="/gui").json()["error"]["code"] == "no_such_resource"
    assert um.ask("PUT", SYSTEM).status_code == 405
    wrong = um.ask("GET", SYSTEM, auth=("admin", "wrong"))
    assert (wrong.status_code, wrong.content) == (401, b"")
    operator = ("operator", um.ready["users"]["operator"]["password"])
    forbidden = um.ask("POST", paths.LUNS, {}, auth=operator)
    assert (forbidden.status_code, forbidden.content) == (403, b"")
    broken = um.session.post(f"{um.ready['url']}/api{paths.LUNS}", data="{", timeout=30)
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "malformed_json")


BOUNDLESS = {"Content-Type": "multipart/form-data"}


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (b"x", BOUNDLESS),
        (b"", BOUNDLESS),
        (b"x", {"Content-Type": 'multipart/form-data; boundary=""'}),
        (b"--b\r\nno header at all", {"Content-Type": "multipart/form-data; boundary=b"}),
        (b"nothing of it", {"Content-Type": "multipart/form-data; boundary=b"}),
        (b"x", {"Content-Type": "multipart/mixed"}),
        (b"[" * 100_000 + b"]" * 100_000, {}),
        (b'{"a":' * 900 + b"1" + b"}" * 900, {}),
        (rb'{"name": "\ud800"}', {}),
        (b'{"name": "\xff"}', {}),
        (b"1" * 5000, {}),
    ],
)
@pytest.mark.parametrize("path", [paths.SCRIPTS, paths.IGROUPS])
def test_a_body_that_cannot_be_read(um, path, data, headers):
    url = f"{um.ready['url']}/api{path}"
    answer = um.session.post(url, data=data, headers=headers, timeout=30)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
    stranger = um.session.post(url, data=data, headers=headers, auth=("admin", "wrong"), timeout=30)
    assert stranger.status_code == 401
    operator = ("operator", um.ready["users"]["operator"]["password"])
    assert um.session.post(url, data=data, headers=headers, auth=operator, timeout=30).status_code == 403


@pytest.mark.parametrize("login", ["Basic", "Basic \u00e9", "Basic =", "Basic /w==", "Bearer x", "", "Basic YWRtaW4="])
def test_credentials_that_are_none(um, login):
    headers = {"Authorization": login.encode("latin-1")}
    answer = requests.get(f"{um.ready['url']}/api{SYSTEM}", headers=headers, verify=um.ready["ca_path"], timeout=30)
    assert answer.status_code == 401


def test_a_lun_comes_and_goes(um):
    answer = um.ask("POST", paths.LUNS, um.lun())
    assert answer.status_code == 202
    job = um.finished(answer)
    key = next(result["value"] for result in job["job_results"] if result["name"] == "lunKey")
    assert um.get(f"{paths.LUNS}/{key}")["space"]["size"] == 1 << 30
    assert um.finished(um.ask("DELETE", f"{paths.LUNS}/{key}"))["status"] == "normal"
    assert um.ask("GET", f"{paths.LUNS}/{key}").status_code == 404


def test_exchanges_are_recorded_without_passwords(um, simulator):
    um.ask("POST", paths.LUNS, {"svm": {"confirm_password": "secret"}}, headers={"User-Agent": "me"})
    exchange = um.control("GET", "exchanges")["exchanges"][-1]
    assert (exchange["method"], exchange["path"], exchange["status"]) == ("POST", f"/api{paths.LUNS}", 400)
    assert exchange["request"] == {"svm": {"confirm_password": "********"}}
    assert (exchange["user_agent"], exchange["user"], exchange["fault"]) == ("me", "admin", False)
    line = json.loads(simulator.record.read_text(encoding="utf-8").splitlines()[-1])
    assert line == {name: exchange[name] for name in line}
    assert um.control("GET", f"exchanges?since={exchange['number']}")["exchanges"] == []
    assert um.control("GET", "stats")["requests"] == {f"POST {paths.LUNS}": 1}
    um.control("DELETE", "exchanges")
    assert um.control("GET", "exchanges")["exchanges"] == []


def test_work_is_recorded_before_its_late_answer(um):
    desired = um.lun()
    um.control("DELETE", "exchanges")
    um.control("POST", "faults", {"kind": "delay", "method": "POST", "path": "/luns$", "seconds": 2, "when": "after"})
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(um.ask, "POST", paths.LUNS, desired)
        recorded = um.control("GET", "exchanges")
        while not (recorded["exchanges"] or answer.done()):
            recorded = um.control("GET", "exchanges")
    (exchange,) = recorded["exchanges"]
    assert (exchange["method"], exchange["status"], recorded["under_way"]) == ("POST", 202, 1)
    assert answer.result().status_code == 202


def test_writes_can_be_forbidden(um):
    um.control("POST", "forbid-writes", {"forbid": True})
    assert um.ask("POST", paths.LUNS, {}).status_code == 403
    assert um.ask("GET", SYSTEM).status_code == 200
    assert um.control("GET", "stats")["forbidden_writes"] == 1


@pytest.mark.parametrize(
    ("fault", "status", "content"),
    [
        ({"status": 503, "retry_after": 7}, 503, None),
        ({"status": 500, "body": "html"}, 500, b"<html>"),
        ({"status": 502, "body": "empty"}, 502, b""),
        ({"status": 429, "body": "literal", "literal": "slow down"}, 429, b"slow down"),
    ],
)
def test_a_status_fault(um, fault, status, content):
    um.control("POST", "faults", {"kind": "status", "method": "GET", "path": "/system$", "after": 1, **fault})
    answers = [um.ask("GET", SYSTEM) for dummy in range(3)]
    assert [answer.status_code for answer in answers] == [200, status, 200]
    assert answers[1].headers.get("Retry-After") == (str(fault["retry_after"]) if "retry_after" in fault else None)
    if content is not None:
        assert answers[1].content[: len(content) or None] == content
    assert [exchange["fault"] for exchange in um.control("GET", "exchanges")["exchanges"]] == [False, True, False]


@pytest.mark.parametrize(
    ("fault", "is_json"),
    [
        ({"kind": "garbage", "garbage": "html"}, False),
        ({"kind": "garbage", "garbage": "truncated"}, False),
        ({"kind": "garbage", "garbage": "array"}, True),
        ({"kind": "garbage", "garbage": "string"}, True),
        ({"kind": "drop_body"}, False),
        ({"kind": "delay", "seconds": 0.01, "when": "after"}, True),
    ],
)
def test_spoiled_answers_of_work_that_was_done(um, fault, is_json):
    body = um.lun()
    um.control("POST", "faults", {**fault, "method": "POST"})
    answer = um.ask("POST", paths.LUNS, body)
    assert answer.status_code == 202
    try:
        json.loads(answer.content)
    except ValueError:
        assert not is_json
    else:
        assert is_json
    assert um.get(paths.JOBS)["total_records"] == 1


@pytest.mark.parametrize(("kind", "jobs"), [("reset_before", 0), ("reset_after", 1), ("half_answer", 1)])
def test_broken_connections(um, kind, jobs):
    body = um.lun()
    um.control("POST", "faults", {"kind": kind, "method": "POST"})
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        um.ask("POST", paths.LUNS, body)
    assert um.get(paths.JOBS)["total_records"] == jobs


def test_an_outcome_is_forced(um):
    um.control("POST", "outcomes", {"path": paths.LUNS, "failures": ["The disk is full."], "seconds": 0})
    job = um.finished(um.ask("POST", paths.LUNS, um.lun()))
    assert (job["status"], job["task_reports"][-1]["failure_reason"]) == ("error", "The disk is full.")


@pytest.mark.parametrize(("jobs", "number"), [("kept", 1), ("lost", 0)])
def test_a_restart(um, jobs, number):
    um.finished(um.ask("POST", paths.LUNS, um.lun()))
    um.control("POST", "restart", {"seconds": 0.3, "jobs": jobs})
    with pytest.raises(requests.ConnectionError):
        um.ask("GET", SYSTEM)
    while True:
        try:
            assert um.get(paths.JOBS)["total_records"] == number
            return
        except requests.ConnectionError:
            continue


def test_held_polling_answers_when_the_job_moves(um):
    um.control("POST", "switches", {"polling_long": "held", "job_seconds": 0.3})
    key = um.ask("POST", paths.LUNS, um.lun()).json()["job"]["key"]
    done = [um.get(f"{paths.JOBS}/{key}", poll_timeout=30)["task_reports"] for dummy in range(3)]
    assert [sum(task["state"] == "completed" for task in tasks) for tasks in done] == [1, 2, 3]


def test_held_polling_answers_at_the_time_out(um):
    um.control("POST", "switches", {"polling_long": "held", "job_seconds": 1000})
    key = um.ask("POST", paths.LUNS, um.lun()).json()["job"]["key"]
    assert um.get(f"{paths.JOBS}/{key}", poll_timeout=0.05)["state"] == "running"


def test_the_clock(um):
    before = um.get(paths.JOBS)
    assert before["records"] == []
    um.control("POST", "clock", {"offset": 86400 * 365})
    answer = um.ask("POST", paths.LUNS, um.lun())
    milliseconds = int(answer.json()["job"]["key"].split(":")[2], 16)
    assert milliseconds / 1000 > time.time() + 86400 * 364
    year = time.gmtime(milliseconds / 1000).tm_year
    assert f" {year} " in answer.headers["Date"]


@pytest.mark.parametrize("kind", ["expired", "wrong_host", "self_signed", "other_ca"])
def test_bad_certificates(um, kind):
    um.control("POST", "certificate", {"kind": kind})
    with pytest.raises(requests.exceptions.SSLError):
        um.ask("GET", SYSTEM)


def test_edits_of_the_world(um):
    um.control("POST", "world", {"action": "remove_san_lifs", "svm": "svm1"})
    um.control("POST", "world", {"action": "fill_aggregate", "aggregate": "aggr1", "available": 5})
    edit = {"action": "merge", "table": paths.SVMS, "name": "svm1", "fields": {"state": "stopped"}}
    um.control("POST", "world", {"edits": [edit, {"action": "remove", "table": paths.SVMS, "name": "svm2"}]})
    svm = um.get(paths.SVMS, name="svm1")["records"][0]
    endpoints = um.get(paths.ACCESS_ENDPOINTS, **{"resource.key": svm["key"]})["records"]
    assert svm["state"] == "stopped"
    assert {protocol for endpoint in endpoints for protocol in endpoint["data_protocols"]} == {"nfs"}
    assert um.get(paths.AGGREGATES, name="aggr1")["records"][0]["space"]["block_storage"]["available"] == 5
    assert um.get(paths.SVMS, name="svm2")["records"] == []
    assert len(um.control("GET", f"world?table={paths.SVMS}")["records"]) == 7


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("switches", {"no_such": 1}),
        ("switches", {"job_dialect": "french"}),
        ("faults", {"kind": "plague"}),
        ("faults", {"kind": "delay", "colour": "red"}),
        ("outcomes", {"colour": "red"}),
        ("world", {"action": "flood"}),
        ("world", {"action": "remove", "table": paths.SVMS, "name": "svm_shared"}),
        ("certificate", {"kind": "shiny"}),
        ("nothing", {}),
    ],
)
def test_the_control_api_refuses_nonsense(um, name, body):
    with pytest.raises(ValueError, match="error"):
        um.control("POST", name, body)


def test_it_leaves_nothing_behind(tmp_path):
    ready_file = tmp_path / "ready.json"
    process = subprocess.Popen(
        [*launch.COMMAND, "--ready-file", str(ready_file), "--switch", "job_dialect=guide"],
        cwd=launch.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        lines = [process.stdout.readline() for dummy in range(7)]
        ready = json.loads(ready_file.read_text(encoding="utf-8"))
        assert f"export UM_PORT={ready['port']}\n" in lines
        assert pathlib.Path(ready["ca_path"]).exists()
        process.terminate()
        assert process.wait(30) == 0
        assert process.stdout.read() == ""
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert not pathlib.Path(ready["ca_path"]).parent.exists()
    assert not list(tmp_path.iterdir())
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((ready["hostname"], ready["port"]), 5)


def test_a_switch_that_does_not_exist():
    with pytest.raises(RuntimeError, match="no switch 'colour'"), launch.running("--switch", "colour=red"):
        pass


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_script_is_uploaded_with_and_without_a_slash(um, slash):
    files = {"name": ("fix.sh", b"#!/bin/sh\n", "application/octet-stream"), "description": (None, "Fixes it.")}
    answer = um.ask("POST", f"{paths.SCRIPTS}{slash}", files=files)
    assert (answer.status_code, answer.content) == (200, b"")
    (record,) = um.get(paths.SCRIPTS, name="fix.sh")["records"]
    assert record["description"] == "Fixes it."
    assert um.ask("POST", paths.SCRIPTS, {"name": "fix.sh"}).status_code == 400


def test_events_on_request(um):
    burst = {"events": [{"resource": "vol_home", "times": 2}, {"resource_type": "cluster", "resource": "cluster2"}]}
    raised = um.control("POST", "events", burst)["events"]
    assert {event["key"] for event in raised} <= {event["key"] for event in um.get(paths.EVENTS)["records"]}
    moved = um.control("POST", "event-states", {"key": raised[0]["key"], "state": "obsolete"})["events"]
    assert [event["key"] for event in moved] == [raised[0]["key"]]
    with pytest.raises(ValueError, match="severity is one of"):
        um.control("POST", "events", {"severity": "bad"})


def test_a_new_user_logs_in_and_passwords_are_not_recorded(um):
    user = {"name": "kim", "role": "operator", "authentication_type": "local_user", "email": "kim@example.com"}
    um.control("POST", "switches", {"user_passwords": "shown"})
    assert um.ask("POST", paths.USERS, {**user, "password": "Kims-Own1"}).json()["password"] == "Kims-Own1"
    assert um.ask("GET", SYSTEM, auth=("kim", "Kims-Own1")).status_code == 200
    assert um.ask("DELETE", f"{paths.USERS}/kim").status_code == 200
    assert um.ask("GET", SYSTEM, auth=("kim", "Kims-Own1")).status_code == 401
    assert "Kims-Own1" not in str(um.control("GET", "exchanges"))
