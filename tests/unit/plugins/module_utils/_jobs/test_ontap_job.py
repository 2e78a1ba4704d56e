# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""ONTAP's jobs (docs/facts/server.md, 6.9): what they say, and how the one poller waits for them."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Refused
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.ontap_job import (
    jobs_of,
    ontap_jobs,
    parse_ontap,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

from ..fakes import job
from .test_poller import Setting

CLUSTER = "4c6bf721-1e3f-11e9-a3e2-00a0985badbb"
ONE = f"/gateways/{CLUSTER}/cluster/jobs/u1"


def ontap_job(state="running", **fields):
    return {"uuid": "u1", "description": "POST /api/storage/volumes", "state": state, "code": 0, **fields}


DONE = ontap_job("success", message="success", end_time="2026-01-01T10:00:00+00:00")


@pytest.mark.parametrize(
    ("state", "end_time", "outcome"),
    [
        ("queued", None, "submitted"),
        ("running", None, "submitted"),
        ("paused", None, "submitted"),
        ("Running", "t", "submitted"),
        ("success", None, "success"),
        ("SUCCESS", "t", "success"),
        ("failure", None, "failed"),
        ("failure", "t", "failed"),
        ("pausing", None, "submitted"),
        ("reborn", "t", "unknown"),
        (None, None, "submitted"),
        (None, "t", "unknown"),
    ],
)
def test_states(state, end_time, outcome):
    job = parse_ontap(ontap_job(state, end_time=end_time))
    assert (job.outcome, job.finished) == (outcome, outcome != "submitted")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"message": "No room.", "code": 12}, "No room (code 12)"),
        ({"error": {"message": "No room.", "code": "12"}}, "No room (code 12)"),
        ({"message": "No room", "error": {"message": "No room on aggr1", "code": "12"}}, "No room on aggr1 (code 12)"),
        ({"message": "Rolled back", "error": {"message": "No room", "code": "0"}}, "No room; Rolled back"),
        ({"message": "Error 12: no room", "code": 12}, "Error 12: no room"),
        ({"message": "", "code": 12}, "no reason given (code 12)"),
        ({"message": None, "error": "odd"}, "no reason given"),
    ],
)
def test_reasons_are_never_empty(fields, reason):
    job = parse_ontap(ontap_job("failure", **fields))
    assert [failure.reason for failure in job.failures] == [reason]


class OntapSetting(Setting):
    def watch(self, key="u1"):
        return Watch(key, self.clock.now(), source=ontap_jobs(CLUSTER))


def test_it_is_read_at_its_place_and_ends_the_watch():
    setting = OntapSetting(ontap_job("queued"), ontap_job(), DONE)
    watch = setting.wait()
    assert setting.client.asked == [(ONE, {})] * 3
    assert setting.clock.sleeps == [0.25, 0.5, 0.5]
    described = watch.describe()
    assert {
        name: described.get(name) for name in ("key", "name", "state", "status", "outcome", "finished", "succeeded")
    } == {
        "key": "u1",
        "name": "POST /api/storage/volumes",
        "state": "success",
        "status": None,
        "outcome": "success",
        "finished": True,
        "succeeded": True,
    }


def test_its_reason_is_in_the_message():
    setting = OntapSetting(ontap_job("failure", message="No room.", code=12))
    watch = setting.wait()
    assert watch.sentence() == "job u1 (POST /api/storage/volumes) failed: No room (code 12)."
    assert watch.may_have_changed


def test_a_paused_job_times_out_with_its_state():
    setting = OntapSetting(ontap_job("paused"), seconds=10)
    watch = setting.wait()
    assert (watch.outcome, watch.elapsed) == ("timeout", 10.0)
    assert "(POST /api/storage/volumes, paused)" in watch.sentence()


def test_no_answer_is_held():
    setting = OntapSetting(ontap_job(), DONE, polling="long")
    assert setting.wait().outcome == "success"
    assert [query for path, query in setting.client.asked] == [{}, {}]
    assert setting.warnings == []


def test_several_are_asked_for_one_by_one_beside_ums_own():
    setting = OntapSetting(None)

    def answer(query):
        ended = setting.clock.now() > 1002
        state = "completed" if ended else "running"
        if "key" in query:
            return {"records": [job(state, key=key) for key in query["key"].split("|")]}
        return {**(DONE if ended else ontap_job()), "uuid": setting.client.asked[-1][0].rpartition("/")[2]}

    setting.client.script = [answer]
    watches = [setting.watch("u1"), setting.watch("u2"), Watch("k:1", 1000.0), Watch("k:2", 1000.0)]
    setting.wait(*watches)
    assert [watch.outcome for watch in watches] == ["success"] * 4
    first_round = [path.rpartition("/")[2] for path, query in setting.client.asked[:3]]
    assert first_round == ["jobs", "u1", "u2"]


def test_another_jobs_record_is_no_answer():
    setting = OntapSetting({**DONE, "uuid": "other"}, DONE)
    watch = setting.wait()
    assert (watch.outcome, watch.poll_errors) == ("success", 1)


def test_a_job_that_ontap_has_forgotten():
    setting = OntapSetting(ontap_job(), Refused("HTTP 404", 404))
    watch = setting.wait()
    assert (watch.outcome, watch.vanished) == ("unknown", True)


SENT_AT = 1767261600.0  # 2026-01-01T10:00:00Z


class Listing:
    """A client that lists jobs of ONTAP."""

    def __init__(self, *jobs):
        self.jobs = jobs

    def records(self, collection, query=None, limit=None):
        assert (collection, limit) == (f"/gateways/{CLUSTER}/cluster/jobs", query["max_records"])
        return iter(self.jobs)


@pytest.mark.parametrize(
    ("method", "path", "description", "start", "found"),
    [
        ("POST", "storage/volumes", "POST /api/storage/volumes", 0, True),
        ("POST", "storage/volumes", "POST /api/storage/volumes/u1?x=1", 0, True),
        ("POST", "storage/volumes", "POST /api/storage/volumes/u1/snapshots", 0, False),
        ("POST", "storage/volumes", "POST /api/storage/luns", 0, False),
        ("PATCH", "storage/volumes/u1", "PATCH /api/storage/volumes/u1/", 0, True),
        ("PATCH", "storage/volumes/u1", "PATCH /api/storage/volumes/u12", 0, False),
        ("PATCH", "storage/volumes/u1", "DELETE /api/storage/volumes/u1", 0, False),
        ("PATCH", "storage/volumes/u1", None, 0, False),
        ("PATCH", "storage/volumes/u1", "PATCH /api/storage/volumes/u1", 30, True),
        ("PATCH", "storage/volumes/u1", "PATCH /api/storage/volumes/u1", -30, False),
    ],
)
def test_whose_jobs_they_are(method, path, description, start, found):
    """ONTAP describes a job by its request; only those that began since it was sent count."""
    began = f"2026-01-01T{'10:00' if start >= 0 else '09:59'}:{start % 60:02}Z"
    client = Listing(ontap_job(description=description, start_time=began))
    find = jobs_of(client, ontap_jobs(CLUSTER), method, path)
    assert [job.key for job in find(SENT_AT)] == (["u1"] if found else [])
    assert find(None) == []
