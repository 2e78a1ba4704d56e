# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examinations of how lists are read: pages, totals, filters, errors, speed. Private to this collection."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from ..._base.names import literal
from ..._model.resource import Record
from .examination import FAILED, OK, UNKNOWN, WARNING, Ask, Diagnosis, Examination
from .tags import PREFIXES

VOLUMES = "/datacenter/storage/volumes"
SVMS = "/datacenter/svm/svms"
LARGE_PAGE = 1000  # the server's cap on max_records (docs/facts/server.md, 2.2)
SLOW_PAGE = 10.0  # seconds
READING = ("all modules that read lists",)
EVENTS = "/management-server/events"
EVENT_MODULES = ("event", "event_info")


def pages(diagnosis: Diagnosis) -> Examination:
    """Default page, totals, next links, and what a large page costs."""
    plain = yield Ask(VOLUMES)
    if not plain.good:
        diagnosis.unanswered("pages", plain, READING)
        return
    if plain.next_link:
        diagnosis.counts["default_page"] = len(plain.records)
    first = yield Ask(VOLUMES, {"max_records": 1})
    total = first.total
    if total is not None:
        diagnosis.counts["volumes"] = total
    second = None
    if first.next_link:
        second = yield _following(VOLUMES, first.next_link)
    if second is not None and (not second.records or second.records[0] == first.records[0]):
        diagnosis.add(
            "pages", FAILED, "The next link of a page leads to no new records.", "Lists cannot be read.", READING
        )
    elif first.records and not first.next_link and total not in (None, 1):
        diagnosis.add(
            "pages", FAILED, f"A page of 1 of {total} has no next link.", "Lists cannot be read whole.", READING
        )
    elif total is None:
        diagnosis.add("pages", WARNING, "Lists have no total.", "That a list is whole cannot be checked.", READING)
    else:
        diagnosis.add("pages", OK, "Pages have totals and next links.", "", READING)
    large = yield Ask(VOLUMES, {"max_records": LARGE_PAGE})
    diagnosis.measured["large_page"] = large.seconds
    diagnosis.counts["large_page"] = len(large.records)
    names = [str(record.get("name") or "") for record in large.records]
    made = {prefix: sum(name.startswith(prefix) for name in names) for prefix in PREFIXES}
    if any(made.values()):
        diagnosis.switches["volume_prefix"] = max(made, key=lambda prefix: made[prefix])
    slow = large.seconds > SLOW_PAGE
    seen = f"{len(large.records)} volumes in {large.seconds:.1f} s, a small page in {first.seconds:.2f} s."
    means = "Raise request_timeout and wait_timeout, and limit what is read." if slow else ""
    diagnosis.add("speed", WARNING if slow else OK, seen, means, READING)


def filters(diagnosis: Diagnosis) -> Examination:
    """Several keys in one filter, case, and parameters that are not declared."""
    answer = yield Ask(SVMS, {"max_records": 2})
    named = [one for one in answer.records if one.get("key") and one.get("name")]
    if not named:
        diagnosis.unanswered("filters", answer, READING)
        return
    if len(named) > 1:
        both = yield Ask(SVMS, {"key": "|".join(literal(str(one["key"])) for one in named), "max_records": 5})
        several = {one.get("key") for one in both.records} == {one["key"] for one in named}
        verdict, seen = (OK, "Filters take several keys.") if several else (WARNING, "Filters take one key at a time.")
        diagnosis.add("filter_keys", verdict, seen, "" if several else "Objects are read one by one.", READING)
    else:
        diagnosis.add("filter_keys", UNKNOWN, "There is only one SVM to ask for.", "", READING)
    yield from _case(diagnosis, named)
    odd = yield Ask(SVMS, {"max_records": 1, "no_such_parameter": "x"})
    if odd.good or odd.status == 400:
        diagnosis.switches["unknown_parameters"] = "ignore" if odd.good else "refuse"
        seen = f"Parameters that are not declared are {'ignored' if odd.good else 'refused'}."
        diagnosis.add("unknown_parameters", OK, seen, "", READING)
    else:
        diagnosis.unanswered("unknown_parameters", odd, READING)


def _case(diagnosis: Diagnosis, named: list[Record]) -> Examination:
    lettered = [str(one["name"]) for one in named if str(one["name"]).swapcase() != str(one["name"])]
    if not lettered:
        diagnosis.add("filter_case", UNKNOWN, "There is no name with letters to ask for.", "", READING)
        return
    swapped = yield Ask(SVMS, {"name": literal(lettered[0].swapcase()), "max_records": 5})
    if not swapped.good:
        diagnosis.unanswered("filter_case", swapped, READING)
        return
    insensitive = any(str(one.get("name")) == lettered[0] for one in swapped.records)
    diagnosis.switches["filter_case"] = "insensitive" if insensitive else "sensitive"
    seen = f"Filters {'pass over' if insensitive else 'heed'} the case of letters."
    diagnosis.add("filter_case", OK, seen, "", READING)


def errors(diagnosis: Diagnosis) -> Examination:
    """How the server says that there is no such object, and that a value is wrong."""
    missing = yield Ask(
        f"{SVMS}/00000000-0000-0000-0000-000000000000:type=vserver,uuid=00000000-0000-0000-0000-000000000000"
    )
    if missing.status == 404:
        if missing.form == "error":
            code = missing.code
            diagnosis.switches["error_codes"] = "absent" if not code else "numbers" if code.isdigit() else "words"
        seen = f"A missing object is answered with 404 {'and' if missing.code else 'but without'} an error code."
        diagnosis.add("error_bodies", OK, seen)
    else:
        diagnosis.add(
            "error_bodies",
            WARNING,
            f"A missing object is answered with {missing.status or 'nothing'}.",
            "Modules take only 404 for an object that does not exist.",
        )


def features(diagnosis: Diagnosis) -> Examination:
    """The API gateway, and the spelling of a field of alerts."""
    answer = yield Ask("/gateways")
    modules = ("ontap", "gateway_info")
    off = "Switch it on in UM: General > Feature Settings > API Gateway."
    if answer.status in (403, 404):
        diagnosis.switches["api_gateway"] = f"off_{answer.status}"
        diagnosis.add("gateway", FAILED, f"The API gateway answers {answer.status}: it is switched off.", off, modules)
    elif not answer.good:
        diagnosis.unanswered("gateway", answer, modules)
    elif not answer.records:
        diagnosis.switches["api_gateway"] = "off_empty"
        diagnosis.add("gateway", FAILED, "The API gateway reaches no cluster.", off, modules)
    else:
        diagnosis.switches["api_gateway"] = "on"
        diagnosis.add("gateway", OK, f"The API gateway reaches {len(answer.records)} clusters.", "", modules)
        unknown = yield Ask(f"/gateways/{answer.records[0].get('uuid')}/no/such/api")
        if unknown.status == 404:
            diagnosis.switches["ontap_unknown_api"] = 404
        elif unknown.status == 200:
            diagnosis.switches["ontap_unknown_api"] = "empty"
        asked = {"fields": "*", "max_records": 20}
        _ontap_jobs(diagnosis, (yield Ask(f"/gateways/{answer.records[0].get('uuid')}/cluster/jobs", asked)).records)
    alerts = yield Ask("/management-server/alerts", {"max_records": 1})
    if alerts.records:
        spelt = [name for name in ("enabled", "enable") if name in alerts.records[0]]
        verdict, seen = (
            (OK, f"Alerts have the field {spelt[0]}.") if spelt else (WARNING, "Alerts do not say if they are on.")
        )
        diagnosis.add("alert_fields", verdict, seen, "", ("alert", "alert_info"))


def _following(path: str, link: str) -> Ask:
    """The request to which the link of a page leads."""
    return Ask(path, dict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))


def _ontap_jobs(diagnosis: Diagnosis, found: list[Record]) -> None:
    """How ONTAP describes its jobs and says why one failed."""
    switches = diagnosis.switches
    descriptions = [str(job["description"]) for job in found if job.get("description")]
    if descriptions:
        asked = any(re.match("(POST|PATCH|DELETE) /api/", text) for text in descriptions)
        switches["ontap_descriptions"] = "request" if asked else "words"
    for job in found:
        state = str(job.get("state")).casefold()
        if state in ("queued", "paused"):
            switches["ontap_initial_state"] = state
        if state == "failure":
            error = (job.get("error") or {}).get("message") if isinstance(job.get("error"), dict) else None
            said = [name for name, text in (("message", job.get("message")), ("error", error)) if text]
            switches["ontap_job_error"] = "both" if len(said) == 2 else "".join(said) or "both"


def events(diagnosis: Diagnosis) -> Examination:
    """The page where no document says how large it is, and whether pages of events repeat some."""
    plain = yield Ask(EVENTS)
    if not plain.good:
        diagnosis.unanswered("events", plain, EVENT_MODULES)
        return
    if plain.next_link:
        diagnosis.switches["unknown_page_size"] = len(plain.records)
    first = yield Ask(EVENTS, {"max_records": 2})
    if not first.next_link:
        diagnosis.add("events", OK, f"There are {len(plain.records)} events.", "", EVENT_MODULES)
        return
    second = yield _following(EVENTS, first.next_link)
    keys = [[str(one.get("key")) for one in answer.records] for answer in (first, second)]
    twice = any(len(set(page)) < len(page) for page in keys)
    repeated = "twice" if twice else "pages" if keys[1] and keys[1][0] == keys[0][-1] else "none"
    diagnosis.switches["event_duplicates"] = repeated
    seen = {"twice": "Events are listed twice.", "pages": "A page begins with the last event of the page before."}
    diagnosis.add("events", OK, seen.get(repeated, "Each event is listed once."), "", EVENT_MODULES)
