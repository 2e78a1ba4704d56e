# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees while jobs are waited for."""

from __future__ import annotations

from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.job import parse
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.progress import Progress
from ansible_collections.aiqum.unified_manager.plugins.module_utils._jobs.watched_job import Watch

from ..fakes import Clock, job


class Screen:
    def __init__(self):
        self.clock = Clock()
        self.lines = []
        self.progress = Progress(self.lines.append, self.clock.now)

    def watch(self, key="k:1", purpose="LUN 'a'"):
        return Watch(key, self.clock.now(), purpose)


def test_the_line_of_a_submission_has_the_key():
    screen = Screen()
    screen.progress.submitted(screen.watch())
    screen.progress.submitted(screen.watch(purpose=""))
    assert screen.lines == ["LUN 'a': job k:1 was submitted", "change: job k:1 was submitted"]


def test_each_of_many_submissions_has_its_line():
    screen = Screen()
    screen.progress.expect(3)
    for number in range(3):
        screen.progress.submitted(screen.watch(f"k:{number}"))
    assert [line for line in screen.lines if "was submitted" in line] == [
        f"LUN 'a': job k:{number} was submitted" for number in range(3)
    ]


def test_the_changes_of_two_jobs_are_counted():
    screen = Screen()
    screen.progress.expect(2)
    screen.progress.moved(screen.watch())
    assert screen.lines == ["[....................] 0 of 2 jobs ended, 1 run, 0 s"]


def test_each_change_of_one_job_has_its_line():
    screen = Screen()
    watch = screen.watch()
    for second, state in ((1, "running"), (3, "completed")):
        screen.clock.time = 1000.0 + second
        watch.saw(parse(job(state, task_reports=[{"state": state, "status": "normal"}])), screen.clock.now())
        screen.progress.moved(watch)
    assert screen.lines == [
        "LUN 'a': Create LUN, running, 0 of 1 tasks, 1 s",
        "LUN 'a': Create LUN, completed, 1 of 1 tasks, 3 s",
    ]


def test_a_silence_repeats_the_counts_of_many():
    screen = Screen()
    screen.progress.expect(2)
    watches = [screen.watch("k:1"), screen.watch("k:2")]
    for watch in watches:
        screen.progress.moved(watch)
    del screen.lines[:]
    for _look in range(13):
        screen.clock.time += 5
        screen.progress.looked(watches)
    assert screen.lines == [f"[....................] 0 of 2 jobs ended, 2 run, {second} s" for second in (30, 60)]


def test_changes_of_many_are_counted_after_a_pause_and_at_the_end():
    screen = Screen()
    screen.progress.expect(3)
    watches = [screen.watch(f"k:{number}") for number in range(3)]
    told = []
    for second, outcome, watch in zip((0.0, 0.4, 1.5), ("success", "failed", "success"), watches):
        screen.clock.time = 1000.0 + second
        watch.end(outcome, screen.clock.now())
        screen.progress.moved(watch)
        told.append(len(screen.lines))
    assert told == [1, 1, 2]
    screen.progress.moved(watches[0])
    assert len(screen.lines) == 3
    assert screen.lines[-1] == "[####################] 3 of 3 jobs ended, 1 failed, 0 run, 2 s"


def test_changes_of_many_are_told_once_a_second():
    screen = Screen()
    screen.progress.expect(9)
    watch = screen.watch()
    for _change in range(12):
        screen.progress.moved(watch)
        screen.clock.time += 0.25
    assert len(screen.lines) == 3
