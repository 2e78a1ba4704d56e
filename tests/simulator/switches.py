# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is unknown about the real server is a switch here, not a guess (docs/facts/server.md, 9)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from . import releases


class Switch(NamedTuple):
    """One unknown.

    :ivar choices: empty for a number of seconds or a count, which is not negative, and for a text
    :ivar pattern: the regular expression of a text
    """

    name: str
    default: Any
    choices: tuple[Any, ...]
    about: str
    pattern: str = ""

    def converted(self, value: Any) -> Any:
        """The value, which may be its text, as on the command line.

        :raises ValueError: the switch does not take it
        """
        if self.pattern:
            return self._text(value)
        if not self.choices:
            return self._number(value)
        found = [choice for choice in self.choices if str(choice).casefold() == str(value).casefold()]
        if not found:
            raise ValueError(f"{self.name} is one of {', '.join(map(str, self.choices))}, not {value!r}")
        return found[0]

    def _text(self, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise ValueError(
                f"{self.name} is a text like {self.default!r}, in quotes where it is written in YAML or JSON,"
                f" not {value!r}"
            )
        return value

    def _number(self, value: Any) -> float:
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number) or number < 0:
            raise ValueError(f"{self.name} is a number that is not negative, not {value!r}")
        return number


GENERAL = (
    Switch(
        "release",
        releases.DEFAULT,
        (),
        "the release that UM tells; what came later is not there (docs/facts/releases.md, 2)",
        releases.PATTERN,
    ),
    Switch("job_seconds", 3.0, (), "how long a job takes, from submission to its end"),
    Switch("acquisition_delay", 0.0, (), "seconds until datacenter lists show what a job changed (4.9)"),
    Switch("readback_lag", 0.0, (), "seconds from a job's end until storage-provider GETs show its work (4.9)"),
    Switch(
        "references",
        "known",
        ("known", "shown"),
        "whether keys in requests mean what the clusters have, or only what UM's lists show by now (4.9)",
    ),
    Switch("unknown_parameters", "ignore", ("ignore", "refuse"), "query parameters that are not declared (2.4)"),
    Switch("filter_case", "insensitive", ("insensitive", "sensitive"), "equality of text in filters (2.4)"),
    Switch("read_only_fields", "ignore", ("ignore", "refuse"), "read-only and create-only fields in bodies (9.5)"),
    Switch("unknown_fields", "refuse", ("refuse", "ignore"), "fields in bodies that are not declared (9.5)"),
    Switch("empty_patch", "accept", ("accept", "refuse"), "a PATCH with nothing in it (9.5)"),
    Switch("duplicate_status", 400, (400, 409), "the answer to a name that is taken (9.1)"),
    Switch("in_use_status", 400, (400, 409), "the answer to deleting what is in use (9.1)"),
    Switch("job_dialect", "document", ("document", "guide"), "state and status, or one upper-case state (0.4)"),
    Switch("initial_job_state", "running", ("running", "queued", "waiting"), "a job before its first task (9.2)"),
    Switch("complete_time_while_running", "absent", ("absent", "null"), "complete_time of a running job (4.4)"),
    Switch("empty_job_results", "empty", ("empty", "absent"), "job_results of a job without any (4.6)"),
    Switch("job_results_of_changes", "absent", ("absent", "key"), "job_results of PATCH and DELETE jobs (9.2)"),
    Switch("job_links", "raw", ("raw", "encoded"), "the key in a job's self link (4.3)"),
    Switch("job_filter_by_keys", True, (True, False), "whether one filter can ask for several jobs by their keys"),
    Switch("job_retention", 0.0, (), "seconds after which an ended job is forgotten, 0 for never (4.8)"),
    Switch("parent_ends_before_children", False, (True, False), "whether a job ends before those it spawned (4.7)"),
    Switch(
        "polling_long",
        "ignored",
        ("ignored", "held", "held_with_last_modified", "refused"),
        "poll_timeout on the GET of a job, or only with last_modified beside it (4.8)",
    ),
    Switch("longest_hold", 120.0, (), "seconds after which a held GET of a job is answered at the latest (4.8)"),
    Switch("job_names", "words", ("words", "codes"), "names and types of jobs and tasks (4.6)"),
    Switch("unknown_page_size", 100.0, (), "records in a page where no document says how many (9.3)"),
    Switch("rate_limit", 0.0, (), "requests of a user in a second, beyond which UM answers 429; 0 for any (9.3)"),
    Switch(
        "storage_management",
        "on",
        ("on", "off_400", "off_403", "off_404"),
        "policy-based storage management; off, changes below storage-provider are answered so (1.6)",
    ),
)


class Switches:
    """The switches and how they are set; a mapping from names to values."""

    def __init__(self, declared: Iterable[Switch] = GENERAL) -> None:
        self._declared = {switch.name: switch for switch in declared}
        self._values = {switch.name: switch.default for switch in self._declared.values()}
        self._start = dict(self._values)

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def set(self, name: str, value: Any) -> None:
        """Set one switch.

        :raises ValueError: no such switch, or a value that it does not take
        """
        self.set_all({name: value})

    def set_all(self, settings: Mapping[str, Any]) -> None:
        """Set all of them, or none.

        :raises ValueError: no such switch, or a value that one does not take
        """
        unknown = [repr(name) for name in settings if name not in self._declared]
        if unknown:
            raise ValueError(f"there is no switch {', '.join(unknown)}; there are {', '.join(self._declared)}")
        self._values.update({name: self._declared[name].converted(value) for name, value in settings.items()})

    def keep_as_start(self) -> None:
        """What is set now is what ``reset`` goes back to."""
        self._start = dict(self._values)

    def reset(self) -> None:
        self._values = dict(self._start)

    def as_dict(self) -> dict[str, Any]:
        return dict(self._values)

    def declared(self) -> list[Switch]:
        return list(self._declared.values())

    def describe(self) -> list[dict[str, Any]]:
        return [{**switch._asdict(), "value": self._values[switch.name]} for switch in self._declared.values()]
