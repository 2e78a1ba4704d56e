# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of the event source: those of event_info that choose events, and its own. Private to this collection."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..module_utils._base.errors import BadInput
from ..module_utils._base.times import as_text, iso_moment, moment
from ..module_utils._model.options import connection, plugin_params
from ..module_utils._resources.event import EVENTS, STATES
from ._events import Naming

OF_MODULES = ("keys", "history", "order_by", "limit", "summary")  # options of event_info that a source has no use for
FILTERS = {name: spec for name, spec in EVENTS.arguments.items() if name not in OF_MODULES}
OWN = {
    "interval": {"type": "float", "default": 30.0},
    "overlap": {"type": "float", "default": 300.0},
    "start": {"type": "str", "default": "now"},
    "changes": {"type": "list", "elements": "str", "choices": STATES, "default": ["new"]},
    "state_file": {"type": "path"},
    "svm_names": {
        "type": "str",
        "choices": ["svm.cluster", "svm.cluster.server", "cluster.svm", "svm", "uuid"],
        "default": "svm.cluster",
    },
    "cluster_names": {"type": "str", "choices": ["name", "name.server", "uuid"], "default": "name"},
    "server_name": {"type": "str"},
    "feedback": {"type": "bool", "default": False},
}
ARGUMENTS = {**FILTERS, **OWN}
SHORTEST_INTERVAL = 1.0  # seconds; less makes a storm of requests
LONGEST = 86400.0


class Options(NamedTuple):
    """What the source was told, checked.

    :ivar params: the options of the connection and of ``event_info``
    :ivar start: ``now``, ``all`` or seconds since 1970
    :ivar changes: the states that an event comes into
    """

    params: dict[str, Any]
    interval: float
    overlap: float
    start: str | float
    changes: tuple[str, ...]
    state_file: str | None
    naming: Naming

    @property
    def server(self) -> str:
        return f"{self.params['hostname']}:{self.params['port']}"

    def query(self, since: float | None) -> dict[str, Any]:
        """The options of ``event_info`` that find the changes after a moment, the oldest first."""
        history = {"history.state": "|".join(self.changes)}
        if since is not None:
            history["history.timestamp"] = f">{iso_moment(since)}"
        filters = {**(self.params["filters"] or {}), **history}
        unused = dict.fromkeys(OF_MODULES)
        return {**self.params, **unused, "filters": filters, "order_by": "history.timestamp asc"}


def options_of(given: Mapping[str, Any]) -> Options:
    """The options from the arguments of a source in a rulebook.

    :raises BadInput: one is unknown, missing, of another type or out of range
    """
    params = plugin_params(ARGUMENTS, as_text(dict(given)))
    connection(params)
    for name in params["filters"] or {}:
        if name.startswith("history."):
            raise BadInput(f"filters: {name} is the source's own; choose with changes and start.")
    if not params["changes"]:
        raise BadInput("changes: name at least one of new, acknowledged, resolved and obsolete.")
    own = {name: params.pop(name) for name in OWN}
    return Options(
        params,
        _seconds("interval", own["interval"], SHORTEST_INTERVAL),
        _seconds("overlap", own["overlap"], 0.0),
        _start(own["start"]),
        tuple(dict.fromkeys(own["changes"])),
        own["state_file"] or None,
        Naming(own["svm_names"], own["cluster_names"], own["server_name"] or params["hostname"]),
    )


def _seconds(option: str, value: float, least: float) -> float:
    if math.isfinite(value) and least <= value <= LONGEST:
        return value
    raise BadInput(f"{option}: {value} is not a number of seconds from {least:g} to {LONGEST:g}.")


def _start(text: str) -> str | float:
    if text in ("now", "all"):
        return text
    when = moment(text)
    if when is None:
        raise BadInput(f"start: {text!r} is neither now, all nor a time; write it like 2026-01-31T10:00:00+00:00.")
    return when
