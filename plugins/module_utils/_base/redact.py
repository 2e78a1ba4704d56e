# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removes secrets from everything that is shown. Private to this collection."""

from __future__ import annotations

import base64
import html
import json
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from .escapes import escaped, signs

MASK = "********"
LONG = 512  # characters: more than a password has; a script that is uploaded is a secret, too
NOTHING = "(?!)"
SHORT = 5  # bytes; a form of fewer letters would be found everywhere


def secrets_of(spec: Mapping[str, Any], params: Any) -> set[str]:
    """The values of all options that an argument spec marks ``no_log``, also in suboptions and lists.

    A text in the place of suboptions that hold a secret is one, too: the options may have been written wrongly.
    """
    found: set[str] = set()
    secret = {name: option for name, option in spec.items() if _is_secret(option)}
    for given in params if isinstance(params, list) and secret else [params]:
        if not isinstance(given, Mapping):
            found |= {given} if isinstance(given, str) and secret else set()
            continue
        for name, option in secret.items():
            for value in (given[one] for one in (name, *(option.get("aliases") or ())) if given.get(one) is not None):
                if option.get("no_log"):
                    found |= set(_texts(value))
                else:
                    found |= secrets_of(option["options"], value)
    return found - {""}


def has_secrets(spec: Mapping[str, Any]) -> bool:
    """Whether an argument spec marks an option ``no_log``, at any depth."""
    return any(map(_is_secret, spec.values()))


def _is_secret(option: Mapping[str, Any]) -> bool:
    return bool(option.get("no_log")) or has_secrets(option.get("options") or {})


def proxy_secrets(environment: Mapping[str, str]) -> set[str]:
    """The passwords in the URLs of proxies that an environment names, as they stand there and decoded."""
    found: set[str] = set()
    for name, value in environment.items():
        if name.lower().endswith("_proxy"):
            password = value.rpartition("@")[0].rpartition("//")[2].partition(":")[2]
            found |= {password, unquote(password)}
    return found - {""}


class Forms:
    """The forms in which secrets can come back: a server, or something on the way, may quote them for JSON, a URL, HTML
    or a log, or show the Basic header.

    :param username: whose name stands before each secret in that header
    """

    def __init__(self, secrets: Iterable[str], username: str | None = None) -> None:
        given = set(secrets) - {""}
        composed = {unicodedata.normalize(form, one) for one in given for form in ("NFC", "NFD")}
        self._secrets = sorted(given | composed, key=len, reverse=True)
        texts = [*self._secrets, *(f"{username}:{one}" for one in self._secrets if username)]
        self._encoded = sorted({form for text in texts for form in _encoded(text)}, key=len, reverse=True)
        whole = {form for one in self._secrets if len(one) > LONG for form in _quoted(one)}
        self._long = sorted(whole, key=len, reverse=True)
        self._plain = sorted({*self._secrets, *self._encoded}, key=len, reverse=True)
        self._signs = signs(self._secrets)
        self._shortest = min(map(len, self._plain), default=0)
        self._pattern: re.Pattern[str] | None = None

    def masked(self, text: str) -> str:
        """The text with a mask for each secret."""
        if len(text) < self._shortest:  # most of what is shown; no form is shorter than all that are plain
            return text
        for form in self._long:
            text = text.replace(form, MASK)
        if self._secrets and self._signs.search(text):
            text = self._escaped().sub(MASK, text)
        for form in self._plain:
            text = text.replace(form, MASK)
        return text

    def _escaped(self) -> re.Pattern[str]:
        """Made when it is needed: most texts have nothing in them that could be escaped."""
        if self._pattern is None:
            encoded = [re.escape(form) for form in self._encoded if len(form) <= 2 * LONG]
            short = [escaped(one) for one in self._secrets if len(one) <= LONG]
            self._pattern = re.compile("|".join([*encoded, *short]) or NOTHING)
        return self._pattern


def secret_forms(spec: Mapping[str, Any], params: Mapping[str, Any], environment: Mapping[str, str]) -> Forms:
    """All that a run must not show: its own secrets and those of its proxies."""
    return Forms(secrets_of(spec, params) | proxy_secrets(environment), params.get("username"))


def _encoded(text: str) -> set[str]:
    """In base64, alone or as a part of something, and in hexadecimal digits."""
    forms: set[str] = set()
    for data in {text.encode(errors="surrogatepass"), text.encode("latin-1", errors="ignore")} - {b""}:
        if len(data) > LONG:
            forms.add(base64.b64encode(data).decode())
            continue
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(data).decode()
            forms |= {whole, whole.rstrip("=")} if len(data) > SHORT else {whole}
            if len(data) > SHORT:
                forms |= {_within(data, place, encode) for place in range(3)}
        if len(data) > SHORT:
            forms |= {data.hex(), data.hex().upper()}
    return forms


def _quoted(text: str) -> set[str]:
    """As a whole in JSON, Python, a URL and HTML: for what is too long to be sought character by character."""
    data = text.encode(errors="surrogatepass")
    return {text, json.dumps(text)[1:-1], repr(text)[1:-1], quote(data), quote_plus(data), html.escape(text)}


def _within(data: bytes, place: int, encode: Callable[[bytes], bytes]) -> str:
    """What is always the same of it in the base64 of something longer.

    :param place: where it begins there, modulo three bytes
    """
    bits = 8 * (place + len(data))
    return encode(bytes(place) + data + bytes(2)).decode()[-(-8 * place // 6) : bits // 6]


def redact(value: Any, secrets: Forms) -> Any:
    """The same structure without the secrets; keys of dictionaries stay as they are.

    What holds no secret is not copied: results can have ten thousand records.
    """
    if isinstance(value, str):
        return secrets.masked(value)
    if isinstance(value, dict):
        items = {key: redact(item, secrets) for key, item in value.items()}
        return value if all(items[key] is item for key, item in value.items()) else items
    if isinstance(value, (list, tuple)):
        found = [redact(item, secrets) for item in value]
        return value if all(map(operator.is_, found, value)) else found
    return value


def _texts(value: Any) -> Iterable[str]:
    """What it consists of, as text; booleans are no secrets, and would mask ``failed`` and ``changed``."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
