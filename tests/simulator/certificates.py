# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's TLS certificate: good ones, and all the ways in which one can be bad."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import trustme

KINDS = ("valid", "expired", "wrong_host", "self_signed", "other_ca")
HOSTS = ("127.0.0.1", "localhost", "::1")


class Certificates:
    """A CA of its own and the TLS context of the server.

    :ivar context: new connections use the certificate that was chosen last
    """

    def __init__(self) -> None:
        self._ca = trustme.CA()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.use("valid")

    def ca_pem(self) -> bytes:
        return self._ca.cert_pem.bytes()

    def use(self, kind: str) -> None:
        """:raises ValueError: not one of KINDS"""
        if kind not in KINDS:
            raise ValueError(f"the kind of a certificate is one of {', '.join(KINDS)}")
        now = datetime.now(UTC)
        if kind == "self_signed":
            authority = trustme.CA()
            pem = authority.private_key_pem.bytes() + authority.cert_pem.bytes()
        else:
            authority = trustme.CA() if kind == "other_ca" else self._ca
            hosts = ("um.invalid",) if kind == "wrong_host" else HOSTS
            ends = now - timedelta(days=1) if kind == "expired" else None
            starts = now - timedelta(days=30) if kind == "expired" else None
            leaf = authority.issue_cert(*hosts, not_before=starts, not_after=ends)
            pem = leaf.private_key_and_cert_chain_pem.bytes()
        with trustme.Blob(pem).tempfile() as path:
            self.context.load_cert_chain(path)
