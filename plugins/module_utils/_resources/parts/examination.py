# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of a diagnosis: what is asked, what was answered, what follows. Private to this collection.

An examination is a generator: it yields each Ask, is sent its Answer, and adds Checks and settings to the Diagnosis. So
the whole diagnosis is pure, and a table of answers tests it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, NamedTuple

Record = dict[str, Any]

OK, WARNING, FAILED, UNKNOWN = "ok", "warning", "failed", "unknown"
EVERY_MODULE = ("all modules",)


class Ask(NamedTuple):
    """One GET below the API's base path."""

    path: str
    query: Mapping[str, Any] = {}


class Answer(NamedTuple):
    """What came back.

    :param status: of HTTP; None where no answer came
    :param body: of an answer with a status below 300
    :param seconds: from the request to the end of its answer
    :param code: UM's own error code
    :param problem: why there is no body, empty where there is one
    :param form: of the body of a refusal: error for UM's own, html for a page, or empty
    :param now: seconds since 1970 on the server's clock, as far as it tells
    """

    status: int | None
    body: Any = None
    seconds: float = 0.0
    code: str | None = None
    problem: str = ""
    form: str = ""
    now: float | None = None

    @property
    def good(self) -> bool:
        return not self.problem and isinstance(self.body, dict)

    @property
    def records(self) -> list[Record]:
        """The records of a list; empty if the answer is not a list."""
        found = self.body.get("records") if isinstance(self.body, dict) else None
        return [record for record in found if isinstance(record, dict)] if isinstance(found, list) else []

    @property
    def total(self) -> int | None:
        """How many records the query matches, where the list says so."""
        total = self.body.get("total_records") if isinstance(self.body, dict) else None
        return total if isinstance(total, int) else None

    @property
    def next_link(self) -> str | None:
        try:
            return self.body["_links"]["next"]["href"] or None
        except (KeyError, TypeError):
            return None


Examination = Generator[Ask, Answer, None]


class Check(NamedTuple):
    """One line of the diagnosis.

    :param verdict: ok, warning, failed or unknown
    :param seen: what was found
    :param means: what follows, and what to do about it; empty where all is well
    :param modules: which need it
    """

    name: str
    verdict: str
    seen: str
    means: str = ""
    modules: tuple[str, ...] = EVERY_MODULE

    def describe(self) -> Record:
        """The check as the result has it, with the line that a person reads in a table."""
        line = f"{self.verdict:8} {self.name:19} {self.seen} {self.means}".rstrip()
        return {**self._asdict(), "modules": list(self.modules), "line": line}


class Diagnosis:
    """What is known so far; examinations read what earlier ones learned.

    :ivar checks: in the order in which they were made
    :ivar switches: how the server behaves, by the names of the simulator's switches
    :ivar counts: numbers that say how large the server is
    :ivar measured: seconds, by what they are of
    :ivar release: for example 9.16, None where it is not known
    """

    def __init__(self, username: str) -> None:
        self.username = username
        self.checks: list[Check] = []
        self.switches: dict[str, Any] = {}
        self.counts: dict[str, int] = {}
        self.measured: dict[str, float] = {}
        self.release: str | None = None
        self.role: str | None = None
        self.may_read: dict[str, bool] = {}

    def add(self, name: str, verdict: str, seen: str, means: str = "", modules: tuple[str, ...] = EVERY_MODULE) -> None:
        self.checks.append(Check(name, verdict, seen, means, modules))

    def unanswered(self, name: str, answer: Answer, modules: tuple[str, ...] = EVERY_MODULE) -> None:
        """A question was not answered: that is a finding, too."""
        means = "This user may not read it." if answer.status == 403 else "What depends on it is not known."
        self.add(name, UNKNOWN, answer.problem or "The answer was not a list or an object.", means, modules)

    def profile(self) -> Record:
        """What was learned, without names, addresses and keys; small enough to be attached to a report of a bug."""
        return {
            "schema": 1,
            "release": self.release,
            "role": self.role,
            "switches": dict(sorted(self.switches.items())),
            "counts": dict(sorted(self.counts.items())),
            "seconds": {name: round(value, 3) for name, value in sorted(self.measured.items())},
            "may_read": dict(sorted(self.may_read.items())),
            "verdicts": {check.name: check.verdict for check in self.checks},
        }
