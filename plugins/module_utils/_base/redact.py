# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removes secrets from everything that is shown. Private to this collection."""

from __future__ import annotations

import base64
import html
import html.entities
import json
import operator
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote

MASK = "********"
SHORT = 5  # bytes; a form of fewer letters would be found everywhere
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}")
_PERCENT = re.compile(r"%[0-9A-F]{2}")


def secrets_of(spec: Mapping[str, Any], params: Any) -> set[str]:
    """The values of all options that an argument spec marks ``no_log``, also in suboptions and lists.

    A text in the place of suboptions that hold a secret is one, too: the options may have been written wrongly.
    """
    found: set[str] = set()
    for given in params if isinstance(params, list) else [params]:
        if not isinstance(given, Mapping):
            found |= {given} if isinstance(given, str) and has_secrets(spec) else set()
            continue
        for name, option in spec.items():
            for value in (given[one] for one in (name, *(option.get("aliases") or ())) if given.get(one) is not None):
                if option.get("no_log"):
                    found |= set(_texts(value))
                elif option.get("options"):
                    found |= secrets_of(option["options"], value)
    return found - {""}


def has_secrets(spec: Mapping[str, Any]) -> bool:
    """Whether an argument spec marks an option ``no_log``, at any depth."""
    return any(option.get("no_log") or has_secrets(option.get("options") or {}) for option in spec.values())


def proxy_secrets(environment: Mapping[str, str]) -> set[str]:
    """The passwords in the URLs of proxies that an environment names, as they stand there and decoded."""
    found: set[str] = set()
    for name, value in environment.items():
        if name.lower().endswith("_proxy") and "@" in value:
            password = value.rpartition("@")[0].rpartition("//")[2].partition(":")[2]
            found |= {password, unquote(password)}
    return found - {""}


def variants(secrets: Iterable[str], username: str | None = None) -> list[str]:
    """The forms in which a secret can come back, longest first.

    A server, or something on the way, may quote it for JSON, a URL, HTML or a log, or show the Basic header.
    """
    forms: set[str] = set()
    for secret in secrets:
        quoted = {secret, *_in_json(secret), *_in_python(secret)}
        forms |= quoted | _in_url(secret) | _in_base64(secret)
        for form in quoted:
            forms |= _in_html(form)
        if username:
            forms |= _in_base64(f"{username}:{secret}")
    return sorted(forms, key=len, reverse=True)


def secret_forms(spec: Mapping[str, Any], params: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """All that a run must not show: its own secrets and those of its proxies, as ``variants`` returns them."""
    return variants(secrets_of(spec, params) | proxy_secrets(environment), params.get("username"))


def _in_json(secret: str) -> set[str]:
    forms = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    forms |= {_ESCAPE.sub(lambda match: match[0][:2] + match[0][2:].upper(), form) for form in forms}
    return forms | {form.replace("/", "\\/") for form in forms}


def _in_python(secret: str) -> set[str]:
    """The text as ``repr`` shows it, without the quotes."""
    escaped = repr(f'"{secret}')[2:-1]  # beside a quotation mark, apostrophes are escaped
    return {repr(secret)[1:-1], ascii(secret)[1:-1], escaped, escaped.replace("\\'", "'")}


def _in_url(secret: str) -> set[str]:
    forms = set()
    for safe in ("", "/", "/:@!$&'()*+,;="):
        forms |= {
            quote(secret, safe=safe, errors="surrogatepass"),
            quote_plus(secret, safe=safe, errors="surrogatepass"),
        }
    return forms | {_PERCENT.sub(lambda match: match[0].lower(), form) for form in forms}


def _in_html(text: str) -> set[str]:
    escaped = html.escape(text)
    forms = {html.escape(text, quote=False)}
    for apostrophe in ("&#x27;", "&#39;", "&apos;"):
        for quotation in ("&quot;", "&#34;", "&#x22;"):
            forms.add(escaped.replace("&#x27;", apostrophe).replace("&quot;", quotation))
    numbered = {form.encode("ascii", "xmlcharrefreplace").decode() for form in forms if not form.isascii()}
    named = {"".join(_entity(one) for one in form) for form in forms if not form.isascii()}
    return forms | numbered | named


def _entity(character: str) -> str:
    name = None if character.isascii() else html.entities.codepoint2name.get(ord(character))
    return f"&{name};" if name else character


def _in_base64(text: str) -> set[str]:
    forms = set()
    for data in {text.encode(errors="surrogatepass"), text.encode("latin-1", errors="ignore")} - {b""}:
        for encoded in (base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode()):
            forms |= {encoded, encoded.rstrip("=")} if len(data) > SHORT else {encoded}
    return forms


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
    """What it consists of, as text; booleans are no secrets, and would mask ``failed`` and ``changed``."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
