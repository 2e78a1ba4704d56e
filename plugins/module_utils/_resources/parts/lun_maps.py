# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maps of a LUN to initiator groups: checks, comparison, and the list to send (docs/facts/server.md, 5.11).

Private to this collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._base.errors import BadInput
from ..._base.lenient import integer
from ..._base.names import checked_name, refers
from ..._model import kinds
from ..._model.desired import Scope, listed
from ..._model.resource import Record, Reference, name_of, option_of

LARGEST_LUN_ID = 4095
OPTIONS = ("igroup", "logical_unit_number")


def checked_maps(entries: Sequence[Any]) -> list[Record]:
    """The maps of an option: each entry has ``igroup``, and ``logical_unit_number`` where one was given.

    :param entries: dictionaries, or plain names of igroups
    :raises BadInput: an entry is neither, has other keys, or the same igroup as another one
    """
    maps = [_checked(number, entry) for number, entry in enumerate(entries, 1)]
    igroups = [entry["igroup"] for entry in maps]
    twice = sorted({igroup for igroup in igroups if igroups.count(igroup) > 1})
    if twice:
        raise BadInput(f"lun_maps: igroup {', '.join(twice)} is named more than once.")
    return maps


def _checked(number: int, entry: Any) -> Record:
    if isinstance(entry, str):
        entry = _pairs(entry)
    if not isinstance(entry, Mapping):
        raise BadInput(f"lun_maps: entry {number} is {entry!r}; give the name of an igroup, or a dictionary.")
    unknown = [str(name) for name in entry if name not in OPTIONS]
    if unknown:
        raise BadInput(f"lun_maps: entry {number} has {listed(unknown)}; only {listed(OPTIONS)} are allowed.")
    if not isinstance(entry.get("igroup"), str):
        raise BadInput(f"lun_maps: entry {number} has no igroup; name one.")
    igroup = checked_name(entry["igroup"], "lun_maps.igroup")
    asked = entry.get("logical_unit_number")
    lun_id = integer(asked)
    if asked is not None and (lun_id is None or not 0 <= lun_id <= LARGEST_LUN_ID):
        raise BadInput(f"lun_maps.logical_unit_number: {asked} is out of range; LUN ids go from 0 to {LARGEST_LUN_ID}.")
    return {"igroup": igroup} if lun_id is None else {"igroup": igroup, "logical_unit_number": lun_id}


def _pairs(text: str) -> Record:
    """``ig1``, or ``igroup=ig1 logical_unit_number=3`` as on a command line."""
    if not text.startswith(tuple(f"{option}=" for option in OPTIONS)):
        return {"igroup": text}
    return {name: value for name, dummy, value in (pair.partition("=") for pair in text.split())}


def maps_to_send(desired: Sequence[Record], current: Sequence[Any], scope: Scope) -> list[Record]:
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


def same_maps(current: Sequence[Any], desired: Sequence[Record]) -> bool:
    def fits(one: Any, entry: Record) -> bool:
        number = integer(one.get("logical_unit_number"))
        return refers(one.get("igroup"), entry["igroup"]) and entry.get("logical_unit_number") in (None, number)

    return len(current) == len(desired) and all(any(fits(one, entry) for entry in desired) for one in current)


def as_inventory(shown: Record, desired: Record) -> Record | None:
    """Maps and OS type, if the inventory, which may be late, shows them as desired (docs/facts/server.md, 4.9)."""
    maps = shown.get("lun_maps") or []
    is_told = bool(maps) or (shown.get("status") or {}).get("mapped") is False
    if desired["state"] == "absent" or (
        "lun_maps" in desired and not (is_told and same_maps(maps, desired["lun_maps"]))
    ):
        return None
    if "os_type" in desired and shown.get("os_type") != desired["os_type"]:
        return None
    return {"os_type": shown.get("os_type"), **({"lun_maps": maps} if maps else {})}


def display_maps(maps: Sequence[Any]) -> list[Record]:
    """Maps of a record or of an option, as an option would have them."""
    return [_map(entry) for entry in maps]


def describe_maps(maps: Sequence[Any]) -> list[Record]:
    """Maps of a record as the option that leads to them."""
    return [_map({**entry, "igroup": option_of(entry.get("igroup"))}) for entry in maps]


def _map(entry: Record) -> Record:
    igroup = entry.get("igroup")
    shown = {"igroup": igroup if isinstance(igroup, str) else name_of(igroup)}
    number = integer(entry.get("logical_unit_number"))
    return shown if number is None else {**shown, "logical_unit_number": number}
