# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists of a result on their way out of a module, one record after the other. Private to this collection.

Ansible copies a result to look for secrets, and makes one text of it before it is written: with 100,000 records that is
three times what they need. So Ansible writes the result with a mark for each long list, and the records are looked
through and written in its place, each by itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

LONG = 1000  # records
SIGNS = "~^|<>"
LENGTH = 40


def brief(options: Any) -> Any:
    """The options as a result repeats them: of a long list only how long it is, since the task itself has it.

    >>> brief({"configuration": {"luns": [{"name": "db01"}] * 2000}})
    {'configuration': {'luns': '(2000 entries)'}}
    """
    if isinstance(options, dict):
        return {name: brief(value) for name, value in options.items()}
    return f"({len(options)} entries)" if isinstance(options, list) and len(options) > LONG else options


def taken_out(result: dict[str, Any], mask: Callable[[Any], Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The result with a mark for each long list, and the lists by their marks.

    :param mask: value -> the same without secrets, as Ansible does it; a list stays where it would change the mark
    """
    short, lists = dict(result), {}
    for name, value in result.items():
        mark = "".join(random.choices(SIGNS, k=LENGTH))
        if isinstance(value, list) and len(value) > LONG and mask(mark) == mark:
            short[name], lists[mark] = mark, value
    return short, lists


def write(text: str, lists: dict[str, list[Any]], mask: Callable[[Any], Any], out: Callable[[str], object]) -> None:
    """Write the JSON of a result, with the lists where their marks are.

    :param mask: as above; asked for each record
    :param out: takes a piece of text
    """
    for mark, records in sorted(lists.items(), key=lambda one: text.find(one[0])):
        before, found, text = text.partition(json.dumps(mark))
        out(before)
        if found:
            separator = "["
            for record in records:
                out(separator + json.dumps(mask(record), default=str))
                separator = ", "
            out("]")
    out(text)
