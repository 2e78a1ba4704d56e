# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access endpoint: what can be wished, how it compares, which request leads there, and how they are listed.

Wire facts 5.13 and 8.11. Private to this collection.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from .._errors import BadInput
from .._filters import checked_name, is_key, object_type
from .._listing import Listing
from .._resource import (
    FILE_SHARE,
    LUN,
    STATE,
    SVM,
    Finding,
    Operation,
    Params,
    Record,
    Reference,
    Resource,
)
from .access_endpoint_changes import (
    COLLECTION,
    changes,
    is_first,
    is_in_the_way,
    is_partner,
    plan_of_two,
    prefix_length,
    shown_fields,
)
from .access_endpoint_records import foresee, key_of, present, shown

PROTOCOLS = ["nfs", "cifs", "iscsi", "fcp"]
SAN = {"iscsi", "fcp"}
KEY_TYPES = ("network_lif", "fcp_lif")
PLACES = {  # option: its kind, and its name in a request
    "lun": (LUN, "lun"),
    "file_share": (FILE_SHARE, "fileshare"),
    "svm": (SVM, "svm"),
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
    wish = {name: value for name, value in params.items() if name in ARGUMENTS and value is not None}
    for option in ("name", "svm", "lun", "file_share", "cluster"):
        if option in wish:
            checked_name(wish[option], option)
    if is_key(wish.get("name")) and object_type(wish["name"]) not in KEY_TYPES:
        raise BadInput(f"name: {wish['name']!r} is a key, but not that of an access endpoint.")
    for option in ("address", "ha_address", "gateway"):
        if option in wish:
            wish[option] = _address(wish[option], option)
    if "netmask" in wish:
        wish["netmask"] = wish["netmask"].strip()
        prefix_length(wish["netmask"])
    if "data_protocols" in wish:
        wish["data_protocols"] = sorted(set(wish["data_protocols"]))
    if "name" not in wish and "address" not in wish:
        raise BadInput("Give name or address, by which the access endpoint is known.")
    if not is_key(wish.get("name")) and not set(PLACES) & set(wish):
        raise BadInput("Give svm, lun or file_share, whose access endpoint it is; UM lists them only so.")
    _check_partner(wish)
    return wish


def _check_partner(wish: Record) -> None:
    """:raises BadInput: there can be no partner, or it could not be found"""
    if "ha_address" not in wish:
        return
    if "lun" not in wish or wish.get("data_protocols", ["iscsi"]) != ["iscsi"]:
        raise BadInput("ha_address: it is only for the iscsi access endpoints of a LUN; create one for each node.")
    if is_key(wish.get("name")):
        raise BadInput("ha_address: a key means one access endpoint, not its partner; give the name instead.")
    if wish["ha_address"] == wish.get("address"):
        raise BadInput("ha_address: it is the same as address; give the partner one of its own.")


def find(wish: Record) -> Finding:
    """UM lists the endpoints of one SVM, LUN or file share (API document, ``resource.key``)."""
    if is_key(wish.get("name")):
        return Finding(key=wish["name"])
    paired = "ha_address" in wish or ("lun" in wish and wish.get("data_protocols") == ["fcp"])

    def matches(record: Record) -> bool:
        one = present(record)
        return is_first(one, wish) or (paired and (is_partner(one, wish) or is_in_the_way(one, wish)))

    return Finding(collection=COLLECTION, query={"resource.key": _place(wish)[1]}, matches=matches, whole=paired)


def plan(before: Record | None, wish: Record) -> Sequence[Operation]:
    if before is not None and "both" in before:
        return plan_of_two(before["both"], wish, _place(wish)[1])
    if wish["state"] == "absent":
        return (
            [] if before is None else [Operation("delete", "DELETE", None, shown_fields(before), {"state": "absent"})]
        )
    return [_creation(wish)] if before is None else changes(before, wish)


def _creation(wish: Record) -> Operation:
    if is_key(wish.get("name")):
        raise BadInput(f"name: there is no access endpoint with the key {wish['name']}; to create one, give its name.")
    option, reference = _place(wish)
    protocols = wish.get("data_protocols", [])
    needed = ["data_protocols"]
    if protocols != ["fcp"]:
        needed += ["netmask"]
        needed += [] if "address" in wish or (option == "lun" and "ha_address" in wish) else ["address"]
    missing = [name for name in needed if name not in wish]
    if missing:
        raise BadInput(f"There is no such access endpoint, and to create it {', '.join(missing)} must be given, too.")
    _check(wish, option, protocols)
    ip = {name: wish[name] for name in ("address", "netmask", "ha_address") if name in wish}
    body: Record = {PLACES[option][1]: reference, "data_protocols": protocols}
    body.update({"ip": ip} if ip else {})
    body.update({name: wish[name] for name in ("name", "gateway", "vlan", "mtu") if name in wish})
    after = {name: value for name, value in wish.items() if name != "state"}
    return Operation("create", "POST", body, {"state": "absent"}, {"state": "present", **after})


def _check(wish: Record, option: str, protocols: Sequence[str]) -> None:
    """The rules of the API document that can be told without the server.

    :raises BadInput: one is not kept
    """
    if len(protocols) > 1 and SAN & set(protocols):
        raise BadInput("data_protocols: a SAN protocol stands alone; only nfs and cifs can share an access endpoint.")
    if option == "lun" and not SAN & set(protocols):
        raise BadInput("data_protocols: the access endpoint of a LUN has iscsi or fcp.")
    if option == "file_share" and SAN & set(protocols):
        raise BadInput("data_protocols: the access endpoint of a file share has nfs, cifs or both.")
    if protocols == ["fcp"]:
        unfit = [name for name in ("address", "ha_address", "netmask", "gateway", "vlan", "mtu") if name in wish]
        if unfit:
            raise BadInput(f"{unfit[0]}: an access endpoint for fcp has none.")
    if "mtu" in wish and "vlan" not in wish:
        raise BadInput("mtu: it can be given only together with vlan.")
    for name, least, most in (("vlan", 1, 4094), ("mtu", 68, 9216)):
        if name in wish and not least <= wish[name] <= most:
            raise BadInput(f"{name}: {wish[name]} is out of range; it goes from {least} to {most}.")


def _place(wish: Record) -> tuple[str, Reference]:
    """The narrowest of the options that say whose endpoint it is."""
    option = next(name for name in PLACES if name in wish)
    around = ("cluster",) if option == "svm" else ("svm", "cluster")
    scope = tuple((field, wish[field]) for field in around if field in wish)
    return option, Reference(PLACES[option][0], wish[option], option, scope)


def _address(text: str, option: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError as error:
        raise BadInput(f"{option}: {text!r} is no IP address.") from error


def _query(params: Params) -> Record:
    wish = {name: checked_name(params[name], name) for name in (*PLACES, "cluster") if params[name] is not None}
    if not set(PLACES) & set(wish):
        raise BadInput("Give svm, lun or file_share, whose access endpoints are listed; UM lists them only so.")
    return {"resource.key": _place(wish)[1]}


def _matches(params: Params, record: Record) -> bool:
    protocol = params["data_protocol"]
    return params["name"] in (None, record.get("name")) and (
        protocol is None or protocol in record.get("data_protocols", ())
    )


ACCESS_ENDPOINT = Resource(
    noun="access_endpoint",
    title="access endpoint",
    collection=COLLECTION,
    arguments=ARGUMENTS,
    desired=desired,
    find=find,
    present=present,
    plan=plan,
    foresee=foresee,
    key_of=key_of,
    result_name="accessEndpointKey",
    listed_only=True,  # both of a LUN's two stand only in the list
    shown=shown,
    called=lambda params: str(params.get("name") or params.get("address")),
    rules={"mutually_exclusive": [("lun", "file_share")]},
)
ACCESS_ENDPOINTS = Listing(
    plural="access_endpoints",
    collection=COLLECTION,
    arguments={
        "name": {"type": "str"},
        **{name: {"type": "str"} for name in (*PLACES, "cluster")},
        "data_protocol": {"type": "str", "choices": PROTOCOLS},
    },
    query=_query,
    keys=lambda params: [params["name"]] if is_key(params["name"]) else None,
    matches=_matches,
)
