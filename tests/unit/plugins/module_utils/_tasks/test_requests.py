# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a life costs in requests, as exact lists of calls; polls of Jobs are left out."""

from __future__ import annotations

import re

import pytest

from tests import lifecycles
from tests.local import LocalServer

POLL = re.compile(r"GET /management-server/jobs($|/)")
PATHS = {
    "lun": "/storage-provider/luns",
    "file_share": "/storage-provider/file-shares",
    "svm": "/datacenter/svm/svms",
    "access_endpoint": "/storage-provider/access-endpoints",
    "igroup": "/datacenter/protocols/san/igroups",
}
LEVELS = "GET /storage-provider/performance-service-levels"
POLICIES = "GET /storage-provider/storage-efficiency-policies"
SVMS = f"GET {PATHS['svm']}"
LUN = lifecycles.Task("lun", {**lifecycles.LUN, **lifecycles.VALUE, "os_type": "linux"})
SIZE_ALONE = lifecycles.Task("lun", {**lifecycles.LUN, **lifecycles.VALUE})
MAPPED = lifecycles.LIVES["lun"][0]


@pytest.fixture(scope="module")
def server():
    return LocalServer()


def calls(server, task, clock):
    """What was sent for a task, without queries; keys are ``{key}``."""
    server.sent.clear()
    result = lifecycles.run(server, task, {}, clock)
    assert not result.get("failed"), result["msg"]
    found = []
    for sent in server.sent:
        path = sent.path.partition("?")[0].removeprefix("/api/v2")
        found.append(f"{sent.method} " + re.sub(r"/[^/]*(?:%3A|:)type[^/]*", "/{key}", path))
    return [one for one in found if not POLL.match(one)]


def world(server):
    server.reset()
    return lifecycles.Clock(server)


@pytest.mark.parametrize(
    ("task", "looked_up"),
    [
        (LUN, [LEVELS, SVMS]),
        (MAPPED, [LEVELS, SVMS, f"GET {PATHS['igroup']}"]),
        (lifecycles.LIVES["file_share"][0], [LEVELS, POLICIES, SVMS]),
        (
            lifecycles.LIVES["svm"][0],
            ["GET /datacenter/cluster/clusters", "GET /datacenter/storage/aggregates"],
        ),
        (lifecycles.LIVES["igroup"][0], [SVMS]),
    ],
    ids=["lun", "lun with a map", "file_share", "svm", "igroup"],
)
def test_a_creation_looks_up_each_name_once_sends_once_and_reads_back(server, task, looked_up):
    path = PATHS[task.module]
    assert calls(server, task, world(server)) == [f"GET {path}", *looked_up, f"POST {path}", f"GET {path}/{{key}}"]


def test_a_lun_takes_at_most_five_requests(server):
    assert len(calls(server, LUN, world(server))) <= 5


def test_an_access_endpoint_is_listed_by_its_svm(server):
    """UM has no GET of one endpoint, and no filter by the name of an SVM."""
    path, clock = PATHS["access_endpoint"], world(server)
    task, _change, removal = lifecycles.LIVES["access_endpoint"]
    assert calls(server, task, clock) == [SVMS, f"GET {path}", f"POST {path}", f"GET {path}"]
    assert calls(server, task, clock) == [SVMS, f"GET {path}"]
    assert calls(server, removal, clock) == [SVMS, f"GET {path}", f"DELETE {path}/{{key}}", f"GET {path}"]
    assert calls(server, removal, clock) == [SVMS, f"GET {path}"]


@pytest.mark.parametrize(
    ("made", "task", "beside"),
    [
        (LUN, SIZE_ALONE, []),
        (LUN, LUN, ["/{key}"]),  # the list lacks the operating system
        (MAPPED, MAPPED, ["/{key}"]),
        *[(lifecycles.LIVES[noun][0], lifecycles.LIVES[noun][0], []) for noun in ("file_share", "svm", "igroup")],
    ],
    ids=["lun", "lun with os_type", "lun with a map", "file_share", "svm", "igroup"],
)
def test_a_run_that_changes_nothing_takes_one_get_or_two(server, made, task, beside):
    clock = world(server)
    calls(server, made, clock)
    path = PATHS[task.module]
    assert calls(server, task, clock) == [f"GET {path}", *(f"GET {path}{key}" for key in beside)]


@pytest.mark.parametrize("noun", ["file_share", "igroup"])
def test_a_deletion_and_one_that_finds_nothing(server, noun):
    clock, path = world(server), PATHS[noun]
    made, _change, removal = lifecycles.LIVES[noun]
    calls(server, made, clock)
    assert calls(server, removal, clock) == [f"GET {path}", f"DELETE {path}/{{key}}", f"GET {path}/{{key}}"]
    assert calls(server, removal, clock) == [f"GET {path}"]


def test_an_svm_that_is_not_there_is_looked_for_again_after_the_jobs(server):
    """What a Job has made or deleted may be shown late."""
    clock = world(server)
    made, _change, removal = lifecycles.LIVES["svm"]
    for task in (made, removal):
        calls(server, task, clock)
    assert calls(server, removal, clock) == [SVMS, SVMS]


def test_many_file_shares_are_read_one_by_one_for_what_only_their_own_records_have(server):
    """The inventory of shares, unlike that of LUNs, tells nothing of it."""
    clock, path = world(server), PATHS["file_share"]
    shares = [{**lifecycles.SHARE, "name": f"life_{number}", **lifecycles.VALUE} for number in range(3)]
    rules = [{**share, "export_policy": lifecycles.RULES} for share in shares]
    calls(server, lifecycles.Task("workloads", {"file_shares": rules}), clock)
    assert calls(server, lifecycles.Task("workloads", {"file_shares": shares}), clock) == [f"GET {path}"]
    found = calls(server, lifecycles.Task("workloads", {"file_shares": rules}), clock)
    assert found == [f"GET {path}", *[f"GET {path}/{{key}}"] * 3]
