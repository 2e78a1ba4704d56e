# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a release of Unified Manager lacks (docs/facts/releases.md, 1 and 2). Pure."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .errors import Refusal
from .paths import ALERTS, DATASOURCES, EVENTS, LICENSES, SCRIPTS

PATTERN = r"\d+\.\d+(\.\d+)?([A-Z]+\d+)?"  # 9.7, 9.14.1, 9.18P2
DEFAULT = "9.16"


class Additions(NamedTuple):
    """What came with a release.

    :ivar release: the first that has it
    :ivar paths: regular expressions for whole paths below /api, keys decoded
    :ivar fields: {path of a collection: fields of its records}
    """

    release: str
    paths: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = {}


CAME_WITH = (
    Additions("9.9", ("/datacenter/.+/metrics", "/datacenter/.+/analytics", f"{LICENSES}(/.*)?")),
    Additions("9.10", ("/datacenter/network/.+", f"{ALERTS}(/.*)?", f"{SCRIPTS}(/.*)?", f"{EVENTS}/.+")),
    Additions("9.12", fields={DATASOURCES: ("mutual_tls_status",)}),
)


def number(release: str) -> tuple[int, ...]:
    """The release as numbers that can be compared; service packs and patches count for nothing."""
    major, minor = re.split(r"\D", release)[:2]
    return int(major), int(minor)


def lacking(release: str) -> list[Additions]:
    return [additions for additions in CAME_WITH if number(additions.release) > number(release)]


def check_path(release: str, path: str) -> None:
    """Refuse a path that came later as any path that there is not.

    :raises Refusal: 404
    """
    for additions in lacking(release):
        if any(re.fullmatch(pattern, path) for pattern in additions.paths):
            raise Refusal(404, "no_such_resource", f"There is no resource {path}.")


def without_later_fields(release: str, path: str, body: Any) -> Any:
    """The body of an answer, in which records have only the fields that the release knows."""
    for additions in lacking(release):
        for collection, names in additions.fields.items():
            if path == collection or path.startswith(f"{collection}/"):
                body = _without(body, names)
    return body


def _without(body: Any, names: tuple[str, ...]) -> Any:
    if not isinstance(body, dict):
        return body
    kept = {name: value for name, value in body.items() if name not in names}
    if "records" in kept:
        kept["records"] = [_without(record, names) for record in kept["records"]]
    return kept
