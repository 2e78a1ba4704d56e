# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access endpoint: its options, how they compare, which requests lead there, and how they are listed.

Facts: docs/facts/server.md, 5.13 and 8.11. Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._base.addresses import check_netmask, checked_address, prefix_length
from .._base.errors import BadInput
from .._base.names import checked_name, is_key, refuse_other_key
from .._model import kinds
from .._model.desired import check_names, given, refuse_key, require_for_creation, scope_of
from .._model.listing import Listing, key_as_name
from .._model.resource import STATE, Description, Finding, Operation, Params, Record, Reference, Resource, option_of
from .parts.access_endpoint_changes import (
    COLLECTION,
    changes,
    is_first,
    is_in_the_way,
    is_partner,
    plan_of_two,
    shown_fields,
)
from .parts.access_endpoint_records import current, key_of, planned, shown

PROTOCOLS = ["nfs", "cifs", "iscsi", "fcp"]
SAN = {"iscsi", "fcp"}
KEY_TYPES = ("network_lif", "fcp_lif")
SCOPE = {  # option: its kind, and its name in a request
    "lun": (kinds.LUN, "lun"),
    "file_share": (kinds.FILE_SHARE, "fileshare"),
    "svm": (kinds.SVM, "svm"),
}
ARGUMENTS = {
    "name": {"type": "str"},
    "svm": {"type": "str"},
    "lun": {"type": "str"},
    "file_share": {"type": "str"},
    "cluster": {"type": "str"},
    "data_protocols": {"type": "list", "elements": "str", "choices": PROTOCOLS},
    "address": {"type": "str"},
    "ha_address": {"type": "str"},
    "netmask": {"type": "str"},
    "gateway": {"type": "str"},
    "vlan": {"type": "int"},
    "mtu": {"type": "int"},
    **STATE,
}


def desired(params: Params) -> Record:
    desired = given(params, ARGUMENTS)
    check_names(desired, ("name", "svm", "lun", "file_share", "cluster"))
    refuse_other_key(desired.get("name"), "name", "access endpoint", *KEY_TYPES)
    for option in ("address", "ha_address", "gateway"):
        if option in desired:
            desired[option] = checked_address(desired[option], option)
    _check_family(desired)
    if "data_protocols" in desired:
        desired["data_protocols"] = sorted(set(desired["data_protocols"]))
    if "name" not in desired and "address" not in desired:
        raise BadInput("Give name or address to identify the access endpoint.")
    if not is_key(desired.get("name")) and not set(SCOPE) & set(desired):
        raise BadInput("Give svm, lun or file_share to say whose access endpoint it is.")
    _check_partner(desired)
    return desired


def _check_family(desired: Record) -> None:
    """Check the network of an endpoint.

    :raises BadInput: the mask is not a mask, or the addresses are of both IP versions
    """
    given = [option for option in ("address", "ha_address", "gateway") if option in desired]
    if "netmask" in desired:
        prefix_length(desired["netmask"])
        if given:
            check_netmask(desired["netmask"], desired[given[0]])
    for option in given[1:]:
        if (":" in desired[option]) != (":" in desired[given[0]]):
            raise BadInput(
                f"{option}: {desired[option]} and {given[0]} {desired[given[0]]} are not of the same IP version."
            )


def _check_partner(desired: Record) -> None:
    """:raises BadInput: there can be no partner, or it could not be found"""
    if "ha_address" not in desired:
        return
    if "lun" not in desired or desired.get("data_protocols", ["iscsi"]) != ["iscsi"]:
        raise BadInput("ha_address: only the iscsi access endpoints of a LUN have a partner; create one for each node.")
    if is_key(desired.get("name")):
        raise BadInput("ha_address: a key means one access endpoint without its partner; give the name instead.")
    if desired["ha_address"] == desired.get("address"):
        raise BadInput("ha_address: address is the same; give the partner an address of its own.")


def find(desired: Record) -> Finding:
    """UM lists the endpoints of one SVM, LUN or file share (docs/facts/server.md, 5.13)."""
    if is_key(desired.get("name")):
        return Finding(key=desired["name"])
    paired = "ha_address" in desired or ("lun" in desired and desired.get("data_protocols") == ["fcp"])

    def matches(record: Record) -> bool:
        one = current(record)
        return is_first(one, desired) or (paired and (is_partner(one, desired) or is_in_the_way(one, desired)))

    return Finding(collection=COLLECTION, query={"resource.key": _place(desired)[1]}, matches=matches, together=paired)


def plan(before: Record | None, desired: Record) -> Sequence[Operation]:
    if before is not None and "both" in before:
        return plan_of_two(before["both"], desired, _place(desired)[1])
    if desired["state"] == "absent":
        return [] if before is None else [Operation.delete(shown_fields(before))]
    return [_creation(desired)] if before is None else changes(before, desired)


def _creation(desired: Record) -> Operation:
    if is_key(desired.get("name")):
        refuse_key("access endpoint", desired["name"])
    option, reference = _place(desired)
    protocols = desired.get("data_protocols", [])
    needed = ["data_protocols"]
    if protocols != ["fcp"]:
        needed += ["netmask"] if "ha_address" in desired else ["netmask", "address"]
    require_for_creation("access endpoint", desired.get("name") or desired.get("address") or "", desired, *needed)
    _check(desired, option, protocols)
    ip = {name: desired[name] for name in ("address", "netmask", "ha_address") if name in desired}
    body: Record = {SCOPE[option][1]: reference, "data_protocols": protocols}
    body.update({"ip": ip} if ip else {})
    body.update({name: desired[name] for name in ("name", "gateway", "vlan", "mtu") if name in desired})
    return Operation.create(body, desired)


def _check(desired: Record, option: str, protocols: Sequence[str]) -> None:
    """The rules that can be checked without the server (docs/facts/server.md, 5.13).

    :raises BadInput: one is not kept
    """
    if len(protocols) > 1 and SAN & set(protocols):
        raise BadInput("data_protocols: a SAN protocol stands alone; only nfs and cifs can share an access endpoint.")
    if option == "lun" and not SAN & set(protocols):
        raise BadInput("data_protocols: the access endpoint of a LUN has iscsi or fcp.")
    if option == "file_share" and SAN & set(protocols):
        raise BadInput("data_protocols: the access endpoint of a file share has nfs, cifs or both.")
    if protocols == ["fcp"]:
        unfit = [name for name in ("address", "ha_address", "netmask", "gateway", "vlan", "mtu") if name in desired]
        if unfit:
            raise BadInput(f"{unfit[0]}: an access endpoint for fcp has none; leave it out.")
    if "mtu" in desired and "vlan" not in desired:
        raise BadInput("mtu: valid only together with vlan; set vlan as well.")
    for name, least, most in (("vlan", 1, 4094), ("mtu", 68, 9216)):
        if name in desired and not least <= desired[name] <= most:
            raise BadInput(f"{name}: {desired[name]} is out of range; it goes from {least} to {most}.")


def _place(desired: Record) -> tuple[str, Reference]:
    """The narrowest of the options that say whose endpoint it is."""
    option = next(name for name in SCOPE if name in desired)
    around = ("cluster",) if option == "svm" else ("svm", "cluster")
    return option, Reference(SCOPE[option][0], desired[option], option, scope_of(desired, *around))


def _query(params: Params) -> Record:
    desired = {name: checked_name(params[name], name) for name in (*SCOPE, "cluster") if params[name] is not None}
    if not set(SCOPE) & set(desired):
        raise BadInput("Give svm, lun or file_share; Unified Manager lists only the access endpoints of one of them.")
    return {"resource.key": _place(desired)[1]}


def _matches(params: Params, record: Record) -> bool:
    protocol = params["data_protocol"]
    return params["name"] in (None, record.get("name")) and (
        protocol is None or protocol in record.get("data_protocols", ())
    )


def describe(record: Record) -> Description:
    """As one of its SVM, also where it is one of the two of a LUN: each of them is described for itself."""
    now = current(record)
    name = now["name"] or now["address"]
    svm = record.get("svm") or {}
    options = {option: now[option] for option in ("name", "data_protocols", "address", "netmask", "gateway", "vlan")}
    options.update(
        svm=option_of(svm), cluster=option_of(record.get("cluster")), mtu=now["mtu"] if now["vlan"] else None
    )
    remarks = [] if svm else [f"Access endpoint {name} shows no SVM, so it cannot be found again."]
    told = {option: value for option, value in options.items() if value not in (None, "", [])}
    return Description(told, (), tuple(remarks))


ACCESS_ENDPOINT = Resource(
    noun="access_endpoint",
    title="access endpoint",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    current=current,
    plan=plan,
    planned=planned,
    key_of=key_of,
    result_name="accessEndpointKey",
    owes_job=True,
    listed_only=True,  # both of a LUN's two stand only in the list
    shown=shown,
    called=lambda params: str(params.get("name") or params.get("address")),
    rules={"mutually_exclusive": [("lun", "file_share")]},
    describe=describe,
)
ACCESS_ENDPOINTS = Listing(
    plural="access_endpoints",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        **{name: {"type": "str"} for name in (*SCOPE, "cluster")},
        "data_protocol": {"type": "str", "choices": PROTOCOLS},
    },
    query=_query,
    keys=key_as_name,
    matches=_matches,
)
