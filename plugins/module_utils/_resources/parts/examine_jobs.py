# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examinations of Jobs: their words, their order, filters, and long polling. Private to this collection."""

from __future__ import annotations

import statistics

from ..._base.names import path_of
from ..._base.times import iso_moment, moment
from ..._jobs.job import parse
from .examination import OK, UNKNOWN, WARNING, Answer, Ask, Diagnosis, Examination, Record

JOBS = "/management-server/jobs"
LIST = 20
AT_ONCE = 0.1  # seconds
HOLD = 1  # second: the shortest hold that can be asked for
HELD = 0.5  # seconds: an answer that takes longer than that, and than the plain one before, was held
WAITING = ("job_wait", "all modules that wait for Jobs")


def jobs(diagnosis: Diagnosis) -> Examination:
    """What the newest Jobs look like, and how they can be asked for."""
    answer = yield Ask(JOBS, {"order_by": "submit_time desc", "max_records": LIST})
    if not answer.good:
        diagnosis.unanswered("jobs", answer, WAITING)
        return
    found = [record for record in answer.records if record.get("key")]
    if answer.total is not None:
        diagnosis.counts["jobs"] = answer.total
    running = [record for record in found if not parse(record).finished]
    _words(diagnosis, found, running)
    _order(diagnosis, found)
    diagnosis.counts["jobs_running"] = len(running)
    many = len(running) >= LIST
    seen = f"{len(running)} of the newest {len(found)} Jobs run."
    means = "Changes may wait for them: give them a longer wait_timeout and a smaller max_in_flight." if many else ""
    diagnosis.add("jobs_running", WARNING if many else OK, seen, means, WAITING)
    yield from _several(diagnosis, found)
    yield from _held(diagnosis, found, running)


def _words(diagnosis: Diagnosis, found: list[Record], running: list[Record]) -> None:
    switches = diagnosis.switches
    if not found:
        diagnosis.add("job_states", UNKNOWN, "There is no Job yet.", "Run the diagnosis again after a change.", WAITING)
        return
    guide = all(str(record.get("state")).isupper() and not record.get("status") for record in found)
    switches["job_dialect"] = "guide" if guide else "document"
    diagnosis.add("job_states", OK, f"Jobs use the words of the {'guide' if guide else 'API document'}.", "", WAITING)
    _names(diagnosis, found)
    _durations(diagnosis, found)
    _parents(diagnosis, found)
    _beginning(diagnosis, found)
    running = [record for record in running if not record.get("complete_time")]  # its children may run
    if running:
        shows = any("complete_time" in record for record in running)
        switches["complete_time_while_running"] = "null" if shows else "absent"
    unended = [record for record in found if not record.get("job_results")]
    if unended:
        switches["empty_job_results"] = "empty" if any("job_results" in record for record in unended) else "absent"
    links = [str((record.get("_links") or {}).get("self", {}).get("href", "")) for record in found]
    keyed = [link for link in links if link]
    if keyed:
        switches["job_links"] = "encoded" if any("%3A" in link.upper() for link in keyed) else "raw"


def _names(diagnosis: Diagnosis, found: list[Record]) -> None:
    named = [str(record["name"]) for record in found if record.get("name")]
    if named:
        diagnosis.switches["job_names"] = "words" if any(" " in name for name in named) else "codes"


def _durations(diagnosis: Diagnosis, found: list[Record]) -> None:
    """How long a Job takes, of those that ended and have no children."""
    took = []
    for record in found:
        begun, ended = moment(record.get("submit_time")), moment(record.get("complete_time"))
        alone = not parse(record).children.total and not record.get("parent_job_key")
        if begun is not None and ended is not None and alone:
            took.append(ended - begun)
    if took:
        diagnosis.switches["job_seconds"] = round(statistics.median(took), 1)


def _beginning(diagnosis: Diagnosis, found: list[Record]) -> None:
    """The state of a Job before its first task: shown by one that waits, or by one whose first task began at once."""
    for record in found:
        begun = [time for task in _tasks(record) for time in [moment(task.get("start_time"))] if time is not None]
        submitted, state = moment(record.get("submit_time")), str(record.get("state")).casefold()
        if state in ("queued", "waiting") and not begun:
            diagnosis.switches["initial_job_state"] = state
            return
        if begun and submitted is not None and min(begun) - submitted < AT_ONCE and not record.get("parent_job_key"):
            diagnosis.switches["initial_job_state"] = "running"


def _parents(diagnosis: Diagnosis, found: list[Record]) -> None:
    """Whether a Job ends before those that it spawned: only one with running children can show it."""
    for record in found:
        tasks = _tasks(record)
        if not parse(record).children.running:
            continue
        if record.get("complete_time"):
            diagnosis.switches["parent_ends_before_children"] = True
        elif tasks and all(task.get("complete_time") for task in tasks):
            diagnosis.switches["parent_ends_before_children"] = False


def _tasks(record: Record) -> list[Record]:
    reports = record.get("task_reports")
    return [task for task in reports if isinstance(task, dict)] if isinstance(reports, list) else []


def _order(diagnosis: Diagnosis, found: list[Record]) -> None:
    times = [
        submitted for record in found for submitted in [moment(record.get("submit_time"))] if submitted is not None
    ]
    if len(times) < 2:
        diagnosis.add("job_order", UNKNOWN, "There are fewer than two Jobs to order.", "", WAITING)
    elif times == sorted(times, reverse=True):
        diagnosis.add("job_order", OK, "Jobs come newest first, as asked.", "", WAITING)
    else:
        diagnosis.add(
            "job_order",
            WARNING,
            "Jobs do not come in the order that was asked for.",
            "The Job of a lost answer may not be found; then the outcome is unknown.",
            WAITING,
        )


def _several(diagnosis: Diagnosis, found: list[Record]) -> Examination:
    keys = [str(record["key"]) for record in found[:2]]
    if len(keys) < 2:
        diagnosis.add("job_filter", UNKNOWN, "There are fewer than two Jobs to ask for.", "", WAITING)
        return
    both = yield Ask(JOBS, {"key": "|".join(keys), "max_records": len(keys)})
    together = both.good and {record.get("key") for record in both.records} == set(keys)
    diagnosis.switches["job_filter_by_keys"] = together
    seen = "Several Jobs can be asked for together." if together else "Jobs must be asked for one by one."
    means = "" if together else "Waiting for many Jobs costs one request for each: keep max_in_flight small."
    diagnosis.add("job_filter", OK if together else WARNING, seen, means, WAITING)


def _held(diagnosis: Diagnosis, found: list[Record], running: list[Record]) -> Examination:
    """Whether the server holds its answer until the Job moves; only a Job that runs can show it."""
    if not found:
        diagnosis.add("long_polling", UNKNOWN, "There is no Job to ask for.", "Standard polling works.", WAITING)
        return
    path = path_of(JOBS, str((running or found)[0]["key"]))
    plain = yield Ask(path)
    query = {"poll_timeout": HOLD}
    asked = yield Ask(path, query)
    since = asked.now if asked.now is not None else 0.0
    # The Date has whole seconds; the next one is later than any change that the answer can have.
    both = yield Ask(path, {**query, "last_modified": iso_moment(float(int(since) + 1))})
    _judge_hold(diagnosis, running, plain, asked, both)


def _judge_hold(diagnosis: Diagnosis, running: list[Record], plain: Answer, asked: Answer, both: Answer) -> None:
    refused = [answer.status for answer in (asked, both) if answer.status in (400, 422)]
    held = [name for name, answer in (("poll_timeout", asked), ("last_modified", both)) if _was_held(plain, answer)]
    if refused:
        diagnosis.switches["polling_long"] = "refused"
        seen, means = "Long polling is refused.", "Leave polling: standard as it is."
    elif held:
        diagnosis.switches["polling_long"] = "held" if _was_held(plain, asked) else "held_with_last_modified"
        seen, means = f"The server holds its answer ({' and '.join(held)}).", "polling: long saves requests."
    elif running:
        diagnosis.switches["polling_long"] = "ignored"
        seen, means = "The server answers at once, whatever is asked.", "Leave polling: standard as it is."
    else:
        diagnosis.add(
            "long_polling", UNKNOWN, "No Job runs now.", "Run the diagnosis while a Job runs to see it.", WAITING
        )
        return
    diagnosis.add("long_polling", OK, seen, means, WAITING)


def _was_held(plain: Answer, answer: Answer) -> bool:
    return answer.good and answer.seconds > plain.seconds + HELD
