# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sections of the report that are about Unified Manager itself: events, Jobs, backups and drift.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._report_texts import (
    CRITICAL,
    DAY,
    GOOD,
    UNKNOWN,
    WARNING,
    Limits,
    Record,
    age_of,
    ago,
    at,
    count_of,
    field,
    listed,
    name_at,
    plural,
    size,
    span,
    together,
)

Row = dict[str, Any]
SEVERITIES = {"critical": CRITICAL, "error": CRITICAL, "warning": WARNING, "information": GOOD, "normal": GOOD}
# A backup is late if it is older than its schedule and a day for the backup itself.
LATE = {"daily": 2 * DAY, "weekly": 8 * DAY}
UNSCHEDULED = 7 * DAY
ENDED = {
    "failed": "failed",
    "partial": "ended in partial failures",
    "unknown": "ended, and its outcome is unknown",
}


def events(ums: Iterable[Record]) -> list[Row]:
    """How many events are open, by severity, the worst first; all severities if Unified Manager counted any."""
    counted = [summary for summary in (field(um, "events.summary") for um in ums) if isinstance(summary, dict)]
    if not counted:
        return []
    return [
        {"severity": severity, "state": state, "count": sum(count_of(one.get(severity)) for one in counted)}
        for severity, state in SEVERITIES.items()
    ]


def latest_events(um: Record, limits: Limits) -> list[Row]:
    """A row for each of the newest open events that are worse than information."""
    return [_event(um, one, limits) for one in listed(field(um, "latest.events"))]


def _event(um: Record, record: Record, limits: Limits) -> Row:
    raised = next((one.get("timestamp") for one in listed(record.get("history")) if one.get("state") == "new"), None)
    return {
        "um": um["name"],
        "severity": name_at(record, "severity"),
        "state": SEVERITIES.get(name_at(record, "severity"), UNKNOWN),
        "name": name_at(record, "name"),
        "object": name_at(record, "impact.resource_name"),
        "cause": name_at(record, "cause"),
        "acknowledged": name_at(record, "current_state") == "acknowledged",
        "raised": at(raised),
        "ago": ago(raised, limits.now),
        "age": age_of(raised, limits.now),
    }


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """By their ``age``; what has none comes last."""
    return sorted(rows, key=lambda row: float("inf") if row["age"] is None else row["age"])


def jobs(um: Record, limits: Limits) -> list[Row]:
    """A row for each Job that ended badly within the days that count."""
    reasons = {name_at(one, "key"): one for one in listed(field(um, "jobs.records"))}
    rows = []
    for job in listed(field(um, "jobs.jobs")):
        ended = job.get("complete_time") or job.get("submit_time")
        age = age_of(ended, limits.now)
        if age is None or age > limits.days * DAY:
            continue
        failed = [one for one in listed(field(reasons.get(name_at(job, "key")), "task_reports")) if _failed(one)]
        rows.append(
            {
                "um": um["name"],
                "name": name_at(job, "name") or name_at(job, "type") or name_at(job, "key"),
                "key": name_at(job, "key"),
                "outcome": ENDED.get(name_at(job, "outcome"), name_at(job, "outcome")),
                "state": WARNING if job.get("outcome") == "partial" else CRITICAL,
                "reasons": [name_at(one, "failure_reason") for one in failed],
                "of": [name_at(one, "description") for one in failed if one.get("description")],
                "ended": at(ended),
                "ago": ago(ended, limits.now),
                "age": age,
            }
        )
    return rows


def _failed(task: Record) -> bool:
    return bool(task.get("failure_reason")) and task.get("status") != "normal"


def backup(um: Record, limits: Limits) -> Row | None:
    """The newest backup of a Unified Manager, and whether it is late; None where it could not be read."""
    if field(um, "backups.outcome") != "unchanged":
        return None
    newest = next(iter(listed(field(um, "backups.backups"))), None)
    settings = field(um, "backup_settings.backup_settings")
    frequency = name_at(settings, "frequency")
    age = age_of(field(newest, "creation_time"), limits.now)
    row = {
        "um": um["name"],
        "name": name_at(newest, "name"),
        "size": size(count_of(field(newest, "size"))) if newest else "",
        "made": at(field(newest, "creation_time")),
        "ago": ago(field(newest, "creation_time"), limits.now) if newest else "none",
        "age": age,
        "schedule": _schedule(settings),
    }
    state, says = _lateness(age, frequency)
    return {**row, "state": state, "says": says}


def _lateness(age: float | None, frequency: str) -> tuple[str, list[str]]:
    found = []
    if age is None:
        found.append((CRITICAL, "there is no backup"))
    elif age > LATE.get(frequency, UNSCHEDULED):
        found.append(
            (
                CRITICAL if age > 4 * LATE.get(frequency, UNSCHEDULED) else WARNING,
                f"the newest backup is {span(age)} old",
            )
        )
    if frequency == "none":
        found.append((WARNING, "no backups are scheduled"))
    return together(found)


def _schedule(settings: Any) -> str:
    frequency = name_at(settings, "frequency")
    if not frequency:
        return "unknown"
    if frequency == "none":
        return "not scheduled"
    day = f" on {name_at(settings, 'day_of_week').capitalize()}" if frequency == "weekly" else ""
    time = f"{count_of(field(settings, 'hour')):02}:{count_of(field(settings, 'minute')):02}"
    return f"{frequency}{day} at {time}, by the clock of the server"


def drift(um: Record) -> Row | None:
    """How a Unified Manager differs from the structure; None where no structure was given."""
    told = um.get("drift")
    if not isinstance(told, dict) or told.get("skipped") or "outcome" not in told:
        return None
    difference = told.get("diff")
    sections = told.get("configuration")
    objects = sections.values() if isinstance(sections, dict) else ()
    return {
        "name": um["name"],
        "outcome": name_at(told, "outcome"),
        "message": name_at(told, "msg"),
        "compared": sum(len(one) for one in objects if isinstance(one, list)),
        "before": _objects(difference, "before"),
        "after": _objects(difference, "after"),
    }


def _objects(difference: Any, side: str) -> dict[str, Any]:
    """{label of an object: {option: value}}"""
    found = field(difference, side)
    return {label: one for label, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}


def drift_says(row: Row) -> tuple[str, str]:
    """The state, and a sentence about it."""
    if row["outcome"] == "unchanged":
        return GOOD, f"all {plural(row['compared'], 'object')} are as the structure says"
    if row["outcome"] == "changed":
        verb = "differs" if len(row["after"]) == 1 else "differ"
        return WARNING, f"{len(row['after'])} of {plural(row['compared'], 'object')} {verb} from the structure"
    return CRITICAL, f"it was not compared with the structure: {row['message']}"
