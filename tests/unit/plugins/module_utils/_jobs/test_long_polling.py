# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long polling (docs/facts/job-contract.md, rule 3) with servers of every sort, on the fake clock."""

from __future__ import annotations

import datetime

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import Lost, NotSent
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.times import moment
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.long_polling import is_held
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Source, Watch

from ..fakes import START, JobServer, Setting, job, refused

ONE = "/management-server/jobs/k%3A1"
RUNNING, DONE = job(), job("completed")


def at(second):
    """As the Date header, in whole seconds."""
    return datetime.datetime.fromtimestamp(START + second, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def exactly(second):
    """As a record's own time."""
    return datetime.datetime.fromtimestamp(START + second, datetime.timezone.utc).isoformat(timespec="milliseconds")


class Server:
    """Holds a look with poll_timeout until the job changes, as NetApp's ONTAP Select Deploy documents it.

    :param changes: seconds of the run at which the job changes; it ends with the last one
    :param longest: seconds for which the server holds a request, whatever is asked
    :param own_time: the record has its own time of change
    :param timed: the record has the times of the job and its tasks
    :param ignores: the parameters do nothing
    :param refuses: the status that a look with parameters is answered with
    :param loses: what a look with parameters fails with, after a while
    """

    dated = True

    def __init__(
        self, clock, changes, longest=120.0, own_time=False, timed=True, ignores=False, refuses=None, loses=None
    ):
        self.clock = clock
        self.changes = [0.0, *changes]
        self.longest = longest
        self.own_time = own_time
        self.timed = timed
        self.ignores = ignores
        self.refuses = refuses
        self.loses = loses
        self.asked = []

    def server_time(self):
        return float(int(self.clock.time)) if self.dated else None

    def look(self, path, query=None):
        self.asked.append((round(self.clock.time - START, 3), dict(query)))
        if query and self.refuses:
            raise refused(self.refuses)
        if query and self.loses:
            self.clock.time += 3.0
            raise self.loses
        if query and not self.ignores:
            self._hold(query)
        second = self.clock.time - START
        passed = [change for change in self.changes if change <= second]
        state = "completed" if len(passed) == len(self.changes) else "running"
        tasks = [{"state": "completed", "status": "normal", "complete_time": exactly(change)} for change in passed]
        record = job(state, task_reports=tasks if self.timed else [{"state": "completed"}] * len(passed))
        return {**record, **({"last_modified": exactly(passed[-1])} if self.own_time else {})}

    def _hold(self, query):
        now = self.clock.time - START
        known = moment(query["last_modified"]) - START if "last_modified" in query else now
        if any(known < change <= now for change in self.changes):
            return
        following = [change for change in self.changes if change > now]
        wait = min(query["poll_timeout"], self.longest)
        self.clock.time += min([wait, *[change - now for change in following]])


def setting_of(seconds=600.0, dated=True, **options):
    setting = Setting(serve=lambda clock: Server(clock, **options), polling="long", seconds=seconds)
    setting.client.dated = dated
    return setting


def test_a_server_that_holds_is_asked_again_at_once():
    setting = setting_of(changes=[60.0])
    watch = setting.wait()
    assert (watch.outcome, watch.elapsed, watch.polling) == ("success", 60.0, "long")
    assert setting.client.asked == [
        (0.25, {}),
        (0.25, {"poll_timeout": 24, "last_modified": at(0)}),
        (24.25, {"poll_timeout": 24, "last_modified": at(24)}),
        (48.25, {"poll_timeout": 24, "last_modified": at(48)}),
    ]
    assert setting.warnings == []


@pytest.mark.parametrize("longest", [0.5, 1.0, 5.0, 30.0])
@pytest.mark.parametrize("own_time", [True, False])
@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("timed", [True, False])
def test_a_hold_of_any_length_is_used(longest, own_time, dated, timed):
    setting = setting_of(changes=[3.25, 40.125, 90.75], longest=longest, own_time=own_time, dated=dated, timed=timed)
    watch = setting.wait()
    assert (watch.outcome, watch.polling, setting.warnings) == ("success", "long", [])
    assert watch.elapsed == 90.75
    assert max(setting.clock.sleeps) <= 0.5


def test_the_records_own_time_of_change_is_sent_as_it_came():
    setting = setting_of(changes=[10.0, 20.0], own_time=True)
    setting.wait()
    assert [query.get("last_modified") for second, query in setting.client.asked] == [
        None,
        exactly(0),
        exactly(10),
    ]


def test_without_a_date_only_the_time_is_sent():
    setting = setting_of(changes=[10.0], dated=False)
    setting.wait()
    assert [query for second, query in setting.client.asked] == [{}, {"poll_timeout": 24}]


@pytest.mark.parametrize("timed", [True, False])
def test_a_change_in_the_second_of_the_date_does_not_end_long_polling(timed):
    """The Date header has whole seconds: a change in the same second is answered at once, though it is known."""
    setting = setting_of(changes=[0.125, 5.625, 5.875, 30.0], timed=timed)
    watch = setting.wait()
    assert (watch.polling, setting.warnings, watch.elapsed) == ("long", [], 30.0)


def test_a_moment_after_all_that_is_known_is_sent_where_the_date_is_too_coarse():
    setting = setting_of(changes=[0.125, 30.0])
    setting.wait()
    assert setting.client.asked[:4] == [
        (0.25, {}),
        (0.25, {"poll_timeout": 24, "last_modified": at(0)}),
        (0.25, {"poll_timeout": 24, "last_modified": "1970-01-01T00:16:40.126Z"}),
        (24.25, {"poll_timeout": 24, "last_modified": at(24)}),
    ]


@pytest.mark.parametrize("length", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(("ignores", "polling", "warned"), [(True, "standard", 1), (False, "long", 0)])
def test_a_job_that_ends_soon_tells_enough(length, ignores, polling, warned):
    setting = setting_of(changes=[0.125, length], ignores=ignores)
    watch = setting.wait()
    assert (watch.outcome, watch.polling, len(setting.warnings)) == ("success", polling, warned)


def test_a_job_that_ended_at_the_first_look_says_nothing_of_the_server():
    setting = setting_of(changes=[0.125])
    assert (setting.wait().polling, setting.warnings) == ("standard", [])


def test_request_timeout_may_leave_no_time_to_hold():
    setting = Setting(serve=lambda clock: Server(clock, [20.0]), polling="long", request_timeout=1.0)
    assert setting.wait().outcome == "success"
    assert not any(query for second, query in setting.client.asked)
    assert "request_timeout leaves no time for it" in setting.warnings[0]


def test_a_server_that_ignores_it_is_polled_in_the_standard_way():
    setting = setting_of(changes=[30.0], ignores=True)
    watch = setting.wait()
    assert (watch.outcome, watch.polling) == ("success", "standard")
    assert setting.warnings == [
        "polling: long has no effect, because the server answers at once; standard polling is used instead."
    ]
    asked = [bool(query) for second, query in setting.client.asked]
    assert asked[:6] == [False, True, True, True, False, False]
    assert not any(asked[4:])
    assert [second for second, query in setting.client.asked[:5]] == [0.25, 0.25, 0.25, 0.75, 1.25]


def test_two_answers_at_once_end_it_where_the_record_has_its_own_time():
    setting = setting_of(changes=[30.0], ignores=True, own_time=True)
    setting.wait()
    assert [bool(query) for second, query in setting.client.asked][:5] == [False, True, True, False, False]


def test_a_change_that_is_answered_at_once_is_no_sign_of_a_server_that_does_not_hold():
    setting = setting_of(changes=[second / 2 for second in range(1, 41)], own_time=True)
    watch = setting.wait()
    assert (watch.outcome, setting.warnings) == ("success", [])


@pytest.mark.parametrize("status", [400, 405, 406, 408, 410, 414, 422, 425])
def test_a_refusal_of_the_parameters_is_asked_again_without(status):
    setting = setting_of(changes=[10.0], refuses=status)
    watch = setting.wait()
    assert (watch.outcome, watch.polling, watch.poll_errors) == ("success", "standard", 0)
    assert [(second, bool(query)) for second, query in setting.client.asked[:3]] == [
        (0.25, False),
        (0.25, True),
        (0.25, False),
    ]
    assert not any(query for second, query in setting.client.asked[2:])
    (warning,) = setting.warnings
    assert warning == (
        f"polling: long has no effect, because the server refuses it with HTTP {status};"
        " standard polling is used instead."
    )


@pytest.mark.parametrize(("status", "outcome"), [(401, "unknown"), (403, "unknown"), (404, "unknown")])
def test_refusals_that_have_nothing_to_do_with_the_parameters(status, outcome):
    setting = setting_of(changes=[10.0], refuses=status)
    watch = setting.wait()
    assert watch.outcome == outcome
    assert all("polling: long" not in warning for warning in setting.warnings)


def test_429_is_obeyed_and_long_polling_goes_on():
    def answer(query):
        if query and setting.elapsed() < 1.0:
            return refused(429, 5)
        setting.clock.time += 4.0 if query else 0.0
        return RUNNING if setting.elapsed() < 20 else DONE

    setting = Setting(answer, polling="long")
    watch = setting.wait()
    assert (watch.outcome, watch.polling) == ("success", "long")
    assert setting.client.times[:4] == [0.25, 0.25, 5.25, 9.25]


@pytest.mark.parametrize("error", [Lost("no answer in 3 s"), refused(504), NotSent("refused")])
def test_held_answers_that_get_lost_do_not_keep_the_end_from_being_seen(error):
    """A proxy on the way may not let a request wait; between two such looks there is a plain one."""
    setting = setting_of(changes=[30.0], loses=error)
    watch = setting.wait()
    assert (watch.outcome, watch.polling) == ("success", "standard")
    assert [bool(query) for second, query in setting.client.asked][:6] == [False, True, False, True, False, False]
    assert "answers that are held get lost" in setting.warnings[-1]


def test_the_hold_stays_below_what_the_request_and_the_run_have_left():
    setting = setting_of(changes=[9999.0], seconds=10.0)
    assert setting.wait().outcome == "timeout"
    assert [query.get("poll_timeout") for second, query in setting.client.asked] == [None, 7, 2, None, None]
    assert setting.elapsed() == 10.0


@pytest.mark.parametrize(
    ("request_timeout", "hold"), [(30.0, 24), (5.0, 4), (2.0, 1), (1.25, 1), (1.0, None), (1000.0, 120)]
)
def test_the_hold_follows_request_timeout(request_timeout, hold):
    setting = Setting(
        serve=lambda clock: Server(clock, [200.0], own_time=True), polling="long", request_timeout=request_timeout
    )
    setting.wait()
    assert setting.client.asked[1][1].get("poll_timeout") == hold


def test_several_jobs_are_polled_in_the_standard_way_and_it_is_said_once():
    setting = Setting(serve=lambda clock: JobServer(clock, {"k:0": 3.0, "k:1": 60.0}), polling="long")
    watches = setting.wait_for(["k:0", "k:1"])
    assert {watch.polling for watch in watches} == {"standard"}
    assert setting.warnings == [
        "polling: long has no effect, because several jobs are waited for at once; standard polling is used instead."
    ]


def test_jobs_that_are_not_ums_own_are_not_held():
    setting = Setting(DONE, polling="long")
    watch = setting.wait(Watch("k:1", START, source=Source("/gateways/c/cluster/jobs", parse)))
    assert (setting.client.asked, watch.polling, setting.warnings) == (
        [("/gateways/c/cluster/jobs/k%3A1", {})],
        "standard",
        [],
    )


def test_standard_polling_sends_no_parameters():
    setting = Setting(RUNNING, RUNNING, DONE)
    watch = setting.wait()
    assert setting.client.asked == [(ONE, {})] * 3
    assert (watch.polling, setting.warnings) == ("standard", [])


@pytest.mark.parametrize(
    ("seconds", "quickest", "held"),
    [(0.0, 0.0, False), (0.19, 0.0, False), (0.2, 0.0, True), (0.5, 0.2, False), (0.7, 0.2, True)],
)
def test_what_counts_as_held(seconds, quickest, held):
    assert is_held(seconds, quickest) == held


def test_one_answer_at_once_is_forgiven_where_the_end_was_held():
    """A server may answer one look early; the next is held until the job ends, so long polling served."""

    def last(query):
        setting.clock.time += 5.0
        return DONE

    setting = Setting(RUNNING, RUNNING, last, polling="long")
    setting.client.dated = False
    watch = setting.wait()
    assert (watch.outcome, watch.polling, setting.warnings) == ("success", "long", [])
