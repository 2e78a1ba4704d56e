# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access endpoints: plans and refusals, as tables."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._errors import BadInput
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resource import FILE_SHARE, LUN, SVM, Reference
from ansible_collections.aiqum.unified_manager.plugins.module_utils._resources import access_endpoint

C = "11111111-2222-3333-4444-555555555555"
RECORD = {
    "key": f"{C}:type=network_lif,lif_uuid={C}",
    "name": "lif1",
    "svm": {"key": f"{C}:type=vserver,uuid={C}", "name": "svm1"},
    "data_protocols": ["nfs", "cifs"],
    "ip": {"address": "10.0.0.1", "netmask": "255.255.255.0"},
    "gateways": ["10.0.0.254"],
    "vlan": None,
    "mtu": 1500,
}
NAS = {"svm": "svm1", "data_protocols": ["cifs", "nfs"], "address": "10.0.0.1", "netmask": "24"}
SAN = {"lun": "l1", "svm": "svm1", "data_protocols": ["iscsi"], "address": "10.0.0.1", "netmask": "24"}
ON_SVM = Reference(SVM, "svm1", "svm")


def wish(**options):
    given = {"name": "lif1", "svm": "svm1", "state": "present", **options}
    return access_endpoint.desired({**dict.fromkeys(access_endpoint.ARGUMENTS), **given})


def plan(*before, **options):
    """The plan from RECORD, or from what is given instead."""
    (record,) = before or (RECORD,)
    operations = access_endpoint.plan(None if record is None else access_endpoint.present(record), wish(**options))
    return [(operation.purpose, operation.verb, operation.body) for operation in operations]


@pytest.mark.parametrize(
    ("options", "operations"),
    [
        ({}, []),
        (NAS, []),
        ({"netmask": "255.255.255.0", "gateway": "10.0.0.254", "mtu": 1500}, []),
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
                "lun": Reference(LUN, "l1", "lun", (("svm", "svm1"),)),
                "data_protocols": ["iscsi"],
                "ip": {"address": "10.0.0.1", "netmask": "24", "ha_address": "10.0.0.2"},
            },
        ),
        ({"data_protocols": ["fcp"]}, {"name": "lif1", "svm": ON_SVM, "data_protocols": ["fcp"]}),
        (
            {**NAS, "file_share": "fs1", "address": "FD00::0:1", "netmask": "64", "vlan": 7, "mtu": 9000},
            {
                "name": "lif1",
                "fileshare": Reference(FILE_SHARE, "fs1", "file_share", (("svm", "svm1"),)),
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


@pytest.mark.parametrize(
    ("before", "options", "words"),
    [
        (RECORD, {"data_protocols": ["nfs"]}, "it cannot be changed to ['nfs']; delete it"),
        (RECORD, {"netmask": "25"}, "netmask: the access endpoint has 255.255.255.0"),
        (RECORD, {"vlan": 3}, "vlan: the access endpoint has None"),
        (None, {"name": None}, "Give name or address"),
        (None, {"svm": None}, "Give svm, lun or file_share"),
        (None, {}, "data_protocols, netmask, address must be given"),
        (None, {**NAS, "address": "10.0.0"}, "address: '10.0.0' is no IP address"),
        (None, {**NAS, "netmask": "255.0.255.0"}, "netmask: '255.0.255.0' is neither"),
        (None, {**NAS, "netmask": "300"}, "netmask: '300' is neither"),
        (None, {**NAS, "data_protocols": ["nfs", "iscsi"]}, "a SAN protocol stands alone"),
        (None, {**NAS, "lun": "l1"}, "the access endpoint of a LUN has iscsi or fcp"),
        (None, {**SAN, "lun": None, "file_share": "f"}, "the access endpoint of a file share has nfs"),
        (None, {**NAS, "ha_address": "10.0.0.2"}, "ha_address: it is only for the iscsi"),
        (None, {**NAS, "mtu": 9000}, "mtu: it can be given only together with vlan"),
        (None, {**NAS, "vlan": 4095}, "vlan: 4095 is out of range"),
        (None, {"data_protocols": ["fcp"], "netmask": "24"}, "netmask: an access endpoint for fcp has none"),
        (None, {"name": f"{C}:type=vserver,uuid={C}"}, "is a key, but not that of an access endpoint"),
    ],
)
def test_refusals(before, options, words):
    with pytest.raises(BadInput) as caught:
        plan(before, **options)
    assert words in caught.value.message


def test_it_is_foreseen_as_it_will_be_shown():
    body = {"svm": {"key": "k", "name": "svm1"}, "ip": {"address": "10.0.0.2", "netmask": "24"}, "gateway": "10.0.0.9"}
    assert access_endpoint.foresee({}, body) == {
        "svm": {"key": "k", "name": "svm1"},
        "ip": {"address": "10.0.0.2"},
        "gateways": ["10.0.0.9"],
    }
