# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Targets of several kinds in one run: in the order in which they depend on each other, deletions the other way."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    Interrupted,
    Refused,
    UMError,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.ansible_module import Host
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.planner import Planner
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.run import run
from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine.target import Target
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds, options
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.igroup import IGROUP
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.lun import LUN
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources.performance_service_level import (
    LEVEL,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks import batch
from ansible_collections.aiqum.unified_manager.plugins.module_utils._tasks.batch import Batch
from tests.inprocess import Finished, PlainHost
from tests.local import LocalServer

GOLD = {
    "name": "Gold",
    "expected_iops_per_tb": 512,
    "peak_iops_per_tb": 1024,
    "absolute_min_iops": 200,
    "latency_expected": 5.0,
    "peak_iops_allocation_policy": "used_space",
}
IG = {"name": "ig", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}
MAPPED = {
    "name": "db01",
    "svm": "svm1",
    "size": "1GiB",
    "os_type": "linux",
    "performance_service_level": "Gold",
    "lun_maps": [{"igroup": "ig"}],
}
GROUPS = {"luns": (LUN, MAPPED), "igroups": (IGROUP, IG), "levels": (LEVEL, GOLD)}
ORDER = (("levels", "igroups"), ("luns",))


@pytest.fixture
def server():
    return LocalServer()


def target(resource, given):
    return Target(resource, {name: given.get(name, spec.get("default")) for name, spec in resource.arguments.items()})


def perform(server, state="present", check_mode=False, kinds_of=tuple(GROUPS)):
    """One of each kind, the levels last as they are written."""
    groups = {
        name: [target(resource, {**given, "state": state})]
        for name, (resource, given) in GROUPS.items()
        if name in kinds_of
    }
    spec = options.for_changing({}, {})["argument_spec"]
    host: Host = PlainHost(server.options, check_mode, spec)
    batch = Batch(groups, host.params, check_mode, 4, order=ORDER)

    def work(session, signals):
        planner = Planner(session.client)
        planner.reader.lookup.promise(kinds.IGROUP.collection, "ig")
        planner.reader.lookup.promise(kinds.PERFORMANCE_SERVICE_LEVEL.collection, "Gold")
        batch.plan(planner)
        batch.perform(planner, session, signals)
        return {}

    with server.reached(), pytest.raises(Finished) as end:
        run(host, work, lambda error: batch.result(error, lambda one, result: result), batch.warnings)
    return end.value.result


def paths(server):
    return [
        (sent.method, sent.segments[-2] if sent.method == "DELETE" else sent.segments[-1]) for sent in server.writes
    ]


def test_what_the_run_creates_is_referred_to_when_it_is_there(server):
    predicted = perform(server, check_mode=True)
    assert server.writes == []
    result = perform(server)
    assert result["outcome"] == predicted["outcome"] == "changed", result
    assert result["diff"] == predicted["diff"]
    assert sorted(paths(server)[:2]) == [("POST", "igroups"), ("POST", "performance-service-levels")]
    assert paths(server)[2:] == [("POST", "luns")]
    (lun,) = result["luns"]
    assert lun["lun"]["assigned_performance_service_level"]["name"] == "Gold"
    server.sent.clear()
    assert (perform(server)["outcome"], server.writes) == ("unchanged", [])


def test_deletions_go_the_other_way(server):
    perform(server)
    server.sent.clear()
    result = perform(server, "absent", kinds_of=("igroups", "luns"))
    assert result["outcome"] == "changed", result
    assert paths(server) == [("DELETE", "luns"), ("DELETE", "igroups")]


def test_what_refers_to_what_could_not_be_made_fails_and_says_so(server):
    server.instead = lambda method, path: (400, "{}") if method == "POST" and "levels" in path else None
    result = perform(server)
    assert (result["outcome"], result["failed"]) == ("partial", True)
    assert [result[group][0]["outcome"] for group in GROUPS] == ["failed", "changed", "failed"]
    assert "the Performance Service Level 'Gold' is not there yet" in result["luns"][0]["msg"]
    assert "2 of 3 targets failed." in result["msg"]


def test_an_interruption_between_two_levels(server):
    def stop(sent):
        if sent.method == "POST":
            raise Interrupted("SIGTERM")

    server.spoil = stop
    result = perform(server)
    outcomes = [result[group][0]["outcome"] for group in GROUPS]
    assert (result["outcome"], outcomes[0]) == ("interrupted", "skipped")


@pytest.mark.parametrize(
    ("outcomes", "changed", "error", "overall"),
    [
        ([], False, None, "unchanged"),
        (["unchanged"], False, None, "unchanged"),
        (["unchanged", "changed"], True, None, "changed"),
        (["unchanged", "changed", "submitted"], True, None, "submitted"),
        (["changed", "failed"], True, None, "partial"),
        (["partial", "failed"], False, None, "partial"),
        (["unchanged", "failed"], False, None, "failed"),
        (["failed", "unknown", "timeout"], True, None, "unknown"),
        (["failed", "unknown", "timeout"], False, None, "unknown"),
        (["changed"], True, UMError("no"), "partial"),
        (["unchanged"], False, UMError("no"), "failed"),
        (["unchanged"], False, UMError("no", outcome="timeout"), "timeout"),
        (["unchanged"], False, RuntimeError("a bug"), "unknown"),
        (["changed"], True, Interrupted("SIGTERM"), "interrupted"),
    ],
)
def test_the_outcome_of_all(outcomes, changed, error, overall):
    entries = [{"outcome": outcome, "changed": changed and outcome != "unchanged"} for outcome in outcomes]
    assert batch._overall(entries, error) == overall


@pytest.mark.parametrize(
    ("own", "error", "told"),
    [
        ([], Refused("HTTP 403: no.", 403, "c1"), "c1"),
        (["c2"], Refused("HTTP 403: no.", 403, "c1"), "c1"),
        (["c2", "c3"], None, "c2"),
        ([], UMError("no"), None),
    ],
)
def test_the_first_refusal_is_told(own, error, told):
    entries = [{"outcome": "failed", "failed": True, "msg": "no.", "error": {"code": code}} for code in own]
    result = {}
    batch._tell(result, entries, error)
    assert (result["failed"], result.get("error", {}).get("code")) == (True, told)
