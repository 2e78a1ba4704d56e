# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read after a change: how often, for how long, and what is said of what cannot be seen."""

from __future__ import annotations

import urllib.parse

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._engine import read_back
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.other_runs import OtherRuns
from tests.local import LocalServer

LUNS, IGROUPS = "/storage-provider/luns", "/datacenter/protocols/san/igroups"
LUN = {"name": "db01", "svm": "svm1", "size": "1GiB", "os_type": "linux", "performance_service_level": "Value"}
IGROUP = {"name": "ig", "svm": "svm1", "os_type": "linux", "protocol": "iscsi"}
NAMES = ("db01", "db02", "db03", "db04")


@pytest.fixture
def server():
    return LocalServer()


def run(server, noun, options):
    """The result, and the seconds that the run took by the server's clock."""
    server.sent.clear()
    server.let_pass(0)
    begun = server.state.world.clock.seconds()
    return server.run(noun, options), server.state.world.clock.seconds() - begun


def reads_after_the_last_write(server):
    last = max(number for number, sent in enumerate(server.sent) if sent.method != "GET")
    return [sent.path.removeprefix("/api/v2") for sent in server.sent[last + 1 :] if "/jobs" not in sent.path]


@pytest.mark.parametrize("change", [{"size": "2GiB"}, {"performance_service_level": "Performance"}])
def test_many_are_read_back_by_their_list(server, change):
    luns = {"luns": [{**LUN, "name": name} for name in NAMES]}
    run(server, "workloads", luns)
    result, _seconds = run(
        server, "workloads", {**luns, "defaults": change, "luns": [{**one, **change} for one in luns["luns"]]}
    )
    assert [one["outcome"] for one in result["luns"]] == ["changed"] * 4
    assert reads_after_the_last_write(server) == [LUNS]
    assert [one["lun"]["os_type"] for one in result["luns"]] == ["linux"] * 4


def test_what_was_refused_is_not_read_back(server):
    """One that was made among three: it alone is read, by its key."""
    server.instead = lambda method, path: (403, "{}") if method == "POST" and len(server.writes) != 2 else None
    result, _seconds = run(server, "workloads", {"luns": [{**LUN, "name": name} for name in NAMES[:3]]})
    made = [one for one in result["luns"] if one["outcome"] == "changed"]
    assert ([one["outcome"] for one in result["luns"]].count("failed"), len(made)) == (2, 1)
    assert reads_after_the_last_write(server) == [f"{LUNS}/{urllib.parse.quote(made[0]['lun']['key'], safe='')}"]


@pytest.mark.parametrize(("state", "done"), [("present", "changed"), ("absent", "deleted")])
def test_what_cannot_be_read_back_is_said_with_what_was_done(server, state, done):
    run(server, "igroup", IGROUP)

    def instead(method, path):
        if method == "GET" and server.writes:
            return 403, '{"error": {"message": "no"}}'
        return None

    server.instead = instead
    result, _seconds = run(server, "igroup", {**IGROUP, "os_type": "vmware", "state": state})
    assert (result["outcome"], result.get("failed")) == ("changed", None)
    assert f"igroup 'ig' was {done}, but cannot be read back yet: " in result["warnings"][0]


def test_what_was_answered_at_once_is_looked_for_in_seconds(server):
    server.instead = lambda method, path: (201, "{}") if method == "POST" else None
    result, seconds = run(server, "igroup", IGROUP)
    assert (result["outcome"], seconds) == ("unknown", pytest.approx(read_back.PATIENCE, abs=1.0))


def test_what_a_job_has_made_is_looked_for_until_the_inventory_shows_it(server):
    server.state.switches.set("readback_lag", 100_000)
    result, seconds = run(server, "lun", {**LUN, "wait_timeout": 100_000})
    assert result["outcome"] == "changed"
    assert f"(key {result['lun']['key']})" in result["warnings"][0]
    assert seconds > 20 * read_back.PATIENCE


def test_what_somebody_else_deleted_is_waited_for_until_it_is_not_shown(server):
    svm = {"name": "new1", "cluster": "cluster1"}
    run(server, "svm", svm)
    server.state.switches.set("acquisition_delay", 60)
    gone = {**svm, "state": "absent"}
    run(server, "svm", {**gone, "wait": False})
    assert run(server, "svm", gone)[0]["outcome"] == "unchanged"
    assert [sent.status for sent in server.writes] == [404]
    assert run(server, "svm", gone)[0]["outcome"] == "unchanged"
    assert server.writes == []


def test_an_object_that_went_while_it_was_changed_is_not_there(server):
    run(server, "igroup", IGROUP)

    def instead(method, path):
        if method == "PATCH":
            table = server.state.world.table(IGROUPS)
            (record,) = (one for one in table.values() if one["name"] == "ig")
            table.remove(record["key"], at_once=True)
            return 200, "{}"
        return None

    server.instead = instead
    result, _seconds = run(server, "igroup", {**IGROUP, "os_type": "vmware"})
    assert (result["outcome"], result["failed"]) == ("unknown", True)
    assert "the igroup is not there" in result["msg"]


def test_only_what_is_made_takes_turns_with_other_runs(server, monkeypatch):
    kept_off = []
    real = OtherRuns.kept_off
    monkeypatch.setattr(OtherRuns, "kept_off", lambda self, sought: kept_off.append(sought) or real(self, sought))
    run(server, "lun", LUN)
    run(server, "lun", {**LUN, "size": "2GiB"})
    run(server, "lun", {**LUN, "state": "absent"})
    assert [sought is not None for sought in kept_off] == [True, False, False]


def test_a_deletion_that_comes_second_says_which_job_came_first(server):
    run(server, "lun", LUN)
    server.state.switches.set("job_seconds", 20)
    gone = {"name": "db01", "svm": "svm1", "state": "absent"}
    (first,) = run(server, "lun", {**gone, "wait": False})[0]["jobs"]
    second, _seconds = run(server, "lun", gone)
    assert (second["outcome"], second.get("failed")) == ("changed", None)
    assert [
        f"Job {first['key']}, which was submitted before, has deleted it." in one for one in second["warnings"]
    ] == [True]


def test_a_deletion_that_comes_first_says_nothing_of_another(server):
    run(server, "lun", LUN)
    gone = {"name": "db01", "svm": "svm1", "state": "absent"}
    assert run(server, "lun", gone)[0]["warnings"] == []
