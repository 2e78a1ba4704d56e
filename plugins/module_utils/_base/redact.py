# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets out of everything that is shown. Private to this collection."""

from __future__ import annotations

import base64
import json
import operator
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

MASK = "********"


def secrets_of(spec: Mapping[str, Any], params: Any) -> set[str]:
    """The values of all options that an argument spec marks ``no_log``, also in suboptions and lists."""
    found: set[str] = set()
    for given in params if isinstance(params, list) else [params]:
        for name, option in spec.items():
            value = given.get(name) if isinstance(given, Mapping) else None
            if value is None:
                continue
            if option.get("no_log"):
                found |= set(_texts(value))
            elif option.get("options"):
                found |= secrets_of(option["options"], value)
    return found - {""}


def variants(secrets: Iterable[str], username: str | None = None) -> list[str]:
    """The forms in which a secret can come back: plain, URL-encoded, in JSON, in a Basic header; longest first."""
    forms: set[str] = set()
    for secret in secrets:
        forms |= {secret, quote(secret, safe="", errors="surrogatepass"), json.dumps(secret)[1:-1]}
        if username:
            forms.add(base64.b64encode(f"{username}:{secret}".encode(errors="surrogatepass")).decode())
    return sorted(forms, key=len, reverse=True)


def redact(value: Any, secrets: list[str]) -> Any:
    """The same structure without the secrets; keys of dictionaries stay as they are.

    What holds no secret is not copied: results can have ten thousand records.
    """
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        return value
    if isinstance(value, Mapping):
        items = {key: redact(item, secrets) for key, item in value.items()}
        return value if all(items[key] is item for key, item in value.items()) else items
    if isinstance(value, (list, tuple)):
        found = [redact(item, secrets) for item in value]
        return value if all(map(operator.is_, found, value)) else found
    return value


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)
