# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may never come out of a run, whatever was injected into it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any, NamedTuple

RESENDABLE = (429, 503)  # UM says that it did not run it; a 503 only with Retry-After
OUTCOMES = ("changed", "unchanged", "submitted", "partial", "failed", "timeout", "interrupted", "unknown")
# The last look at the jobs and one at the object share the time of one request; on a busy machine the deadline can
# overtake one that was begun before it.
LATE_REQUESTS = 3
MOST_MEMORY = 300  # MiB: the soak itself has about 120


class Run(NamedTuple):
    """All that is known of one run.

    :param before: the records of all tables before it, and ``after`` those when all was quiet again
    :param exchanges: what the server recorded of it
    :param started: the keys of the jobs that the server started for it
    :param ended: the result, with how long it took and what it cost
    :param longest: seconds of its clock that it may take
    :param jobs: {key: (state, status)} of what the server still knows
    :param others: the runs of the same or an overlapping desired state that began with it, itself among them
    """

    desired: Any
    injections: list[Any]
    result: dict[str, Any]
    before: list[Any]
    after: list[Any]
    exchanges: list[Any]
    started: set[str]
    ended: Any
    longest: float
    jobs: dict[str, tuple[str, str]]
    others: list[Any]


def violations(run, password):
    """What is wrong, as sentences; empty for a run that kept every promise."""
    checks = TOGETHER if len(run.others) > 1 else CHECKS
    return [text for check in checks for text in check(run)] + list(_secrets(run, password))


def _traceback(run):
    text = str(run.result.get("msg"))
    if "A bug in" in text or "Traceback" in text:
        yield f"a bug: {text}"
    if re.search(r"[a-z'0-9)] (Check|To go on waiting|Applied:|Not applied:) ", text):
        yield f"a sentence has no end: {text}"
    if run.result.get("failed") and not run.result.get("msg"):
        yield "it failed without a message"
    if "Supported parameters" in text:
        yield f"the soak gives it options that it does not have: {text}"
    if run.result.get("outcome") not in OUTCOMES:
        yield f"the outcome is {run.result.get('outcome')!r}"


def _duplicates(run):
    places = defaultdict(int)
    for record in run.after:
        places[record["table"], (record.get("svm") or record["cluster"])["key"], record["name"].rpartition("/")[2]] += 1
    yield from (f"{count} objects are called {place[-1]}" for place, count in places.items() if count > 1)


def _green_and_not_so(run):
    if run.result.get("failed"):
        return
    outcome = run.result["outcome"]
    if outcome in ("changed", "unchanged"):
        wrong = run.desired.difference(run.after)
        if wrong:
            yield f"it is {outcome}, but {wrong}"
    if outcome == "unchanged" and _alone(run) and _objects(run, "before") != _objects(run, "after"):
        yield "it says unchanged, and changed the object"
    if outcome == "submitted" and not run.result["jobs"]:
        yield "it says submitted, and has no job"


def _red_and_silent(run):
    """A failure that claims that nothing was changed must be right, unless it says that nobody can tell."""
    result = run.result
    sure = result.get("failed") and not result["changed"] and result["outcome"] == "failed"
    if sure and _alone(run) and _objects(run, "before") != _objects(run, "after"):
        yield "it says that nothing was changed, and the object is another"


def _lost_keys(run):
    """Where the answer that named the job was spoiled, the key may be unknown: but then the task is not green.

    Or it is, because the desired state is seen to be true; ``_green_and_not_so`` has checked that.
    """
    reported = {job["key"] for job in run.result.get("jobs", ())}
    missing = run.started - reported
    spoiled = any(_is_write(exchange) and exchange["fault"] for exchange in run.exchanges)
    if missing and not spoiled:
        yield f"the jobs {missing} were started, and the result names {reported}"
    elif missing and run.result.get("failed") and not _outcomes(run) & {"unknown", "interrupted"}:
        yield f"the job {missing} was started and is not named, and the outcome is {run.result['outcome']}"
    if run.result.get("failed") and run.desired.module not in (
        "workloads",
        "job_wait",
    ):  # whose message has the first reasons only
        silent = [key for key in reported if key not in run.result["msg"] and not _ended_well(run, key)]
        yield from (f"the message does not name the job {key}" for key in silent)


def _outcomes(run):
    """That of the run and those of its targets: of several, one can be unknown while the others are not."""
    targets = [one for noun in ("luns", "file_shares") for one in run.result.get(noun) or ()]
    return {run.result["outcome"], *(one["outcome"] for one in targets)}


def _ended_well(run, key):
    return any(job["key"] == key and job["succeeded"] for job in run.result["jobs"])


def _overrun(run):
    """The deadline is judged by the requests that begin after it; a busy machine makes seconds, but no requests."""
    if len(run.ended.late) > LATE_REQUESTS:
        yield f"these requests began after its deadline: {', '.join(run.ended.late)}"
    if run.ended.seconds > run.longest:
        yield f"it took {run.ended.seconds:.1f} s, and may take {run.longest:.1f} s"


def _too_large(run):
    if run.ended.peak > MOST_MEMORY:
        yield f"its process took {run.ended.peak:.0f} MiB"


def _jobs_are_others(run):
    """What is said of a job that the server still knows."""
    for job in run.result.get("jobs", ()):
        state, status = run.jobs.get(job["key"], (None, None))
        well = state == "completed" and status in ("normal", "warning")
        if state is not None and job["succeeded"] and not well:
            yield f"the job {job['key']} is said to have succeeded, and is {state} and {status}"
        if well and job["outcome"] in ("failed", "partial"):
            yield f"the job {job['key']} is said to have {job['outcome']}, and is {state} and {status}"


def _kept_from_jobs(run):
    """One job that is never shown must not keep a run from the others."""
    if [one.sick for one in run.injections] != [True] or not run.result.get("jobs"):
        return
    waiting = [job["key"] for job in run.result["jobs"] if not job["finished"] and job["outcome"] != "submitted"]
    if len(waiting) > 1:
        yield f"beside one that is never shown, it does not know the end of {waiting}"


def _green_together(run):
    """When all runs are green, each part of each is as one of them asked for it."""
    if any(result.get("failed") or result["outcome"] == "submitted" for dummy, result in run.others):
        return
    for part in run.desired.parts:
        same = [
            other
            for desired, dummy in run.others
            for other in desired.parts
            if (other.module, other.options["name"]) == (part.module, part.options["name"])
        ]
        wrong = set.intersection(*(set(other.wrong(run.after, other.foreign)) for other in same))
        if wrong:
            yield f"all runs are green, and {', '.join(sorted(wrong))} of {part} is as none of them asked"


def _sent_twice(run):
    sent = defaultdict(list)
    for exchange in filter(_is_write, run.exchanges):
        sent[exchange["method"], exchange["path"], json.dumps(exchange["request"], sort_keys=True)].append(exchange)
    for what, times in sent.items():
        for exchange in times[:-1]:
            told = any("retry_after" in fault for injection in run.injections for fault in injection.faults)
            if exchange["status"] not in RESENDABLE or (exchange["status"] == 503 and not told):
                yield f"{what[0]} {what[1]} was sent {len(times)} times, also after {exchange['status']}"


def _secrets(run, password):
    if password in json.dumps(run.result):
        yield "the password is in the result"


# What several runs of one desired state have to keep, since their requests and jobs cannot be told apart.
TOGETHER = (_traceback, _duplicates, _overrun, _too_large, _jobs_are_others, _green_together)


def _alone(run):
    """Whether nobody else, and no earlier run, may have changed the object meanwhile."""
    return not run.desired.foreign and not any(injection.before for injection in run.injections)


def _objects(run, when):
    return run.desired.objects(getattr(run, when))


def _is_write(exchange):
    return exchange["method"] != "GET"


CHECKS = (
    _traceback,
    _duplicates,
    _green_and_not_so,
    _red_and_silent,
    _lost_keys,
    _sent_twice,
    _overrun,
    _too_large,
    _jobs_are_others,
    _kept_from_jobs,
)
