# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A refused request: status and the vendor's error body. The codes are this simulator's own.

See docs/facts/server.md, 3.1.
"""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Ends a request with an error.

    :param code: None for the answers that have no body, 401 and 403 (docs/facts/server.md, 1.3)
    :param target: the field or parameter to blame, if there is one
    """

    def __init__(self, status: int, code: str | None = None, message: str = "", target: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.target = target

    def body(self) -> dict[str, Any] | None:
        if self.code is None:
            return None
        error = {"code": self.code, "message": self.message}
        if self.target is not None:
            error["target"] = self.target
        return {"error": error}


def bad_value(target: str, message: str) -> Refusal:
    return Refusal(400, "bad_value", message, target)


def missing_field(target: str) -> Refusal:
    return Refusal(400, "missing_field", f"The field {target} is required.", target)


def unknown_key(target: str, key: Any) -> Refusal:
    """A key in the body that belongs to nothing (docs/facts/server.md, 3.2: 400)."""
    return Refusal(400, "unknown_key", f"No object has the key {key!r}.", target)


def not_found(what: str, target: str = "key") -> Refusal:
    return Refusal(404, "not_found", f"{what}: entry doesn't exist", target)
