# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every text, every answer and all options."""

from __future__ import annotations

import contextlib
import json
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base import names, redact, sizes
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput, UMError
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse, verdict
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.ontap_job import parse_ontap
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.poller import JobPoller
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um import replies
from ansible_collections.aiqum.unified_manager.plugins.module_utils._um.client import Client, ontap_job_key, um_job_key
from tests.local import LocalServer
from tests.simulator.query import parse_value
from tests.unit.plugins.module_utils.fakes import Clock, ScriptedJobs

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORDS = st.sampled_from(["running", "completed", "NORMAL", "error", "partial_failures", "warning", "aborted", "", "x"])
# Answers that look like a Job, with anything where something else belongs.
JOBS = st.fixed_dictionaries(
    {},
    optional={
        "key": ANYTHING | st.just("k:1"),
        "state": WORDS | ANYTHING,
        "status": WORDS | ANYTHING,
        "complete_time": ANYTHING,
        "job_results": ANYTHING | st.lists(st.fixed_dictionaries({"name": ANYTHING, "value": ANYTHING}), max_size=3),
        "task_reports": ANYTHING
        | st.lists(st.fixed_dictionaries({"state": WORDS, "status": WORDS | ANYTHING, "failure_reason": ANYTHING})),
        "spawned_job_summary": ANYTHING | st.dictionaries(st.sampled_from(["running_jobs", "failed_jobs"]), ANYTHING),
    },
)
OUTCOMES = {"submitted", "success", "warning", "partial", "failed", "unknown"}


@given(st.one_of(st.text(), st.from_regex(r"\A[0-9]{1,9}(\.[0-9]{1,3})? ?[kmgtpKMGTP]?(i?[bB])?\Z")))
def test_a_size_is_whole_mebibytes_or_refused(text):
    with contextlib.suppress(BadInput):
        size = sizes.whole_mib(sizes.parse_size(text))
        assert size % sizes.MIB == 0
        assert sizes.parse_size(sizes.human_size(size)) == size


@given(
    st.text(min_size=1, max_size=20) | st.text(alphabet='ab*|,!<>."? ', min_size=1, max_size=12), st.text(max_size=12)
)
def test_a_filter_means_its_name_and_no_other(name, other):
    """Judged by the simulator's reading of UM's query language."""
    try:
        value = names.literal(names.checked_name(name, "name"))
    except BadInput:
        return
    (alternative,) = parse_value(value)
    assert alternative.fits(name, True)
    assert alternative.fits(other, True) is (other == name)


@given(st.text(max_size=30))
def test_a_key_stays_in_its_place(key):
    """One more part of the path, which decodes to the key; or it is refused."""
    try:
        path = names.path_of("/things", key)
    except (BadInput, UnicodeError):
        return
    assert path.startswith("/things/")
    segment = path.removeprefix("/things/")
    assert unquote(segment) == key
    assert not set(segment) & set("/?#& ")
    assert segment not in ("", ".", "..")


@given(ANYTHING)
def test_any_answer_is_a_job_key_or_none(body):
    for key in (um_job_key(body), ontap_job_key(body)):
        assert key is None or isinstance(key, str)


@given(JOBS)
def test_any_job_has_an_outcome_and_is_told(record):
    for parsed in (parse(record), parse_ontap(record)):
        assert parsed.outcome in OUTCOMES
        watch = Watch("k:1", 0.0)
        watch.saw(parsed, 1.0)
        assert "k:1" in watch.sentence()
        json.dumps(watch.describe())


@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_words_have_a_verdict(state, status, complete_time):
    assert verdict(state, status, complete_time) in OUTCOMES


@given(st.lists(JOBS | st.dictionaries(st.text(max_size=8), ANYTHING, max_size=3), min_size=1, max_size=4))
def test_the_poller_ends_whatever_it_is_told(records):
    clock = Clock()
    watch = Watch("k:1", clock.now())
    JobPoller(ScriptedJobs(clock, *records), clock.deadline(60), random_fraction=lambda: 0.5).wait_for_all([watch])
    assert watch.ended
    assert clock.time - 1000.0 <= 61
    assert "k:1" in watch.sentence()


@given(st.sampled_from([200, 202, 204, 301, 400, 401, 429, 500, 503]), st.binary(max_size=40) | ANYTHING)
def test_any_answer_is_read_or_a_clear_error(status, content):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {"Retry-After": raw[:20].decode(errors="replace")}
    if status >= 300:
        with pytest.raises(UMError, match=f"^GET /things was refused with HTTP {status}: "):
            replies.judge("GET", "/things", status, headers, replies.decoded(raw))
        return
    with contextlib.suppress(UMError):
        assert replies.judge("GET", "/things", status, headers, replies.decoded(raw)).status == status


class OnePage:
    """A transport that answers everything with one body."""

    def __init__(self, body):
        self.body = body
        self.deadline = Clock().deadline(60)

    def read(self, request):
        return replies.Reply(200, {}, self.body)


@given(ANYTHING | st.fixed_dictionaries({"records": ANYTHING, "_links": ANYTHING}))
def test_any_page_is_records_or_a_clear_error(body):
    with contextlib.suppress(UMError):
        for record in Client(OnePage(body)).records("/things", limit=10):
            assert isinstance(record, dict)


@given(st.text(alphabet='pa"ss\\/%é ', min_size=3, max_size=12), st.text(max_size=8), st.text(max_size=8))
def test_a_secret_is_found_in_every_form(secret, before, after):
    forms = redact.Forms([secret], "admin")
    shown = {"a": [f"{before}{secret}{after}"], "b": json.dumps({"p": secret}), "c": (secret,)}
    assert secret not in redact.redact(shown, forms)["a"][0].replace(redact.MASK, "")
    assert json.dumps(secret)[1:-1] not in redact.redact(shown, forms)["b"]


@pytest.fixture(scope="module")
def server():
    return LocalServer()


SIZES = st.integers(min_value=1, max_value=40).map(lambda gib: f"{gib}GiB") | st.sampled_from(["1500MiB", "1073741825"])
IGROUPS = st.sampled_from(["ig_linux01", "ig_esx01"])
MAPS = st.lists(IGROUPS, unique=True, max_size=2).map(lambda names: [{"igroup": name} for name in names])
OPTIONS = st.fixed_dictionaries(
    {"size": SIZES, "performance_service_level": st.sampled_from(["Value", "Performance"])},
    optional={
        "storage_efficiency_policy": st.sampled_from(["High", "Low"]),
        "lun_maps": MAPS,
        "operational_state": st.sampled_from(["online", "offline"]),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(OPTIONS, min_size=1, max_size=3))
def test_what_was_done_needs_not_be_done_again(server, changes):
    """A LUN is made and changed; each change is predicted to the letter, and after it the plan is empty."""
    server.reset()
    for desired in changes:
        task = {"name": "db01", "svm": "svm1", "os_type": "linux", **desired}
        planned = server.run("lun", task, check_mode=True)
        assert not server.writes
        done = server.run("lun", task)
        server.sent.clear()
        if done.get("failed"):
            assert "cannot shrink" in done["msg"]
            assert planned["msg"] == done["msg"]
            continue
        assert (planned["changed"], planned["diff"]) == (done["changed"], done["diff"])
        again = server.run("lun", task)
        assert (again["outcome"], again["changed"], server.writes) == ("unchanged", False, [])


@given(OPTIONS, OPTIONS)
def test_a_plan_leads_where_it_should(first, second):
    """Pure: the plan's bodies, laid over the record, leave nothing to plan."""
    record = None
    for given_wish in (first, second):
        params = {
            **dict.fromkeys(LUN.arguments),
            "name": "/vol/v/db01",
            "svm": "svm1",
            "os_type": "linux",
            "state": "present",
        }
        desired = LUN.desired(
            {**params, **{name: value for name, value in given_wish.items() if name != "operational_state"}}
        )
        try:
            operations = list(LUN.plan(record and LUN.current(record), desired))
        except BadInput:
            return
        for operation in operations:
            record = LUN.planned(record or {}, _shown(operation.body))
        assert list(LUN.plan(LUN.current(record), desired)) == []


def _shown(body):
    """A body with names for its References."""
    if isinstance(body, dict):
        return {name: _shown(value) for name, value in body.items()}
    if isinstance(body, list):
        return [_shown(value) for value in body]
    return {"name": body.name_or_key, "key": f"key of {body.name_or_key}"} if hasattr(body, "name_or_key") else body
