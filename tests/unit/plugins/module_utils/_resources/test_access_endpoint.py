# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access endpoints: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model import kinds
from ansible_collections.aiqum.unified_manager.plugins.module_utils._model.resource import Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import access_endpoint

C = "11111111-2222-3333-4444-555555555555"
RECORD = {
    "key": f"{C}:type=network_lif,lif_uuid={C}",
    "name": "lif1",
    "svm": {"key": f"{C}:type=vserver,uuid={C}", "name": "svm1"},
    "data_protocols": ["nfs", "cifs"],
    "ip": {"address": "10.0.0.1", "netmask": "255.255.255.0"},
    "gateways": ["10.0.0.254", "fd00:0:0::fe"],
    "vlan": None,
    "mtu": 1500,
}
NAS = {"svm": "svm1", "data_protocols": ["cifs", "nfs"], "address": "10.0.0.1", "netmask": "24"}
SAN = {"lun": "l1", "svm": "svm1", "data_protocols": ["iscsi"], "address": "10.0.0.1", "netmask": "24"}
ON_SVM = Reference(kinds.SVM, "svm1", "svm")


PAIR = {**SAN, "ha_address": "10.0.0.2"}
FCP = {"lun": "l1", "svm": "svm1", "data_protocols": ["fcp"]}
ON_LUN = Reference(kinds.LUN, "l1", "lun", (("svm", "svm1"),))


def record(name, number, **changes):
    key = f"{C}:type=network_lif,lif_uuid={number}"
    ip = {"address": f"10.0.0.{number}", "netmask": "255.255.255.0"}
    return {"key": key, "name": name, "data_protocols": ["iscsi"], "ip": ip, "gateways": ["10.0.0.254"], **changes}


FIRST, SECOND = record("lif1", 1), record("lif1_Partner", 2)
STRANGER, OTHERS = record("lif9", 2), record("lif8_Partner", 2)
FC = {"key": "k1", "name": "lif1", "data_protocols": ["fcp"], "wwpn": "20:00"}
FC_PARTNER = {**FC, "key": "k2", "name": "lif1_Partner"}


def path(number):
    return f"{access_endpoint.COLLECTION}/{C}%3Atype%3Dnetwork_lif%2Clif_uuid%3D{number}"


def both(*records):
    return {"records": list(records)}


def desired(**options):
    given = {"name": "lif1", "svm": "svm1", "state": "present", **options}
    return access_endpoint.desired({**dict.fromkeys(access_endpoint.ARGUMENTS), **given})


def plan(*before, **options):
    """The plan from RECORD, or from what is given instead."""
    (record,) = before or (RECORD,)
    operations = access_endpoint.plan(None if record is None else access_endpoint.current(record), desired(**options))
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


@pytest.mark.parametrize(
    ("options", "operations"),
    [
        ({}, []),
        (NAS, []),
        ({"netmask": "255.255.255.0", "gateway": "10.0.0.254", "mtu": 1500}, []),
        ({"gateway": "FD00::00fe"}, []),
        ({"address": "10.0.0.2"}, [("address", "PATCH", {"ip": {"address": "10.0.0.2"}})]),
        (
            {"address": "10.0.0.2", "gateway": "10.0.0.253"},
            [("address, gateway", "PATCH", {"ip": {"address": "10.0.0.2"}, "gateway": "10.0.0.253"})],
        ),
        ({"state": "absent"}, [("delete", "DELETE", None)]),
    ],
)
def test_changes(options, operations):
    assert plan(**options) == operations


@pytest.mark.parametrize(
    ("options", "body"),
    [
        (
            NAS,
            {
                "name": "lif1",
                "svm": ON_SVM,
                "data_protocols": ["cifs", "nfs"],
                "ip": {"address": "10.0.0.1", "netmask": "24"},
            },
        ),
        (
            {**SAN, "ha_address": "10.0.0.2"},
            {
                "name": "lif1",
                "lun": Reference(kinds.LUN, "l1", "lun", (("svm", "svm1"),)),
                "data_protocols": ["iscsi"],
                "ip": {"address": "10.0.0.1", "netmask": "24", "ha_address": "10.0.0.2"},
            },
        ),
        ({"data_protocols": ["fcp"]}, {"name": "lif1", "svm": ON_SVM, "data_protocols": ["fcp"]}),
        (
            {**NAS, "file_share": "fs1", "address": "FD00::0:1", "netmask": "64", "vlan": 7, "mtu": 9000},
            {
                "name": "lif1",
                "fileshare": Reference(kinds.FILE_SHARE, "fs1", "file_share", (("svm", "svm1"),)),
                "data_protocols": ["cifs", "nfs"],
                "ip": {"address": "fd00::1", "netmask": "64"},
                "vlan": 7,
                "mtu": 9000,
            },
        ),
    ],
)
def test_creation(options, body):
    assert plan(None, **options) == [("create", "POST", body)]


def missing(address, name, **changes):
    ip = {**address, "netmask": "24"}
    return {"lun": ON_LUN, "name": name, "data_protocols": ["iscsi"], "ip": ip, "gateway": "10.0.0.254", **changes}


@pytest.mark.parametrize(
    ("listed", "options", "operations"),
    [
        ([FIRST, SECOND], PAIR, []),
        ([SECOND, FIRST], {**PAIR, "name": None}, []),
        ([FIRST, record("lif1_Partner_2", 2)], PAIR, []),
        ([FC_PARTNER, FC], FCP, []),
        ([record("lif1", 2)], {**PAIR, "address": None}, []),
        ([SECOND], {**PAIR, "address": None}, []),
        (
            [FIRST],
            PAIR,
            [("ha_address", "POST", missing({"ha_address": "10.0.0.2"}, "lif1_Partner"), None)],
        ),
        (
            [record("lif1", 1, vlan=7, mtu=9000)],
            {**PAIR, "gateway": "10.0.0.253"},
            [
                ("gateway", "PATCH", {"gateway": "10.0.0.253"}, path(1)),
                (
                    "ha_address",
                    "POST",
                    missing({"ha_address": "10.0.0.2"}, "lif1_Partner", gateway="10.0.0.253", vlan=7, mtu=9000),
                    None,
                ),
            ],
        ),
        ([SECOND], PAIR, [("address", "POST", missing({"address": "10.0.0.1"}, "lif1"), None)]),
        ([SECOND], {**PAIR, "name": None}, [("address", "POST", missing({"address": "10.0.0.1"}, "lif1"), None)]),
        (
            [FIRST, SECOND],
            {**PAIR, "ha_address": "10.0.0.3"},
            [("ha_address", "PATCH", {"ip": {"address": "10.0.0.3"}}, path(2))],
        ),
        (
            [FIRST, SECOND],
            {**PAIR, "address": "10.0.0.4", "ha_address": "10.0.0.3"},
            [
                ("address", "PATCH", {"ip": {"address": "10.0.0.4"}}, path(1)),
                ("ha_address", "PATCH", {"ip": {"address": "10.0.0.3"}}, path(2)),
            ],
        ),
        (
            [FIRST, SECOND, STRANGER],
            {**PAIR, "state": "absent"},
            [("delete", "DELETE", None, path(1)), ("delete partner", "DELETE", None, path(2))],
        ),
        ([OTHERS, SECOND], {**PAIR, "state": "absent"}, [("delete partner", "DELETE", None, path(2))]),
        ([STRANGER, OTHERS], {**PAIR, "state": "absent"}, []),
        (
            [FC, FC_PARTNER],
            {**FCP, "state": "absent"},
            [
                ("delete", "DELETE", None, f"{access_endpoint.COLLECTION}/k1"),
                ("delete partner", "DELETE", None, f"{access_endpoint.COLLECTION}/k2"),
            ],
        ),
    ],
)
def test_the_two_for_a_lun(listed, options, operations):
    wanted = desired(**options)
    finding = access_endpoint.find(wanted)
    assert finding.together
    found = [one for one in listed if finding.matches(one)]
    made = access_endpoint.plan(access_endpoint.current(both(*found)) if found else None, wanted)
    assert [(one.purpose, one.verb, one.body, one.path) for one in made] == operations


@pytest.mark.parametrize(
    ("before", "bodies", "expected"),
    [
        (None, [{"address": "10.0.0.1", "ha_address": "10.0.0.2"}], ("10.0.0.1", "10.0.0.2")),
        (None, [{"ha_address": "10.0.0.2"}], ("10.0.0.2", None)),
        (both(FIRST), [{"ha_address": "10.0.0.3"}], ("10.0.0.1", "10.0.0.3")),
        (both(SECOND), [{"address": "10.0.0.1"}], ("10.0.0.1", "10.0.0.2")),
    ],
)
def test_the_two_are_predicted_after_a_creation(before, bodies, expected):
    for ip in bodies:
        body = {"lun": {"key": "k"}, "data_protocols": ["iscsi"], "name": "n", "ip": {**ip, "netmask": "24"}}
        before = access_endpoint.planned(before or {}, body)
    partner = before.get("partner", {"ip": {"address": None}})
    assert (before["ip"]["address"], partner["ip"]["address"]) == expected


def test_the_two_are_predicted_after_a_change():
    record = both(SECOND, FIRST)
    changes = access_endpoint.plan(
        access_endpoint.current(record), desired(**{**PAIR, "address": "10.0.0.5", "ha_address": "10.0.0.6"})
    )
    for change in changes:
        record = access_endpoint.planned(record, change.display or change.body)
    assert (record["key"], record["ip"]["address"]) == (FIRST["key"], "10.0.0.5")
    assert (record["partner"]["key"], record["partner"]["ip"]["address"]) == (SECOND["key"], "10.0.0.6")


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        (FIRST, ("lif1", None)),
        (both(SECOND, FIRST), ("lif1", "lif1_Partner")),
        (both(SECOND), ("lif1_Partner", None)),
        (both(record("x_Partner_Partner", 2), record("x_Partner", 1)), ("x_Partner", "x_Partner_Partner")),
    ],
)
def test_of_two_the_first_is_shown(listed, names):
    shown = access_endpoint.shown(listed)
    assert (shown["name"], shown.get("partner", {}).get("name")) == names
    assert access_endpoint.key_of(listed) == shown["key"]


@pytest.mark.parametrize(
    ("before", "options", "words"),
    [
        (RECORD, {"data_protocols": ["nfs"]}, "it cannot be changed to ['nfs']; delete it"),
        (RECORD, {"netmask": "25"}, "netmask: the access endpoint has 255.255.255.0"),
        (RECORD, {"vlan": 3}, "vlan: the access endpoint has None"),
        (None, {"name": None}, "Give name or address"),
        (None, {"svm": None}, "Give svm, lun or file_share"),
        (None, {}, "also set data_protocols, netmask and address"),
        (None, {**NAS, "address": "10.0.0"}, "address: '10.0.0' is not an IP address"),
        (None, {**NAS, "netmask": "255.0.255.0"}, "netmask: '255.0.255.0' is neither"),
        (None, {**NAS, "netmask": "300"}, "netmask: '300' is neither"),
        (None, {**NAS, "netmask": "0.0.0.255"}, "netmask: '0.0.0.255' is neither"),
        (None, {**NAS, "netmask": "64"}, "netmask: '64' does not go with 10.0.0.1"),
        (None, {**NAS, "address": "fd00::1", "netmask": "255.255.255.0"}, "does not go with fd00::1"),
        (None, {**NAS, "gateway": "fd00::1"}, "gateway: fd00::1 and address 10.0.0.1 are not of the same IP version"),
        (None, {**NAS, "data_protocols": []}, "also set data_protocols"),
        (None, {**NAS, "data_protocols": ["nfs", "iscsi"]}, "a SAN protocol stands alone"),
        (None, {**NAS, "lun": "l1"}, "the access endpoint of a LUN has iscsi or fcp"),
        (None, {**SAN, "lun": None, "file_share": "f"}, "the access endpoint of a file share has nfs"),
        (None, {**NAS, "ha_address": "10.0.0.2"}, "ha_address: only the iscsi"),
        (None, {**NAS, "mtu": 9000}, "mtu: valid only together with vlan"),
        (None, {**NAS, "vlan": 4095}, "vlan: 4095 is out of range"),
        (None, {"data_protocols": ["fcp"], "netmask": "24"}, "netmask: an access endpoint for fcp has none"),
        (None, {"name": f"{C}:type=vserver,uuid={C}"}, "is a key, but not that of an access endpoint"),
        (None, {**PAIR, "data_protocols": ["fcp"]}, "ha_address: only the iscsi"),
        (None, {**PAIR, "name": RECORD["key"]}, "a key means one access endpoint without its partner"),
        (None, {**PAIR, "address": "10.0.0.2"}, "ha_address: address is the same"),
        (both(STRANGER, FIRST), PAIR, "10.0.0.2 is that of access endpoint 'lif9'"),
        (both(STRANGER), PAIR, "10.0.0.2 is that of access endpoint 'lif9'"),
        (both(OTHERS), PAIR, "10.0.0.2 is that of access endpoint 'lif8_Partner'"),
        (both(FIRST), {**PAIR, "address": None}, "lif1 has the address 10.0.0.1 and no partner. To give it one"),
        (both(FC), FCP, "only lif1 is there, and Unified Manager creates only both together"),
        (both(FC_PARTNER), FCP, "only lif1_Partner is there"),
        (both(FIRST, SECOND), {**PAIR, "vlan": 9}, "vlan: the access endpoint has None"),
    ],
)
def test_refusals(before, options, words):
    with pytest.raises(BadInput) as caught:
        plan(before, **options)
    assert words in caught.value.message


def test_it_is_predicted_as_it_will_be_shown():
    body = {"svm": {"key": "k", "name": "svm1"}, "ip": {"address": "10.0.0.2", "netmask": "24"}, "gateway": "10.0.0.9"}
    assert access_endpoint.planned({}, body) == {
        "svm": {"key": "k", "name": "svm1"},
        "ip": {"address": "10.0.0.2"},
        "gateways": ["10.0.0.9"],
    }


@pytest.mark.parametrize(
    ("options", "together"), [(SAN, False), (NAS, False), (PAIR, True), (FCP, True), ({**FCP, "lun": None}, False)]
)
def test_only_of_what_um_makes_two_at_once_both_are_meant(options, together):
    assert access_endpoint.find(desired(**options)).together is together


@pytest.mark.parametrize(("name", "called"), [("lif1", "lif1"), ("", "10.0.0.1"), (None, "10.0.0.1")])
def test_one_that_shows_no_svm_is_called_by_its_name_or_address(name, called):
    record = {name: value for name, value in RECORD.items() if name != "svm"}
    (remark,) = access_endpoint.ACCESS_ENDPOINT.describe({**record, "name": name}).remarks
    assert remark.startswith(f"Access endpoint {called} shows no SVM")
