# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examinations of the server as a whole: login, release, role, clock, backups, clusters. Private to this collection."""

from __future__ import annotations

import re

from ..._base.names import literal
from ..._base.texts import more
from ..._base.times import moment
from ..._model.resource import Record
from .examination import EVERY_MODULE, FAILED, OK, UNKNOWN, WARNING, Ask, Diagnosis, Examination
from .modules_by_role import APPLICATION_MODULES, STORAGE_MODULES

SYSTEM = "/management-server/system"
OLDEST_SUPPORTED = (9, 14)  # docs/facts/releases.md, 3
LACKS = (  # docs/facts/releases.md, 2
    ((9, 9), "metrics, analytics and licenses", ("metrics_info", "datacenter_info")),
    (
        (9, 10),
        "alerts, alert scripts, single events, network ports and interfaces",
        ("alert", "alert_info", "alert_script", "alert_script_info", "event", "datacenter_info"),
    ),
)
CHANGING = (*STORAGE_MODULES, *APPLICATION_MODULES)
NEEDS_A_ROLE = (
    "Modules that change something fail with 403. Give the user the role Storage Administrator or Application"
    " Administrator; for reading alone this role is enough."
)
MAY_CHANGE = {  # docs/facts/server.md, 1.3
    "administrator": (OK, "changes everything", "", EVERY_MODULE),
    "storage_administrator": (
        WARNING,
        "changes storage, alerts and scripts, but not users, backups, clusters and policies",
        "Modules for the latter fail with 403. Give the user the role Application Administrator where they are needed.",
        APPLICATION_MODULES,
    ),
    "operator": (
        FAILED,
        "reads, but changes nothing except events",
        NEEDS_A_ROLE,
        CHANGING,
    ),
}
CLOCK_WARNING, CLOCK_FAILED = 60.0, 300.0  # seconds
OLD_BACKUP = 8 * 86400.0  # seconds: a weekly backup, and a day
SETTINGS = "/admin/backup-settings"  # not a list
AREAS = {
    "datacenter": "/datacenter/cluster/clusters",
    "storage_provider": "/storage-provider/luns",
    "management_server": "/management-server/events",
    "administration": SETTINGS,
    "users": "/security/users",
}


def login(diagnosis: Diagnosis) -> Examination:
    """Whether this user may ask at all, and which release answers."""
    answer = yield Ask(SYSTEM)
    diagnosis.measured["first_answer"] = answer.seconds
    if answer.status == 401:
        diagnosis.switches["body_of_401"] = answer.form
        diagnosis.add(
            "login",
            FAILED,
            f"The login of {diagnosis.username!r} is refused.",
            "Check username and password, and that the user is not locked and not a database user. It is not tried"
            " again, since repeated attempts may lock the account.",
        )
        return
    if answer.status == 403:
        diagnosis.switches.update(database_user_status=403, body_of_403=answer.form)
        diagnosis.add("login", FAILED, answer.problem, "The user has no role that may use the API.")
        return
    if not answer.good:
        diagnosis.add(
            "login",
            FAILED,
            answer.problem or "The answer is not an object.",
            "Something else than Unified Manager answers at this address, or it is not ready yet.",
        )
        return
    diagnosis.add("login", OK, f"{diagnosis.username!r} can log in.")
    _release(diagnosis, str(answer.body.get("version") or ""))


def _release(diagnosis: Diagnosis, version: str) -> None:
    match = re.match(r"(\d+)\.(\d+)\S*", version)
    if match is None:
        diagnosis.add("release", UNKNOWN, f"The version is {version!r}.", "Modules treat it as the newest.")
        return
    diagnosis.release = diagnosis.switches["release"] = match.group()
    number = (int(match[1]), int(match[2]))
    lacking = [(what, modules) for release, what, modules in LACKS if number < release]
    if lacking:
        what = "; ".join(one for one, dummy in lacking)
        modules = tuple(dict.fromkeys(module for dummy, several in lacking for module in several))
        diagnosis.add("release", FAILED, f"{version} lacks {what}.", "Upgrade to 9.10 or newer to use them.", modules)
    elif number < OLDEST_SUPPORTED:
        diagnosis.add("release", WARNING, f"{version} has all collections.", "NetApp no longer supports this release.")
    else:
        diagnosis.add("release", OK, f"{version} has all collections that the modules use.")


def role(diagnosis: Diagnosis) -> Examination:
    """The user's role, as far as UM shows it, and what it may read."""
    answer = yield Ask("/security/users", {"name": literal(diagnosis.username), "max_records": 2})
    own = [one for one in answer.records if str(one.get("name")).casefold() == diagnosis.username.casefold()]
    if own:
        diagnosis.switches["user_passwords"] = "shown" if own[0].get("password") else "hidden"
    diagnosis.role = str(own[0].get("role")) if own else None
    verdict, seen, means, modules = MAY_CHANGE.get(
        diagnosis.role or "",
        (
            UNKNOWN,
            "is not shown: a member of a directory group, or a user who may not read users",
            "A module that this user may not use fails with 403 and says so.",
            CHANGING,
        ),
    )
    diagnosis.add("role", verdict, f"The role {diagnosis.role or ''} {seen}.".replace("  ", " "), means, modules)
    denied = []
    for area, path in AREAS.items():
        query = {} if path == SETTINGS else {"max_records": 1}
        reply = answer if area == "users" else (yield Ask(path, query))
        diagnosis.may_read[area] = reply.status != 403
        if reply.status == 403:
            denied.append(area)
            diagnosis.switches["body_of_403"] = reply.form
        elif reply.total is not None and area != "users":
            diagnosis.counts[area] = reply.total
    if "administration" in denied:
        diagnosis.switches["admin_reads"] = "administrator"
    elif diagnosis.role not in (None, "administrator"):
        diagnosis.switches["admin_reads"] = "any_role"
    if denied:
        diagnosis.add(
            "reading", WARNING, f"This user may not read {', '.join(denied)}.", "Modules that read it fail with 403."
        )
    else:
        diagnosis.add("reading", OK, "This user may read all areas of the API.")


def clock(diagnosis: Diagnosis, offset: float | None) -> None:
    """How far the server's clock is from this machine's.

    :param offset: seconds that the server is ahead, from its Date header; None where it sends none
    """
    if offset is None:
        diagnosis.add(
            "clock", UNKNOWN, "The server sends no Date.", "Jobs of lost answers are found by their name alone."
        )
        return
    off = abs(offset)
    verdict = OK if off < CLOCK_WARNING else WARNING if off < CLOCK_FAILED else FAILED
    ahead = "ahead of" if offset > 0 else "behind"
    seen = "The clocks agree." if verdict == OK else f"The server's clock is {off:.0f} s {ahead} this machine's."
    means = (
        "" if verdict == OK else "Synchronise both by NTP. Modules allow for it, but log files and certificates do not."
    )
    diagnosis.measured["clock_offset"] = offset
    diagnosis.add("clock", verdict, seen, means)


def backups(diagnosis: Diagnosis, now: float) -> Examination:
    """The age of the newest backup.

    :param now: seconds since 1970 on the server's clock
    """
    answer = yield Ask("/admin/backup-file-info", {"order_by": "creation_time desc", "max_records": 100})
    modules = ("backup", "backup_info")
    if not answer.good:
        diagnosis.unanswered("backup", answer, modules)
        return
    ages = [
        now - made for record in answer.records for made in [moment(record.get("creation_time"))] if made is not None
    ]
    diagnosis.counts["backups"] = len(answer.records) if answer.total is None else answer.total
    if not ages:
        diagnosis.add("backup", WARNING, "There is no backup.", "Set a schedule with backup_settings.", modules)
        return
    days = min(ages) / 86400
    diagnosis.measured["newest_backup_age"] = min(ages)
    stale = min(ages) > OLD_BACKUP
    seen = f"The newest backup is {days:.1f} days old."
    diagnosis.add(
        "backup", WARNING if stale else OK, seen, "Check the schedule and its disk." if stale else "", modules
    )


def clusters(diagnosis: Diagnosis) -> Examination:
    """Clusters whose discovery or mutual TLS is in trouble."""
    answer = yield Ask("/admin/datasources/clusters")
    modules = ("datasource", "datasource_info")
    if not answer.good:
        diagnosis.unanswered("clusters", answer, modules)
        return
    diagnosis.counts["clusters"] = len(answer.records)
    _discovery(diagnosis, answer.records)
    trouble = [
        f"{record.get('name') or record.get('address')}: {reason}"
        for record in answer.records
        for reason in _trouble(record)
    ]
    if not trouble:
        diagnosis.add("clusters", OK, f"{len(answer.records)} clusters, none in trouble.", "", modules)
        return
    diagnosis.add(
        "clusters",
        WARNING,
        f"{'; '.join(trouble[:5])}{more(len(trouble) - 5)}.",
        "What UM shows of these clusters may be old, and changes on them may fail. Save their credentials again.",
        modules,
    )


def _discovery(diagnosis: Diagnosis, records: list[Record]) -> None:
    """How long the last discovery took."""
    ended = []
    for record in records:
        operation = _operation(record)
        begun, end = moment(operation.get("start_time")), moment(operation.get("end_time"))
        if begun is not None and end is not None and str(operation.get("state")).casefold() == "completed":
            ended.append((end, end - begun))
    if ended:
        diagnosis.switches["discovery_seconds"] = round(max(ended)[1], 1)


def _operation(record: Record) -> Record:
    shown = record.get("operation")
    return shown if isinstance(shown, dict) else {}


def _trouble(record: Record) -> list[str]:
    operation = _operation(record)
    found = []
    if str(record.get("status") or "normal").casefold() not in ("normal", "ok"):
        found.append(f"status {record['status']}")
    if str(operation.get("state")).casefold() in ("error", "failed"):
        found.append(f"{operation.get('type') or 'operation'} {operation['state']}")
    if str(record.get("mutual_tls_status") or "").casefold() in ("expired", "invalid", "error", "failed"):
        found.append(f"mutual TLS {record['mutual_tls_status']}")
    return found
