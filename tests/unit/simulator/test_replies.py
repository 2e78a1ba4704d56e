# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms of answers that no document describes, and what is refused whoever asks."""

from __future__ import annotations

import json

import pytest

from tests.simulator import limits, paths
from tests.simulator.calls import Answer
from tests.simulator.errors import Refusal, bad_value
from tests.simulator.replies import refused, reply_to
from tests.simulator.state import all_switches

from .um import UM, as_filter

RECORD = {"key": "k", "name": "n", "os_type": "linux", "_links": {"self": {"href": "/api/x/k"}}}


def switched(**settings):
    switches = all_switches()
    switches.set_all(settings)
    return switches


def reply(method, answer, path="/datacenter/x", **settings):
    return reply_to(method, path, answer, switched(**settings))


def test_by_default_answers_are_as_documented():
    assert reply("POST", Answer(201, RECORD)).decoded() == RECORD
    assert reply("PATCH", Answer(200, RECORD)).decoded() == RECORD
    assert reply("DELETE", Answer(200)).content == b""
    assert reply("POST", Answer(200, RECORD), paths.SCRIPTS).content == b""
    assert reply("POST", Answer(201, RECORD)).headers == {}
    assert (refused(Refusal(401), switched()).content, refused(Refusal(403), switched()).content) == (b"", b"")


@pytest.mark.parametrize(("form", "content"), [("empty", b""), ("object", b"{}"), ("null", b"null")])
def test_deletions(form, content):
    assert reply("DELETE", Answer(200), body_of_deletions=form).content == content
    assert reply("DELETE", Answer(202, {"job": {}}), body_of_deletions=form).decoded() == {"job": {}}


def test_creations():
    key = {name: RECORD[name] for name in ("key", "name", "_links")}
    assert reply("POST", Answer(201, RECORD), body_of_201="key").decoded() == key
    assert reply("POST", Answer(201, RECORD), body_of_201="empty").content == b""
    assert reply("POST", Answer(201), body_of_201="key").content == b""
    assert reply("POST", Answer(200, [RECORD]), body_of_201="empty").decoded() == [RECORD]


def test_changes_and_uploads():
    assert reply("PATCH", Answer(200, RECORD), body_of_changes="empty").content == b""
    assert reply("GET", Answer(200, RECORD), body_of_changes="empty").decoded() == RECORD
    assert reply("POST", Answer(200, RECORD), paths.SCRIPTS, body_of_scripts="record").decoded() == RECORD
    assert reply("GET", Answer(200, {"records": []}), paths.SCRIPTS).decoded() == {"records": []}


def test_locations():
    job = {"job": {"key": "j", "_links": {"self": {"href": "/api/jobs/j"}}}}
    for body, location in ((RECORD, "/api/x/k"), (job, "/api/jobs/j")):
        status = 202 if body is job else 201
        assert reply("POST", Answer(status, body), location_header="present").headers == {"Location": location}
    for answer in (Answer(201), Answer(202, {"key": "aggregate"}), Answer(200, RECORD)):
        assert reply("POST", answer, location_header="present").headers == {}


def test_what_ontap_answers_goes_through():
    settings = {"body_of_201": "empty", "location_header": "present", "body_of_deletions": "object"}
    answer = Answer(201, RECORD, {"Location": "/api/gateways/u/x"})
    assert reply("POST", answer, "/gateways/u/x", **settings) == (
        201,
        json.dumps(RECORD).encode(),
        "application/json",
        {"Location": "/api/gateways/u/x"},
    )
    assert reply("DELETE", Answer(200), "/gateways/u/x", **settings).content == b""


@pytest.mark.parametrize("status", [401, 403])
def test_refused_logins_and_rights(status):
    name = f"body_of_{status}"
    error = refused(Refusal(status), switched(**{name: "error"})).decoded()["error"]
    assert set(error) == {"code", "message"}
    page = refused(Refusal(status), switched(**{name: "html"}))
    assert page.content_type == "text/html"
    assert str(status).encode() in page.content
    assert ("WWW-Authenticate" in page.headers) == (status == 401)


def test_codes_of_errors():
    words = refused(bad_value("size", "It is too small."), switched()).decoded()["error"]
    assert words == {"code": "bad_value", "message": "It is too small.", "target": "size"}
    numbers = refused(bad_value("size", "x"), switched(error_codes="numbers")).decoded()["error"]
    assert numbers["code"].isdigit()
    assert "code" not in refused(bad_value("size", "x"), switched(error_codes="absent")).decoded()["error"]
    assert refused(Refusal(401), switched(error_codes="absent", body_of_401="error")).decoded()["error"]["message"]


def test_too_many_requests():
    um = UM(rate_limit=2)
    for _time in range(2):
        limits.check(um.world, "admin", "GET", paths.SYSTEM)
    with pytest.raises(Refusal) as refusal:
        limits.check(um.world, "admin", "GET", paths.SYSTEM)
    limits.check(um.world, "storage", "GET", paths.SYSTEM)
    um.pass_time(1.0)
    limits.check(um.world, "admin", "GET", paths.SYSTEM)
    assert refusal.value.status == 429
    assert refused(refusal.value, switched()).headers == {"Retry-After": "1"}
    assert refused(refusal.value, switched(rate_limit_retry_after="absent")).headers == {}


@pytest.mark.parametrize("status", [400, 403, 404])
def test_storage_management_that_is_off(status):
    um = UM(storage_management=f"off_{status}")
    limits.check(um.world, "admin", "GET", paths.LUNS)
    limits.check(um.world, "admin", "POST", paths.IGROUPS)
    with pytest.raises(Refusal) as refusal:
        limits.check(um.world, "admin", "POST", paths.LUNS)
    assert refusal.value.status == status


def test_unknown_fields():
    svm = UM().key(paths.SVMS, "svm1")
    body = {"name": "ig", "svm": {"key": svm, "color": 1}, "os_type": "linux", "protocol": "iscsi", "moon": "full"}
    assert UM().refused("POST", paths.IGROUPS, body) == (400, "svm.color")
    um = UM(unknown_fields="ignore")
    status, igroup = um.ask("POST", paths.IGROUPS, body)
    assert status == 201
    assert "moon" not in igroup
    assert um.ask("PATCH", f"{paths.IGROUPS}/{igroup['key']}", {"moon": "new"})[1]["name"] == "ig"


def test_names_of_jobs_that_tell_nothing():
    um = UM(job_names="codes")
    key = um.get(paths.LUNS)["records"][0]["key"]
    job = um.job("DELETE", f"{paths.LUNS}/{key}")
    assert job["name"] != job["type"]
    words = json.dumps([job["name"], job["type"], [task["name"] for task in job["task_reports"]]]).lower()
    assert "lun" not in words
    kind = um.get(f"{paths.JOBS}?type={as_filter(job['type'])}")
    assert [one["key"] for one in kind["records"]] == [job["key"]]


def test_pages_whose_size_no_document_tells():
    um = UM(unknown_page_size=2)
    assert um.get(paths.EVENTS)["num_records"] == um.get(paths.LUNS)["num_records"] == 2
    assert um.get(paths.SVMS)["num_records"] == um.get(paths.SVMS)["total_records"] > 2
    assert um.get(f"{paths.EVENTS}?max_records=5")["num_records"] == 5
    following = um.get(paths.LUNS)["_links"]["next"]["href"].removeprefix("/api")
    assert um.get(following)["records"]
