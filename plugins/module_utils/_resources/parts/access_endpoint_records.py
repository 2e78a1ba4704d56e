# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How access endpoints are shown and predicted, one alone or the two of a LUN (docs/facts/server.md, 5.13 and 8.11).

The record of two is ``{"records": [...]}``. Private to this collection.
"""

from __future__ import annotations

from ..._base.addresses import canonical_host
from ..._base.lenient import integer
from ..._model.resource import Record, merged

PARTNER = "_Partner"  # how UM names the second one that it makes for a LUN


def key_of(record: Record) -> str:
    """Its key; some servers show only the uuid (docs/facts/server.md, 5.13)."""
    one = shown(record)
    return str(one.get("key") or one["uuid"])


def current(record: Record) -> Record:
    """One in the words of the options, and its key; two as ``both``."""
    if "records" in record:
        return {"both": [current(one) for one in record["records"]]}
    ip = record.get("ip") or {}
    gateways = [canonical_host(gateway) for gateway in record.get("gateways") or []]
    return {
        "key": key_of(record),
        "name": record.get("name") or None,
        "svm": (record.get("svm") or {}).get("name"),
        "data_protocols": sorted(record.get("data_protocols") or []),
        "address": canonical_host(ip["address"]) if ip.get("address") else None,
        "netmask": ip.get("netmask") or None,
        "gateway": gateways[0] if gateways else None,
        "gateways": gateways,
        "vlan": integer(record.get("vlan")),
        "mtu": integer(record.get("mtu")),
    }


def shown(record: Record) -> Record:
    """The record of a result: of two, the first with the other as ``partner``."""
    if "records" not in record:
        return dict(record)
    first, *others = sorted(record["records"], key=_rank)
    return {**first, "partner": others[0]} if others else dict(first)


def _rank(record: Record) -> tuple[bool, int]:
    """The partner comes behind the first, whatever the list says."""
    name = str(record.get("name"))
    return name.endswith(PARTNER), len(name)


def planned(record: Record, body: Record) -> Record:
    """What was sent, as endpoints show it: a list of gateways, and always the SVM."""
    before, after = shown(record) if record else {}, _fields(body)
    ip = body.get("ip") or {}
    if "data_protocols" not in body:  # a change
        return merged(before, after)
    if before:  # one of two, beside the other
        return {**after, "partner": before} if "address" in ip else {**before, "partner": after}
    if "lun" in body and ("fcp" in body["data_protocols"] or {"address", "ha_address"} <= set(ip)):
        name = {"name": f"{body['name']}{PARTNER}"} if "name" in body else {}
        other = {"ip": {"address": ip["ha_address"]}} if ip else {}
        return {**after, "partner": {**after, **name, **other}}
    return after


def _fields(body: Record) -> Record:
    hidden = ("gateway", "lun", "fileshare", "ip")
    fields = {name: value for name, value in body.items() if name not in hidden}
    ip = body.get("ip") or {}
    address = ip.get("address") or ip.get("ha_address")
    if "gateway" in body:
        fields["gateways"] = [body["gateway"]]
    return {**fields, "ip": {"address": address}} if address else fields
