# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verified by default; switched off by one option, whatever the environment says; redirects are not followed."""

from __future__ import annotations

import pytest

SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def read(**options):
    return {"aiqum.unified_manager.lun_info": {"svm": "svm1", **options}}


def test_without_a_ca_it_is_refused(um, here):
    result = here(read(), UM_CA_PATH="").results[0]
    assert result["failed"]
    assert "ca_path" in result["msg"]
    assert "validate_certs: false" in result["msg"]


@pytest.mark.parametrize("bundle", [{}, {"REQUESTS_CA_BUNDLE": SYSTEM_BUNDLE}, {"CURL_CA_BUNDLE": SYSTEM_BUNDLE}])
def test_switched_off_it_works_and_warns(um, here, bundle):
    result = here(read(validate_certs=False), UM_CA_PATH="", **bundle).results[0]
    assert not result["failed"], result
    assert ["is not verified" in warning for warning in result["warnings"]] == [True]


def test_switched_off_by_the_environment(um, here):
    result = here(read(), UM_CA_PATH="", UM_VALIDATE_CERTS="false").results[0]
    assert not result["failed"], result


def test_a_ca_path_wins_over_the_environments_bundle(um, here):
    assert not here(read(), REQUESTS_CA_BUNDLE=SYSTEM_BUNDLE).results[0]["failed"]


def test_a_ca_path_that_is_not_there(um, here):
    assert "ca_path: /nowhere/ca.pem does not exist" in here(read(ca_path="/nowhere/ca.pem")).results[0]["msg"]


def test_a_redirect_is_not_followed(um, here):
    elsewhere = "/api/v2/management-server/jobs"
    um.fault(kind="status", status=302, path="luns", location=elsewhere)
    result = here(read()).results[0]
    assert result["failed"]
    assert f"it redirects to {elsewhere}, which is not followed" in result["msg"]
    assert um.requests() == [("GET", "/storage-provider/luns")]
