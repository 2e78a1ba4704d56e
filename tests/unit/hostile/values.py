# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that no option was made for, by the type that its argument spec declares."""

from __future__ import annotations

MARK = "zz9"  # in no record and no word of ours
OPERATORS = ("*", "|", ",", "!", "<", ">", "..")

TEXTS = (
    "",
    " ",
    *(
        f"{MARK}{text}{MARK}"
        for text in ("?", "&name=x", "#f", "%2F..", "/", "/../", '"', "'", "\\", "\n", "\x00", "\t")
    ),
    *(f"{MARK}{text}" for text in (*OPERATORS, ";", "=", "+", " ", "é漢字", "\u202e", "{{ 1 }}", "\x1b[31m")),
    f"../{MARK}",
    "..",
    ".",
    f"*{MARK}",
    f"{MARK}\udcff",
    f"{MARK}:type=lun,uuid={MARK}",
    f"00000000-0000-0000-0000-000000000000:type=lun,uuid={MARK}/../x",
    "00000000-0000-0000-0000-000000000000",
    MARK * 4000,
)
NUMBERS = (-1, 0, 1, 2**31, 2**63, 2**64, -(2**63), 10**30, float("inf"), float("nan"), "abc", "", 1.5, True, [], {})
FRACTIONS = (-1.0, 0.0, 1e308, float("nan"), float("inf"), "abc", [])
TRUTHS = ("maybe", 2, "", [], {})
LISTS = ([], [""], [None], [[]], [{}], "a,,b", {}, 5, [MARK] * 1000)
DICTIONARIES = ({}, {f"{MARK}&x": "1"}, {"": ""}, {MARK: {MARK: []}}, {MARK: [1]}, {MARK: None}, "k=v", "")
NO_DICTIONARIES = ([1], 7, True)


def hostile(option):
    """Values for an option, from its part of the argument spec."""
    kind = option.get("type", "str")
    if kind == "list":
        inner = {**option, "type": option.get("elements", "str")}
        yield from LISTS
        yield from ([value] for value in hostile(inner))
    elif kind == "dict":
        yield from (*DICTIONARIES, *NO_DICTIONARIES)
        for name, suboption in (option.get("options") or {}).items():
            yield from ({name: value} for value in hostile(suboption))
    else:
        yield from {"int": NUMBERS, "float": FRACTIONS, "bool": TRUTHS}.get(kind, TEXTS)
