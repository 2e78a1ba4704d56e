# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many workloads in one task: predicted, done, found done; counted in requests; and what happens when some fail."""

from __future__ import annotations

from .conftest import NEW
from .lifecycle import equal_where_predicted, run_thrice

LUNS = "/storage-provider/luns"
INVENTORY = "/datacenter/storage/luns"
SHARES = "/storage-provider/file-shares"


def workloads(**options):
    keywords = {name: options.pop(name) for name in ("check_mode", "environment") if name in options}
    return {"aiqum.unified_manager.workloads": options, **keywords}


def names(count):
    return [{"name": f"db{number:02}"} for number in range(count)]


def all_requests(um):
    return [(exchange["method"], exchange["path"]) for exchange in um.control("GET", "exchanges")["exchanges"]]


def test_from_nothing_to_nothing(um, play):
    share = {"name": "exports", "type": "rw"}
    mapped = {"name": "db00", "lun_maps": [{"igroup": "ig_linux01"}]}
    create = workloads(defaults=NEW, luns=[mapped, *names(5)[1:]], file_shares=[share], max_in_flight=3)
    done, (check, real, again) = run_thrice(um, play, create)
    assert (real["changed"], real["outcome"], len(real["jobs"])) == (True, "changed", 6), done.output
    assert (check["changed"], check["outcome"], check["jobs"]) == (True, "changed", [])
    assert check["diff"] == real["diff"]
    for option, noun in (("luns", "lun"), ("file_shares", "file_share")):
        assert [one["name"] for one in real[option]] == [one["name"] for one in check[option]]
        for predicted, one in zip(check[option], real[option]):
            listed = {k: v for k, v in predicted[noun].items() if k not in ("lun_maps", "type", "access_control")}
            assert equal_where_predicted(listed, one[noun])
    assert (again["changed"], again["outcome"], again["diff"]) == (False, "unchanged", {"before": {}, "after": {}})
    assert len(um.writes()) == 6
    um.forget_requests()
    change = workloads(
        defaults={"svm": "svm1", "size": "12GiB"},
        luns=[*names(4), {"name": "db04", "state": "absent"}],
        file_shares=[{"name": "exports"}],
    )
    changed, deleted = play(
        change, workloads(defaults={"svm": "svm1", "state": "absent"}, luns=names(5), file_shares=[share])
    ).results
    assert [one["outcome"] for one in changed["luns"]] == ["changed"] * 5
    assert changed["luns"][4]["lun"] is None
    assert {one["lun"]["space"]["size"] for one in changed["luns"][:4]} == {12 << 30}
    assert [one["outcome"] for one in deleted["luns"]] == [*["changed"] * 4, "unchanged"]
    assert (deleted["outcome"], len(deleted["jobs"])) == ("changed", 5)


def test_twenty_take_few_requests(um, here):
    task = workloads(defaults=NEW, luns=names(20), max_in_flight=20)
    um.set(job_seconds=3)
    assert here(task).results[0]["outcome"] == "changed"
    assert len(all_requests(um)) <= 60, all_requests(um)
    um.forget_requests()
    assert here(task).results[0]["outcome"] == "unchanged"
    assert um.requests() == [("GET", LUNS), ("GET", INVENTORY)]
    um.forget_requests()
    sizes = workloads(defaults={"svm": "svm1", "size": "10GiB"}, luns=names(20))
    assert here(sizes).results[0]["outcome"] == "unchanged"
    assert um.requests() == [("GET", LUNS)]


def test_some_fail(um, here):
    post = {"method": "POST", "path": LUNS}
    um.outcome(**post, status="error", failures=["No room."])
    bad = {"name": "bad", "performance_service_level": "none such"}
    ran = here(
        workloads(defaults=NEW, luns=[*names(3), bad], max_in_flight=1),
        workloads(defaults=NEW, luns=[bad, *names(4)], stop_on_failure=True),
    )
    some, stopped = ran.results
    assert (some["failed"], some["changed"], some["outcome"]) == (True, True, "partial"), ran.output
    assert [one["outcome"] for one in some["luns"]] == ["failed", "changed", "changed", "failed"]
    assert "No room." in some["luns"][0]["msg"]
    assert "none such" in some["luns"][3]["msg"]
    assert "2 of 4 targets failed." in some["msg"]
    assert [one["outcome"] for one in stopped["luns"]] == ["failed", *["unchanged"] * 3, "skipped"]
    assert (stopped["failed"], stopped["changed"], stopped["outcome"]) == (True, False, "failed")
    assert "1 not begun" in stopped["msg"]


def test_stopping_waits_for_what_is_under_way(um, here):
    um.outcome(method="POST", path=LUNS, status="error", failures=["No room."], seconds=0.1)
    result = here(workloads(defaults=NEW, luns=names(6), max_in_flight=2, stop_on_failure=True)).results[0]
    assert [one["outcome"] for one in result["luns"]] == ["failed", "changed", *["skipped"] * 4]
    assert result["luns"][5]["not_applied"] == ["create"]
    assert len(um.writes()) == 2


def test_what_cannot_be_meant_is_refused_first(um, here):
    um.forbid_writes()
    ran = here(
        workloads(defaults=NEW, luns=[*names(2), {"name": "db01"}]),
        workloads(defaults=NEW, luns=[{"name": "/vol/vol_db/one"}, {"name": "one", "volume": "vol_db"}]),
        workloads(defaults=NEW, max_in_flight=0, luns=names(1)),
        workloads(defaults=NEW),
        workloads(luns=names(2), defaults={**NEW, "svm": "no such"}),
    )
    twice, path, zero, empty, missing = ran.results
    assert "LUN 'db01' is given more than once" in twice["msg"]
    assert "more than once" in path["msg"]
    assert "max_in_flight" in zero["msg"]
    assert "luns or file_shares" in empty["msg"]
    assert all("SVM 'no such' does not exist" in one["msg"] for one in missing["luns"])
    assert {result["outcome"] for result in ran.results} == {"failed"}
    assert um.writes() == []


def test_time_is_up(um, here):
    um.set(job_seconds=30)
    result = here(workloads(defaults=NEW, luns=names(3), max_in_flight=2, wait_timeout=3)).results[0]
    assert (result["failed"], result["changed"], result["outcome"]) == (True, True, "timeout")
    assert [one["outcome"] for one in result["luns"]] == ["timeout"] * 3
    assert result["luns"][0]["jobs"][0]["key"] in result["msg"]
    assert len(um.writes()) == 2
    submitted = here(workloads(defaults=NEW, luns=[{"name": "x"}, {"name": "y"}], wait=False)).results[0]
    assert (submitted["outcome"], len(submitted["jobs"])) == ("submitted", 2)
