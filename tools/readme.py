# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of modules in the README, made of the modules: each says its topic and, in one line, what it does.

A module that reads has the topic of the one that changes the same objects, and shares its row.
"""

from __future__ import annotations

import ast
import pathlib
import re
from collections.abc import Iterable, Mapping

from tools.reading import between

BEGIN = "<!-- Written by make generate, from TOPIC and short_description of each module. -->\n"
END = "<!-- End of what make generate writes. -->\n"
# The topics in the order of the table, and the rows of each that are not of a module.
TOPICS = {
    "Provision storage": [
        (
            "| [roles][roles] | onboard a cluster, prepare an SVM, provision, grow and retire LUNs and file shares;"
            " write a page about a fleet ([guide][roles guide]) |"
        ),
    ],
    "Read what there is": [
        "| inventory plugin `um` | UM's clusters and SVMs as hosts, in groups ([guide][inventory]) |"
    ],
    "Keep it in git": [],
    "Wait for Jobs": [],
    "Watch": ["| [event source][events] | brings events to Event-Driven Ansible, each change once |"],
    "Run Unified Manager": [],
    "Call ONTAP": [],
}
READS = "_info"


def topic_of(source: str) -> str | None:
    """The value of a module's TOPIC; None where it has none."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TOPIC":
            return str(ast.literal_eval(node.value))
    return None


def summary_of(source: str) -> str:
    """The short_description of a module, as the second half of a row: it begins in lower case."""
    (found,) = re.findall(r"^short_description: (.+)$", source, re.MULTILINE)
    text = found.strip('"')
    return text[0].lower() + text[1:]


def table(sources: Mapping[str, str]) -> str:
    """The table, topic by topic and in each by name.

    :param sources: the text of each module, by its name
    :raises ValueError: a module has no topic of those that there are, or one beside that of its row
    """
    lines = ["| module | what it does |", "|---|---|"]
    rows: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for name in sorted(sources):
        changes = name.removesuffix(READS)
        has_row_of_its_own = changes == name or changes not in sources
        topic = topic_of(sources[name])
        if not has_row_of_its_own and topic is not None:
            raise ValueError(f"{name} has the topic of {changes}; remove its TOPIC.")
        if has_row_of_its_own:
            if topic not in rows:
                raise ValueError(f"{name}: TOPIC is {topic!r}; give one of {', '.join(rows)}.")
            reader = f"{name}{READS}"
            names = [name, reader] if reader in sources else [name]
            first, second = ([f"`{one}`" for one in names], [summary_of(sources[one]) for one in names])
            rows[topic].append(f"| {', '.join(first)} | {'; '.join(second)} |")
    for topic, others in TOPICS.items():
        lines += [f"| **{topic}** | |", *rows[topic], *others]
    return "\n".join(lines) + "\n"


def written(text: str, modules: Iterable[pathlib.Path]) -> str:
    """The README with the table of these modules between the marks."""
    return between(text, BEGIN, END, table({path.stem: path.read_text(encoding="utf-8") for path in modules}))
