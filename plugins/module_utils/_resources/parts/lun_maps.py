# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maps of a LUN to initiator groups: checks, comparison, and the list to send (docs/facts/server.md, 5.11).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._base.errors import BadInput
from ..._base.names import checked_name, refers
from ..._model import kinds
from ..._model.resource import Record, Reference, name_of

LARGEST_LUN_ID = 4095


def check_maps(maps: Sequence[Any]) -> None:
    for entry in maps:
        checked_name(entry["igroup"], "lun_maps.igroup")
        number = entry.get("logical_unit_number")
        if number is not None and not 0 <= number <= LARGEST_LUN_ID:
            raise BadInput(
                f"lun_maps.logical_unit_number: {number} is out of range; LUN ids go from 0 to {LARGEST_LUN_ID}."
            )
    igroups = [entry["igroup"] for entry in maps]
    twice = sorted({igroup for igroup in igroups if igroups.count(igroup) > 1})
    if twice:
        raise BadInput(f"lun_maps: igroup {', '.join(twice)} is named more than once.")


def maps_to_send(desired: Sequence[Any], current: Sequence[Any], scope: tuple[tuple[str, str], ...]) -> list[Record]:
    """The whole list, which replaces what is there; a map that stays keeps its LUN id where none is asked for."""
    result = []
    for entry in desired:
        number = entry.get("logical_unit_number")
        if number is None:
            number = next(
                (m.get("logical_unit_number") for m in current if refers(m.get("igroup"), entry["igroup"])), None
            )
        igroup = Reference(kinds.IGROUP, entry["igroup"], "lun_maps.igroup", scope)
        result.append({"igroup": igroup} if number is None else {"igroup": igroup, "logical_unit_number": number})
    return result


def same_maps(current: Sequence[Any], desired: Sequence[Any]) -> bool:
    def fits(one: Any, entry: Any) -> bool:
        number = one.get("logical_unit_number")
        return refers(one.get("igroup"), entry["igroup"]) and entry.get("logical_unit_number") in (None, number)

    return len(current) == len(desired) and all(any(fits(one, entry) for entry in desired) for one in current)


def shown_maps(maps: Sequence[Any]) -> list[Record]:
    return [_map(entry) for entry in maps]


def _map(entry: Record) -> Record:
    igroup = entry.get("igroup")
    shown = {"igroup": igroup if isinstance(igroup, str) else name_of(igroup)}
    number = entry.get("logical_unit_number")
    return shown if number is None else {**shown, "logical_unit_number": number}
