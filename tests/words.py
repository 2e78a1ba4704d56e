# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of messages: which ones no user is to read, and what is written instead.

A message says what is wrong, with the value, and then what to do; it is plain English in the present tense, and the
server in it is a program, not a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

SERVERS = r"(?:UM|Unified Manager|ONTAP|[Tt]he (?:server|cluster|gateway|API))"
REFUSED = {
    r"\bwish(?:es|ed|ing)?\b": "desired",
    r"\bforesee[ns]?\b": "planned",
    r"\brivals?\b": "other runs",
    r"\b(?:[Nn]o|[Ss]ome|[Aa]ny)body\b": "name who it is: the user, another run",
    r"\bno such\b": "... does not exist",
    r"(?<!there)(?<!There) is no (?!longer\b)\w": "is not a ...",
    r"(?<!there)(?<!There) are no (?!longer\b)\w": "are not ...",
    r", too\b": "also, or as well",
    r"^\S+: it (?:is not in|must|takes|needs|goes|has|can)\b": "name the subject: the LUN, the value",
    r"\bbelongs? into\b": "put ... in",
    r"\b(?:is|are|be|being) told of\b": "is reported",
    r"\bbear(?:s|ing)?\b": "support",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\bat home in\b": "(nothing)",
    r"\bif you must\b": "(nothing)",
    r"\b(?:leave|leaves|leaving) (?:\w+ )?away\b": "leave out",
    r"\b(?:end|ends|ended) well\b": "succeed",
    rf"\b{SERVERS} (?:does not |do not |cannot )?(?:says?|tells?|knows?|speaks?|wants?|thinks?|believes?|minds?)\b": (
        "what it answers, shows or supports"
    ),
}
_REFUSED = [(re.compile(pattern, re.MULTILINE), instead) for pattern, instead in REFUSED.items()]
QUOTED = re.compile(r"(?<!\w)(?:'[^'\n]*'|\"[^\"\n]*\")(?!\w)")  # what a user gave, or the server
SHOWN = ("msg", "warnings", "problem", "advice", "remarks", "seen", "means", "line", "not_exported", "reason")


def refused(text: str) -> list[str]:
    """What a message should not say, each with what to write instead; empty for a good one."""
    own = QUOTED.sub("''", text)
    return [
        f"{match[0].strip()!r} in {text!r}: write {instead!r}"
        for pattern, instead in _REFUSED
        for match in [pattern.search(own)]
        if match
    ]


def shown_lines(output: str) -> Iterator[str]:
    """What a playbook printed beside results: names of tasks, progress, warnings."""
    return (line for line in output.splitlines() if line.startswith(("TASK ", "PLAY ", "[")))


def messages_of(result: Any) -> Iterator[str]:
    """The sentences in a task's result: those under the names by which results show them, at every level."""
    if isinstance(result, dict):
        for name, value in result.items():
            yield from _texts(value) if name in SHOWN else messages_of(value)
    elif isinstance(result, list):
        for value in result:
            yield from messages_of(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    else:
        yield from messages_of(value)
