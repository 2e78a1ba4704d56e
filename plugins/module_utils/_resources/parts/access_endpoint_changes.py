# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operations that lead from existing access endpoints to the desired ones, from one alone or from the two of a LUN.

See docs/facts/server.md, 5.13.

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._base.addresses import prefix_length
from ..._base.errors import BadInput
from ..._base.names import path_of
from ..._model.resource import Operation, Record, Reference
from .access_endpoint_records import PARTNER

COLLECTION = "/storage-provider/access-endpoints"
FIXED = ("data_protocols", "netmask", "vlan", "mtu")


def is_first(one: Record, desired: Record) -> bool:
    return one["name"] == desired["name"] if "name" in desired else one["address"] == desired["address"]


def is_partner(one: Record, desired: Record) -> bool:
    """By the name that UM gives it; by its address only if the name has that form, so that no other is taken for it."""
    name, reached = str(one["name"]), one["address"] == desired.get("ha_address", "")
    if "name" in desired:
        partner = desired["name"] + PARTNER
        return name == partner or (reached and name.startswith(partner))
    return reached and name.endswith(PARTNER)


def is_in_the_way(one: Record, desired: Record) -> bool:
    return desired["state"] == "present" and one["address"] == desired.get("ha_address", "")


def plan_of_two(both: Sequence[Record], desired: Record, lun: Reference) -> Sequence[Operation]:
    """The plan where one or both of the two for a LUN are there; each has a job of its own.

    :raises BadInput: UM cannot change it so, or it is not clear which one is meant
    """
    first = next((one for one in both if is_first(one, desired)), None)
    partner = next((one for one in both if one is not first and is_partner(one, desired)), None)
    if desired["state"] == "absent":
        deletions = [Operation.delete(shown_fields(first), path=_path(first))] if first else []
        if partner:
            deletion = Operation.delete(_shown_partner(partner), path=_path(partner))
            deletions.append(deletion._replace(purpose="delete partner"))
        return deletions
    other = next((one for one in both if one not in (first, partner)), None)
    if other:
        raise BadInput(
            f"ha_address: {desired['ha_address']} is that of access endpoint {other['name']!r}, which is not the"
            " partner of this one."
        )
    operations = [change._replace(path=_path(first)) for change in changes(first, desired)] if first else []
    if first and not partner and desired.get("ha_address", "") == first["address"]:
        return operations  # alone, on the partner node
    if desired.get("data_protocols") == ["fcp"] and not (first and partner):
        raise BadInput(
            f"data_protocols: of the two access endpoints for fcp only {both[0]['name']} is there, and Unified Manager"
            " creates only both together; delete it and create them again, or give svm instead of lun for a single one."
        )
    if first and not partner and "address" not in desired:
        raise BadInput(
            f"ha_address: {first['name']} has the address {first['address']} and no partner. To give it one,"
            " set address as well; to change its address, set address without ha_address."
        )
    if not first and "address" in desired:
        operations.append(_completion("address", partner or {}, desired, lun))
    if not partner:
        operations.append(_completion("ha_address", first or {}, desired, lun))
    elif desired.get("ha_address", partner["address"]) != partner["address"]:
        body = {"ip": {"address": desired["ha_address"]}}
        old, new = {"ha_address": partner["address"]}, {"ha_address": desired["ha_address"]}
        operations.append(Operation.change(body, old, new, path=_path(partner), display={"partner": body}))
    return operations


def _completion(option: str, there: Record, desired: Record, lun: Reference) -> Operation:
    """Make the one of the two that is missing, like the one that is there."""
    base = there["name"].removesuffix(PARTNER) if option == "address" else there["name"] + PARTNER
    name = desired.get("name", base) if option == "address" else base
    alike = {**{part: there[part] for part in ("data_protocols", "netmask", "gateway", "vlan", "mtu")}, **desired}
    optional = ("gateway", "vlan", "mtu") if alike["vlan"] else ("gateway",)
    body = {
        "lun": lun,
        "name": name,
        "data_protocols": alike["data_protocols"],
        "ip": {option: desired[option], "netmask": alike["netmask"]},
        **{part: alike[part] for part in optional if alike[part]},
    }
    return Operation(option, "POST", body, {option: None}, {option: desired[option]})


def _path(one: Record) -> str:
    return path_of(COLLECTION, one["key"])


def changes(before: Record, desired: Record) -> list[Operation]:
    """At most one PATCH.

    :raises BadInput: UM cannot change it so
    """
    for option in FIXED:
        if option in desired and not _same(option, before[option], desired[option]):
            raise BadInput(
                f"{option}: the access endpoint has {before[option]}, and it cannot be changed to {desired[option]};"
                " delete it and create another one."
            )
    old = {"address": [before["address"]], "gateway": before["gateways"]}
    after = {name: desired[name] for name, there in old.items() if name in desired and desired[name] not in there}
    if not after:
        return []
    body: Record = {"ip": {"address": after["address"]}} if "address" in after else {}
    body.update({"gateway": after["gateway"]} if "gateway" in after else {})
    return [Operation.change(body, {name: before[name] for name in after}, after)]


def _same(option: str, one: Any, other: Any) -> bool:
    if option == "netmask" and one:
        return prefix_length(one) == prefix_length(other)
    return one == other


def shown_fields(fields: Record) -> Record:
    return {name: value for name, value in fields.items() if name not in ("key", "gateways")}


def _shown_partner(partner: Record) -> Record:
    return {"partner": partner["name"], "ha_address": partner["address"]}
