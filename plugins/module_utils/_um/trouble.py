# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failed exchange means: whether the request was sent, what is wrong, and what helps.

Private to this collection.
"""

from __future__ import annotations

import ssl
from typing import NamedTuple

from .._base.errors import Lost, NotSent, TransportError, Untrusted

# Codes of OpenSSL's X509_verify_cert (x509_vfy.h).
NOT_YET_VALID, EXPIRED = 9, 10
OTHER_NAME, OTHER_ADDRESS = 62, 64

WANTS_A_CERTIFICATE = ("CERTIFICATE_REQUIRED", "ALERT_BAD_CERTIFICATE", "HANDSHAKE_FAILURE")
NO_TLS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "HTTPS_PROXY_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
)


class Exchange(NamedTuple):
    """The exchange that failed.

    :ivar url: of the server, without the path
    :ivar host: the name or address that its certificate must hold
    :ivar seconds: that it was given
    :ivar sent: whether the request began to leave
    :ivar expired: whether its time was over
    :ivar proxy: host and port of the proxy that could not be used, None where it was not the proxy
    """

    url: str
    host: str
    seconds: float
    sent: bool
    expired: bool
    proxy: str | None = None


def explained(error: BaseException, exchange: Exchange) -> TransportError:
    """The UMError for an error of a library or of the system."""
    cause = innermost(error)
    if isinstance(cause, ssl.SSLError):
        found = _of_tls(cause, exchange)
        if found is not None:
            return found
    reason = in_words(cause)
    if exchange.sent:
        if exchange.expired:
            reason = f"no complete answer in {round(exchange.seconds, 1):g} s"
        return Lost(f"The connection to {exchange.url} was lost before an answer came: {reason}.")
    if exchange.proxy:
        return NotSent(
            f"{exchange.url} cannot be reached, because the proxy {exchange.proxy} cannot be used: {reason}. The"
            " environment names it (HTTPS_PROXY or ALL_PROXY); NO_PROXY lists hosts that are reached without one."
        )
    return NotSent(f"{exchange.url} cannot be reached: {reason}.")


def innermost(error: BaseException) -> BaseException:
    """The first cause: requests wraps urllib3, which wraps the system."""
    seen = error
    while True:
        inner = [getattr(seen, "reason", None), getattr(seen, "original_error", None), *seen.args, seen.__cause__]
        following = next((one for one in inner if isinstance(one, BaseException)), None)
        if following is None:
            return seen
        seen = following


def _of_tls(error: ssl.SSLError, exchange: Exchange) -> TransportError | None:
    """The UMError for a failure of TLS; None for a failure of the connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Untrusted(_untrusted(error, exchange))
    reason = str(error.reason or "")
    if any(word in reason for word in WANTS_A_CERTIFICATE):
        return Untrusted(
            f"{exchange.url} refuses the connection ({in_words(error)}). It may ask for a client certificate, which"
            " these modules do not have; Unified Manager asks for user name and password instead. Check hostname and"
            " port."
        )
    if any(word in reason for word in NO_TLS):
        return Untrusted(
            f"{exchange.url} does not speak TLS ({in_words(error)}). Give the HTTPS port of Unified Manager with port."
        )
    return None


def _untrusted(error: ssl.SSLCertVerificationError, exchange: Exchange) -> str:
    detail = str(error.verify_message or error.reason or error).rstrip(".")
    text = f"The certificate of {exchange.url} is not trusted: {detail}."
    switch = "validate_certs: false turns the verification off."
    if error.verify_code == EXPIRED:
        advice = "Renew it in Unified Manager; if it has not expired, correct the clock of this machine."
    elif error.verify_code == NOT_YET_VALID:
        advice = "Correct the clock of this machine, or that of Unified Manager."
    elif error.verify_code in (OTHER_NAME, OTHER_ADDRESS):
        advice = f"Set hostname to a name in the certificate, or give Unified Manager one for {exchange.host!r}."
    else:
        return f"{text} Give the CA that issued it with ca_path. {switch}"
    return f"{text} {advice} Another ca_path does not help; {switch}"


def in_words(error: BaseException) -> str:
    """What the system says of an error, without its number."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.replace("_", " ").lower()
    text = str(error.args[1] if isinstance(error, OSError) and len(error.args) > 1 else error) or type(error).__name__
    return text.rstrip(".")
