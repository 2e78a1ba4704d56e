# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A text in whatever way it is escaped, character by character. Private to this collection.

Servers differ in what they escape, and mix it: one writes ``&`` in JSON as ``\\u0026``, another ``/`` as ``\\/``, a
third writes JSON within HTML. So each character may come in any of its forms, whatever those beside it look like.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from html.entities import html5

# Repetitions are bounded, and a text has one reading, so that no answer makes the search slow.
_AMPERSAND = r"(?:&|%(?:25){0,4}26|\\u0026)(?:amp;){0,4}"
_SEMICOLON = r"(?:;|%(?:25){0,4}3[bB])"
_NUMBERED = rf"{_AMPERSAND}(?:#0{{0,6}}92|#[xX]0{{0,6}}5[cC]|bsol){_SEMICOLON}"
_BACKSLASH = rf"(?:\\u005[cC]|\\|%(?:25){{0,4}}5[cC]|{_NUMBERED})"
_LETTERS = {"\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f"}
_FEW = "{1,4}"  # backslashes: of one text in JSON within another there are three
_RUNS = re.compile(r"\\+|[^\\]", re.DOTALL)


def escaped(text: str) -> str:
    """A regular expression for the text as it is, and in JSON, Python, URLs, HTML and XML, also in one of another."""
    parts = _RUNS.findall(text)
    return "".join(_part(part, before) for before, part in zip(["", *parts], parts))


def signs(texts: Iterable[str]) -> re.Pattern[str]:
    """What is found in every text that holds one of these texts escaped; a plus can only be a blank."""
    return re.compile(r"[\\%&+]" if any(" " in text for text in texts) else r"[\\%&]")


def _part(part: str, before: str) -> str:
    """Backslashes, or another character; all backslashes between the two belong to the former."""
    if part[0] == "\\":
        return f"{_BACKSLASH}{{{len(part)},{4 * len(part) + 4}}}"
    escape, quote = _BACKSLASH + _FEW, f"{_BACKSLASH}{{0,4}}"
    if not before:
        escape, quote = _BACKSLASH, ""
    elif before[0] == "\\":
        escape, quote = "", ""
    plain = [_in_url(part), _in_html(part), re.escape(part), *(["\\+"] if part == " " else [])]  # the longest first
    return f"(?:{escape}(?:{'|'.join(_after_backslash(part))})|{quote}(?:{'|'.join(plain)}))"


def _after_backslash(one: str) -> list[str]:
    code = ord(one)
    pair = one.encode("utf-16-be", "surrogatepass")
    units = [pair[place : place + 2].hex() for place in range(0, len(pair), 2)]
    found = [(_BACKSLASH + _FEW).join(f"u{_any_case(unit)}" for unit in units)]
    found += [rf"u\{{0{{0,6}}{_any_case(f'{code:x}')}\}}", f"U{_any_case(f'{code:08x}')}"]
    found.append((_BACKSLASH + _FEW).join(f"x{_any_case(f'{byte:02x}')}" for byte in _utf_8(one)))
    if code < 256:
        found.append(f"x{_any_case(f'{code:02x}')}")
    return [*found, *_LETTERS.get(one, "")]


def _in_url(one: str) -> str:
    forms = ["".join(f"%(?:25){{0,4}}{_any_case(f'{byte:02x}')}" for byte in _utf_8(one))]
    if 128 <= ord(one) < 256:
        forms.append(f"%(?:25){{0,4}}{_any_case(f'{ord(one):02x}')}")
    return "|".join(forms)


def _in_html(one: str) -> str:
    forms = [rf"#0{{0,6}}{ord(one)}", rf"#[xX]0{{0,6}}{_any_case(f'{ord(one):x}')}", *_html_names().get(one, ())]
    return f"{_AMPERSAND}(?:{'|'.join(forms)}){_SEMICOLON}"


@functools.lru_cache(maxsize=1)
def _html_names() -> Mapping[str, Iterable[str]]:
    """The names of each character in HTML, without the semicolon; made when they are needed, which is seldom."""
    found: dict[str, set[str]] = {}
    for name, character in html5.items():
        found.setdefault(character, set()).add(name.rstrip(";"))
    return {character: sorted(names) for character, names in found.items()}


def _utf_8(one: str) -> bytes:
    return one.encode(errors="surrogatepass")


def _any_case(digits: str) -> str:
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits)
