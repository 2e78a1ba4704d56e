# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many jobs and a server in trouble: the deadline holds, and no job keeps the others from being looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    Garbled,
    Lost,
    NotSent,
    Untrusted,
)

from ..fakes import START, JobServer, Setting, refused


def keys(count):
    return [f"k:{number}" for number in range(count)]


def never(count):
    return dict.fromkeys(keys(count), 9999.0)


class Hanging(JobServer):
    """Answers nothing, and lets each request take as long as it may: 5 s, or what is left of the run."""

    def __init__(self, clock, end):
        super().__init__(clock, {})
        self.end = START + end

    def look(self, path, query=None):
        self.asked.append((round(self.clock.time - START, 3), query.get("key", "").split("|")))
        left = self.end - self.clock.time
        self.clock.time += min(5.0, left if left > 0 else 5.0)
        raise Lost("no answer in 5 s")


def test_300_jobs_one_by_one_end_with_the_deadline():
    setting = Setting(serve=lambda clock: JobServer(clock, never(300), filters=False, latency=0.2), seconds=10.0)
    watches = setting.wait_for(keys(300))
    assert {watch.outcome for watch in watches} == {"timeout"}
    assert setting.elapsed() <= 10.0 + 2 * 0.2
    assert len(setting.client.asked) <= 10.0 / 0.2 + 1


def test_500_jobs_of_a_server_that_hangs_end_with_the_deadline():
    setting = Setting(serve=lambda clock: Hanging(clock, 12.0), seconds=12.0, request_timeout=5.0)
    watches = setting.wait_for(keys(500))
    assert {watch.outcome for watch in watches} == {"unknown"}
    assert setting.elapsed() <= 12.0 + 5.0


@pytest.mark.parametrize("filters", [True, False])
def test_eight_looks_that_hang_end_with_the_deadline(filters):
    setting = Setting(serve=lambda clock: Hanging(clock, 5.0), seconds=5.0, request_timeout=5.0)
    setting.poller._looks.together = filters
    setting.wait_for(keys(8))
    assert setting.elapsed() <= 5.0 + 5.0


def test_the_last_look_is_one_request():
    setting = Setting(serve=lambda clock: JobServer(clock, never(120), latency=0.1), seconds=30.0)
    setting.wait_for(keys(120))
    late = [second for second, asked in setting.client.asked if second >= 30.0]
    assert len(late) <= 1
    assert setting.elapsed() <= 30.0 + 0.1


def test_the_last_look_sees_an_end():
    setting = Setting(
        serve=lambda clock: JobServer(clock, dict.fromkeys(keys(3), 20.0)), seconds=20.0, poll_interval=60.0
    )
    assert [watch.outcome for watch in setting.wait_for(keys(3))] == ["success"] * 3
    assert setting.elapsed() == 20.0


def test_nothing_is_asked_after_the_last_look():
    setting = Setting(serve=lambda clock: JobServer(clock, never(2), latency=0.1), seconds=3.0)
    setting.wait_for(keys(2))
    asked = len(setting.client.asked)
    (late,) = setting.wait_for(["k:1"])
    assert (late.outcome, len(setting.client.asked)) == ("timeout", asked)
    assert late.sentence() == "job k:1: it has not ended after 0 s (not seen yet)."


@given(
    count=some.integers(1, 130),
    latency=some.floats(0.0, 3.0),
    seconds=some.floats(0.1, 20.0),
    filters=some.booleans(),
    sick=some.sets(some.integers(0, 129), max_size=5),
    error=some.sampled_from([refused(500), refused(429, 3), refused(401), refused(404), Lost("x"), NotSent("y")]),
)
def test_no_wait_is_later_than_one_request(count, latency, seconds, filters, sick, error):
    broken = {f"k:{number}": error for number in sick}
    setting = Setting(
        serve=lambda clock: JobServer(clock, never(count), filters, broken, latency), seconds=seconds, poll_interval=2.0
    )
    setting.wait_for(keys(count))
    assert setting.elapsed() <= seconds + latency + 0.01


@pytest.mark.parametrize("error", [refused(500), refused(503), Garbled("HTML", 200), Lost("reset"), refused(404)])
@pytest.mark.parametrize("filters", [True, False])
@pytest.mark.parametrize("position", [0, 1, 3])
def test_one_sick_job_does_not_keep_the_others_from_being_seen(error, filters, position):
    ends = dict.fromkeys(keys(4), 2.0)
    sick = {f"k:{position}": error}
    setting = Setting(serve=lambda clock: JobServer(clock, ends, filters, sick), seconds=40.0)
    watches = setting.wait_for(keys(4))
    outcomes = [watch.outcome for watch in watches]
    assert outcomes.pop(position) == "unknown"
    assert outcomes == ["success"] * 3
    assert max(watch.elapsed for watch in watches if watch.outcome == "success") <= 5.0
    assert all(watch.polls for watch in watches)


def test_a_list_with_a_sick_job_is_asked_for_without_it():
    """After two lists that failed, each job on its own; those that answer are asked for together again."""
    setting = Setting(
        serve=lambda clock: JobServer(clock, never(5), sick={"k:2": refused(500)}), seconds=6.0, poll_interval=0.5
    )
    setting.wait_for(keys(5))
    sizes = [len(asked) for second, asked in setting.client.asked]
    assert sizes[:2] == [5, 5]
    assert sizes[2:7] == [1] * 5
    assert sizes[7:9] == [4, 1]
    assert {tuple(asked) for second, asked in setting.client.asked if len(asked) == 1 and second > 2} == {("k:2",)}


def test_retry_after_ends_a_round_of_single_looks_and_the_next_begins_there():
    errors = {"k:1": refused(429, 7)}
    setting = Setting(serve=lambda clock: JobServer(clock, never(4), False, errors), seconds=20.0)
    setting.wait_for(keys(4))
    singles = [(second, *asked) for second, asked in setting.client.asked if len(asked) == 1]
    assert singles[:6] == [
        (0.25, "k:0"),
        (0.25, "k:1"),
        (7.25, "k:2"),
        (7.25, "k:3"),
        (7.25, "k:0"),
        (7.25, "k:1"),
    ]
    assert [second for second, key in singles if key == "k:2"][:2] == [7.25, 14.25]


def test_retry_after_ends_a_round_between_lists():
    setting = Setting(serve=lambda clock: JobServer(clock, never(120), sick={"k:3": refused(429, 5)}), seconds=11.0)
    setting.wait_for(keys(120))
    rounds = [(second, asked[0]) for second, asked in setting.client.asked]
    assert rounds[:3] == [(0.25, "k:0"), (5.25, "k:50"), (5.25, "k:100")]


def test_after_a_list_that_was_not_answered_the_next_round_begins_with_the_others():
    setting = Setting(serve=lambda clock: JobServer(clock, never(120), sick={"k:3": NotSent("refused")}), seconds=3.0)
    setting.wait_for(keys(120))
    firsts = [asked[0] for second, asked in setting.client.asked]
    assert firsts[:2] == ["k:0", "k:50"]


@pytest.mark.parametrize(("error", "asked"), [(NotSent("refused"), 1), (Lost("reset"), 2)])
def test_an_unreachable_server_ends_a_round(error, asked):
    """One answer that is lost may be due to one job; a second in a row is not."""
    setting = Setting(
        serve=lambda clock: JobServer(clock, never(30), False, dict.fromkeys(keys(30), error)), seconds=9.0
    )
    setting.poller._looks.together = False
    setting.wait_for(keys(30))
    seconds = [second for second, key in setting.client.asked if second < 9.0]
    assert {seconds.count(second) for second in seconds} == {asked}
    assert all(later - earlier >= 0.5 for earlier, later in zip(sorted(set(seconds)), sorted(set(seconds))[1:]))
    order = [key for second, (key,) in setting.client.asked]
    assert order[: min(30, len(order))] == keys(30)[: len(order)]


def test_three_logins_for_all_jobs_together():
    """A refused login may lock an account, whichever job it was tried for."""
    setting = Setting(
        serve=lambda clock: JobServer(clock, never(9), False, dict.fromkeys(keys(9), refused(401))), seconds=300.0
    )
    setting.poller._looks.together = False
    watches = setting.wait_for(keys(9))
    assert [second for second, key in setting.client.asked] == [0.25, 10.25, 20.25]
    assert {watch.outcome for watch in watches} == {"unknown"}
    assert all("refused the login 3 times" in watch.sentence() for watch in watches)


def test_what_ended_before_the_last_login_keeps_its_reason():
    errors = {"k:0": refused(401), "k:1": refused(401), "k:2": refused(403)}
    setting = Setting(serve=lambda clock: JobServer(clock, never(3), False, errors))
    setting.poller._looks.together = False
    watches = setting.wait_for(keys(3))
    assert [key for second, (key,) in setting.client.asked] == ["k:0", "k:1", "k:2", "k:0"]
    assert ["may not read jobs" in watch.sentence() for watch in watches] == [False, False, True]


def test_a_job_that_lists_lack_and_whose_own_looks_fail_is_listed_again():
    """Only lists that cannot be read speak against asking for it together with others."""

    class Lacking(JobServer):
        def look(self, path, query=None):
            answer = super().look(path, query)
            if "records" not in answer:
                raise refused(500)
            return {"records": [record for record in answer["records"] if record["key"] != "k:2"]}

    setting = Setting(serve=lambda clock: Lacking(clock, never(3)), seconds=6.0)
    setting.wait_for(keys(3))
    assert {tuple(sorted(asked)) for second, asked in setting.client.asked if second < 6.0} == {
        ("k:0", "k:1", "k:2"),
        ("k:2",),
    }


def test_a_login_that_is_refused_ends_the_round():
    setting = Setting(serve=lambda clock: JobServer(clock, never(3), False, {"k:0": refused(401)}), seconds=11.0)
    setting.poller._looks.together = False
    setting.wait_for(keys(3))
    assert setting.client.asked[:3] == [(0.25, ["k:0"]), (10.25, ["k:1"]), (10.25, ["k:2"])]


def test_a_certificate_that_does_not_verify_ends_all_of_a_list():
    setting = Setting(serve=lambda clock: JobServer(clock, never(3), sick={"k:1": Untrusted("expired")}))
    watches = setting.wait_for(keys(3))
    assert [watch.sentence() for watch in watches] == [f"job {key}: expired" for key in keys(3)]
    assert setting.warnings == []


def test_a_job_that_ended_is_told_before_a_long_round_is_over():
    ends = {**never(100), "k:0": 0.0}
    setting = Setting(serve=lambda clock: JobServer(clock, ends, False, latency=0.2))
    setting.poller._looks.together = False
    watches = [setting.watch(key) for key in keys(100)]
    assert setting.poller.wait_for_next(watches) == watches[:1]
    assert setting.elapsed() <= 1.5
    setting.poller.wait_for_next(watches[1:3])
    assert setting.client.asked[4:6] != setting.client.asked[:2]


def test_only_jobs_that_are_due_are_asked_for_one_by_one():
    """A job that was just submitted does not make the old ones be asked for every half second."""
    setting = Setting(serve=lambda clock: JobServer(clock, {"k:0": 130.0, "k:1": 120.0}, False))
    setting.poller._looks.together = False
    old = setting.watch("k:0")
    setting.clock.time += 100.0
    young = setting.watch("k:1")
    setting.poller.wait_for_next([old, young])
    counts = [sum(asked == [key] for second, asked in setting.client.asked) for key in ("k:0", "k:1")]
    assert counts[0] <= 6 < counts[1]


def test_json_that_is_nested_too_deeply_is_outlived():
    class Deep(JobServer):
        def look(self, path, query=None):
            record = super().look(path, query)
            if len(self.asked) < 4:
                raise RecursionError("maximum recursion depth exceeded")
            return record

    setting = Setting(serve=lambda clock: Deep(clock, {"k:0": 1.0}))
    (watch,) = setting.wait_for(["k:0"])
    assert (watch.outcome, watch.poll_errors) == ("success", 3)
    assert "nested too deeply" in setting.warnings[0]


def test_a_long_round_in_which_nothing_ended_goes_on():
    setting = Setting(serve=lambda clock: JobServer(clock, never(10), False, latency=0.2), seconds=2.5)
    setting.poller._looks.together = False
    setting.wait_for(keys(10))
    assert [asked for second, (asked,) in setting.client.asked][:10] == keys(10)
    assert {second for second, asked in setting.client.asked[:10]} == {
        round(0.25 + 0.2 * turn, 3) for turn in range(10)
    }
