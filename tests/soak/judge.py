# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a run: the promises that it must keep, whatever faults were injected."""

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

    :param before: the records of all tables before it, and ``after`` those when all jobs had ended
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


def is_write(exchange):
    """Whether a recorded exchange changes something."""
    return exchange["method"] != "GET"


def violations(run, password):
    """The broken promises of a run, as sentences."""
    checks = TOGETHER if len(run.others) > 1 else CHECKS
    return [text for check in checks for text in check(run)] + list(_secrets(run, password))


def _traceback(run):
    text = str(run.result.get("msg"))
    if "A bug in" in text or "Traceback" in text:
        yield f"a bug: {text}"
    if re.search(r"[a-z'0-9)] (Check|To go on waiting|Applied:|Not applied:) ", text):
        yield f"a sentence has no full stop: {text}"
    if run.result.get("failed") and not run.result.get("msg"):
        yield "it failed without a message"
    if "Supported parameters" in text:
        yield f"the soak gives options that the module lacks: {text}"
    if run.result.get("outcome") not in OUTCOMES:
        yield f"the outcome is {run.result.get('outcome')!r}"


def _duplicates(run):
    places = defaultdict(int)
    for record in run.after:
        places[record["table"], (record.get("svm") or record["cluster"])["key"], record["name"].rpartition("/")[2]] += 1
    yield from (f"{count} objects are called {place[-1]}" for place, count in places.items() if count > 1)


def _false_success(run):
    if run.result.get("failed"):
        return
    outcome = run.result["outcome"]
    if outcome in ("changed", "unchanged"):
        wrong = run.desired.difference(run.after)
        if wrong:
            yield f"the outcome is {outcome}, but {wrong}"
    if outcome == "unchanged" and _alone(run) and _objects(run, "before") != _objects(run, "after"):
        yield "the outcome is unchanged, but the object differs"
    if outcome == "submitted" and not run.result["jobs"]:
        yield "the outcome is submitted, but the result has no job"


def _hidden_change(run):
    """A failure that claims that nothing was changed must be right, unless its outcome is unknown."""
    result = run.result
    sure = result.get("failed") and not result["changed"] and result["outcome"] == "failed"
    if sure and _alone(run) and _objects(run, "before") != _objects(run, "after"):
        yield "the result says that nothing was changed, but the object differs"


def _lost_keys(run):
    """If the answer with the job's key was spoiled, the key may be unknown; the task must then fail.

    It may also succeed if the object is as desired, which ``_false_success`` checks.
    """
    reported = {job["key"] for job in run.result.get("jobs", ())}
    missing = run.started - reported
    spoiled = any(is_write(exchange) and exchange["fault"] for exchange in run.exchanges)
    if missing and not spoiled:
        yield f"the jobs {missing} were started, and the result names {reported}"
    elif missing and run.result.get("failed") and not _outcomes(run) & {"unknown", "interrupted"}:
        yield f"the job {missing} was started and is not named, and the outcome is {run.result['outcome']}"
    of_many = run.desired.module in ("workloads", "job_wait")  # whose message has the first reasons only
    if run.result.get("failed") and not of_many:
        silent = [key for key in reported if key not in run.result["msg"] and not _ended_well(run, key)]
        yield from (f"the message does not name the job {key}" for key in silent)


def _outcomes(run):
    """The outcomes of the run and of each of its targets."""
    targets = [one for noun in ("luns", "file_shares") for one in run.result.get(noun) or ()]
    return {run.result["outcome"], *(one["outcome"] for one in targets)}


def _ended_well(run, key):
    return any(job["key"] == key and job["succeeded"] for job in run.result["jobs"])


def _overrun(run):
    """The deadline is judged by the requests that begin after it, which do not depend on the speed of the machine."""
    if len(run.ended.late) > LATE_REQUESTS:
        yield f"these requests began after its deadline: {', '.join(run.ended.late)}"
    if run.ended.seconds > run.longest:
        yield f"it took {run.ended.seconds:.1f} s, and may take {run.longest:.1f} s"


def _too_large(run):
    if run.ended.peak > MOST_MEMORY:
        yield f"its process took {run.ended.peak:.0f} MiB"


def _jobs_disagree(run):
    """What the result says of each job must agree with the server."""
    for job in run.result.get("jobs", ()):
        state, status = run.jobs.get(job["key"], (None, None))
        well = state == "completed" and status in ("normal", "warning")
        if state is not None and job["succeeded"] and not well:
            yield f"the job {job['key']} is said to have succeeded, and is {state} and {status}"
        if well and job["outcome"] in ("failed", "partial"):
            yield f"the job {job['key']} is said to have {job['outcome']}, and is {state} and {status}"


def _hidden_jobs(run):
    """A job that is never shown must not hide the end of the other jobs."""
    if [one.sick for one in run.injections] != [True] or not run.result.get("jobs"):
        return
    waiting = [job["key"] for job in run.result["jobs"] if not job["finished"] and job["outcome"] != "submitted"]
    if len(waiting) > 1:
        yield f"beside one that is never shown, it does not know the end of {waiting}"


def _success_together(run):
    """When all runs succeed, each property is as one of them asked for it."""
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
            yield f"all runs succeeded, but {', '.join(sorted(wrong))} of {part} is as no run asked"


def _sent_twice(run):
    sent = defaultdict(list)
    for exchange in filter(is_write, run.exchanges):
        sent[exchange["method"], exchange["path"], json.dumps(exchange["request"], sort_keys=True)].append(exchange)
    for what, times in sent.items():
        for exchange in times[:-1]:
            told = any("retry_after" in fault for injection in run.injections for fault in injection.faults)
            if exchange["status"] not in RESENDABLE or (exchange["status"] == 503 and not told):
                yield f"{what[0]} {what[1]} was sent {len(times)} times, also after {exchange['status']}"


def _secrets(run, password):
    if password in json.dumps(run.result):
        yield "the password is in the result"


# The promises of several runs of one desired state, whose requests and jobs cannot be told apart.
TOGETHER = (_traceback, _duplicates, _overrun, _too_large, _jobs_disagree, _success_together)


def _alone(run):
    """Whether only this run may have changed the object."""
    return not run.desired.foreign and not any(injection.before for injection in run.injections)


def _objects(run, when):
    return run.desired.objects(getattr(run, when))


CHECKS = (
    _traceback,
    _duplicates,
    _false_success,
    _hidden_change,
    _lost_keys,
    _sent_twice,
    _overrun,
    _too_large,
    _jobs_disagree,
    _hidden_jobs,
)
