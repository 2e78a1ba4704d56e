# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SVM as the options of its module would describe it (docs/facts/server.md, 5.10). Private to this collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._base.errors import BadInput
from ..._base.lenient import boolean
from ..._model.resource import Description, Record, option_of
from .svm_creation import PROTOCOLS, SETTABLE, check_limits, language


def describe(now: Record, arguments: Mapping[str, Any]) -> Description:
    """What UM sets only when it creates an SVM and never shows is missing, or named in a remark.

    :param now: the SVM in the words of the options
    :param arguments: the argument spec of these options
    """
    name = str(now["name"])
    options = {option: now[option] for option in ("name", *PROTOCOLS)}
    options.update(
        cluster=option_of(now["cluster"]), aggregates=sorted(str(option_of(one)) for one in now["aggregates"])
    )
    options.update({option: now[option] for option in ("snapshot_policy", "ipspace")})
    settable = {
        "admin_state": now["admin_state"] in ("running", "stopped"),
        "subtype": now["subtype"] in arguments["subtype"]["choices"],
        "language": language(now["language"] or "") in SETTABLE,
    }
    told = {**now, "language": language(now["language"] or "")}
    options.update({option: told[option] for option, fits in settable.items() if fits})
    remarks = [
        f"{option} of SVM {name} is {now[option]!r}, which cannot be set."
        for option, fits in settable.items()
        if now[option] and not fits
    ]
    remarks.append(f"Unified Manager does not show the ip_interfaces and routes with which SVM {name} was created.")
    lacking = _add_services(now, arguments, options, remarks)
    return Description({o: value for o, value in options.items() if value not in (None, [])}, lacking, tuple(remarks))


def _add_services(now: Record, arguments: Mapping[str, Any], options: Record, remarks: list[str]) -> tuple[str, ...]:
    """Add name services as far as their options are complete; returns what a new CIFS server lacks."""
    for service in ("dns", "nis", "ldap"):
        names = arguments[service]["options"]
        told = {option: now[service][option] for option in names if now[service].get(option) not in (None, "", [])}
        if all(option in told for option, spec in names.items() if spec.get("required")) and _is_usable(service, told):
            options[service] = told
        elif service != "dns" and boolean(now[service].get("enabled")):
            remarks.append(f"SVM {now['name']} uses {service.upper()}, whose settings Unified Manager does not show.")
    if not now["cifs"]["name"] or not now["cifs"]["domain"]:
        return ()
    options["cifs"] = now["cifs"]
    return ("cifs.username", "cifs.password", "ip_interfaces", "routes")


def _is_usable(service: str, told: Record) -> bool:
    try:
        check_limits({service: told})
    except BadInput:
        return False
    return True
