# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts, networks and masks, however they are spelt."""

from __future__ import annotations

import pytest

from ansible_collections.aiqum.unified_manager.plugins.module_utils._base import addresses
from ansible_collections.aiqum.unified_manager.plugins.module_utils._base.errors import BadInput


@pytest.mark.parametrize(
    ("text", "host", "network"),
    [
        ("10.0.0.1", "10.0.0.1", "10.0.0.1/32"),
        (" FD00:0:0::1 ", "fd00::1", "fd00::1/128"),
        ("Um.Example.COM.", "um.example.com", "um.example.com"),
        ("10.0.0.0/255.0.0.0", "10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("10.1.2.3/8", "10.1.2.3/8", "10.0.0.0/8"),
        ("@Netgroup", "@netgroup", "@netgroup"),
        ("10.0.0.300", "10.0.0.300", "10.0.0.300"),
    ],
)
def test_one_spelling_for_one_host_and_one_network(text, host, network):
    assert addresses.canonical_host(text) == host
    assert addresses.canonical_network(text) == network


@pytest.mark.parametrize(("text", "address"), [(" 10.0.0.1", "10.0.0.1"), ("FD00:0::1", "fd00::1")])
def test_addresses(text, address):
    assert addresses.checked_address(text, "address") == address


@pytest.mark.parametrize("text", ["", "um", "10.0.0", "10.0.0.1/24", "10.0.0.256"])
def test_what_is_no_address(text):
    with pytest.raises(BadInput, match=r"^gateway: .* is not an IP address"):
        addresses.checked_address(text, "gateway")


@pytest.mark.parametrize(
    ("mask", "length"),
    [
        ("255.255.255.0", 24),
        (" 255.0.0.0 ", 8),
        ("0.0.0.0", 0),
        ("255.255.255.255", 32),
        (24, 24),
        ("0", 0),
        ("64", 64),
        (128, 128),
    ],
)
def test_masks(mask, length):
    assert addresses.prefix_length(mask) == length


@pytest.mark.parametrize("mask", ["", "255.0.255.0", "0.0.0.255", "129", "-1", "024", "24.0", "\u0662\u0664"])
def test_what_is_no_mask(mask):
    with pytest.raises(BadInput, match=r"^netmask: .* is neither a mask"):
        addresses.prefix_length(mask)


@pytest.mark.parametrize(
    ("mask", "address", "fits"),
    [
        ("255.255.255.0", "10.0.0.1", True),
        ("32", "10.0.0.1", True),
        ("33", "10.0.0.1", False),
        ("64", "fd00::1", True),
        ("128", "fd00::1", True),
        ("255.255.255.0", "fd00::1", False),
    ],
)
def test_a_mask_goes_with_its_address(mask, address, fits):
    if fits:
        addresses.check_netmask(mask, address)
        return
    with pytest.raises(BadInput, match="does not go with"):
        addresses.check_netmask(mask, address)
