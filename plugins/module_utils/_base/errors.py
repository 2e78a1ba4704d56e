# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can go wrong on the way to Unified Manager, as one family.

A message is a whole sentence for a person; the attributes are for code. Private to this collection.
"""

from __future__ import annotations

from typing import Any


class UMError(Exception):
    """Root of the family.

    ``outcome`` is what the run reports for it: failed, or unknown where it is not known what the server did.
    ``accepted``: the server took a change on before this.
    """

    outcome = "failed"
    accepted = False

    def __init__(self, message: str, outcome: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if outcome:
            self.outcome = outcome


def bug_of(error: Exception) -> str:
    """The error to report for an exception that is not a UMError, which is a bug in this collection."""
    return f"A bug in aiqum.unified_manager: {type(error).__name__}: {error}"


class BadInput(UMError):
    """The options cannot be carried out as they were given; no change was sent."""


class Missing(BadInput):
    """The options name an object that does not exist."""


class TooOld(UMError):
    """The server's release does not have what was asked for."""


class TransportError(UMError):
    """No usable answer came."""


class Untrusted(TransportError):
    """The server's certificate does not verify: nothing was sent, trying again cannot help."""


class NotSent(TransportError):
    """The request provably never reached the server: name resolution, connection or handshake failed."""


class Lost(TransportError):
    """The request left, and its answer did not come: the server may have acted on it, or not."""


class Unread(Lost):
    """The request was answered with success, and the rest of the answer cannot be read."""


class Garbled(TransportError):
    """An answer came that is not what Unified Manager sends: not JSON, or not an object.

    :ivar status: its HTTP status
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Lacking(Garbled, KeyError):
    """A record came without a field that it cannot be used without, such as its key."""

    __str__ = Exception.__str__  # KeyError shows its text in quotes


class TooLarge(Garbled):
    """An answer came that is larger than these modules read; asking again brings the same."""


class OutOfTime(UMError):
    """``wait_timeout`` passed before a request was sent; it was not sent."""

    outcome = "timeout"


class Refused(UMError):
    """An HTTP status of 300 or more.

    :ivar status: the HTTP status
    :ivar code: UM's own error code, or None (docs/facts/server.md, 3.1)
    :ivar target: the parameter that UM blames, or None
    :ivar retry_after: seconds that the server asks to wait, or None
    :ivar form: of the body: error for UM's own, empty, or other
    """

    def __init__(
        self,
        message: str,
        status: int,
        code: str | None = None,
        target: str | None = None,
        retry_after: float | None = None,
        form: str = "empty",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.target = target
        self.retry_after = retry_after
        self.form = form

    def with_text(self, more: str) -> Refused:
        """The same refusal, with more to say."""
        return Refused(self.message + more, self.status, self.code, self.target, self.retry_after, self.form)

    @property
    def not_run(self) -> bool:
        """Whether the server said that it did not carry the request out (docs/facts/job-contract.md, section 3)."""
        return self.status == 429 or (self.status == 503 and self.retry_after is not None)

    @property
    def error(self) -> dict[str, Any]:
        """What the task returns under ``error``."""
        return {"status": self.status, "code": self.code, "target": self.target, "message": self.message}


class JobUnusable(UMError):
    """A change was accepted, and its job cannot be known or followed."""

    outcome = "unknown"
    accepted = True


class Interrupted(BaseException):
    """A signal asks the run to end. Like KeyboardInterrupt it passes every ``except Exception``."""

    outcome = "interrupted"

    def __init__(self, signal_name: str) -> None:
        super().__init__(signal_name)
        self.message = f"Interrupted by {signal_name}."
