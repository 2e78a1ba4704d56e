# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Examinations of how lists are read: pages, totals, filters, errors, speed. Private to this collection."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from ..._base.names import literal
from ..._model.resource import Record
from .examination import FAILED, OK, UNKNOWN, WARNING, Ask, Diagnosis, Examination

VOLUMES = "/datacenter/storage/volumes"
SVMS = "/datacenter/svm/svms"
LARGE_PAGE = 1000  # the server's cap on max_records (docs/facts/server.md, 2.2)
SLOW_PAGE = 10.0  # seconds
READING = ("all modules that read lists",)
PREFIXES = ("AIQUM_", "NSLM_")


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
        parts = urlsplit(first.next_link)
        second = yield Ask(VOLUMES, dict(parse_qsl(parts.query, keep_blank_values=True)))
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
    """Several keys in one filter, case, and parameters that nobody declares."""
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
            diagnosis.switches["ontap_unknown_api"] = "404"
        elif unknown.status == 200:
            diagnosis.switches["ontap_unknown_api"] = "empty"
    alerts = yield Ask("/management-server/alerts", {"max_records": 1})
    if alerts.records:
        spelt = [name for name in ("enabled", "enable") if name in alerts.records[0]]
        verdict, seen = (
            (OK, f"Alerts have the field {spelt[0]}.") if spelt else (WARNING, "Alerts do not say if they are on.")
        )
        diagnosis.add("alert_fields", verdict, seen, "", ("alert", "alert_info"))
