# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The waiting rules (docs/facts/job-contract.md, 2) for one job, and for several that share a look."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import (
    Garbled,
    Lost,
    NotSent,
    Untrusted,
)
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

from ..fakes import JobServer, Setting, job, refused

DONE = job("completed", complete_time="t")
RUNNING = job()


def test_gaps_grow_with_the_time_waited():
    """Rule 2: first look within 0.5 s, then a tenth of the time waited, from 0.5 s to poll_interval."""
    setting = Setting(*[RUNNING] * 40, DONE)
    watch = setting.wait()
    assert watch.outcome == "success"
    assert setting.clock.sleeps[:4] == [0.25, 0.5, 0.5, 0.5]
    assert setting.clock.sleeps[11:14] == [0.525, 0.577, 0.635]
    assert max(setting.clock.sleeps) <= 5.0
    assert len(setting.clock.sleeps) == watch.polls == 41
    assert setting.clock.sleeps == sorted(setting.clock.sleeps)


def test_jitter_only_shortens():
    setting = Setting(*[RUNNING] * 40, DONE, jitter=1.0)
    setting.wait()
    assert setting.clock.sleeps[20] == pytest.approx(setting.client.times[19] * 0.1 * 0.9, rel=0.01)
    assert min(setting.clock.sleeps[1:]) == 0.5


def test_poll_interval_is_the_longest_gap():
    setting = Setting(*[RUNNING] * 60, DONE, poll_interval=2.0)
    setting.wait()
    assert max(setting.clock.sleeps) == 2.0


def test_no_poll_interval_makes_the_gaps_shorter_than_half_a_second():
    setting = Setting(*[RUNNING] * 4, DONE, poll_interval=0.001)
    setting.wait()
    assert setting.clock.sleeps == [0.25, *[0.5] * 4]


@pytest.mark.parametrize("length", [0.3, 1, 3, 10, 30, 60, 120, 300, 600])
def test_lateness(length):
    """Late by at most max(0.6 s, 11 % of the job), never over poll_interval and one request."""
    setting = Setting(RUNNING, seconds=3600.0, latency=0.05)
    start = setting.clock.now()
    setting.client.script = [lambda query: DONE if setting.clock.now() - start >= length else RUNNING]
    watch = setting.wait()
    late = watch.elapsed - length
    assert 0 <= late <= max(0.6, 0.11 * length)
    assert late <= 5.0 + 0.05


def test_one_last_look_at_the_deadline_wins():
    """Rule 1."""
    setting = Setting(lambda query: DONE if setting.clock.now() >= 1010.0 else RUNNING, seconds=10.0)
    watch = setting.wait()
    assert (watch.outcome, watch.elapsed) == ("success", 10.0)


def test_time_out_names_the_state():
    setting = Setting(
        job("hibernating", task_reports=[{"state": "completed", "status": "normal"}, {"state": "running"}]), seconds=10
    )
    watch = setting.wait()
    assert (watch.outcome, watch.succeeded, watch.elapsed) == ("timeout", None, 10.0)
    assert watch.sentence() == (
        "job k:1 (Create LUN): it has not ended after 10 s (Create LUN, hibernating, 1 of 2 tasks)."
    )


def test_no_sleep_goes_past_the_deadline():
    setting = Setting(RUNNING, seconds=7.3)
    setting.wait()
    assert sum(setting.clock.sleeps) == pytest.approx(7.3, abs=0.01)


@pytest.mark.parametrize(
    "trouble",
    [
        NotSent("refused"),
        Lost("reset"),
        Garbled("HTML", 200),
        *[refused(status) for status in (408, 425, 429, 500, 502, 503, 504)],
        {"unexpected": 1},
        job("completed", key="another"),
    ],
)
def test_trouble_passes(trouble):
    """Rule 4: bounded by the deadline, not by a count; one warning; poll_errors."""
    setting = Setting(*[trouble] * 30, DONE)
    watch = setting.wait()
    assert (watch.outcome, watch.polls, watch.poll_errors) == ("success", 31, 30)
    assert len(setting.warnings) == 1


def test_trouble_until_the_deadline_is_no_verdict_on_the_job():
    """Row 12."""
    setting = Setting(RUNNING, Lost("reset by peer"), seconds=60)
    watch = setting.wait()
    assert (watch.outcome, watch.succeeded) == ("unknown", None)
    assert watch.sentence() == "job k:1 (Create LUN): Unified Manager was unreachable for 59 s. reset by peer"


def test_one_answer_that_is_lost_is_no_unreachable_server():
    setting = Setting(Lost("reset"))
    looks = setting.poller._looks
    seen = []
    for _look in range(2):
        looks.at_one(setting.watch())
        seen.append(looks.unreachable)
    assert seen == [False, True]


def test_retry_after_is_obeyed():
    setting = Setting(RUNNING, refused(429, retry_after=20), DONE)
    setting.wait()
    assert setting.clock.sleeps == [0.25, 0.5, 20.0]


def test_retry_after_beyond_the_deadline_leaves_the_last_look():
    setting = Setting(refused(503, retry_after=900), DONE, seconds=30)
    assert setting.wait().outcome == "success"
    assert setting.clock.now() == 1030.0


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Untrusted("bad certificate"), "bad certificate"),
        (refused(400), "refuses to show"),
        (refused(405), "refuses to show"),
        (refused(410), "refuses to show"),
        (refused(403), "may not read jobs"),
        (refused(302), "refuses to show"),
    ],
)
def test_final_at_once(error, words):
    """Rule 5."""
    setting = Setting(RUNNING, error)
    watch = setting.wait()
    assert (watch.outcome, len(setting.client.asked)) == ("unknown", 2)
    assert words in watch.sentence()


def test_three_logins_ten_seconds_apart():
    """Row 13: a 401 may lock an account."""
    setting = Setting(refused(401))
    watch = setting.wait()
    assert watch.outcome == "unknown"
    assert setting.client.times == [0.25, 10.25, 20.25]
    assert "refused the login 3 times" in watch.sentence()


def test_a_passing_401_is_forgiven():
    setting = Setting(refused(401), refused(401), RUNNING, refused(401), refused(401), DONE)
    watch = setting.wait()
    assert (watch.outcome, watch.poll_errors) == ("success", 4)


def test_a_login_that_is_refused_until_the_deadline():
    setting = Setting(RUNNING, refused(401), seconds=8.0)
    watch = setting.wait()
    assert (watch.outcome, watch.poll_errors) == ("unknown", 2)
    assert watch.sentence() == "job k:1 (Create LUN): the server refused the login for 7 s. HTTP 401"


def test_nothing_is_asked_after_the_last_login():
    setting = Setting(refused(401))
    setting.wait()
    late = setting.wait(setting.watch("k:2"))
    assert (late.outcome, len(setting.client.asked)) == ("unknown", 3)
    assert "refused the login 3 times" in late.sentence()


def test_an_unseen_job_has_thirty_seconds_to_appear():
    """Row 14."""
    setting = Setting(lambda query: DONE if setting.clock.now() >= 1029 else refused(404))
    assert setting.wait().outcome == "success"
    setting = Setting(refused(404))
    watch = setting.wait()
    assert (watch.outcome, watch.vanished) == ("unknown", True)
    assert 30.0 <= watch.elapsed <= 33.5


def test_a_server_that_answers_again_was_not_unreachable_to_the_end():
    """A 404 is an answer, too."""
    setting = Setting(Lost("reset"), refused(404), seconds=20.0)
    watch = setting.wait()
    assert (watch.outcome, watch.vanished) == ("unknown", True)
    assert watch.sentence() == "job k:1: it does not exist 20 s after the wait began, so its outcome is unknown."


def test_a_job_that_was_seen_and_is_gone():
    """Row 15."""
    setting = Setting(RUNNING, refused(404))
    watch = setting.wait()
    assert (watch.outcome, watch.vanished, watch.polls) == ("unknown", True, 2)


def test_the_guides_warning_goes_on_and_is_told():
    setting = Setting({"key": "k:1", "state": "WARNING"}, {"key": "k:1", "state": "NORMAL"})
    watch = setting.wait()
    assert (watch.outcome, watch.remarks) == ("success", ["job k:1 has warnings"])


def test_changes_are_told_once():
    half = job(task_reports=[{"state": "completed", "status": "normal"}, {"state": "running", "status": "normal"}])
    setting = Setting(RUNNING, RUNNING, half, half, DONE)
    setting.wait()
    assert setting.changes == ["Create LUN, running", "Create LUN, running, 1 of 2 tasks", "Create LUN, completed"]


class Many:
    """A job list that filters by ``key=a|b|c`` (or, if told so, does not)."""

    def __init__(self, clock, ends, filters=True):
        self.clock = clock
        self.ends = ends
        self.filters = filters

    def record(self, key):
        ended = self.clock.now() - 1000.0 >= self.ends[key]
        return job("completed" if ended else "running", key=key, complete_time="t" if ended else None)

    def __call__(self, query):
        if "key" in query:
            keys = query["key"].split("|") if self.filters else []
            return {"records": [self.record(key) for key in keys if key in self.ends]}
        raise AssertionError("a single look")


def test_many_jobs_share_one_get_a_look():
    """Rule 6."""
    setting = Setting(None)
    setting.client.script = [Many(setting.clock, {f"k:{n}": 3.0 for n in range(50)})]
    watches = [setting.watch(f"k:{n}") for n in range(50)]
    setting.wait(*watches)
    assert {watch.outcome for watch in watches} == {"success"}
    assert {path for path, query in setting.client.asked} == {"/management-server/jobs"}
    assert len(setting.client.asked) == watches[0].polls == len(setting.clock.sleeps)
    assert setting.client.asked[0][1] == {"key": "|".join(watch.key for watch in watches), "max_records": 50}


def test_a_look_at_120_jobs_is_three_gets():
    setting = Setting(None)
    setting.client.script = [Many(setting.clock, {f"k:{n}": 0.0 for n in range(120)})]
    setting.wait(*[setting.watch(f"k:{n}") for n in range(120)])
    assert [len(query["key"].split("|")) for path, query in setting.client.asked] == [50, 50, 20]


def test_wait_for_next_returns_as_soon_as_one_ended():
    setting = Setting(None)
    setting.client.script = [Many(setting.clock, {"k:1": 1.0, "k:2": 9.0})]
    first, second = setting.watch("k:1"), setting.watch("k:2")
    setting.client.script = [
        lambda query: (
            Many(setting.clock, {"k:1": 1.0, "k:2": 9.0})(query)
            if "key" in query
            else Many(setting.clock, {"k:1": 1.0, "k:2": 9.0}).record("k:2")
        )
    ]
    assert setting.poller.wait_for_next([first, second]) == [first]
    assert setting.poller.wait_for_next([first, second]) == [second]
    assert setting.poller.wait_for_next([first, second]) == []
    assert second.elapsed < 10.0


@pytest.mark.parametrize("answer", [{"records": []}, {"records": [job(key="other")]}, {"no": "records"}, refused(400)])
def test_a_server_that_does_not_filter_so_is_asked_one_by_one(answer):
    class Unlisted(JobServer):
        def look(self, path, query=None):
            found = super().look(path, query)
            if "key" not in query:
                return found
            if isinstance(answer, Exception):
                raise answer
            return answer

    setting = Setting(serve=lambda clock: Unlisted(clock, {"k:1": 5.0, "k:2": 5.0}))
    first, second = setting.watch("k:1"), setting.watch("k:2")
    setting.wait(first, second)
    assert (first.outcome, second.outcome) == ("success", "success")
    assert 1 <= sum(len(keys) == 2 for second, keys in setting.client.asked) <= 2


def test_one_lost_job_of_several_does_not_disturb_the_others():
    setting = Setting(None)

    def answer(query):
        if "key" in query:
            return {
                "records": [
                    job("completed" if setting.clock.now() >= 1003 else "running", key="k:1", complete_time=None)
                ]
            }
        return refused(404)

    setting.client.script = [answer]
    found, lost = setting.watch("k:1"), setting.watch("k:2")
    setting.wait(found, lost)
    assert (found.outcome, round(found.elapsed), lost.outcome, lost.vanished) == ("success", 3, "unknown", True)


def test_interruption_leaves_the_watch_open():
    setting = Setting(KeyboardInterrupt())
    watch = setting.watch()
    with pytest.raises(KeyboardInterrupt):
        setting.poller.wait_for_all([watch])
    assert not watch.ended
    assert watch.describe()["key"] == "k:1"


BEFORE, AFTER = "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"


@pytest.mark.parametrize(
    ("shown", "outcome", "seconds"),
    [
        (
            [job("completed", "error", complete_time=BEFORE), RUNNING, job("completed", complete_time=AFTER)],
            "success",
            1.25,
        ),
        ([job("completed", "error", complete_time=AFTER)], "failed", 0.25),
        ([job("completed", "error", complete_time=BEFORE)], "failed", 30.0),
        ([job("completed", "error", complete_time=None)], "failed", 0.25),
    ],
)
def test_the_end_of_an_earlier_change_is_not_taken_for_that_of_this_one(shown, outcome, seconds):
    setting = Setting(*shown)
    begun_at = 1767225640.0  # twenty seconds before AFTER
    watch = setting.wait(Watch("k:1", setting.clock.now(), begun_at=begun_at))
    assert watch.outcome == outcome
    assert watch.elapsed == pytest.approx(seconds, abs=3.0 if seconds == 30.0 else 0.01)
